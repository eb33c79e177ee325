"""What is recorded of one plan, read at most once however many dates are asked of it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from django.db.models import Count, Manager
from django.utils import timezone

from indicators.calculations import assemble, compute_action, compute_action_at_each
from indicators.calculations.inputs import PlanInputs, ReportInput
from indicators.calculations.narrowed import in_brief, in_outline, narrowed
from indicators.calculations.results import ActionResult, PlanResult
from indicators.models import Decision, Submission, Transition
from indicators.queries.agreed import agreed_rows
from indicators.queries.keeping import digest_of, kept_parts
from indicators.queries.reported import institutions_by_name, reports
from indicators.queries.standing import plan_input, standing_rows
from plan.models import Plan

Result = TypeVar("Result")
KnownAt = date | datetime | None


class Records:
    """What all actions share is read whole; the reports of an action only where something is to be worked out of them.

    Whatever is worked out of one action is kept under the content that it is made of: the rows that the arithmetic
    reads of it (`narrowed`), as they are, and how many rows were ever added to its reports. A `known_at` of None is
    now.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._reports: dict[int, list[ReportInput]] = {}

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def shared(self) -> PlanInputs:
        """Everything but the reports."""
        return PlanInputs(plan=plan_input(self.plan), **standing_rows(self.plan), **agreed_rows(self.plan))

    def whole(self) -> PlanInputs:
        """Everything, known early or late: the dates are applied by the arithmetic."""
        self._read(row.id for row in self.shared.actions)
        return replace(self.shared, reports=self._reports_of(self.shared))

    def about(self, action_id: int) -> PlanInputs:
        """Everything that the figures of one action are made of."""
        narrow = self._narrowed[action_id]
        self._read(row.id for row in narrow.actions)
        return replace(narrow, reports=self._reports_of(narrow))

    # What is kept

    def of_each_action(self, work_out: Callable[[int, PlanInputs], Result], *named: object) -> dict[int, Result]:
        """By action, what `work_out` makes of its id and of all that it is made of; `named` tells what that is."""

        def make(actions: Collection[int]) -> dict[int, Result]:
            self._read(row.id for pk in actions for row in self._narrowed[pk].actions)
            return {pk: work_out(pk, self.about(pk)) for pk in actions}

        return kept_parts(make, self._digests, self.plan.code, *named)

    def outline(self, cut_off: date, known_at: KnownAt = None) -> PlanResult:
        """The compliance at both dates, without traces and without what only institutions told."""
        return assemble(
            self.shared, self._outlines(cut_off, known_at), cut_off, self._moment(known_at), is_traced=False
        )

    def opened(self, action_id: int, cut_off: date, known_at: KnownAt = None) -> PlanResult:
        """The outline, with the traces of one action."""
        moment = self._moment(known_at)
        traced = {action_id: compute_action(self.about(action_id), action_id, cut_off, moment)}
        return assemble(self.shared, self._outlines(cut_off, known_at) | traced, cut_off, moment, is_traced=False)

    def briefs(self, cut_offs: Sequence[date], known_at: KnownAt = None) -> list[PlanResult]:
        """How the plan, its ejes and its objetivos stood at each of these cut-offs; nothing of indicators, medios and
        institutions."""
        moment = self._moment(known_at)

        def work_out(pk: int, about: PlanInputs) -> list[ActionResult | None]:
            results = compute_action_at_each(about, pk, cut_offs, moment, is_traced=False)
            return [result and in_brief(result) for result in results]

        kept = self.of_each_action(work_out, "briefs", cut_offs, known_at)
        at_each = ({pk: rows[place] for pk, rows in kept.items()} for place in range(len(cut_offs)))
        results = (
            assemble(self.shared, actions, cut_off, moment, is_traced=False)
            for cut_off, actions in zip(cut_offs, at_each, strict=True)
        )
        return [replace(result, institutions=()) for result in results]

    def _outlines(self, cut_off: date, known_at: KnownAt) -> dict[int, ActionResult | None]:
        moment = self._moment(known_at)

        def work_out(pk: int, about: PlanInputs) -> ActionResult | None:
            result = compute_action(about, pk, cut_off, moment, is_traced=False)
            return result and in_outline(result)

        return self.of_each_action(work_out, "outlines", cut_off, known_at)

    def _moment(self, known_at: KnownAt) -> date | datetime:
        return known_at or self.now

    # What it is kept under

    @cached_property
    def _narrowed(self) -> dict[int, PlanInputs]:
        """By action, what its figures are made of besides reports."""
        return {row.id: narrowed(self.shared, row.id) for row in self.shared.actions}

    @cached_property
    def _names(self) -> dict[str, int]:
        return institutions_by_name()

    @cached_property
    def _digests(self) -> dict[int, str]:
        """By action. The rows of reports are counted before any of them is read: what is added in between is under the
        older count at worst, and read again by whoever counts next."""
        added = self._added()
        return {
            pk: digest_of(narrow, self._names, [[rows[row.id] for rows in added] for row in narrow.actions])
            for pk, narrow in self._narrowed.items()
        }

    def _added(self) -> tuple[Counter[int], ...]:
        """By action of any plan, the rows of its reports so far. Envíos, decisiones and movimientos are never changed
        nor removed, nor is what hangs on them, so that the same count is the same content."""
        return (
            _counted(Submission.objects, "report__action"),
            _counted(Decision.objects, "submission__report__action"),
            _counted(Transition.objects, "report__action"),
        )

    def _reports_of(self, inputs: PlanInputs) -> tuple[ReportInput, ...]:
        return tuple(report for row in inputs.actions for report in self._reports[row.id])

    def _read(self, actions: Iterable[int]) -> None:
        unread = set(actions) - self._reports.keys()
        if not unread:
            return
        self._reports |= {action: [] for action in unread}
        for report in reports(self.plan, unread, self._names):
            self._reports[report.action_id].append(report)


def _counted(rows: Manager, action: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(action).annotate(Count("pk"))))
