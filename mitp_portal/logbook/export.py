"""The log as a spreadsheet reads it: the cells of the page, written as it goes."""

import csv
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet

from mitp_portal.logbook.directory import read_directory
from mitp_portal.logbook.lines import Line, lines_of
from plan.models import AuditEntry, User
from plan.templatetags.portal import moment
from reports.exports.cells import guard

HEADS = ("Cuándo", "Quién", "En calidad de", "Qué hizo", "Sobre qué", "Objeto", "Datos", "Desde dónde")
#: More than this in one file would keep a worker from everybody else.
MOST = 20_000
AT_ONCE = 1000
BYTE_ORDER_MARK = "\ufeff"


class _Echo:
    """Gives back what a csv.writer writes into it."""

    def write(self, text: str) -> str:
        return text


def csv_rows(entries: QuerySet[AuditEntry], reader: User) -> Iterator[str]:
    """Semicolons and a mark at the beginning, as spreadsheets of Chile read it; no cell is taken for a formula."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    directory, rows = read_directory(), entries.iterator(chunk_size=AT_ONCE)
    yield BYTE_ORDER_MARK + writer.writerow(HEADS)
    while chunk := list(islice(rows, AT_ONCE)):
        for line in lines_of(chunk, reader, directory):
            yield writer.writerow([guard(value) for value in _cells(line)])


def _cells(line: Line) -> tuple[str, ...]:
    entry = line.entry
    data = "; ".join(f"{word}: {value}" for word, value in line.details)
    told = (moment(entry.at), line.who, line.capacity, entry.get_verb_display())
    return (*told, line.kind, line.label, data, entry.address or "")
