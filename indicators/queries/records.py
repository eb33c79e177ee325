"""What is recorded of one plan, read at most once however many dates are asked of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from indicators.calculations import assemble, compute_action
from indicators.calculations.inputs import PlanInputs, ReportInput
from indicators.calculations.narrowed import narrowed
from indicators.calculations.results import ActionResult, PlanResult
from indicators.models import Decision, Submission, Transition
from indicators.queries.agreed import agreed_rows
from indicators.queries.keeping import digest_of, kept_parts
from indicators.queries.reported import institutions_by_name, reports
from indicators.queries.standing import plan_input, standing_rows
from plan.models import Plan


class Records:
    """What all actions share is read whole; the reports of an action only where its figures have to be worked out.

    The figures of an action are kept under what they are made of: the rows that the arithmetic reads of it
    (`narrowed`), as they are, and how many rows were ever added to its reports.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._reports: dict[int, list[ReportInput]] = {}

    @cached_property
    def shared(self) -> PlanInputs:
        """Everything but the reports."""
        return PlanInputs(plan=plan_input(self.plan), **standing_rows(self.plan), **agreed_rows(self.plan))

    @cached_property
    def _named(self) -> dict[str, int]:
        return institutions_by_name()

    @cached_property
    def _additions(self) -> dict[int, tuple[int, ...]]:
        """By action, the rows of its reports that were added so far: envíos, decisiones and movimientos are never
        changed or removed, nor is what hangs on them, so that no two states have the same numbers."""
        added = (
            _by_action(Submission.objects.filter(report__period__plan=self.plan), "report__action"),
            _by_action(
                Decision.objects.filter(submission__report__period__plan=self.plan), "submission__report__action"
            ),
            _by_action(Transition.objects.filter(report__period__plan=self.plan), "report__action"),
        )
        return {row.id: tuple(counts[row.id] for counts in added) for row in self.shared.actions}

    @cached_property
    def _narrowed(self) -> dict[int, PlanInputs]:
        """By action, what its figures are made of besides its reports."""
        return {row.id: narrowed(self.shared, row.id) for row in self.shared.actions}

    @cached_property
    def digests(self) -> dict[int, str]:
        """By action, what its figures are made of. Counted before any report is read: what comes in between is at worst
        read twice."""
        additions = self._additions
        return {
            pk: digest_of(about, self._named, [additions[row.id] for row in about.actions])
            for pk, about in self._narrowed.items()
        }

    def of_actions(self, actions: Collection[int]) -> dict[int, PlanInputs]:
        """By action, everything that its figures are made of, known early or late."""
        self._read({row.id for pk in actions for row in self._narrowed[pk].actions})
        return {pk: replace(self._narrowed[pk], reports=self._reports_of(self._narrowed[pk])) for pk in actions}

    def whole(self) -> PlanInputs:
        self._read(self._narrowed.keys())
        return replace(self.shared, reports=self._reports_of(self.shared))

    def _reports_of(self, about: PlanInputs) -> tuple[ReportInput, ...]:
        return tuple(report for row in about.actions for report in self._reports[row.id])

    def _read(self, actions: Iterable[int]) -> None:
        unread = set(actions) - self._reports.keys()
        if not unread:
            return
        self._reports |= {action: [] for action in unread}
        for report in reports(self.plan, unread, self._named):
            self._reports[report.action_id].append(report)

    def outline(self, cut_off: date, known_at: date | datetime | None) -> PlanResult:
        """The compliance at both dates, without traces."""
        moment = known_at or timezone.now()

        def make(actions: Collection[int]) -> dict[int, ActionResult | None]:
            told = self.of_actions(actions)
            return {pk: compute_action(told[pk], pk, cut_off, moment, is_traced=False) for pk in actions}

        results = kept_parts(make, self.digests, "actions", self.plan.code, cut_off, known_at)
        return assemble(self.shared, results, cut_off, moment, is_traced=False)


def _by_action(rows, action: str) -> defaultdict[int, int]:
    counted = rows.order_by().values_list(action).annotate(Count("pk"))
    return defaultdict(int, counted)
