"""A small plan in the database for stories about the loop: people, duties, an open period and reports on their way.

Its one action 1.1.1 belongs to `x`; `y` answers for 2.1.1; the secretaría técnica depends on `ministry`.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from indicators import filing, workflow
from indicators.content import IndicatorFigures, ReportContent, Resolution, ValidatedFigures
from indicators.enums import (
    Answer,
    IndicatorKind,
    Outcome,
    PeriodAggregation,
    PeriodState,
    ReportState,
    ResponsibilityKind,
    Verdict,
)
from indicators.models import (
    Indicator,
    MeansOfVerification,
    PeriodExtension,
    ProgressReport,
    ReportingPeriod,
    Responsibility,
    Submission,
)
from plan.enums import AmendedObject, AmendmentDecision, Capacity, InstitutionKind, OrganKind, PlanState, Role
from plan.models import (
    Action,
    Agreement,
    Amendment,
    Appointment,
    Axis,
    Institution,
    Membership,
    Objective,
    Organ,
    Plan,
    Region,
    Subcommission,
    User,
)

REASON = "La lista de asistencia no trae la fecha de la jornada."


class World:
    def __init__(self) -> None:
        self.plan = Plan.objects.create(
            code="PAN-2015-2018",
            title="Plan de Acción",
            start_year=2015,
            end_year=2018,
            general_objective="Prevenir y combatir la trata de personas.",
            state=PlanState.IN_FORCE,
        )
        self.x = self.institution("Dirección del Trabajo", "DT")
        self.y = self.institution("Carabineros de Chile")
        self.ministry = self.institution("Ministerio del Interior")
        self.agreement = Agreement.objects.create(plan=self.plan, number=1, agreed_on=date(2015, 1, 15))
        self.period = self.new_period()
        self.action = self.new_action("1.1.1", self.x)
        self.indicator = self.new_indicator()
        self.means = self.new_means(self.action, "Informe de la capacitación")
        self.people()

    def people(self) -> None:
        technical = {"role": Role.TECHNICAL, "organ": self.organ(OrganKind.TECHNICAL, institution=self.ministry)}
        executive = {"role": Role.EXECUTIVE, "organ": self.organ(OrganKind.EXECUTIVE)}
        coordinators = [{"role": Role.COORDINATOR, "subcommission": self.subcommission(axis)} for axis in (1, 2)]
        of_x = {"role": Role.FOCAL_POINT, "institution": self.x}
        posts = {
            "Marcela Rivas": of_x,
            "Andrés Leiva": of_x | {"capacity": Capacity.ALTERNATE},
            "Rodrigo Fuentes": of_x | {"institution": self.y},
            "Paula Núñez": technical,
            "Ignacio Peña": technical,
            "Carolina Muñoz": executive,
            "Verónica Salas": coordinators[0],
            "Elena Toro": coordinators[1],
            "Tomás Rojas": {"role": Role.OBSERVER},
            "Luis Godoy": {"role": Role.ADMINISTRATOR},
            "Nadia Cid": of_x | {"capacity": Capacity.ALTERNATE},
        }
        # At once, because every story begins with them.
        users = [User(email=f"persona{number}@ejemplo.cl", full_name=name) for number, name in enumerate(posts, 1)]
        for user in users:
            user.set_unusable_password()
        users[-1].is_active = False
        User.objects.bulk_create(users)
        Appointment.objects.bulk_create(
            Appointment(user=user, position="Analista", **post)
            for user, post in zip(users, posts.values(), strict=True)
        )
        self.focal, self.alternate, self.focal_y, self.reviewer, self.reviewer2, self.executive = users[:6]
        self.coordinator, self.other_coordinator, self.observer, self.administrator, self.deactivated = users[6:]

    # What was agreed

    def institution(self, name: str, acronym: str = "") -> Institution:
        institution = Institution.objects.create(name=name, acronym=acronym, kind=InstitutionKind.PUBLIC)
        order = self.plan.memberships.count() + 1
        Membership.objects.create(plan=self.plan, institution=institution, order=order)
        return institution

    def new_action(self, code: str, responsible: Institution | None = None) -> Action:
        axis_number, objective_number, position = code.split(".")
        axis, _ = Axis.objects.get_or_create(
            plan=self.plan, number=axis_number, defaults={"name": f"Eje {axis_number}"}
        )
        objective, _ = Objective.objects.get_or_create(
            axis=axis, code=code[: code.rindex(".")], defaults={"position": objective_number, "text": "Objetivo"}
        )
        action = Action.objects.create(objective=objective, code=code, position=position, text=f"Acción {code}")
        if responsible:
            self.duty(action, responsible)
        return action

    def duty(self, action: Action, institution: Institution, **fields) -> Responsibility:
        fields = {"kind": ResponsibilityKind.RESPONSIBLE, "agreement": self.agreement} | fields
        return Responsibility.objects.create(action=action, institution=institution, **fields)

    def new_indicator(self, kind: str = IndicatorKind.COUNT, **fields) -> Indicator:
        action = fields.pop("action", self.action)
        if kind == IndicatorKind.RATIO:
            fields = {"denominator_aggregation": PeriodAggregation.FLOW, "bounded": True} | fields
        number = action.indicators.count() + 1
        return Indicator.objects.create(action=action, number=number, text="Número de cosas", kind=kind, **fields)

    def new_means(self, action: Action, text: str = "Lista", **fields) -> MeansOfVerification:
        return MeansOfVerification.objects.create(action=action, number=action.means.count() + 1, text=text, **fields)

    def region(self, code: str, name: str, **fields) -> Region:
        return Region.objects.create(code=code, name=name, order=Region.objects.count() + 1, **fields)

    def new_period(self, starts_on: date = date(2016, 7, 1), ends_on: date = date(2016, 12, 31), **fields):
        """Open from twenty days ago to ten days ahead."""
        today = timezone.localdate()
        dates = {
            "opens_on": today - timedelta(20),
            "due_on": today + timedelta(10),
            "review_due_on": today + timedelta(40),
        }
        name = f"{starts_on:%m-%Y} a {ends_on:%m-%Y}"
        return ReportingPeriod.objects.create(
            plan=self.plan, name=name, starts_on=starts_on, ends_on=ends_on, **dates | fields
        )

    def close_period(self) -> None:
        self.period.state, self.period.closed_at = PeriodState.CLOSED, timezone.now()
        self.period.save()

    def extend(self, institution: Institution, due_on: date) -> PeriodExtension:
        return PeriodExtension.objects.create(
            period=self.period, institution=institution, due_on=due_on, reason="Paro de funcionarios"
        )

    def suppress(self, action: Action, effective_on: date = date(2016, 1, 1)) -> Amendment:
        return Amendment.objects.create(
            agreement=self.agreement,
            effective_on=effective_on,
            object_kind=AmendedObject.ACTION,
            object_reference=action.code,
            decision=AmendmentDecision.SUPPRESS,
        )

    # Who is who

    def person(self, full_name: str, role: str | None = None, is_active: bool = True, **scope) -> User:
        email = f"persona{User.objects.count() + 1}@ejemplo.cl"
        user = User.objects.create_user(email, full_name, is_active=is_active)
        if role:
            self.appoint(user, role, **scope)
        return user

    def person_of(self, institution: Institution) -> User:
        return self.person(f"Punto focal de {institution}", Role.FOCAL_POINT, institution=institution)

    def appoint(self, user: User, role: str, **fields) -> Appointment:
        return Appointment.objects.create(user=user, role=role, position="Analista", **fields)

    def organ(self, kind: OrganKind, **fields) -> Organ:
        return Organ.objects.create(plan=self.plan, kind=kind, name=kind.label, **fields)

    def subcommission(self, axis_number: int) -> Subcommission:
        axis, _ = Axis.objects.get_or_create(
            plan=self.plan, number=axis_number, defaults={"name": f"Eje {axis_number}"}
        )
        return Subcommission.objects.create(axis=axis, name=f"Subcomisión {axis_number}")

    # Reports on their way, moved by the workflow itself

    def draft(self, institution: Institution | None = None, **fields) -> ProgressReport:
        fields = {"action": self.action, "period": self.period} | fields
        return ProgressReport.objects.create(institution=institution or self.x, **fields)

    def sent(self, report: ProgressReport | None = None, by: User | None = None, **content) -> ProgressReport:
        report = report or self.draft()
        author = by or self.focal
        workflow.submit(report, self.content(**content), by=author, version=report.version)
        return report

    def recorded(self, report: ProgressReport | None = None, by: User | None = None, **content) -> ProgressReport:
        """Sent on behalf of `x` by the secretaría técnica, from an oficio that came in time."""
        report = report or self.draft(is_on_behalf=True)
        source = {"on_behalf": True, "source_document": "Oficio N.º\u00a0312", "source_date": date(2017, 1, 20)}
        return self.sent(report, by=by or self.reviewer, **source | content)

    def withdrawn(self) -> ProgressReport:
        report = self.sent()
        workflow.withdraw(report, by=self.focal, version=report.version)
        return report

    def claimed(self, report: ProgressReport | None = None, by: User | None = None) -> ProgressReport:
        report = report or self.sent()
        workflow.claim(report, by=by or self.reviewer, version=report.version)
        return report

    def returned(self) -> ProgressReport:
        return self.decided(self.claimed(), Outcome.RETURNED)

    def approved(self, report: ProgressReport | None = None) -> ProgressReport:
        return self.decided(report or self.claimed(), Outcome.APPROVED)

    def decided(self, report: ProgressReport, outcome: str, by: User | None = None) -> ProgressReport:
        submission = report.latest_submission
        resolution = self.resolution(submission, outcome)
        workflow.decide(submission, resolution, by=by or self.reviewer, version=report.version)
        report.refresh_from_db()
        return report

    def rectifying(self) -> ProgressReport:
        report = self.approved()
        workflow.reopen(report, REASON, by=self.focal, version=report.version)
        return report

    def annulled(self) -> ProgressReport:
        report = self.sent()
        workflow.annul(report, REASON, by=self.reviewer, version=report.version)
        return report

    def in_state(self, state: str) -> ProgressReport:
        """A report of `x` in this state; one that waits for review is in the hands of `reviewer`."""
        makers: dict[str, Callable[[], ProgressReport]] = {
            ReportState.DRAFT: self.draft,
            ReportState.SUBMITTED: self.claimed,
            ReportState.RETURNED: self.returned,
            ReportState.APPROVED: self.approved,
            ReportState.RECTIFYING: self.rectifying,
            ReportState.ANNULLED: self.annulled,
        }
        return makers[state]()

    # What is said of them

    def content(self, **fields) -> ReportContent:
        content = ReportContent(
            answer=Answer.PROGRESS,
            responder_name="Rosa Díaz",
            responder_position="Jefa de división",
            narrative="Se hicieron dos jornadas.",
            figures=(IndicatorFigures(self.indicator.pk, value=40),),
        )
        return replace(content, **fields)

    def resolution(self, submission: Submission, outcome: str = Outcome.APPROVED, **fields) -> Resolution:
        """Every medio accredited and every figure as it was reported; a return says why."""
        means = submission.report.action.means.all()
        resolution = Resolution(
            outcome=Outcome(outcome),
            reason=REASON if outcome == Outcome.RETURNED else "",
            verdicts={m.pk: Verdict.ACCREDITED for m in means},
            values=tuple(ValidatedFigures(value) for value in submission.values.all()),
        )
        return replace(resolution, **fields)

    def link(
        self, report: ProgressReport, means: MeansOfVerification | None = None, by: User | None = None, page="informe"
    ):
        return filing.add_link(report, means or self.means, f"https://www.dt.example/{page}", by=by or self.focal)


def enter(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def text_of(response) -> str:
    return as_read(response.content.decode())


def as_read(page: str) -> str:
    """A page without what keeps each of its dates to one line."""
    return re.sub(r'<span class="nowrap">([-0-9: ]+)</span>', r"\1", page)
