"""What is recorded of one plan, read at most once however many dates are asked of it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import TypeVar

from django.db.models import Count
from django.utils import timezone

from indicators.calculations import action_over_time, assemble, compute_action
from indicators.calculations.inputs import PlanInputs, ReportInput
from indicators.calculations.narrowed import in_brief, narrowed
from indicators.calculations.results import ActionResult, PlanResult
from indicators.models import Decision, Submission, Transition
from indicators.queries.agreed import agreed_rows
from indicators.queries.keeping import digest_of, kept_parts, kept_while, newest_term_past
from indicators.queries.reported import institutions_by_name, reports
from indicators.queries.standing import plan_input, standing_rows
from plan.models import Plan

Result = TypeVar("Result")
KnownAt = date | datetime | None

#: What is added as reports are sent, judged and moved, with the way from a row to its report.
TOLD_OF_REPORTS = {
    Submission.objects: "report__",
    Decision.objects: "submission__report__",
    Transition.objects: "report__",
}


class Records:
    """What all actions share is read whole; the reports of an action only where something is to be worked out of them.

    Whatever is worked out of one action is kept under the content that it is made of: the rows that the arithmetic
    reads of it (`narrowed`), as they are, and how many rows were ever added to its reports. A `known_at` of None is
    now.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._reports: dict[int, list[ReportInput]] = {}
        self._stood: dict[tuple[int, KnownAt], Callable[[date], ActionResult | None]] = {}

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

    def of_each_action(self, work_out: Callable[[int], Result], cut_off: date, *named: object) -> dict[int, Result]:
        """By action, what `work_out` makes of its id and, of all that the action is made of, of what a look from
        `cut_off` reads; `named` tells what that is."""
        kept = self._at_each([cut_off], lambda pk, _: work_out(pk), cut_off, *named)
        return {pk: result for (pk, _), result in kept.items()}

    def _at_each(
        self, cut_offs: Collection[date], work_out: Callable[[int, date], Result], *named: object
    ) -> dict[tuple[int, date], Result]:
        """By action and cut-off, from one row of what is kept."""

        def make(parts: Collection[tuple[int, date]]) -> dict[tuple[int, date], Result]:
            self._read(row.id for pk, _ in parts for row in self._narrowed[pk].actions)
            return {(pk, cut_off): work_out(pk, cut_off) for pk, cut_off in parts}

        digests = {(pk, cut_off): told for cut_off in cut_offs for pk, told in self._digests(cut_off).items()}
        return kept_parts(make, digests, self.plan.code, *named)

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

    def briefs(self, cut_offs: Collection[date], known_at: KnownAt = None) -> list[PlanResult]:
        """How the plan, its ejes and its objetivos stood at each of these cut-offs; nothing of indicators, medios and
        institutions."""

        def work_out(pk: int, cut_off: date) -> ActionResult | None:
            result = self._outlined(pk, cut_off, known_at)
            return result and in_brief(result)

        kept = self._at_each(cut_offs, work_out, "brief", known_at)
        moment = self._moment(known_at)
        at_each = ({pk: kept[pk, cut_off] for pk in self._narrowed} for cut_off in cut_offs)
        results = (
            assemble(self.shared, actions, cut_off, moment, is_traced=False)
            for cut_off, actions in zip(cut_offs, at_each, strict=True)
        )
        return [replace(result, institutions=()) for result in results]

    def _outlines(self, cut_off: date, known_at: KnownAt) -> dict[int, ActionResult | None]:
        return self.of_each_action(lambda pk: self._outlined(pk, cut_off, known_at), cut_off, "outline", known_at)

    def _outlined(self, pk: int, cut_off: date, known_at: KnownAt) -> ActionResult | None:
        """Its reports are read as of `known_at` once, however many cut-offs are asked for."""
        if (pk, known_at) not in self._stood:
            stood = action_over_time(self.about(pk), pk, self._moment(known_at), is_traced=False)
            self._stood[pk, known_at] = cache(stood)
        return self._stood[pk, known_at](cut_off)

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

    def _digests(self, cut_off: date) -> dict[int, str]:
        """By action. A report of a period that ends later is not read from the cut-off, and makes nothing anew."""
        ended = {row.id for row in self.shared.periods if row.ends_on <= cut_off}
        return {
            pk: digest_of(
                told, [sum(self._added[row.id, period] for period in ended) for row in self._narrowed[pk].actions]
            )
            for pk, told in self._told_besides.items()
        }

    @cached_property
    def _told_besides(self) -> dict[int, str]:
        """By action, a digest of all but the reports."""
        term = newest_term_past()
        return {pk: digest_of(narrow, self._names, term) for pk, narrow in self._narrowed.items()}

    @cached_property
    def _added(self) -> Counter[tuple[int, int]]:
        """By action and period of any plan, the rows of its reports so far. Envíos, decisiones and movimientos are
        never changed nor removed, nor is what hangs on them, so that the same count is the same content. They are
        counted before any of them is read: what is added in between is under the older count at worst, and read again
        by whoever counts next."""
        totals = [rows.count() for rows in TOLD_OF_REPORTS]
        return kept_while(digest_of(totals), _count_each, "added")

    def _reports_of(self, inputs: PlanInputs) -> tuple[ReportInput, ...]:
        return tuple(report for row in inputs.actions for report in self._reports[row.id])

    def _read(self, actions: Iterable[int]) -> None:
        unread = set(actions) - self._reports.keys()
        if not unread:
            return
        self._reports |= {action: [] for action in unread}
        for report in reports(self.plan, unread, self._names):
            self._reports[report.action_id].append(report)


def _count_each() -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for rows, report in TOLD_OF_REPORTS.items():
        by_action = rows.order_by().values_list(f"{report}action", f"{report}period").annotate(Count("pk"))
        found.update({(action, period): count for action, period, count in by_action})
    return found
