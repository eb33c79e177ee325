"""Entries of the log as lines that a person reads: who, as what, what, on which object, when, from where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from mitp_portal.logbook.directory import Directory
from mitp_portal.logbook.subjects import INSTITUTION, PERSON, Named, named, referred, subject_of, word_for
from mitp_portal.logbook.words import details
from plan.models import AuditEntry, User

NOBODY = "El portal"


@dataclass(frozen=True)
class Line:
    entry: AuditEntry
    who: str
    capacity: str
    kind: str
    #: Type and id of the object by which the entry is told.
    told_by: tuple[str, str]
    #: What the object is called, and where its page is for whoever may open it.
    label: str
    url: str
    details: list[tuple[str, str]]


def lines_of(entries: Iterable[AuditEntry], reader: User, directory: Directory) -> list[Line]:
    """Labels are read in one query for each type of object among the entries."""
    entries = list(entries)
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        type_name, pk = referred(entry)
        wanted[type_name].add(pk)
    names = {type_name: _named(type_name, ids, reader, directory) for type_name, ids in wanted.items()}
    return [_line(entry, names, directory) for entry in entries]


def _line(entry: AuditEntry, names: dict[str, dict[str, Named]], directory: Directory) -> Line:
    type_name, pk = referred(entry)
    found = names[type_name].get(pk) or Named(f"N.º\u00a0{pk}" if pk else "", "")
    return Line(
        entry,
        who=directory.people.get(entry.user_id or 0, NOBODY),
        capacity=directory.capacity(entry.acting_as),
        kind=word_for(entry.object_type),
        told_by=(type_name, pk),
        label=found.label,
        url=found.url,
        details=details(entry, directory),
    )


def _named(type_name: str, ids: set[str], reader: User, directory: Directory) -> dict[str, Named]:
    """People and institutions are in the directory already, and whoever reads the log may open their pages."""
    known = {PERSON: directory.people, INSTITUTION: directory.institutions}.get(type_name)
    if known is None:
        return named(type_name, ids, reader)
    found = {pk: known.get(int(pk)) for pk in ids if pk.isdecimal()}
    page = subject_of(type_name).page
    return {pk: Named(name, reverse(page, args=[pk])) for pk, name in found.items() if name}
