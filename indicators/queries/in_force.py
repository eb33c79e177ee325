"""What is agreed as of today, by the rules of the arithmetic, reading no more than the page that asks is about."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from django.utils import timezone

from indicators.calculations.goals import Goals, goals_of, newest_of_each_window
from indicators.calculations.inputs import IndicatorInput, PlanInputs
from indicators.calculations.known import Known
from indicators.calculations.means import agreed_deadline
from indicators.calculations.methodology import Methodology
from indicators.models import Indicator, MeansDeadline, Target
from indicators.queries.agreed import agreement_input, deadline_input, methodologies, rows_under_actas, target_input
from indicators.queries.presence import amended_today
from indicators.queries.standing import INDICATOR_FIELDS, plan_input
from plan.models import Plan


def known_today(plan: Plan, *kinds: str, **rows: tuple) -> Known:
    """These rows and these kinds of UNDER_ACTAS, agreed and recorded so far, whenever it was."""
    inputs = PlanInputs(plan_input(plan), **rows_under_actas(plan, kinds) if kinds else {}, **rows)
    return Known(inputs, max(plan.ends_on, timezone.localdate()), timezone.now())


def methodology_on(plan: Plan, cut_off: date) -> Methodology:
    """The version that counts on a corte, as known now. One query."""
    return Known(PlanInputs(plan_input(plan), methodologies=methodologies(plan)), cut_off, timezone.now()).methodology


def targets_in_force(plan: Plan, indicators: Iterable[Indicator]) -> dict[int, list[Target]]:
    """By indicator, the agreed metas that count: of several for one window that of the newest acta. One query."""
    asked = list(indicators)
    rows = Target.objects.filter(indicator__in=asked)
    return counting(plan, asked, rows.select_related("agreement", "region", "institution", "indicator__action"))


def counting(plan: Plan, indicators: Iterable[Indicator], targets: Iterable[Target]) -> dict[int, list[Target]]:
    """Which of all these metas are in force, by indicator."""
    rows = {target.pk: target for target in targets}
    goals = _goals(plan, indicators, rows.values())
    return {pk: [rows[goal.target.id] for goal in found.every if goal.target.id in rows] for pk, found in goals.items()}


def ruling(plan: Plan, indicators: Iterable[Indicator], targets: Iterable[Target]) -> set[int]:
    """Which of all these rows no newer acta has overtaken, whether they set a meta or withdraw it."""
    known = _known_targets(plan, indicators, targets)
    newest = (newest_of_each_window(row, known.targets_of[row.id]) for row in known.inputs.indicators)
    return {target.id for found in newest for target in found.values()}


def deadlines_in_force(plan: Plan, rows: Iterable[MeansDeadline]) -> dict[int, MeansDeadline]:
    """By medio, which of all these plazos counts; rows come with their acta."""
    told = {deadline_input(row, agreement_input(row.agreement)): row for row in rows}
    known = known_today(plan, deadlines=tuple(told))
    newest = (agreed_deadline(known, means_id) for means_id in {deadline.means_id for deadline in told})
    return {deadline.means_id: told[deadline] for deadline in newest if deadline}


def indicators_without_target(plan: Plan) -> list[Indicator]:
    """Those in force that the arithmetic calls «sin meta acordada»: neither an acta nor the plan's words set one."""
    tree = Indicator.objects.filter(action__objective__axis__plan=plan).select_related("action__objective__axis")
    indicators = list(tree.order_by("action__objective__axis", "action__objective", "action", "number"))
    goals = _goals(plan, indicators, Target.objects.filter(indicator__in=tree).select_related("agreement", "region"))
    amended = amended_today(plan)
    return [row for row in indicators if not goals[row.pk].every and amended.is_in_force(row.lineage, plan.ends_on)]


def _goals(plan: Plan, indicators: Iterable[Indicator], targets: Iterable[Target]) -> dict[int, Goals]:
    known = _known_targets(plan, indicators, targets)
    return {indicator.id: goals_of(known, indicator) for indicator in known.inputs.indicators}


def _known_targets(plan: Plan, indicators: Iterable[Indicator], targets: Iterable[Target]) -> Known:
    told = (target_input(row, agreement_input(row.agreement) if row.agreement else None) for row in targets)
    return known_today(plan, indicators=tuple(map(as_input, indicators)), targets=tuple(told))


def as_input(indicator: Indicator) -> IndicatorInput:
    """An indicator as the arithmetic reads it."""
    values = attrgetter(*INDICATOR_FIELDS)(indicator)
    return IndicatorInput(**dict(zip(INDICATOR_FIELDS, values, strict=True)), years=tuple(indicator.years))
