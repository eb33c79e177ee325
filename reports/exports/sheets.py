"""The sheets beside the matrix: what the document prints besides indicators, in the same words."""

from collections.abc import Iterator

import tablib

from plan.templatetags.portal import day
from reports.facts.freezing import Facts
from reports.facts.parts import ActionFacts, AxisFacts
from reports.facts.territory import BoardState
from reports.plan_pages.regional_figure import RegionalFigure

EVIDENCE = (
    "N.º",
    "Acción",
    "Medio",
    "Institución",
    "Período",
    "Fecha",
    "Tipo",
    "Clasificación",
    "Huella abreviada",
    "Veredicto",
)
BREAKDOWNS = ("Acción", "Indicador", "Desglose", "Código", "Lugar", "Verificado", "Total", "Porcentaje", "Informado")
BOARDS = ("Código", "Región", "Mesa regional desde", "Algún reporte la menciona")


def sheets_of(facts: Facts) -> dict[str, tablib.Dataset]:
    """By the name of the sheet. The report of an eje has the evidence and the breakdowns; the annual status prints
    neither, and has the regions."""
    if isinstance(facts, AxisFacts):
        return {
            "Evidencia": tablib.Dataset(*_evidence(facts), headers=EVIDENCE),
            "Desgloses": tablib.Dataset(*_breakdowns(facts), headers=BREAKDOWNS),
        }
    return {"Territorio": tablib.Dataset(*map(_board, facts.boards), headers=BOARDS)}


def _evidence(facts: AxisFacts) -> Iterator[tuple]:
    for action in facts.actions:
        for line in action.evidence:
            yield (
                line.code,
                action.result.code,
                line.means,
                line.institution,
                line.period,
                day(line.filed_on),
                line.kind,
                line.classification,
                line.short_hash,
                line.verdict,
            )


def _breakdowns(facts: AxisFacts) -> Iterator[tuple]:
    for figure in facts.territory:
        yield from _of_regions(figure)
    for action in facts.actions:
        yield from _of_units(action)


def _of_regions(figure: RegionalFigure) -> Iterator[tuple]:
    head = (figure.action.code, figure.indicator.text, "Por región")
    for line in figure.lines:
        if line.row is None:
            yield (*head, line.code, line.name, line.note, "", "", "")
        else:
            below = (line.row.denominator, line.row.share) if figure.is_ratio else ("", "")
            yield (*head, line.code, line.name, line.note or line.row.verified, *below, "")


def _of_units(action: ActionFacts) -> Iterator[tuple]:
    for breakdown in action.breakdowns:
        table = breakdown.table
        for row in table.rows:
            below = (row.denominator, row.share) if table.is_ratio else ("", "")
            yield (
                action.result.code,
                breakdown.text,
                table.heading,
                row.code,
                row.name,
                row.verified,
                *below,
                row.informed,
            )


def _board(board: BoardState) -> tuple:
    return board.code, board.name, board.since_year, "No" if board.is_silent else "Sí"
