"""What a document is called: its cover, its running head and foot, its table of contents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from indicators.calculations.results import AxisResult, PlanResult
from reports.enums import EditionSlot
from reports.facts.parts import AnnualFacts, AxisFacts

#: Names longer than this take a smaller size on the cover.
LONG_NAME = 40

Entries = list[tuple[str, str]]
#: In two columns, read one after the other.
Contents = tuple[Entries, Entries]


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


def axis_contents(facts: AxisFacts) -> Contents:
    """Pairs of anchor and title, in the order of the document; a section without anything to say is left out."""
    sections = (
        ("resumen", "Resumen", True),
        ("cuadro-1", "Cuadro 1. Síntesis del eje", True),
        ("avance", "Avance hacia las metas que aún no vencen", _has_advances(facts.axis)),
        ("cuadro-2", "Cuadro 2. Matriz del eje", True),
        ("fichas", "Fichas por acción", True),
        ("causas", "Causas de incumplimiento y de sobrecumplimiento", True),
        ("deber", "Deber de informar", True),
        ("territorio", "Territorio", bool(facts.territory)),
        ("propuesta", "Propuesta de la subcomisión", any(action.proposal for action in facts.actions)),
        ("nota", "Nota metodológica", True),
        ("anexo", "Anexo. Cómo se calculó cada cifra", facts.calculation is not None),
        ("glosario", "Glosario y firmas", True),
    )
    return _columns(sections)


def annual_contents(facts: AnnualFacts) -> Contents:
    """As `axis_contents`; the evaluation is asked in the last year of the plan alone (cláusula octava)."""
    sections = (
        ("presentacion", "Presentación", True),
        ("plan", "El plan en una página", True),
        *((f"eje-{axis.number}", f"Eje {axis.number}. {axis.name}", True) for axis in facts.result.axes),
        ("deber", "Deber de informar", True),
        ("territorio", "Estado territorial", bool(facts.boards)),
        ("pendientes", "Principales pendientes y proyección", True),
        ("cambios", "Cambios del plan en el año y fe de erratas", True),
        ("comparacion", "Comparación con el año anterior", True),
        ("evaluacion", "Evaluación para la actualización del plan", asks_evaluation(facts)),
        ("compromisos", "Compromisos para el año siguiente", True),
        ("nota", "Nota metodológica y calidad de los datos", True),
        ("matriz", "Anexo. Matriz del plan", True),
        ("glosario", "Glosario y firmas", True),
    )
    return _columns(sections)


def _columns(sections: Iterable[tuple[str, str, bool]]) -> Contents:
    entries = [(anchor, title) for anchor, title, is_printed in sections if is_printed]
    half = (len(entries) + 1) // 2
    return entries[:half], entries[half:]


def asks_evaluation(facts: AnnualFacts) -> bool:
    return facts.texts is not None and any(line.slot == EditionSlot.EVALUATION for line in facts.texts.lines)


def _has_advances(axis: AxisResult) -> bool:
    return any(indicator.advances for indicator in axis.iter_indicators())


def _foot(facts: AxisFacts | AnnualFacts) -> str:
    plan, edition = facts.plan, facts.edition
    names = (edition.folio, f"Código {edition.code}") if edition else ("BORRADOR",)
    parts = (*names, plan.code, "Datos de demostración" if plan.has_demo_data else "")
    return " · ".join(filter(None, parts))


def _dated_at(result: PlanResult) -> str:
    return timezone.localtime(result.known_at).isoformat(timespec="seconds")
