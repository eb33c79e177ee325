"""What is asked of the reports, and what comes back: one indicator, from one view, over one window, on one cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from indicators.calculations.goals import OVERALL, Place, years_of
from indicators.calculations.inputs import FigureInput, IndicatorInput, PeriodInput
from indicators.calculations.known import Known
from indicators.calculations.results import CellResult, Exclusion, TraceStep, Window
from indicators.calculations.terms import Answer, Kind
from indicators.calculations.versions import KnownReport, Version, View

PRODUCTS = (Kind.PRODUCT, Kind.YEARLY_PRODUCT)


@dataclass(frozen=True, slots=True)
class Answered:
    """A report that says something of the indicator; without figure it says "sin avance"."""

    report: KnownReport
    version: Version
    figure: FigureInput | None

    @property
    def institution_id(self) -> int:
        return self.report.institution_id

    @property
    def period(self) -> PeriodInput:
        return self.report.period


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value, or None: with `obstacle` it cannot be calculated, without it nobody reported."""

    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    obstacle: str = ""
    detail: str = ""
    achieved_late: bool = False
    used: tuple[Answered, ...] = ()
    #: What each cell adds, and how it was measured: made only where somebody reads them.
    cells: Callable[[], tuple[CellResult, ...]] = tuple
    steps: Callable[[], tuple[TraceStep, ...]] = tuple
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    known: Known
    indicator: IndicatorInput
    view: View
    window: Window
    place: Place = OVERALL

    @property
    def as_of(self) -> date:
        """The last day that the value looks at: stocks and duties are read on it."""
        return min(self.window.ends_on, self.known.day)

    def covers(self, period: PeriodInput) -> bool:
        """Whether the value looks at a period: those of the window, and for a product every later one too."""
        return self.indicator.kind in PRODUCTS or self._is_inside(period)

    def _is_inside(self, period: PeriodInput) -> bool:
        """A count of a year takes only the periods of its years."""
        inside = self.window.starts_on <= period.ends_on <= self.window.ends_on
        if self.indicator.kind != Kind.YEAR_COUNT:
            return inside
        return inside and period.year in years_of(self.indicator, self.known.plan)

    def periods(self) -> list[PeriodInput]:
        """Those of the window that ended by the cut-off."""
        return [period for period in self.known.periods if self._is_inside(period)]

    def reports(self) -> list[KnownReport]:
        """Reports of the window that concern the indicator, oldest first, in the plan's order of institutions."""
        was_asked = {
            period.id: self.known.is_indicator_in_force(self.indicator, period.ends_on)
            for period in self.known.periods
            if self.covers(period)
        }
        reports = self.known.reports_of[self.indicator.action_id]
        return [
            report
            for report in reports
            if report.period.id in was_asked and self._concerns(report, was_asked[report.period.id])
        ]

    def _concerns(self, report: KnownReport, was_asked: bool) -> bool:
        """It has a figure of the indicator, or is of an institution that answers for this indicator of the action while
        the plan has it."""
        version = report.version(self.view) or report.informed
        return self.indicator.id in version.figures or (was_asked and is_held(self.known, self.indicator, report))

    def answered(self) -> list[Answered]:
        return list(self._answered())

    def _answered(self) -> Iterator[Answered]:
        for report in self.reports():
            version = report.version(self.view)
            if version is None or version.answer == Answer.NOT_APPLICABLE:
                continue
            figure = version.figures.get(self.indicator.id) if version.is_progress else None
            if figure is not None or not version.is_progress:
                yield Answered(report, version, figure)


def is_held(known: Known, indicator: IndicatorInput, report: KnownReport) -> bool:
    """Whether the institution answers for this indicator, as responsable or colaboradora, at the period's end."""
    held = [
        row
        for row in known.responsibilities_by_holder[indicator.action_id, report.institution_id]
        if row.validity.is_in_force(report.period.ends_on)
    ]
    return not held or any(not row.indicator_ids or indicator.id in row.indicator_ids for row in held)
