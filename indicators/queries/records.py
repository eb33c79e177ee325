"""What is recorded of one plan, read at most once however many dates are asked of it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import TypeVar

from django.db.models import Count, Max
from django.utils import timezone

from indicators.calculations import (
    answers_over_time,
    assemble,
    compute_action,
    is_same_news,
    last_turn,
    moments_of_news,
    turning_days,
)
from indicators.calculations.inputs import PlanInputs, ReportInput
from indicators.calculations.known import Answers, group
from indicators.calculations.moments import as_moment
from indicators.calculations.narrowed import in_brief, narrowed
from indicators.calculations.results import ActionResult, PlanResult
from indicators.models import Decision, Submission, Transition
from indicators.queries.agreed import agreed_rows
from indicators.queries.keeping import digest_of, kept_further, kept_parts, newest_term_past, state_of_records
from indicators.queries.reported import institutions_by_name, reports
from indicators.queries.standing import plan_input, standing_rows
from plan.models import Plan

Result = TypeVar("Result")
#: An action and the day that it is looked at from: a cut-off, or the turning day before it.
Part = tuple[int, date]
#: Of reports: their action and their period.
Place = tuple[int, int]
KnownAt = date | datetime | None

#: What is added as reports are sent, judged and moved: its rows, their moment, and the way from one to its report.
TOLD_OF_REPORTS = (
    (Submission.objects, "submitted_at", "report__"),
    (Decision.objects, "decided_at", "submission__report__"),
    (Transition.objects, "at", "report__"),
)


class Records:
    """What all actions share is read whole; the reports of an action only where something is to be worked out of them.

    Whatever is worked out of one action is kept under the content that it is made of: the rows that the arithmetic
    reads of it (`narrowed`), as they are, and how many rows were ever added to its reports. A `known_at` of None is
    now; any other moment shares what is kept of now, but for actions of which something was recorded in between.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        #: Named before anything is read, as `kept` asks.
        self.state = state_of_records()
        self._reports: dict[int, list[ReportInput]] = {}
        self._asked: dict[tuple[int, KnownAt], Callable[[date], Answers]] = {}

    @cached_property
    def now(self) -> datetime:
        """Later than all that names the content was read, so that none of it is still to come."""
        _ = self._digest_besides_reports, self._rows_of_reports
        return timezone.now()

    @cached_property
    def shared(self) -> PlanInputs:
        """Everything but the reports."""
        return PlanInputs(plan=plan_input(self.plan), **standing_rows(self.plan), **agreed_rows(self.plan))

    def whole(self) -> PlanInputs:
        """Everything, known early or late: the dates are applied by the arithmetic."""
        return replace(self.shared, reports=self._reports_of(self.shared))

    def about(self, action_id: int) -> PlanInputs:
        """Everything that the figures of one action are made of; its reports are read by whoever goes through them."""
        narrow = self._narrowed[action_id]
        return replace(narrow, reports=_Unread(lambda: self._reports_of(narrow)))

    # What is kept

    def of_each_action(
        self,
        work_out: Callable[[int, date | datetime], Result],
        cut_off: date,
        known_at: KnownAt,
        *named: object,
    ) -> dict[int, Result]:
        """By action, what `work_out` gives for its id and a moment that knows of it what `known_at` does; `named` tells
        what that is. It may depend only on what is told by reports of periods ended by the cut-off, for it is kept
        until the next turning day."""

        def keep(turns: Collection[Part], at: KnownAt) -> dict[Part, Result]:
            return self._of_reports(lambda pk, _: work_out(pk, self._moment(at)), turns, *named, at)

        kept = self._as_now(keep, [self._at_last_turn(pk, cut_off) for pk in self._narrowed], known_at)
        return {pk: result for (pk, _), result in kept.items()}

    def outline(self, cut_off: date, known_at: KnownAt = None) -> PlanResult:
        """The compliance at both dates, without traces and without what only institutions told."""
        return assemble(
            self.shared, self._outlines(cut_off, known_at), cut_off, self._moment(known_at), is_traced=False
        )

    def opened(self, action_id: int, cut_off: date, known_at: KnownAt = None) -> PlanResult:
        """The outline, with the traces of one action."""
        outlines, moment = self._outlines(cut_off, known_at), self._moment(known_at)
        traced = {action_id: compute_action(self.about(action_id), action_id, cut_off, moment)}
        return assemble(self.shared, outlines | traced, cut_off, moment, is_traced=False)

    def briefs(self, cut_offs: Collection[date], known_at: KnownAt = None) -> list[PlanResult]:
        """How the plan, its ejes and its objetivos stood at each of these cut-offs; nothing of indicators, medios and
        institutions."""
        kept = self._at_each(cut_offs, lambda result: result and in_brief(result), known_at, "brief")
        moment = self._moment(known_at)
        at_each = ({pk: kept[pk, cut_off] for pk in self._narrowed} for cut_off in cut_offs)
        results = (
            assemble(self.shared, actions, cut_off, moment, is_traced=False)
            for cut_off, actions in zip(cut_offs, at_each, strict=True)
        )
        return [replace(result, institutions=()) for result in results]

    def _outlines(self, cut_off: date, known_at: KnownAt) -> dict[int, ActionResult | None]:
        kept = self._at_each([cut_off], lambda result: result, known_at, "outline", cut_off)
        return {pk: result for (pk, _), result in kept.items()}

    def _at_each(
        self,
        cut_offs: Collection[date],
        shown: Callable[[ActionResult | None], ActionResult | None],
        known_at: KnownAt,
        *named: object,
    ) -> dict[Part, ActionResult | None]:
        """By action and cut-off, what is shown of its result; in one row for all, told apart by `named`. `keep` looks
        the parts up, `make` works out those that are missing."""

        def keep(parts: Collection[Part], at: KnownAt) -> dict[Part, ActionResult | None]:
            digests = {part: self._digest(*part) for part in parts}
            return kept_parts(partial(make, at), digests, self.plan.code, at, *named)

        def make(at: KnownAt, parts: Collection[Part]) -> dict[Part, ActionResult | None]:
            answers = self._answers(parts, at)
            moment = self._moment(at)
            return {
                (pk, cut_off): shown(compute_action(self.about(pk), pk, cut_off, moment, answers=answers[pk, cut_off]))
                for pk, cut_off in parts
            }

        return self._as_now(keep, [(pk, cut_off) for cut_off in cut_offs for pk in self._narrowed], known_at)

    def _answers(self, parts: Collection[Part], known_at: KnownAt) -> dict[Part, Answers]:
        """By action and cut-off, what the reports answer. They are read once, however many cut-offs are asked for."""

        def keep(turns: Collection[Part], at: KnownAt) -> dict[Part, Answers]:
            return self._of_reports(partial(self._answer, at), turns, "answers", at)

        turns = {part: self._at_last_turn(*part) for part in parts}
        kept = self._as_now(keep, set(turns.values()), known_at)
        return {part: kept[turn] for part, turn in turns.items()}

    def _as_now(
        self, keep: Callable[[Collection[Part], KnownAt], dict[Part, Result]], parts: Iterable[Part], known_at: KnownAt
    ) -> dict[Part, Result]:
        """What is kept of these parts at `known_at`: that of now, where nothing parts the two that alters it."""
        kept: dict[Part, Result] = {}
        for at, those in group(parts, lambda part: None if self._is_as_now(*part, known_at) else known_at).items():
            kept |= keep(those, at)
        return kept

    def _is_as_now(self, pk: int, day: date, known_at: KnownAt) -> bool:
        """Whether an action looks the same at `known_at`: no acta, register or term lies between it and now, and no row
        of its reports."""
        if known_at is None:
            return True
        moment, last = as_moment(known_at), self._rows_of_reports.last
        no_news = is_same_news(moments_of_news(self._narrowed[pk], day), moment, self.now)
        earlier = min(moment, self.now)
        return no_news and all(last[place] <= earlier for place in self._places(pk, day) if place in last)

    def _answer(self, known_at: KnownAt, pk: int, turn: date) -> Answers:
        if (pk, known_at) not in self._asked:
            self._asked[pk, known_at] = answers_over_time(self.about(pk), pk, self._moment(known_at))
        return self._asked[pk, known_at](turn)

    def _of_reports(
        self, work_out: Callable[[int, date], Result], parts: Iterable[Part], *named: object
    ) -> dict[Part, Result]:
        """By action and turning day. The reports of all that is missing are read together."""

        def make(missing: Collection[Part]) -> dict[Part, Result]:
            self._read(row.id for pk, _ in missing for row in self._narrowed[pk].actions)
            return {part: work_out(*part) for part in missing}

        return kept_parts(make, {part: self._digest(*part) for part in parts}, self.plan.code, *named)

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
    def _turning_days(self) -> dict[int, list[date]]:
        return {pk: turning_days(narrow) for pk, narrow in self._narrowed.items()}

    def _at_last_turn(self, pk: int, cut_off: date) -> Part:
        """The action with its last turning day up to the cut-off."""
        return pk, last_turn(self._turning_days[pk], cut_off)

    def _digest(self, pk: int, cut_off: date) -> str:
        """Of all that the figures of an action at a cut-off are made of."""
        counts = [self._rows_of_reports.of_each[place] for place in self._places(pk, cut_off)]
        return digest_of(self._digest_besides_reports[pk], counts)

    def _places(self, pk: int, cut_off: date) -> list[Place]:
        """Where the reports of an action stand that are read from a cut-off. One of a period that ends later is not."""
        ended = [row.id for row in self.shared.periods if row.ends_on <= cut_off]
        return [(row.id, period) for row in self._narrowed[pk].actions for period in ended]

    @cached_property
    def _digest_besides_reports(self) -> dict[int, str]:
        """By action."""
        term = newest_term_past()
        return {pk: digest_of(narrow, self._names, term) for pk, narrow in self._narrowed.items()}

    @cached_property
    def _rows_of_reports(self) -> "RowsOfReports":
        """Envíos, decisiones and movimientos are never changed nor removed, nor is what hangs on them, so that the same
        count is the same content. They are counted before any of them is read: what is added in between is under the
        older count at worst, and read again by whoever counts next."""
        totals = [rows.count() for rows, *_ in TOLD_OF_REPORTS]
        return kept_further(lambda before: _count(before, sum(totals)), digest_of(totals), "added")

    def _reports_of(self, inputs: PlanInputs) -> tuple[ReportInput, ...]:
        self._read(row.id for row in inputs.actions)
        return tuple(report for row in inputs.actions for report in self._reports[row.id])

    def _read(self, actions: Iterable[int]) -> None:
        unread = set(actions) - self._reports.keys()
        if not unread:
            return
        self._reports |= {action: [] for action in unread}
        for report in reports(self.plan, unread, self._names):
            self._reports[report.action_id].append(report)


@dataclass(frozen=True, slots=True)
class _Unread:
    """Reports that are read when somebody goes through them."""

    read: Callable[[], Iterable[ReportInput]]

    def __iter__(self) -> Iterator[ReportInput]:
        return iter(self.read())


@dataclass(frozen=True, slots=True)
class RowsOfReports:
    """How many rows were added to the reports of each place in any plan, and when the last one was; and the newest row
    of each kind."""

    of_each: Counter[Place] = field(default_factory=Counter)
    last: dict[Place, datetime] = field(default_factory=dict)
    newest: tuple[int, ...] = (0,) * len(TOLD_OF_REPORTS)


def _count(before: RowsOfReports | None, total: int) -> RowsOfReports:
    """Only what is newer than `before` is counted, unless that does not come to the total: a row may be written down
    after one with a higher number."""
    if before is not None:
        further = _count_newer(before)
        if further.of_each.total() == total:
            return further
    return _count_newer(RowsOfReports())


def _count_newer(before: RowsOfReports) -> RowsOfReports:
    of_each, last, newest = before.of_each.copy(), before.last.copy(), []
    for (rows, moment, report), known in zip(TOLD_OF_REPORTS, before.newest, strict=True):
        named = rows.filter(pk__gt=known).order_by().values_list(f"{report}action", f"{report}period")
        for action, period, count, pk, at in named.annotate(Count("pk"), Max("pk"), Max(moment)):
            place = (action, period)
            of_each[place] += count
            last[place] = max(at, last.get(place, at))
            known = max(pk, known)
        newest.append(known)
    return RowsOfReports(of_each, last, tuple(newest))
