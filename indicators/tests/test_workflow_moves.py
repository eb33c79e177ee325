"""The table of moves, read from outside: who may make each, from where, to where, and what is written down."""

import pytest

from indicators import workflow
from indicators.enums import Move, Outcome, ReportState
from indicators.models import Decision, ProgressReport
from indicators.tests.world import REASON, World
from plan.enums import Verb
from plan.models import AuditEntry, User

DRAFT, SUBMITTED, RETURNED = ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED
APPROVED, RECTIFYING, ANNULLED = ReportState.APPROVED, ReportState.RECTIFYING, ReportState.ANNULLED

EVERYBODY = (
    "focal",
    "alternate",
    "focal_y",
    "reviewer",
    "reviewer2",
    "executive",
    "coordinator",
    "observer",
    "administrator",
    "deactivated",
)
#: Who may make the move on a report of x; `reviewer` has it in review where it waits for a decision.
WHO = {
    Move.SUBMIT: {"focal", "alternate"},
    Move.WITHDRAW: {"focal", "alternate"},
    Move.RETURN: {"reviewer"},
    Move.APPROVE: {"reviewer"},
    Move.REOPEN: {"focal", "alternate", "reviewer", "reviewer2"},
    Move.ANNUL: {"reviewer", "reviewer2"},
}
#: From which states to which; a report withdrawn goes back to where it was sent from.
WAYS = {
    Move.SUBMIT: {DRAFT: SUBMITTED, RETURNED: SUBMITTED, RECTIFYING: SUBMITTED},
    Move.WITHDRAW: {SUBMITTED: DRAFT},
    Move.RETURN: {SUBMITTED: RETURNED},
    Move.APPROVE: {SUBMITTED: APPROVED},
    Move.REOPEN: {APPROVED: RECTIFYING},
    Move.ANNUL: {SUBMITTED: ANNULLED, RETURNED: ANNULLED, APPROVED: ANNULLED, RECTIFYING: ANNULLED},
}
REFUSALS = {
    Move.SUBMIT: "Este reporte no se puede enviar: ya fue enviado, o el período está cerrado.",
    Move.WITHDRAW: "El envío ya no se puede retirar: la secretaría técnica comenzó a revisarlo.",
    Move.RETURN: "Para devolver este reporte debe tomarlo en revisión y ser independiente de él.",
    Move.APPROVE: "Para aprobar este reporte debe tomarlo en revisión y ser independiente de él.",
    Move.REOPEN: "Solo un reporte aprobado se abre a rectificación.",
    Move.ANNUL: "Este reporte no se puede anular.",
}


def standing_in(world: World, move: Move, state: ReportState) -> ProgressReport:
    """A report in this state; one to be withdrawn is in nobody's hands, and a draft to be decided on was withdrawn."""
    if (move, state) == (Move.WITHDRAW, SUBMITTED):
        return world.sent()
    return world.withdrawn() if state == DRAFT and move != Move.SUBMIT else world.in_state(state)


def make_move(world: World, move: Move, report: ProgressReport, by: User) -> None:
    told = {"by": by, "version": report.version}
    if move == Move.SUBMIT:
        workflow.submit(report, world.content(), **told)
    elif move == Move.WITHDRAW:
        workflow.withdraw(report, **told)
    elif move in (Move.RETURN, Move.APPROVE):
        submission = report.latest_submission
        outcome = Outcome.RETURNED if move == Move.RETURN else Outcome.APPROVED
        workflow.decide(submission, world.resolution(submission, outcome), **told)
    else:
        act = workflow.reopen if move == Move.REOPEN else workflow.annul
        act(report, REASON, **told)


def record_of(report: ProgressReport) -> tuple:
    """What a refused move must leave as it was."""
    found = ProgressReport.objects.get(pk=report.pk)
    written = found.transitions.count(), found.submissions.count(), Decision.objects.count(), AuditEntry.objects.count()
    return found.state, found.version, found.assigned_to, written


def refusal_of(world: World, move: Move, report: ProgressReport, by: User) -> str:
    """The sentence of a move that must be refused and leave everything as it was."""
    before = record_of(report)
    with pytest.raises(workflow.NotAllowedError) as refused:
        make_move(world, move, report, by)
    assert record_of(report) == before
    return refused.value.message


def test_the_table_has_a_row_for_every_move():
    assert set(workflow.MOVES) == set(Move) == set(WHO) == set(WAYS) == set(REFUSALS)


@pytest.mark.parametrize(("move", "who"), [(move, who) for move in Move for who in EVERYBODY if who in WHO[move]])
def test_those_who_may_make_the_move(world, move, who):
    origin, target = next(iter(WAYS[move].items()))
    report = standing_in(world, move, origin)
    make_move(world, move, report, getattr(world, who))
    assert ProgressReport.objects.get().state == target


@pytest.mark.parametrize(("move", "who"), [(move, who) for move in Move for who in EVERYBODY if who not in WHO[move]])
def test_nobody_else_may_make_the_move(world, move, who):
    report = standing_in(world, move, next(iter(WAYS[move])))
    assert refusal_of(world, move, report, getattr(world, who)) == REFUSALS[move]


@pytest.mark.parametrize(("move", "origin"), [(move, origin) for move in Move for origin in WAYS[move]])
def test_a_move_leads_from_its_state_to_the_next(world, move, origin):
    report = standing_in(world, move, origin)
    make_move(world, move, report, world.focal if "focal" in WHO[move] else world.reviewer)
    report = ProgressReport.objects.get()
    assert report.state == WAYS[move][origin]
    assert report.transitions.last().from_state == origin


@pytest.mark.parametrize(
    ("move", "origin"), [(move, state) for move in Move for state in ReportState if state not in WAYS[move]]
)
def test_from_any_other_state_the_move_is_refused(world, move, origin):
    report = standing_in(world, move, origin)
    by = world.focal if "focal" in WHO[move] else world.reviewer
    assert refusal_of(world, move, report, by) == REFUSALS[move]


@pytest.mark.parametrize("move", Move)
def test_a_move_writes_its_transition(world, move):
    origin, target = next(iter(WAYS[move].items()))
    report = standing_in(world, move, origin)
    by, scope = (
        (world.focal, "Dirección del Trabajo") if "focal" in WHO[move] else (world.reviewer, "Secretaría técnica")
    )
    make_move(world, move, report, by)
    row = report.transitions.last()
    assert (row.move, row.from_state, row.to_state, row.by, row.acting_as) == (
        move,
        origin,
        target,
        by,
        f"Analista, {scope}",
    )
    assert (row.round, row.submission) == (1, ProgressReport.objects.get().latest_submission)
    assert row.comment == (REASON if move in (Move.RETURN, Move.REOPEN, Move.ANNUL) else "")


@pytest.mark.parametrize("move", Move)
def test_a_move_writes_its_line_of_the_log_without_free_text(world, move):
    origin, target = next(iter(WAYS[move].items()))
    report = standing_in(world, move, origin)
    by = world.focal if "focal" in WHO[move] else world.reviewer
    make_move(world, move, report, by)
    entry = AuditEntry.objects.filter(verb=Verb.MOVED).first()
    assert (entry.user, entry.object_type, entry.object_id) == (by, "indicators.progressreport", str(report.pk))
    assert entry.data == {"move": move, "state": target, "round": 1}
