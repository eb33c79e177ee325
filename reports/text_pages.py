"""What the pages of the texts show beside the form: the year at a glance, the figures, and the history."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from indicators.calculations.results import AxisResult, PlanResult
from indicators.queries import outline
from indicators.queries.records import Records
from plan.models import Axis, Plan
from reports.charts.states import in_words
from reports.enums import EditionSlot, TextState
from reports.models import EditionText, Subject
from reports.plan_pages.calculation import WHOLE_PLAN, axis_reference

Rows = dict[EditionSlot, EditionText]


@dataclass(frozen=True)
class Sheet:
    """The texts of one subject as they stand; `axis` is None for the plan."""

    subject: Subject
    axis: Axis | None
    rows: Rows

    @property
    def cells(self) -> list[tuple[EditionSlot, EditionText | None]]:
        return [(slot, self.rows.get(slot)) for slot in self.subject.slots]

    def count(self, state: TextState | None) -> int:
        """How many texts are in a state; None counts those that are missing."""
        return sum((row.state if row and row.body else None) == state for _, row in self.cells)


@dataclass(frozen=True)
class YearBoard:
    year: int
    own: Sheet
    axes: tuple[Sheet, ...]

    @property
    def lines(self) -> list[tuple[EditionSlot, list[tuple[Sheet, EditionText | None]]]]:
        """A row for each text of an eje, with a cell for each eje."""
        slots = self.axes[0].subject.slots if self.axes else ()
        return [(slot, [(sheet, sheet.rows.get(slot)) for sheet in self.axes]) for slot in slots]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """State, its word, and how many texts of the year are in it."""
        sheets = (self.own, *self.axes)
        known = [(state.value, state.label, sum(sheet.count(state) for sheet in sheets)) for state in TextState]
        return [("missing", "Falta", sum(sheet.count(None) for sheet in sheets)), *known]


@dataclass(frozen=True)
class Version:
    """A save, and the words that stood before it."""

    row: EditionText
    before: str


@dataclass(frozen=True)
class Figures:
    """The three numbers beside what is written about them, at the corte that closes the year."""

    result: PlanResult | AxisResult
    cut_off: date

    @property
    def reference(self) -> str:
        return axis_reference(self.result) if isinstance(self.result, AxisResult) else WHOLE_PLAN

    @property
    def states(self) -> str:
        return in_words(self.result.states)


def year_board(plan: Plan, year: int) -> YearBoard:
    """Two queries, whatever was written."""
    rows = EditionText.objects.filter(plan=plan, year=year).newest().select_related("written_by")
    found: dict[int | None, Rows] = {}
    for row in rows:
        found.setdefault(row.axis_number, {})[EditionSlot(row.slot)] = row
    axes = [Sheet(Subject(plan, year, axis.number), axis, found.get(axis.number, {})) for axis in plan.axes.all()]
    return YearBoard(year, Sheet(Subject(plan, year, None), None, found.get(None, {})), tuple(axes))


def newest_rows(subject: Subject) -> Rows:
    rows = EditionText.objects.about(subject).newest().select_related("written_by")
    return {EditionSlot(row.slot): row for row in rows}


def figures(subject: Subject) -> Figures:
    """Of the last day of the year that has come, as known now."""
    cut_off = min(date(subject.year, 12, 31), timezone.localdate())
    result = outline(Records(subject.plan), cut_off)
    return Figures(result if subject.axis_number is None else result.axis(subject.axis_number), cut_off)


def history(subject: Subject) -> list[tuple[EditionSlot, list[Version]]]:
    """Every save of every text that has any, newest first; one query."""
    versions: dict[EditionSlot, list[Version]] = {slot: [] for slot in subject.slots}
    for row in EditionText.objects.about(subject).select_related("written_by").order_by("pk"):
        told = versions[EditionSlot(row.slot)]
        told.insert(0, Version(row, told[0].row.body if told else ""))
    return [(slot, told) for slot, told in versions.items() if told]
