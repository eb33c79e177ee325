"""What surrounds the entry of one report: what is asked, what came before, what is expected. Read in few queries."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import OuterRef, Subquery

from indicators.asked import asked_rows
from indicators.calculations.methodology import Methodology
from indicators.models import (
    Indicator,
    MeansOfVerification,
    MeansVerdict,
    ProgressReport,
    Responsibility,
    Submission,
    Target,
    UniverseValue,
)
from indicators.previous import (
    EarlierAmount,
    PreviousFigure,
    earlier_amounts,
    previous_figures,
    previous_submission,
    rounds_until,
)
from indicators.queries.in_force import methodology_on, targets_in_force
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
    def _rounds(self) -> list[Submission]:
        return rounds_until(self.report)

    @property
    def latest_submission(self) -> Submission | None:
        """The newest round of this report."""
        return next((s for s in self._rounds if s.report_id == self.report.pk), None)

    @cached_property
    def previous_submission(self) -> Submission | None:
        return previous_submission(self.report, self._rounds)

    @cached_property
    def previous_figures(self) -> dict[int, PreviousFigure]:
        """By indicator, what was said and validated in the period before."""
        return previous_figures(self.previous_submission)

    @cached_property
    def _earlier(self) -> dict[int, list[EarlierAmount]]:
        return earlier_amounts(self.report, self._rounds)

    def earlier_amounts(self, indicator: Indicator) -> list[EarlierAmount]:
        """What was said of an indicator in each earlier period."""
        return self._earlier.get(indicator.pk, [])

    @cached_property
    def _others(self) -> list[Responsibility]:
        """Other responsables of the action on the period's last day."""
        duties = Responsibility.objects.responsible().in_force(self.report.period.ends_on)
        others = duties.filter(action=self.report.action_id).exclude(institution=self.report.institution_id)
        return list(others.prefetch_related("indicators"))

    def answers_alone(self, indicator: Indicator) -> bool:
        """Whether no other institution is responsible for the indicator on the period's last day."""
        return not any(duty.covers(indicator) for duty in self._others)

    @cached_property
    def methodology(self) -> Methodology:
        """The version that counts at the end of the report's period."""
        return methodology_on(self.report.period.plan, self.report.period.ends_on)

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

    def targets_now(self, indicator: Indicator) -> list[Target]:
        """Of the targets of an indicator, those of the first date that the report's period does not pass; the last
        ones when it passes all of them."""
        dated = sorted(
            (target.ends_on(self.report.period.plan), target.pk, target)
            for target in self.targets.get(indicator.pk, [])
        )
        ahead = [day for day, _, _ in dated if day >= self.report.period.ends_on]
        wanted = ahead[0] if ahead else dated[-1][0] if dated else None
        return [target for day, _, target in dated if day == wanted]

    @property
    def newest_verdicts(self) -> dict[int, str | None]:
        """By medio, what the newest decision on the report says of it; read with the medios."""
        return {medio.pk: getattr(medio, "newest_verdict", None) for medio in self.means}

    @cached_property
    def targets(self) -> dict[int, list[Target]]:
        """By indicator, the targets in force that concern this institution, in order of their dates."""
        return {
            indicator: [target for target in targets if target.institution_id in (None, self.report.institution_id)]
            for indicator, targets in targets_in_force(self.report.period.plan, self.indicators).items()
        }


def entry_context(report: ProgressReport) -> EntryContext:
    """The context of a report: the indicators and medios that its institution answers for in its period."""
    action = report.action
    indicators = asked_rows(report, action.indicators.select_related("action", "universe"), "indicators")
    judged = MeansVerdict.objects.filter(means=OuterRef("pk"), decision__submission__report=report)
    newest = Subquery(judged.order_by("-decision__submission__number").values("verdict")[:1])
    means = asked_rows(report, action.means.select_related("action").annotate(newest_verdict=newest), "means")
    return EntryContext(report, [i for i in indicators if i.is_asked_in(report.period.year)], means)
