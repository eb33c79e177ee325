"""What a document is called: its cover, its running head and foot, its table of contents."""

from dataclasses import dataclass

from django.utils import timezone

from indicators.calculations.results import PlanResult
from reports.facts.parts import AnnualFacts, AxisFacts

#: Names longer than this take a smaller size on the cover.
LONG_NAME = 40

Contents = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cover:
    """`dated_at` is the date that the file itself bears (ISO 8601): a document has the age of its data."""

    kind: str
    number: str
    name: str
    title: str
    running: str
    foot: str
    dated_at: str

    @property
    def is_long(self) -> bool:
        return len(self.name) > LONG_NAME


def axis_cover(facts: AxisFacts) -> Cover:
    axis = facts.axis
    return Cover(
        kind="Informe de cumplimiento por eje",
        number=f"Eje {axis.number}",
        name=axis.name,
        title=f"Informe de cumplimiento, eje {axis.number}: {axis.name}. {facts.plan.name}",
        running=f"Informe de cumplimiento, eje {axis.number}",
        foot=_foot(facts),
        dated_at=_dated_at(facts.result),
    )


def annual_cover(facts: AnnualFacts) -> Cover:
    return Cover(
        kind="Estado anual del plan",
        number=str(facts.year),
        name="Estado de avance y cumplimiento",
        title=f"Estado anual del plan, {facts.year}. {facts.plan.name}",
        running=f"Estado anual del plan, {facts.year}",
        foot=_foot(facts),
        dated_at=_dated_at(facts.result),
    )


def axis_contents(has_advances: bool) -> Contents:
    """Pairs of anchor and title, in the order of the document."""
    advances = [("avance", "Avance hacia las metas que aún no vencen")] if has_advances else []
    return [
        ("resumen", "Resumen"),
        ("cuadro-1", "Cuadro 1. Síntesis del eje"),
        *advances,
        ("cuadro-2", "Cuadro 2. Matriz del eje"),
        ("fichas", "Fichas por acción"),
        ("deber", "Deber de informar"),
        ("nota", "Nota metodológica"),
    ]


def annual_contents(result: PlanResult) -> Contents:
    return [
        ("plan", "El plan en una página"),
        *((f"eje-{axis.number}", f"Eje {axis.number}. {axis.name}") for axis in result.axes),
        ("matriz", "Matriz del plan"),
        ("deber", "Deber de informar"),
        ("nota", "Nota metodológica"),
    ]


def _foot(facts: AxisFacts | AnnualFacts) -> str:
    plan, edition = facts.plan, facts.edition
    names = (edition.folio, f"Código {edition.code}") if edition else ("BORRADOR",)
    parts = (*names, plan.code, "Datos de demostración" if plan.has_demo_data else "")
    return " · ".join(filter(None, parts))


def _dated_at(result: PlanResult) -> str:
    return timezone.localtime(result.known_at).isoformat(timespec="seconds")
