"""What is asked of the reports, and what comes back: one indicator, from one view, over one window, on one cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from indicators.calculations.goals import OVERALL, Place, years_of
from indicators.calculations.inputs import FigureInput, IndicatorInput, PeriodInput
from indicators.calculations.known import Known
from indicators.calculations.results import CellResult, Exclusion, TraceStep, Window
from indicators.calculations.terms import Answer, Kind, Mark
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
    #: What the reports behind it oblige to say beside it, and of how many periods they are.
    marks: frozenset[Mark] = frozenset()
    periods: int = 0
    #: The smallest amount above zero of any cell or of one of its periods.
    smallest: Fraction | None = None
    used: tuple[Answered, ...] = ()
    #: Those of another indicator that the denominator was taken from.
    borrowed: tuple[Answered, ...] = ()
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
    def key(self) -> tuple:
        """Tells it from other questions to the same reports."""
        return self.indicator.id, self.view, self.window, self.place

    @property
    def as_of(self) -> date:
        """The last day that the value looks at: stocks and duties are read on it."""
        return min(self.window.ends_on, self.known.day)

    @property
    def counts_things(self) -> bool:
        """Not institutions, nor what was or was not delivered."""
        return self.indicator.kind not in PRODUCTS and not self.indicator.derived_from

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
        """Reports of the window that concern the indicator at the place, oldest first, in the plan's order of
        institutions."""
        return [
            report
            for section in self._sections()
            for report in section.reports()
            if self.place.is_told_by(report.institution_id, section.figure_of(report))
        ]

    def answered(self) -> list[Answered]:
        """Those that say something of the indicator."""
        return [
            row
            for section in self._sections()
            for row in section.answered()
            if self.place.is_told_by(row.institution_id, row.figure)
        ]

    def _sections(self) -> Iterator["Section"]:
        for period in filter(self.covers, self.known.periods):
            was_asked = self.known.is_indicator_in_force(self.indicator, period.ends_on)
            others = self.known.answer_for_others(self.indicator, period.ends_on) if was_asked else None
            yield Section(self.known, self.indicator, self.view, period, others)


@dataclass(frozen=True, slots=True)
class Section:
    """What one period has of a question. `others` are the institutions that answer for other indicators of the action;
    None where the indicator was not in the plan."""

    known: Known
    indicator: IndicatorInput
    view: View
    period: PeriodInput
    others: frozenset[int] | None

    def reports(self) -> list[KnownReport]:
        return [row for row in self.known.reports_in[self.indicator.action_id, self.period.id] if self._concerns(row)]

    def _concerns(self, report: KnownReport) -> bool:
        """It has a figure of the indicator, or is of an institution that does not only answer for others, while the
        plan has it."""
        is_asked = self.others is not None and report.institution_id not in self.others
        return is_asked or self.figure_of(report) is not None

    def figure_of(self, report: KnownReport) -> FigureInput | None:
        """What it tells of the indicator; while nothing is verified, what was sent."""
        version = report.version(self.view) or report.informed
        return version.figures.get(self.indicator.id)

    def answered(self) -> list[Answered]:
        """The same for every window and cut-off that reads the section."""
        key = (self.indicator.id, self.view, self.period.id, self.others)
        return self.known.once_at_any_cut_off(key, lambda: list(self._answered()))

    def _answered(self) -> Iterator[Answered]:
        for report in self.reports():
            version = report.version(self.view)
            if version is None or version.answer == Answer.NOT_APPLICABLE:
                continue
            figure = version.figures.get(self.indicator.id) if version.is_progress else None
            if figure is not None or not version.is_progress:
                yield Answered(report, version, figure)
