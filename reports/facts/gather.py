"""From a plan and its results to the facts of a document."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from indicators.calculations.results import ActionResult, AxisResult, ObjectiveResult, PlanResult
from indicators.models import Assessment, Proposal, ReportingPeriod
from indicators.queries.judged import newest_assessments, newest_proposals
from indicators.queries.records import Records
from plan.models import Axis, Plan
from plan.templatetags.portal import day
from reports.enums import DocumentKind
from reports.facts.accounts import Accounts
from reports.facts.breakdowns import Breakdowns
from reports.facts.causes import explained
from reports.facts.changes import changes_since, previous_cut_off
from reports.facts.errata import errata_of_year
from reports.facts.parties import Parties, duties_in, duties_of_plan
from reports.facts.parts import ActionFacts, AnnualFacts, AssessmentLine, AxisFacts, ProposalLine
from reports.facts.redaction import redacted
from reports.facts.reviews import reviews
from reports.facts.sheet import plan_sheet
from reports.facts.territory import boards, regional_figures
from reports.facts.texts import EditionTexts, edition_texts
from reports.plan_pages.calculation import WHOLE_PLAN, Calculation, Calculations, axis_reference
from reports.plan_pages.discretion import Discretion
from reports.plan_pages.evolution import evolution


def axis_facts(plan: Plan, result: PlanResult, number: int) -> AxisFacts:
    """What the compliance report of eje `number` tells. Raises Axis.DoesNotExist where the plan has no such eje."""
    row = Axis.objects.get(plan=plan, number=number)
    discretion = Discretion.of_the_house(plan, result)
    printable = discretion.printable()
    measured, axis = result.axis(number), printable.axis(number)
    parties = Parties(plan, result)
    accounts = Accounts(row, result, parties.names)
    breakdowns = Breakdowns(row, result.cut_off)
    assessments, proposals = _assessments(plan, result), _proposals(plan, result)
    actions = tuple(
        _action_facts(
            objective,
            action,
            parties,
            narratives=accounts.narratives(action.id),
            evidence=accounts.evidence(action.id),
            breakdowns=breakdowns.of(result.action(action.code)),
            assessment=assessments.get(action.id),
            proposal=proposals.get(action.id),
        )
        for objective, action in _actions(axis)
    )
    facts = AxisFacts(
        plan=plan_sheet(plan, result),
        result=printable,
        axis=axis,
        actions=actions,
        duties=tuple(duties_in(result, axis)),
        calculation=_opened(plan, discretion).find(axis_reference(axis))[-1],
        changes=changes_since(plan, previous_cut_off(plan, result.cut_off), result),
        explained=explained(tuple(axis.iter_indicators()), result),
        territory=regional_figures(plan, result, measured),
        reviews=reviews(plan, result, axis.id),
        last_period=_last_period(plan, result),
        evolution=evolution(Records(plan), result.cut_off, result.known_at, axis_reference(axis)),
        texts=edition_texts(plan, result.cut_off.year, number, result.known_at).printed_in(DocumentKind.AXIS),
        signers=edition_texts(plan, result.cut_off.year, None, result.known_at).signers,
    )
    return redacted(facts)


def annual_facts(plan: Plan, result: PlanResult, year: int) -> AnnualFacts:
    """What the annual status of the plan in `year` tells."""
    discretion = Discretion.of_the_house(plan, result)
    printable = discretion.printable()
    parties = Parties(plan, result)
    assessments = _assessments(plan, result)
    texts = edition_texts(plan, year, None, result.known_at)
    records = Records(plan)
    actions = tuple(
        _action_facts(objective, action, parties, assessment=assessments.get(action.id))
        for axis in printable.axes
        for objective, action in _actions(axis)
    )
    facts = AnnualFacts(
        plan=plan_sheet(plan, result),
        result=printable,
        year=year,
        actions=actions,
        duties=tuple(duties_of_plan(result)),
        calculation=_opened(plan, discretion),
        changes=changes_since(plan, date(year - 1, 12, 31), result),
        boards=boards(records, result),
        errata=errata_of_year(plan, year, result.known_at),
        reviews=reviews(plan, result),
        last_period=_last_period(plan, result),
        evolution=evolution(records, result.cut_off, result.known_at, WHOLE_PLAN),
        texts=texts,
        axis_texts=tuple(_axis_texts(plan, result, year)),
        signers=texts.signers,
    )
    return redacted(facts)


def _axis_texts(plan: Plan, result: PlanResult, year: int) -> Iterator[EditionTexts]:
    for axis in result.axes:
        yield edition_texts(plan, year, axis.number, result.known_at).printed_in(DocumentKind.ANNUAL)


def _actions(axis: AxisResult) -> Iterator[tuple[ObjectiveResult, ActionResult]]:
    return ((objective, action) for objective in axis.objectives for action in objective.actions)


def _action_facts(objective: ObjectiveResult, action: ActionResult, parties: Parties, **parts) -> ActionFacts:
    return ActionFacts(
        result=action,
        objective_code=objective.code,
        objective_text=objective.text,
        responsible=parties.responsible(action.id),
        collaborators=parties.collaborators(action.id),
        **parts,
    )


def _opened(plan: Plan, discretion: Discretion) -> Calculation:
    """How every figure was reached, without what is withheld from everybody."""
    periods = dict(ReportingPeriod.objects.for_plan(plan).values_list("pk", "name"))
    return Calculations(discretion.result, discretion, periods).plan()


def _assessments(plan: Plan, result: PlanResult) -> dict[int, AssessmentLine]:
    newest = newest_assessments(plan, result.cut_off, result.known_at)
    return {action_id: _assessment_line(row) for action_id, row in newest.items()}


def _assessment_line(row: Assessment) -> AssessmentLine:
    return AssessmentLine(row.get_level_display(), row.sentence, row.acting_as, row.cut_off)


def _proposals(plan: Plan, result: PlanResult) -> dict[int, ProposalLine]:
    newest = newest_proposals(plan, result.cut_off, result.known_at)
    return {action_id: _proposal_line(row) for action_id, row in newest.items()}


def _proposal_line(row: Proposal) -> ProposalLine:
    return ProposalLine(
        kind=row.get_kind_display(),
        text=row.wording,
        grounds=row.grounds,
        signed_as=row.acting_as,
        signed_on=timezone.localdate(row.signed_at),
    )


def _last_period(plan: Plan, result: PlanResult) -> str:
    """ "2.º semestre 2016 (01-07-2016 a 31-12-2016)": the newest that had ended by the corte."""
    ended = ReportingPeriod.objects.for_plan(plan).filter(ends_on__lte=result.cut_off).order_by("-ends_on")
    period = ended.first()
    return f"{period.name} ({day(period.starts_on)} a {day(period.ends_on)})" if period else ""
