"""One row per indicator, as a django-import-export Resource."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import tablib
from import_export import resources
from import_export.fields import Field
from import_export.widgets import Widget

from indicators.calculations.results import Advance, AxisResult, IndicatorResult, PlanResult
from plan.templatetags.portal import day, moment
from reports.facts.lines import IndicatorLine
from reports.facts.parts import ActionFacts, AnnualFacts

Number = int | float | None


@dataclass(frozen=True)
class MatrixRow:
    """What the matrix says of one indicator: words as the documents print them, and the exact numbers beside them."""

    result: PlanResult
    axis: AxisResult
    action: ActionFacts
    line: IndicatorLine

    @property
    def indicator(self) -> IndicatorResult:
        return self.line.result

    @property
    def target_value(self) -> Number:
        return as_number(self.indicator.target.value) if self.indicator.target else None

    @property
    def target_due_on(self) -> str:
        return day(self.indicator.target.due_on) if self.indicator.target else ""

    @property
    def numerator(self) -> Number:
        return as_number(self.indicator.verified.numerator)

    @property
    def denominator(self) -> Number:
        return as_number(self.indicator.verified.denominator)

    @property
    def verified_value(self) -> Number:
        return as_number(self.indicator.verified.value)

    @property
    def verified_raw(self) -> Number:
        return as_number(self.indicator.verified.raw)

    @property
    def informed_value(self) -> Number:
        return as_number(self.indicator.informed.value)

    @cached_property
    def advance(self) -> Advance | None:
        return next(iter(self.indicator.advances), None)

    @property
    def advance_text(self) -> str:
        return self.advance.progress_text if self.advance else ""

    @property
    def expected_text(self) -> str:
        return self.advance.expected_text if self.advance else ""

    @property
    def marks(self) -> str:
        return "; ".join(self.indicator.mark_labels)

    @property
    def means(self) -> str:
        return "; ".join(f"{m.text} ({m.accredited} de {m.owed})" for m in self.action.result.means)

    @property
    def institutions(self) -> str:
        return "; ".join(self.action.responsible)

    @property
    def cut_off(self) -> str:
        return day(self.result.cut_off)

    @property
    def known_at(self) -> str:
        return moment(self.result.known_at)


class AsItIs(Widget):
    """Numbers stay numbers."""

    def render(self, value, obj=None, **kwargs):
        return value


def column(attribute: str, column_name: str) -> Field:
    return Field(attribute=attribute, column_name=column_name, widget=AsItIs(), readonly=True)


class MatrixResource(resources.Resource):
    """For export only; the order of the declarations is the order of the columns."""

    axis_number = column("axis__number", "Eje")
    axis_name = column("axis__name", "Nombre del eje")
    objective_code = column("action__objective_code", "Objetivo")
    objective_text = column("action__objective_text", "Texto del objetivo")
    action_code = column("action__result__code", "Acción")
    action_text = column("action__result__text", "Texto de la acción")
    state = column("action__result__state__label", "Estado de la acción")
    reference = column("indicator__reference", "Indicador")
    text = column("indicator__text", "Texto del indicador")
    formula = column("line__formula", "Fórmula")
    window = column("indicator__window__label", "Ventana")
    target_text = column("line__target_text", "Meta")
    target_value = column("target_value", "Meta, valor")
    target_due_on = column("target_due_on", "Meta, vencimiento")
    target_source = column("line__target_source", "Meta, origen")
    numerator = column("numerator", "Numerador verificado")
    denominator = column("denominator", "Denominador verificado")
    verified_text = column("indicator__verified__value_text", "Resultado verificado")
    verified_value = column("verified_value", "Resultado verificado, valor")
    score_text = column("indicator__verified__score_text", "Cumplimiento verificado")
    verified_raw = column("verified_raw", "Cumplimiento verificado sin tope, fracción")
    level = column("line__level", "Nivel de cumplimiento")
    condition = column("indicator__verified__condition__label", "Condición")
    informed_text = column("indicator__informed__value_text", "Resultado informado")
    informed_value = column("informed_value", "Resultado informado, valor")
    informed_score = column("indicator__informed__score_text", "Cumplimiento informado")
    advance_text = column("advance_text", "Avance hacia la meta por vencer")
    expected_text = column("expected_text", "Avance esperado")
    marks = column("marks", "Observaciones de la cifra")
    means_text = column("means", "Medios comprometidos (acreditados)")
    means_owed = column("action__result__coverage__means_owed", "Medios exigidos")
    means_accredited = column("action__result__coverage__means_accredited", "Medios acreditados")
    institutions = column("institutions", "Instituciones responsables")
    cut_off = column("cut_off", "Corte")
    known_at = column("known_at", "Con lo resuelto hasta")


def matrix_dataset(facts: AnnualFacts, axis_number: int | None = None) -> tablib.Dataset:
    """The rows of the plan, or of one eje."""
    return MatrixResource().export(list(_rows(facts, axis_number)))


def _rows(facts: AnnualFacts, axis_number: int | None) -> Iterable[MatrixRow]:
    for axis in facts.result.axes:
        if axis_number in (None, axis.number):
            for action in facts.actions_of(axis):
                yield from (MatrixRow(facts.result, axis, action, line) for line in action.lines)


def as_number(value: Fraction | None) -> Number:
    """Whole where it is whole; a spreadsheet knows no fractions."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
