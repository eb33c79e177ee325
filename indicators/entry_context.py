"""What surrounds the entry of one report: what is asked, what came before, what is expected. Read in few queries."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from indicators.enums import Outcome, ReportState
from indicators.models import (
    Indicator,
    MeansOfVerification,
    ProgressReport,
    ReportedValue,
    Submission,
    Target,
    UniverseValue,
    ValidatedValue,
)
from plan.models import Institution, Region, Unit


@dataclass
class EntryContext:
    """Everything that the page of a report shows beside what is typed."""

    report: ProgressReport
    indicators: list[Indicator] = field(default_factory=list)
    means: list[MeansOfVerification] = field(default_factory=list)

    @cached_property
    def regions(self) -> list[Region]:
        """Regions in force on the period's last day, north to south."""
        return list(Region.objects.in_force(self.report.period.ends_on))

    @cached_property
    def units(self) -> list[Unit]:
        return list(Unit.objects.in_force(self.report.period.ends_on).filter(institution=self.report.institution))

    @cached_property
    def members(self) -> list[Institution]:
        """Institutions of the Mesa on the period's last day, in the plan's order."""
        memberships = self.report.period.plan.memberships.in_force(self.report.period.ends_on)
        return [membership.institution for membership in memberships.select_related("institution")]

    @cached_property
    def previous_submission(self) -> Submission | None:
        """The newest submission of this action and institution in an earlier period."""
        earlier = Submission.objects.filter(
            report__action=self.report.action,
            report__institution=self.report.institution,
            report__period__starts_on__lt=self.report.period.starts_on,
        ).exclude(report__state__in=[ReportState.DRAFT, ReportState.ANNULLED])
        newest = earlier.select_related("report__period").order_by("-report__period__starts_on", "-number")
        return newest.first()

    @cached_property
    def previous_values(self) -> dict[int, ReportedValue | ValidatedValue]:
        """By indicator, the newest validated value of earlier periods, or the informed one where none is validated."""
        if self.previous_submission is None:
            return {}
        values: dict[int, ReportedValue | ValidatedValue] = {
            v.indicator_id: v for v in self.previous_submission.values.prefetch_related("rows")
        }
        validated = ValidatedValue.objects.filter(
            decision__submission=self.previous_submission, decision__outcome=Outcome.APPROVED
        )
        found = validated.select_related("reported_value").prefetch_related("rows__row")
        return values | {v.reported_value.indicator_id: v for v in found}

    @cached_property
    def universe_values(self) -> dict[int, list[UniverseValue]]:
        """By universe, the newest value of each region or unit dated by the period's end."""
        wanted = [i.universe_id for i in self.indicators if i.universe_id]
        if not wanted:
            return {}
        rows = (
            UniverseValue.objects.counting()
            .for_institution(self.report.institution)
            .filter(universe__in=wanted, dated_on__lte=self.report.period.ends_on)
        )
        newest: dict[tuple, UniverseValue] = {}
        for row in rows.select_related("region", "unit").order_by("dated_on", "recorded_at", "pk"):
            newest[row.universe_id, row.region_id, row.unit_id] = row
        grouped: dict[int, list[UniverseValue]] = {universe: [] for universe in wanted}
        for (universe, _, _), row in newest.items():
            grouped[universe].append(row)
        return grouped

    def stock_of(self, indicator: Indicator) -> list[UniverseValue]:
        """The institution's rows of the universe that is the indicator's denominator."""
        return self.universe_values.get(indicator.universe_id, []) if indicator.universe_id else []

    @cached_property
    def targets(self) -> dict[int, list[Target]]:
        """By indicator, the targets that concern this institution, in order of their dates."""
        found: dict[int, list[Target]] = {}
        mine = Q(institution__isnull=True) | Q(institution=self.report.institution)
        for target in Target.objects.filter(mine, indicator__in=self.indicators).select_related("agreement", "region"):
            found.setdefault(target.indicator_id, []).append(target)
        return found


def entry_context(report: ProgressReport) -> EntryContext:
    """The context of a report: the indicators and medios that its institution answers for in its period."""
    action = report.action
    duty = action.responsibilities.in_force(report.period.ends_on).filter(institution=report.institution).first()
    indicators = _limited(action.indicators.select_related("action", "universe"), duty and duty.indicators)
    means = _limited(action.means.select_related("action"), duty and duty.means)
    return EntryContext(report, [i for i in indicators if i.is_asked_in(report.period.year)], means)


def _limited(all_rows: QuerySet, chosen) -> list:
    """The rows of a responsibility's own list, or all where it names none."""
    if chosen is None:
        return list(all_rows)
    rows = list(all_rows.annotate(is_chosen=Exists(chosen.filter(pk=OuterRef("pk")))))
    return [row for row in rows if row.is_chosen] or rows
