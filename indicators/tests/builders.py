"""Inputs of the arithmetic, short to write: a plan in hand to which a story adds only what it is about.

Figures are written as keywords of FigureInput; a bare number is a count's value. Dates may be written "31-12-2016", and
moments "28-02-2017 18:00" (Santiago).
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from itertools import count
from typing import Any

from indicators.calculations import (
    action_over_time,
    answers_over_time,
    assemble,
    compute,
    compute_action,
    last_turn,
    moments_of_news,
    turning_days,
)
from indicators.calculations.inputs import (
    ActionInput,
    AgreementInput,
    AmendmentInput,
    AxisInput,
    DeadlineInput,
    DecisionInput,
    ExtensionInput,
    FigureInput,
    IndicatorInput,
    InstitutionInput,
    MeansInput,
    MembershipInput,
    MethodologyInput,
    ObjectiveInput,
    PeriodInput,
    PlaceInput,
    PlanInput,
    PlanInputs,
    ReportInput,
    ResponsibilityInput,
    RowInput,
    SubmissionInput,
    TargetInput,
    UniverseValueInput,
    Validity,
    WeightInput,
)
from indicators.calculations.methodology import FIRST, Methodology
from indicators.calculations.moments import SANTIAGO
from indicators.calculations.narrowed import narrowed
from indicators.calculations.results import UNTRACED, ActionResult, Figure, IndicatorResult, PlanResult, Trace
from indicators.calculations.terms import Scope, Verdict

ALWAYS = Validity()
CUT_OFF = "31-12-2016"
KNOWN_AT = "31-12-2026 18:00"


def day(text: str) -> date:
    return datetime.strptime(text, "%d-%m-%Y").date()


def moment(text: str) -> datetime:
    """ "28-02-2017 18:00", or the noon of "28-02-2017"."""
    text = text if ":" in text else f"{text} 12:00"
    return datetime.strptime(text, "%d-%m-%Y %H:%M").replace(tzinfo=SANTIAGO)


def figure(indicator: IndicatorInput, told: Any) -> FigureInput:
    return FigureInput(indicator.id, **(told if isinstance(told, dict) else {"value": told}))


def row(**told: Any) -> RowInput:
    return RowInput(**told)


def valid(since: str | None = None, until: str | None = None) -> Validity:
    return Validity(day(since) if since else None, day(until) if until else None)


def as_outlined(result):
    """A result, or any part of it, without what its figures rest on, nor what institutions alone told."""
    if isinstance(result, Trace):
        return UNTRACED
    if isinstance(result, tuple):
        return tuple(map(as_outlined, result))
    if not is_dataclass(result):
        return result
    light = replace(result, **{field.name: as_outlined(getattr(result, field.name)) for field in fields(result)})
    if isinstance(light, IndicatorResult):
        return replace(light, goals=())
    is_untold = isinstance(light, Figure) and not any(cell.region for cell in light.cells)
    return replace(light, cells=()) if is_untold else light


class Unreadable:
    """Reports that nobody may go through."""

    def __iter__(self):
        raise AssertionError("Reports are read")


def out_of_answers(inputs: PlanInputs, action_id: int, cut_off: date, known_at: datetime) -> ActionResult | None:
    """An action at the cut-off, without its reports: out of what they answered on the last turning day, by what was
    known at the last news of it."""
    narrow = narrowed(inputs, action_id)
    turn = last_turn(turning_days(narrow), cut_off)
    answers = answers_over_time(narrow, action_id, last_news(narrow, turn, known_at))(turn)
    unread = replace(narrow, reports=Unreadable())
    return compute_action(unread, action_id, cut_off, known_at, answers=answers)


def check_news_and_turns(inputs: PlanInputs, action_id: int, cut_off: date, known_at: datetime) -> None:
    news = last_news(narrowed(inputs, action_id), cut_off, known_at)
    result = action_over_time(inputs, action_id, known_at)(cut_off)
    assert action_over_time(inputs, action_id, news)(cut_off) == result
    assert out_of_answers(inputs, action_id, cut_off, known_at) == result


def last_news(inputs: PlanInputs, on: date, known_at: datetime) -> datetime:
    """The last moment up to `known_at` at which anything was recorded that counts on a day; else itself."""
    moments = [*moments_of_news(inputs, on), *(one for report in inputs.reports for one in events(report))]
    return max((one for one in moments if one <= known_at), default=known_at)


def events(report: ReportInput) -> Iterator[datetime]:
    yield from (*report.reopened_at, *filter(None, [report.annulled_at]))
    for sent in report.submissions:
        yield from filter(None, [sent.submitted_at, sent.withdrawn_at, sent.decision and sent.decision.decided_at])


class PlanBuilder:
    """A plan from 2015 to 2018 with one eje and one objetivo; `agreement` is an acta of its first day."""

    def __init__(self, code: str = "PAN-2015-2018", first_id: int = 1) -> None:
        self.rows: dict[str, list] = {}
        self._ids = count(first_id)
        self.plan = PlanInput(code, "Plan de Acción", day("01-01-2015"), day("31-12-2018"))
        self.agreement = self.acta("01-01-2015")
        self.axis = self._add("axes", AxisInput(next(self._ids), 1, "Prevención"))
        self.objective = self._add("objectives", ObjectiveInput(next(self._ids), self.axis.id, "1.1", "Objetivo"))

    def _add(self, kind: str, added: Any) -> Any:
        self.rows.setdefault(kind, []).append(added)
        return added

    def acta(self, agreed_on: str, recorded_at: str | None = None) -> AgreementInput:
        pk = next(self._ids)
        return AgreementInput(pk, f"Acta N.º\u00a0{pk}", day(agreed_on), moment(recorded_at or f"{agreed_on} 00:00"))

    # The plan

    def institution(self, name: str, member: bool = True) -> InstitutionInput:
        pk = next(self._ids)
        added = self._add("institutions", InstitutionInput(pk, name, order=pk))
        if member:
            self.member(added)
        return added

    def member(
        self, institution: InstitutionInput, validity: Validity = ALWAYS, subcommission: bool = False, **actas
    ) -> None:
        axis_id = self.axis.id if subcommission else None
        self._add("memberships", MembershipInput(institution.id, validity, axis_id, **actas))

    def region(self, key: str, name: str) -> PlaceInput:
        return self._add("regions", PlaceInput(key, name, order=next(self._ids)))

    def unit(self, name: str) -> PlaceInput:
        pk = next(self._ids)
        return self._add("units", PlaceInput(str(pk), name, order=pk))

    def new_axis(self, number: int) -> AxisInput:
        """A further eje; later actions are added to its one objetivo."""
        self.axis = self._add("axes", AxisInput(next(self._ids), number, f"Eje {number}"))
        self.objective = self._add(
            "objectives", ObjectiveInput(next(self._ids), self.axis.id, f"{number}.1", "Objetivo")
        )
        return self.axis

    def action(self, code: str = "1.1.1", *responsibles: InstitutionInput) -> ActionInput:
        added = self._add("actions", ActionInput(next(self._ids), self.objective.id, code, f"Acción {code}"))
        for institution in responsibles:
            self.responsible(added, institution)
        return added

    def indicator(self, action: ActionInput, **fields: Any) -> IndicatorInput:
        earlier = [known for known in self.rows.get("indicators", ()) if known.action_id == action.id]
        made = IndicatorInput(next(self._ids), action.id, len(earlier) + 1, "Número de cosas", **fields)
        return self._add("indicators", made)

    def means(self, action: ActionInput, **fields: Any) -> MeansInput:
        earlier = [known for known in self.rows.get("means", ()) if known.action_id == action.id]
        return self._add("means", MeansInput(next(self._ids), action.id, len(earlier) + 1, "Lista", **fields))

    # What actas say

    def responsible(self, action: ActionInput, institution: InstitutionInput, **fields: Any) -> None:
        fields = {"agreement": self.agreement} | fields
        self._add("responsibilities", ResponsibilityInput(action.id, institution.id, **fields))

    def target(
        self, indicator: IndicatorInput, value: Any, scope: str = Scope.WHOLE_PLAN, **fields: Any
    ) -> TargetInput:
        fields = {"agreement": self.agreement, "recorded_at": self.agreement.recorded_at} | fields
        if isinstance(fields.get("due_on"), str):
            fields["due_on"] = day(fields["due_on"])
        amount = None if value is None else Fraction(value)
        return self._add("targets", TargetInput(next(self._ids), indicator.id, amount, scope, **fields))

    def withdraw(self, target: TargetInput, agreement: AgreementInput, recorded_at: str | None = None) -> TargetInput:
        """A row for the window of a target that takes it back under an acta."""
        recorded = moment(recorded_at) if recorded_at else agreement.recorded_at
        taken = {"value": None, "source": "agreement", "agreement": agreement, "recorded_at": recorded}
        return self._add("targets", replace(target, id=next(self._ids), **taken))

    def year_target(self, indicator: IndicatorInput, value: Any, year: int = 2016, **fields: Any) -> TargetInput:
        return self.target(indicator, value, Scope.YEAR, year=year, **fields)

    def deadline(self, means: MeansInput, due_on: str, agreement: AgreementInput | None = None) -> None:
        self._add("deadlines", DeadlineInput(means.id, day(due_on), agreement or self.agreement))

    def weight(self, action: ActionInput, weight: int, agreement: AgreementInput | None = None) -> None:
        self._add("weights", WeightInput(action.id, Fraction(weight), agreement or self.agreement))

    def amend(self, reference: str, decision: str, since: str, text: str = "", agreed: Any = None) -> None:
        acta = agreed or self.acta(since)
        self._add("amendments", AmendmentInput(reference, decision, day(since), acta, text))

    def universe(self, institution: InstitutionInput, value: int, dated_on: str = "01-01-2015", **fields: Any) -> None:
        fields = {"universe_id": 1, "recorded_at": moment(dated_on)} | fields
        added = UniverseValueInput(institution_id=institution.id, dated_on=day(dated_on), value=value, **fields)
        self._add("universe_values", added)

    # What is reported

    def half(self, year: int, number: int, due_on: str | None = None) -> PeriodInput:
        """A semestre, due on 20 July or 20 January."""
        first, last, due = (
            (date(year, 1, 1), date(year, 6, 30), date(year, 7, 20))
            if number == 1
            else (date(year, 7, 1), date(year, 12, 31), date(year + 1, 1, 20))
        )
        name = f"semestre {number} de {year}"
        due = day(due_on) if due_on else due
        return self._add("periods", PeriodInput(next(self._ids), name, first, last, due))

    def extend(self, period: PeriodInput, institution: InstitutionInput, due_on: str, recorded_at: str) -> None:
        self._add("extensions", ExtensionInput(period.id, institution.id, day(due_on), moment(recorded_at)))

    def submission(
        self,
        told: dict[IndicatorInput, Any] | None = None,
        sent: str = "10-07-2016",
        decided: str | None = "18-07-2016",
        validated: dict[IndicatorInput, Any] | None = None,
        accredited: tuple[MeansInput, ...] = (),
        verdict: str = Verdict.ACCREDITED,
        returned: bool = False,
        **fields: Any,
    ) -> SubmissionInput:
        """One round, approved as told unless `validated` differs; `decided=None` leaves it in review.

        `verdict` is that of the medios in `accredited`.
        """
        decision = decided and DecisionInput(
            id=next(self._ids),
            approved=not returned,
            decided_at=moment(decided),
            figures=tuple(figure(*pair) for pair in (validated or told or {}).items()) if not returned else (),
            verdicts=tuple((means.id, verdict) for means in accredited),
            decided_as="Jefatura, Departamento de Extranjería y Migración",
        )
        fields = {"number": 1} | fields
        return SubmissionInput(
            id=next(self._ids),
            submitted_at=moment(sent),
            figures=tuple(figure(*pair) for pair in (told or {}).items()),
            decision=decision or None,
            **fields,
        )

    def rounds(
        self,
        action: ActionInput,
        institution: InstitutionInput,
        period: PeriodInput,
        *submissions: SubmissionInput,
        **fields: Any,
    ) -> ReportInput:
        """A report with its rounds in full."""
        made = ReportInput(next(self._ids), action.id, institution.id, period.id, submissions, **fields)
        return self._add("reports", made)

    def report(
        self,
        action: ActionInput,
        institution: InstitutionInput,
        period: PeriodInput,
        told: dict[IndicatorInput, Any] | None = None,
        **fields: Any,
    ) -> ReportInput:
        """A report of one round, sent and approved ten and five days before its term."""
        sent = date.fromordinal(period.due_on.toordinal() - 10)
        decided = date.fromordinal(period.due_on.toordinal() - 5)
        fields = {"sent": f"{sent:%d-%m-%Y}", "decided": f"{decided:%d-%m-%Y}"} | fields
        return self.rounds(action, institution, period, self.submission(told, **fields))

    def version(self, parameters: Methodology, valid_from: str, agreement: AgreementInput) -> MethodologyInput:
        return self._add("methodologies", MethodologyInput(parameters, day(valid_from), agreement))

    # What comes out

    def inputs(self, methodology: Methodology = FIRST) -> PlanInputs:
        """`methodology` is the version that holds from the beginning."""
        rows = {kind: tuple(rows) for kind, rows in self.rows.items()}
        versions = (MethodologyInput(methodology), *rows.pop("methodologies", ()))
        return PlanInputs(self.plan, methodologies=versions, **rows)

    def compute(self, cut_off: str = CUT_OFF, known_at: str = KNOWN_AT, methodology: Methodology = FIRST) -> PlanResult:
        """The whole at once, after checking that its actions come to the same one by one, by what was known at the last
        news, and out of what their reports answered from the day before it on which anything turned."""
        inputs, dates = self.inputs(methodology), (day(cut_off), moment(known_at))
        whole = compute(inputs, *dates)
        actions = {row.id: compute_action(narrowed(inputs, row.id), row.id, *dates) for row in inputs.actions}
        assert assemble(inputs, actions, *dates) == whole
        for pk in actions:
            check_news_and_turns(inputs, pk, *dates)
        return whole

    def result(self, indicator: IndicatorInput, cut_off: str = CUT_OFF, known_at: str = KNOWN_AT) -> IndicatorResult:
        found = self.compute(cut_off, known_at).iter_indicators()
        return next(result for result in found if result.id == indicator.id)
