"""As time goes by rows are recorded and terms end: at every moment, what is kept is what the arithmetic makes of them.

Plans stand in hand instead of in a database, so that many can be drawn.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from unittest.mock import patch

import pytest
from django.core.cache import caches
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.calculations import compute
from indicators.calculations.inputs import PlanInputs, ReportInput, SubmissionInput, Validity
from indicators.calculations.moments import local_day
from indicators.calculations.terms import DerivedFrom, Kind, Stage
from indicators.queries import records
from indicators.queries.records import Records, RowsOfReports
from indicators.tests.builders import PlanBuilder, events, moment
from indicators.tests.test_calculations_turning import (
    CHANGES,
    an_acta,
    days_around,
    moments_around,
    on,
    plans_under_way,
)


class InHand(Records):
    def __init__(self, inputs: PlanInputs, now: datetime) -> None:
        self.plan, self.now = inputs.plan, now
        self._inputs, self._reports, self._asked, self._names = inputs, {}, {}, {}

    @cached_property
    def shared(self) -> PlanInputs:
        return replace(self._inputs, reports=())

    @cached_property
    def _rows_of_reports(self) -> RowsOfReports:
        rows = [((report.action_id, report.period_id), at) for report in self._inputs.reports for at in events(report)]
        return RowsOfReports(Counter(place for place, _ in rows), dict(sorted(rows, key=lambda row: row[1])))

    def _read(self, actions) -> None:
        self._reports |= {pk: [row for row in self._inputs.reports if row.action_id == pk] for pk in actions}


# What is recorded at a moment ------------------------------------------------------------------------------------
def recorded(inputs: PlanInputs, now: datetime) -> PlanInputs:
    def under_actas(rows):
        return tuple(row for row in rows if row.agreement is None or row.agreement.recorded_at <= now)

    def by_themselves(rows):
        return tuple(row for row in rows if row.recorded_at <= now)

    return replace(
        inputs,
        memberships=tuple(_with_end(row, now) for row in under_actas(inputs.memberships)),
        responsibilities=tuple(_with_end(row, now) for row in under_actas(inputs.responsibilities)),
        targets=by_themselves(under_actas(inputs.targets)),
        universe_values=by_themselves(inputs.universe_values),
        extensions=by_themselves(inputs.extensions),
        reports=tuple(_told(row, now) for row in inputs.reports if row.submissions[0].submitted_at <= now),
        **{kind: under_actas(getattr(inputs, kind)) for kind in ("deadlines", "amendments", "methodologies")},
    )


def _with_end(row, now: datetime):
    is_ended = row.ended_under is None or row.ended_under.recorded_at <= now
    return row if is_ended else replace(row, validity=Validity(row.validity.valid_from), ended_under=None)


def _told(report: ReportInput, now: datetime) -> ReportInput:
    return replace(
        report,
        submissions=tuple(_sent(row, now) for row in report.submissions),
        reopened_at=tuple(at for at in report.reopened_at if at <= now),
        annulled_at=_by(report.annulled_at, now),
    )


def _sent(row: SubmissionInput, now: datetime) -> SubmissionInput:
    decision = row.decision if row.decision and row.decision.decided_at <= now else None
    return replace(row, decision=decision, withdrawn_at=_by(row.withdrawn_at, now))


def _by(at: datetime | None, now: datetime) -> datetime | None:
    return at if at is not None and at <= now else None


# Plans of every kind ---------------------------------------------------------------------------------------------
@st.composite
def whole_plans(draw) -> PlanInputs:
    """With a denominator that is lent, a count of the subcomisión, and reports that were moved."""
    plan = draw(plans_under_way())
    first, second = plan.rows["institutions"][:2]
    lending, borrowing, counting = (plan.action(code, first) for code in ("3.2.1", "3.2.2", "4.1.1"))
    gaps = plan.indicator(lending, kind=Kind.PRODUCT, stage=Stage.VALIDATED, named_count_label="Brechas")
    closed = plan.indicator(borrowing, kind=Kind.RATIO, denominator_aggregation="stock", depends_on_id=gaps.id)
    members = plan.indicator(counting, derived_from=DerivedFrom.SUBCOMMISSION)
    plan.member(first, subcommission=True, agreement=an_acta(plan, draw))
    for period in plan.rows["periods"][: draw(st.integers(1, 4))]:
        plan.report(lending, first, period, {gaps: {"stage": Stage.VALIDATED, "named_count": draw(st.integers(1, 9))}})
        plan.report(borrowing, first, period, {closed: {"numerator": draw(st.integers(0, 9))}})
        plan.report(counting, second, period, {members: {"affirmative": True}})
    draw(st.sampled_from(CHANGES))(plan, draw)
    plan.rows["reports"] = list(moved(plan, draw))
    return plan.inputs()


def moved(plan: PlanBuilder, draw) -> Iterator[ReportInput]:
    for report in plan.rows["reports"]:
        move = draw(st.sampled_from(["none", "none", "none", "annul", "reopen", "withdraw"]))
        at = moment(on(draw)) if move != "none" else None
        sent, *others = report.submissions
        withdrawn = replace(sent, withdrawn_at=at, decision=None)
        yield {
            "none": report,
            "annul": replace(report, annulled_at=at),
            "reopen": replace(report, reopened_at=(at,)),
            "withdraw": replace(report, submissions=(withdrawn, *others)),
        }[move]


@pytest.fixture
def _keeps(settings):
    settings.CACHES = settings.CACHES | {"figures": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.mark.usefixtures("_keeps")
@settings(max_examples=60, deadline=None)
@given(whole_plans(), st.data())
def test_at_every_moment_what_is_kept_says_what_is_recorded(inputs, data):
    caches["figures"].clear()
    cut_offs, moments = st.sampled_from(days_around(inputs)), st.sampled_from(moments_around(inputs))
    for now in sorted(data.draw(st.lists(moments, min_size=2, max_size=4))):
        known = recorded(inputs, now)
        terms = [row.due_on for row in (*known.periods, *known.extensions) if row.due_on < local_day(now)]
        with patch.object(records, "newest_term_past", lambda terms=terms: max(terms, default=None)):
            for _ in range(4):
                at = data.draw(moments)
                known_at = data.draw(st.sampled_from([None, at, at.date(), now + timedelta(days=200)]))
                check(known, data.draw(cut_offs), known_at, now, data.draw(st.sampled_from(known.actions)).id)


def check(known: PlanInputs, cut_off, known_at, now: datetime, action_id: int) -> None:
    plain = compute(known, cut_off, known_at or now, is_traced=False)
    assert InHand(known, now).outline(cut_off, known_at) == plain
    opened = InHand(known, now).opened(action_id, cut_off, known_at)
    assert (opened.verified, opened.states, opened.coverage) == (plain.verified, plain.states, plain.coverage)
    (brief,) = InHand(known, now).briefs([cut_off], known_at)
    assert (brief.verified, brief.states, brief.coverage) == (plain.verified, plain.states, plain.coverage)
