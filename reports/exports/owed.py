"""Who owes what in a period, for spreadsheets: the facts of the page, one row for each institution and action."""

import tablib
from django.utils import timezone

from indicators.queries.owed import OwedReport, OwedSheet
from plan.templatetags.portal import day, moment

COLUMNS = (
    "Institución",
    "Eje",
    "Acción",
    "Texto de la acción",
    "Estado",
    "Vence",
    "Con prórroga",
    "Enviado",
    "Fuera de plazo",
    "Por encargo",
    "Borrador sin enviar",
)
COUNTS = {
    "owed": "Debe",
    "made": "Informó",
    "late": "De ellos, fuera de plazo",
    "returned": "De ellos, devueltos",
    "missing": "Falta",
    "unanswered": "De ellos, sin informe",
}


def owed_dataset(sheet: OwedSheet) -> tablib.Dataset:
    return tablib.Dataset(*[_row(one) for row in sheet.rows for one in row.reports], headers=COLUMNS)


def totals_dataset(sheet: OwedSheet) -> tablib.Dataset:
    rows = [(row.institution.name, *(getattr(row, name) for name in COUNTS)) for row in sheet.rows]
    total = ("Total", *(sheet.total(name) for name in COUNTS))
    return tablib.Dataset(*rows, total, headers=("Institución", *COUNTS.values()))


def owed_metadata(sheet: OwedSheet) -> list[tuple[str, str]]:
    return [
        ("Plan", str(sheet.period.plan)),
        ("Período", sheet.period.name),
        ("Vence", day(sheet.period.due_on)),
        ("Al", moment(timezone.now())),
        ("Filas", "Una por institución responsable y acción"),
        ("Informó", "Con un envío que no fue retirado ni anulado, cualquiera sea su revisión"),
        ("Sin informe", "Venció sin envío; un borrador no cuenta como respuesta"),
        ("Orden", "El de la Mesa y el del plan; no es una clasificación"),
    ]


def _row(one: OwedReport) -> tuple:
    return (
        one.institution.name,
        one.action.objective.axis.number,
        one.action.code,
        one.action.text,
        one.state.label,
        day(one.due_on),
        _yes(one.is_extended),
        day(one.first.arrived_on) if one.first else "",
        _yes(one.is_late),
        _yes(one.first is not None and one.first.on_behalf),
        _yes(one.has_draft),
    )


def _yes(holds: bool) -> str:
    return "Sí" if holds else "No"
