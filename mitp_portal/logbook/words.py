"""What an entry carries, in words: keys and values of its data as a reader of Spanish knows them."""

import re
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from indicators.enums import (
    CauseKind,
    Classification,
    Deviation,
    EvidenceKind,
    Move,
    Outcome,
    PeriodState,
    ProposalKind,
    ReportState,
    RiskLevel,
)
from mitp_portal.logbook.directory import Directory
from plan.enums import Capacity, Role
from plan.models import AuditEntry
from plan.templatetags.portal import day, moment
from reports.enums import DocumentKind, EditionSlot, JobState, TextState

#: Told by the object itself, or of no use to a reader.
SILENT = {"replaces", "report", "folio", "person", "period", "agreement", "means", "rows", "subcommission"}
#: In the order in which they are read: the database keeps none.
KEYS = {
    "kind": "tipo",
    "code": "código",
    "action": "acción",
    "indicator": "indicador",
    "level": "riesgo",
    "deviation": "desviación",
    "proposal": "propuesta",
    "document": "documento",
    "role": "perfil",
    "capacity": "calidad",
    "institution": "institución",
    "institutions": "instituciones",
    "people": "personas",
    "reports": "reportes",
    "indicators": "indicadores",
    "number": "número",
    "to": "a cargo de",
    "due_on": "vence",
    "dates": "fechas",
    "valid_from": "desde",
    "valid_to": "hasta",
    "fields": "campos",
    "is_active": "cuenta activa",
    "expired": "venció la sesión",
    "move": "movimiento",
    "state": "estado",
    "round": "ronda",
    "outcome": "resultado",
    "classification": "clasificación",
    "values": "valores",
    "is_on_behalf": "por encargo",
    "mail": "correo",
    "printing": "impresión",
    "dated_on": "al día",
    "is_objected": "objetado",
    "text": "texto",
    "axis": "eje",
    "year": "año",
    "cut_off": "corte",
    "known_at": "con lo resuelto hasta",
    "format": "formato",
    "count": "cantidad",
    "created": "creados",
    "changed": "modificados",
    "removed": "quitados",
    "version": "versión",
    "demonstration": "demostración",
    "hash": "huella",
    "sha256": "huella",
    "xlsx": "huella del Excel",
    "csv": "huella del CSV",
    "json": "huella del JSON",
    "readme": "huella del LEEME",
    "manifest": "huella del manifiesto",
    "before": "huella de lo anterior",
    "snapshot": "huella de los datos",
    "reason": "huella del motivo",
}
DIGESTS = ("hash", "sha256", "xlsx", "csv", "json", "readme", "manifest", "before", "snapshot", "reason")
PLACES = {key: place for place, key in enumerate(KEYS)}
VOCABULARIES = {
    "capacity": (Capacity,),
    "classification": (Classification,),
    "document": (DocumentKind,),
    "deviation": (Deviation,),
    "kind": (EvidenceKind, CauseKind),
    "level": (RiskLevel,),
    "move": (Move,),
    "outcome": (Outcome,),
    "proposal": (ProposalKind,),
    "role": (Role,),
    "text": (EditionSlot,),
    "state": (ReportState, PeriodState, JobState, TextState),
}
WORDS = {key: {k: v for kind in kinds for k, v in kind.choices} for key, kinds in VOCABULARIES.items()}
WORDS |= {"mail": {"retried": "se intenta de nuevo"}, "printing": {"again": "de nuevo"}}
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
A_MOMENT = re.compile(rf"{A_DAY.pattern}T[0-9:.+-]+")
#: Of a digest, enough to recognise it.
SHORT_DIGEST = 12


def details(entry: AuditEntry, directory: Directory) -> list[tuple[str, str]]:
    """Pairs such as ("estado", "En revisión"), in the order of KEYS; what has no word yet comes last."""
    keys = sorted(entry.data.keys() - SILENT, key=lambda key: (PLACES.get(key, len(PLACES)), key))
    told = ((key, _told(entry, key, entry.data[key], directory)) for key in keys)
    return [(KEYS.get(key, key), text) for key, text in told if text]


def _told(entry: AuditEntry, key: str, value: Any, directory: Directory) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if key == "fields":
        return ", ".join(_field(entry.object_type, name) for name in value)
    if key == "to":
        return directory.people.get(value, str(value))
    if key == "institution":
        return directory.institutions.get(value, str(value))
    if key == "institutions" and isinstance(value, list):
        return ", ".join(directory.institutions.get(pk, str(pk)) for pk in value)
    if isinstance(value, list):
        return ", ".join(_text(key, str(part)) for part in value)
    return _text(key, str(value))


def _text(key: str, text: str) -> str:
    if key in DIGESTS:
        return text[:SHORT_DIGEST]
    if A_DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    if A_MOMENT.fullmatch(text):
        return moment(datetime.fromisoformat(text))
    return str(WORDS.get(key, {}).get(text, text))


def _field(type_name: str, name: str) -> str:
    try:
        return str(apps.get_model(type_name)._meta.get_field(name).verbose_name)
    except (LookupError, FieldDoesNotExist):
        return name
