"""One row per indicator and window, as a django-import-export Resource."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import tablib
from import_export import resources
from import_export.fields import Field
from import_export.widgets import Widget

from indicators.calculations.results import Advance, AxisResult, Figure, IndicatorResult, PlanResult, TargetResult
from plan.templatetags.portal import day, moment
from reports.facts.freezing import Facts
from reports.facts.lines import IndicatorLine
from reports.facts.parts import ActionFacts, AxisFacts

Number = int | float | None

#: What a row tells: how a target that is due was met, or how far the indicator is from one that is not.
SCORE, ADVANCE = "Cumplimiento", "Avance hacia la meta"


@dataclass(frozen=True)
class MatrixRow:
    """What the matrix says of one indicator over one window: words as the documents print them, and the exact numbers
    beside them. With `advance` it is the window of a target not yet due, which never counts as compliance.
    """

    result: PlanResult
    axis: AxisResult
    action: ActionFacts
    line: IndicatorLine
    advance: Advance | None = None

    @property
    def indicator(self) -> IndicatorResult:
        return self.line.result

    @property
    def tells(self) -> str:
        return ADVANCE if self.advance else SCORE

    @property
    def verified(self) -> Figure | None:
        """None where the row tells of an advance."""
        return None if self.advance else self.indicator.verified

    @property
    def informed(self) -> Figure | None:
        return None if self.advance else self.indicator.informed

    @property
    def target(self) -> TargetResult | None:
        return self.advance.target if self.advance else self.indicator.target

    @property
    def window(self) -> str:
        return self.advance.target.window.label if self.advance else self.indicator.window.label

    @property
    def target_text(self) -> str:
        return self.advance.target.value_text if self.advance else self.line.target_text

    @property
    def target_value(self) -> Number:
        return as_number(self.target.value) if self.target else None

    @property
    def target_due_on(self) -> str:
        return day(self.target.due_on) if self.target else ""

    @property
    def target_source(self) -> str:
        return self.advance.target.source_text if self.advance else self.line.target_source

    @property
    def place(self) -> str:
        return self.target.place if self.target else ""

    @property
    def numerator(self) -> Number:
        return as_number(self.verified.numerator) if self.verified else None

    @property
    def denominator(self) -> Number:
        return as_number(self.verified.denominator) if self.verified else None

    @property
    def verified_text(self) -> str:
        return self.advance.value_text if self.advance else self.indicator.verified.value_text

    @property
    def verified_value(self) -> Number:
        return as_number(self.advance.value if self.advance else self.indicator.verified.value)

    @property
    def verified_raw(self) -> Number:
        return as_number(self.verified.raw) if self.verified else None

    @property
    def level(self) -> str:
        return self.line.level if self.verified else ""

    @property
    def informed_value(self) -> Number:
        return as_number(self.informed.value) if self.informed else None

    @property
    def progress(self) -> Number:
        return as_number(self.advance.progress) if self.advance else None

    @property
    def expected(self) -> Number:
        return as_number(self.advance.expected) if self.advance else None

    @property
    def marks(self) -> str:
        return "; ".join(self.indicator.mark_labels) if self.verified else ""

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
    tells = column("tells", "La fila dice")
    window = column("window", "Ventana")
    place = column("place", "Región o institución de la meta")
    target_text = column("target_text", "Meta")
    target_value = column("target_value", "Meta, valor")
    target_due_on = column("target_due_on", "Meta, vencimiento")
    target_source = column("target_source", "Meta, origen")
    numerator = column("numerator", "Numerador verificado")
    denominator = column("denominator", "Denominador verificado")
    verified_text = column("verified_text", "Resultado verificado")
    verified_value = column("verified_value", "Resultado verificado, valor")
    score_text = column("verified__score_text", "Cumplimiento verificado")
    verified_raw = column("verified_raw", "Cumplimiento verificado sin tope, fracción")
    level = column("level", "Nivel de cumplimiento")
    condition = column("verified__condition__label", "Condición")
    informed_text = column("informed__value_text", "Resultado informado")
    informed_value = column("informed_value", "Resultado informado, valor")
    informed_score = column("informed__score_text", "Cumplimiento informado")
    progress_text = column("advance__progress_text", "Avance hacia la meta por vencer")
    progress = column("progress", "Avance, fracción")
    expected_text = column("advance__expected_text", "Avance esperado")
    expected = column("expected", "Avance esperado, fracción")
    informed_progress = column("advance__informed_progress_text", "Avance informado")
    pace = column("advance__pace__label", "Ritmo")
    marks = column("marks", "Observaciones de la cifra")
    means_text = column("means", "Medios comprometidos (acreditados)")
    means_owed = column("action__result__coverage__means_owed", "Medios exigidos")
    means_accredited = column("action__result__coverage__means_accredited", "Medios acreditados")
    institutions = column("institutions", "Instituciones responsables")
    cut_off = column("cut_off", "Corte")
    known_at = column("known_at", "Con lo resuelto hasta")


def matrix_dataset(facts: Facts) -> tablib.Dataset:
    """The rows of what a document tells: of the plan, or of one eje."""
    return MatrixResource().export(list(_rows(facts)))


def _rows(facts: Facts) -> Iterator[MatrixRow]:
    for axis, actions in _axes(facts):
        for action in actions:
            for line in action.lines:
                windows = (None, *line.result.advances)
                yield from (MatrixRow(facts.result, axis, action, line, advance) for advance in windows)


def _axes(facts: Facts) -> Iterator[tuple[AxisResult, tuple[ActionFacts, ...]]]:
    if isinstance(facts, AxisFacts):
        yield facts.axis, facts.actions
    else:
        yield from ((axis, facts.actions_of(axis)) for axis in facts.result.axes)


def as_number(value: Fraction | None) -> Number:
    """Whole where it is whole; a spreadsheet knows no fractions."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
