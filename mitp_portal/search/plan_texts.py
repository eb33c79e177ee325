"""The plan in force, by code or by text: ejes, objetivos, acciones, indicadores and medios, in its own order."""

import re
from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from indicators.models import Indicator, MeansOfVerification
from mitp_portal.search.hits import Asked, Hit
from mitp_portal.search.marks import PARTED, line_of, marked, parts_of
from mitp_portal.search.plain import has_all, text_of
from plan.models import Action, Axis, Objective, Plan

AXIS, OBJECTIVE, ACTION, INDICATOR, MEANS = range(5)
WORDS = {OBJECTIVE: "Objetivo", ACTION: "Acción", INDICATOR: "Indicador", MEANS: "Medio de verificación"}
COLUMNS = ("axis_number", "objective_place", "action_place", "kind", "place", "code", "words", "action_code")
#: Of an acción, an indicador or a medio, as it is looked for.
CODE = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(\.[im][0-9]+)?")
#: Of what stands above: before everything inside it.
FIRST = Value(0, IntegerField())


@dataclass(frozen=True, slots=True, order=True)
class PlanText:
    """In the order of COLUMNS, which is that of the plan."""

    axis_number: int
    objective_place: int
    action_place: int
    kind: int
    place: int
    code: str
    words: str
    action_code: str

    @property
    def has_ficha(self) -> bool:
        return bool(self.action_code)

    @property
    def url(self) -> str:
        if self.kind == INDICATOR:
            return reverse("reports:indicator", args=[self.code])
        if self.has_ficha:
            anchor = "#t-med" if self.kind == MEANS else ""
            return reverse("reports:action", args=[self.action_code]) + anchor
        page = "reports:plan_texts" if self.kind == AXIS else "reports:plan"
        return f"{reverse(page)}#eje-{self.axis_number}"


def plan_rows(asked: Asked) -> list[PlanText]:
    """One query, whatever the plan holds; for whoever reads plans."""
    plan = Plan.objects.current()
    if plan is None:
        return []
    actions = Action.objects.visible_to(asked.by).for_plan(plan)
    first, *others = (
        _columns(asked, Axis.objects.filter(plan=plan), *_of_axis()),
        _columns(asked, Objective.objects.filter(axis__plan=plan), *_of_objective()),
        _columns(asked, actions, *_of_action()),
        _columns(asked, Indicator.objects.filter(action__in=actions), *_of_row(INDICATOR, ".I")),
        _columns(asked, MeansOfVerification.objects.filter(action__in=actions), *_of_row(MEANS, ".M")),
    )
    return sorted(PlanText(*row) for row in first.union(*others, all=True))


def plan_hit(row: PlanText, asked: Asked) -> Hit:
    line = line_of(parts_of(row.words), asked.words)
    return Hit(marked(row.code, asked.words), "" if row.kind == AXIS else WORDS[row.kind], row.url, line=line)


def ficha_of(asked: Asked) -> str:
    """Where "1.1.2" or "1.1.2.I1" alone leads: the ficha itself; empty for anything else."""
    if len(asked.words) != 1 or not CODE.fullmatch(asked.words[0]):
        return ""
    named = (row.url for row in plan_rows(asked) if row.has_ficha and row.code.lower() == asked.words[0])
    return next(named, "")


# What is read of each kind: its place in the plan, its code, its words and the code of its acción


def _of_axis() -> tuple:
    words = _joined("name", "narrative_name", "introduction")
    return F("number"), FIRST, FIRST, AXIS, FIRST, _code(Value("Eje "), F("number")), words, Value("")


def _of_objective() -> tuple:
    words = _joined("text", "narrative_text")
    return F("axis__number"), F("position"), FIRST, OBJECTIVE, FIRST, F("code"), words, Value("")


def _of_action() -> tuple:
    places = F("objective__axis__number"), F("objective__position"), F("position")
    return *places, ACTION, FIRST, F("code"), _joined("text", "narrative_text"), F("code")


def _of_row(kind: int, letter: str) -> tuple:
    above = "action__objective__axis__number", "action__objective__position", "action__position"
    code = _code(F("action__code"), Value(letter), F("number"))
    return *map(F, above), kind, F("number"), code, _joined("text"), F("action__code")


def _columns(asked: Asked, rows: QuerySet, *values: Combinable | int) -> QuerySet:
    told = {f"{name}_": Value(v) if isinstance(v, int) else v for name, v in zip(COLUMNS, values, strict=True)}
    found = rows.order_by().alias(plain=text_of(told["code_"], told["words_"])).filter(has_all(asked.words, "plain"))
    return found.annotate(**told).values_list(*told)


def _code(*parts: Combinable) -> Combinable:
    return Concat(*(Cast(part, CharField()) for part in parts), output_field=CharField())


def _joined(first: str, *others: str) -> Combinable:
    parts = [F(first), *(part for name in others for part in (Value(PARTED), F(name)))]
    return Concat(*parts, output_field=TextField()) if others else Cast(F(first), TextField())
