"""How good the data are on which a document stands: counts that say what to be careful with."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.calculations.results import Coverage, IndicatorResult
from indicators.calculations.terms import Condition, Mark


@dataclass(frozen=True, slots=True)
class QualityLine:
    label: str
    count: int
    whole: int
    references: tuple[str, ...] = ()


def quality_of(indicators: Iterable[IndicatorResult], coverage: Coverage) -> tuple[QualityLine, ...]:
    """Of the indicators in force, by what weakens or marks their figures; then of the reports owed."""
    told = [indicator for indicator in indicators if indicator.verified.condition is not Condition.SUPPRESSED]

    def line(label: str, found: Iterable[IndicatorResult]) -> QualityLine:
        references = tuple(indicator.reference for indicator in found)
        return QualityLine(label, len(references), len(told), references)

    marked = {mark: [i for i in told if mark in i.marks | i.verified.marks] for mark in MARKS}
    return (
        line("Indicadores sin meta acordada", (i for i in told if not i.has_target)),
        line("Indicadores no calculables", (i for i in told if i.verified.condition is Condition.NOT_CALCULABLE)),
        line("Indicadores exigibles sin valor verificado", (i for i in told if i.verified.pending)),
        *(line(words, marked[mark]) for mark, words in MARKS.items()),
        QualityLine("Reportes exigidos que no se hicieron", coverage.unanswered, coverage.owed),
        QualityLine("Reportes hechos fuera de plazo", coverage.late, coverage.made),
        QualityLine("Reportes hechos y aún no validados", coverage.made - coverage.validated, coverage.made),
    )


#: What a figure is marked with, and how the table calls it.
MARKS = {
    Mark.RECONSTRUCTED: "Cifras que se apoyan en historia registrada después",
    Mark.RECTIFYING: "Cifras con un reporte en rectificación",
    Mark.ACHIEVED_LATE: "Productos logrados fuera de plazo",
}
