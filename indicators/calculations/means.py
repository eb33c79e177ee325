"""Which medios are owed, by whom and when, and which are accredited (COMPLIANCE, Fine print: Medios)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indicators.calculations.amended import Presence
from indicators.calculations.inputs import ActionInput, DeadlineInput, MeansInput
from indicators.calculations.known import Known
from indicators.calculations.moments import end_of_day
from indicators.calculations.results import MeansDuty, MeansResult
from indicators.calculations.terms import Answer, OwedBy, Recurrence
from indicators.calculations.versions import KnownReport

WITHOUT_PROGRESS = (Answer.NO_PROGRESS, Answer.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time at which a medio is owed. `period_ids` are those whose reports can answer it; None means any."""

    name: str
    owed_on: date
    period_ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether reports accredit a medio on an occasion, and who owes it."""

    holders: tuple[int, ...]
    is_accredited: bool


def means_results(known: Known, action: ActionInput) -> tuple[MeansResult, ...]:
    """The medios of an action that are in force on the cut-off, or that were owed before they were suppressed."""
    results = [_result(known, action, means) for means in known.means_of[action.id]]
    return tuple(result for result in results if result is not None)


def all_accredited(results: Iterable[MeansResult]) -> bool:
    """Every duty of every medio, those not yet owed included; never true without medios or where nobody owes any."""
    owing = [result for result in results if result.duties or result.more_to_come]
    return bool(owing) and all(result.all_accredited for result in owing)


def _result(known: Known, action: ActionInput, means: MeansInput) -> MeansResult | None:
    reference = f"{action.code}.M{means.number}"
    duties = tuple(
        duty
        for occasion in _occasions(known, means)
        if _is_in_force(known, action, reference, occasion.owed_on)
        for duty in _duties(known, means, occasion)
    )
    in_force = _is_in_force(known, action, reference, known.cut_off)
    if not duties and not in_force:
        return None
    more_to_come = in_force and means.recurrence == Recurrence.PER_PERIOD and _has_periods_to_come(known)
    return MeansResult(
        id=means.id,
        reference=reference,
        number=means.number,
        text=known.amended.text(reference, means.text, known.cut_off),
        reserved=means.reserved,
        in_force=in_force,
        duties=duties,
        more_to_come=more_to_come,
        all_accredited=bool(duties) and not more_to_come and all(duty.is_accredited for duty in duties),
    )


def _is_in_force(known: Known, action: ActionInput, reference: str, day: date) -> bool:
    in_force = known.amended.presence(reference, day) is Presence.IN_FORCE
    return in_force and known.is_action_in_force(action.id, day)


def _has_periods_to_come(known: Known) -> bool:
    last = max((period.ends_on for period in known.inputs.periods), default=date.min)
    return max(last, known.cut_off) < known.plan.ends_on


def _occasions(known: Known, means: MeansInput) -> list[Occasion]:
    if means.recurrence == Recurrence.PER_PERIOD:
        return _each_period(known)
    if means.recurrence == Recurrence.PER_YEAR:
        return _each_year(known)
    agreed = agreed_deadline(known, means.id)
    return [Occasion("una vez", agreed.due_on if agreed else known.plan.ends_on)]


def _each_period(known: Known) -> list[Occasion]:
    periods = sorted(known.inputs.periods, key=lambda period: (period.ends_on, period.id))
    return [Occasion(period.name, period.ends_on, frozenset({period.id})) for period in periods]


def _each_year(known: Known) -> list[Occasion]:
    years = range(known.plan.starts_on.year, known.plan.ends_on.year + 1)
    return [Occasion(str(year), date(year, 12, 31), _periods_of(known, year)) for year in years]


def _periods_of(known: Known, year: int) -> frozenset[int]:
    return frozenset(period.id for period in known.inputs.periods if period.year == year)


def agreed_deadline(known: Known, means_id: int) -> DeadlineInput | None:
    """That of the newest acta in force; without one a medio owed once is owed at the plan's end."""
    agreed = [row for row in known.inputs.deadlines if row.means_id == means_id and known.counts(row.agreement)]
    return max(agreed, key=_acta_order, default=None)


def _acta_order(deadline: DeadlineInput) -> tuple:
    agreement = deadline.agreement
    return agreement.agreed_on, agreement.recorded_at, agreement.id, deadline.due_on


def _duties(known: Known, means: MeansInput, occasion: Occasion) -> list[MeansDuty]:
    """One duty for each institution that owes it, or a single one where any of them may answer."""
    proofs = known.once(("proofs", means.id, occasion), lambda: tuple(_proofs(known, means, occasion)))
    return [_duty(known, means, occasion, proof) for proof in proofs]


def _proofs(known: Known, means: MeansInput, occasion: Occasion) -> list[Proof]:
    holders = _holders(known, means, occasion)
    reports = _reports(known, means, occasion)
    if means.recurrence == Recurrence.PER_PERIOD:
        holders = [pk for pk in holders if not _has_nothing_to_prove(pk, reports)]
    if means.owed_by == OwedBy.EACH:
        own = {pk: [report for report in reports if report.institution_id == pk] for pk in holders}
        return [Proof((pk,), _is_accredited(means, own[pk])) for pk in holders]
    return [Proof(tuple(holders), _is_accredited(means, reports))] if holders else []


def _is_accredited(means: MeansInput, reports: Iterable[KnownReport]) -> bool:
    return any(report.accredits(means.id) for report in reports)


def _holders(known: Known, means: MeansInput, occasion: Occasion) -> list[int]:
    """Responsables on the day that it is owed; once: the last ones by the cut-off, for the duty outlives its holder."""
    if means.recurrence == Recurrence.ONCE:
        rows = known.last_responsibles(means.action_id, known.day)
    else:
        rows = known.responsibles(means.action_id, min(occasion.owed_on, known.day))
    holders = {row.institution_id for row in rows if row.owes(means.id)}
    return [pk for pk in known.institutions if pk in holders]


def _reports(known: Known, means: MeansInput, occasion: Occasion) -> list[KnownReport]:
    """Those that can answer."""
    if occasion.period_ids is None:
        return known.reports_of[means.action_id]
    return [report for period in occasion.period_ids for report in known.reports_in[means.action_id, period]]


def _has_nothing_to_prove(institution_id: int, reports: Iterable[KnownReport]) -> bool:
    """It answered "sin avance" or "no aplica" for the period."""
    versions = [report.verified or report.informed for report in reports if report.institution_id == institution_id]
    return any(version.answer in WITHOUT_PROGRESS for version in versions)


def _duty(known: Known, means: MeansInput, occasion: Occasion, proof: Proof) -> MeansDuty:
    return MeansDuty(
        institution_id=proof.holders[0] if means.owed_by == OwedBy.EACH else None,
        occasion=occasion.name,
        owed_on=occasion.owed_on,
        is_owed=_fell_due(known, occasion, proof.holders),
        is_accredited=proof.is_accredited,
    )


def _fell_due(known: Known, occasion: Occasion, holders: Iterable[int]) -> bool:
    """The day is past, and so is the term of the reports of that day: until then the proof is "en plazo" like them."""
    periods = [period for period in known.inputs.periods if period.starts_on <= occasion.owed_on <= period.ends_on]
    terms = [known.due_on(period, pk, known.known_at) for period in periods for pk in holders]
    return occasion.owed_on <= known.cut_off and all(end_of_day(term) <= known.known_at for term in terms)
