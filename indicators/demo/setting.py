"""The stage of the demonstration: people, actas, who answers for what, metas, universos and periods."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from indicators.enums import PeriodState, ResponsibilityKind
from indicators.models import (
    Indicator,
    ReportingPeriod,
    Responsibility,
    Target,
    Universe,
    UniverseValue,
)
from indicators.models.periods import midnight_after
from plan import audit
from plan.enums import Role, UnitKind, Verb
from plan.models import (
    Action,
    Agreement,
    Amendment,
    Appointment,
    Institution,
    Organ,
    Plan,
    Region,
    Subcommission,
    SubcommissionMembership,
    Unit,
    User,
)

PASSWORD = "mesa-demostracion"  # noqa: S105 (printed for everybody who tries the portal)

#: The open period of the demonstration, in days from today.
OPENED_BEFORE, DUE_AFTER, REVIEW_AFTER = timedelta(20), timedelta(10), timedelta(40)


class Setting:
    """Makes the stage for one plan, from the demonstration file."""

    def __init__(self, plan: Plan, data: dict):
        self.plan = plan
        self.data = data
        self.institutions = {key: Institution.objects.get(name=name) for key, name in data["institutions"].items()}

    def build(self) -> None:
        self._subcommissions()
        self._people()
        self._agreements()
        self._duties()
        self._targets()
        self._units()
        self._universes()
        self._periods()
        audit.record(Verb.LOADED, self.plan, by=None, demonstration=True)

    def _subcommissions(self) -> None:
        for axis in self.plan.axes.all():
            subcommission, _ = Subcommission.objects.get_or_create(
                axis=axis, defaults={"name": f"Subcomisión de {axis.name}"}
            )
            for key in self.data["subcommissions"][str(axis.number)]:
                SubcommissionMembership.objects.create(
                    subcommission=subcommission, institution=self.institutions[key], valid_from=self.plan.starts_on
                )

    def _people(self) -> None:
        for person in self.data["people"]:
            user = User.objects.create_user(
                person["email"], person["full_name"], PASSWORD if person["can_log_in"] else None, is_demo=True
            )
            Appointment.objects.create(
                user=user,
                role=person["role"],
                capacity=person["capacity"],
                position=person["position"],
                document="Oficio de demostración",
                valid_from=self.plan.starts_on,
                **self._scope(person["role"], person["scope"]),
            )

    def _scope(self, role: str, scope) -> dict:
        if role == Role.FOCAL_POINT:
            return {"institution": self.institutions[scope]}
        if role in (Role.TECHNICAL, Role.EXECUTIVE):
            return {"organ": Organ.objects.get(plan=self.plan, kind=scope)}
        if role == Role.COORDINATOR:
            return {"subcommission": Subcommission.objects.get(axis__plan=self.plan, axis__number=scope)}
        return {}

    def _agreements(self) -> None:
        for row in self.data["agreements"]:
            agreed_on = date.fromisoformat(row["agreed_on"])
            Agreement.objects.create(
                plan=self.plan,
                number=row["number"],
                agreed_on=agreed_on,
                summary=row["summary"],
                recorded_at=midnight_after(agreed_on),
            )
        for row in self.data["amendments"]:
            agreement = self._agreement(row["agreement"])
            Amendment.objects.create(**{**row, "agreement": agreement, "recorded_at": agreement.recorded_at})

    def _agreement(self, number: int) -> Agreement:
        return Agreement.objects.get(plan=self.plan, number=number)

    def _duties(self) -> None:
        agreement = self._agreement(self.data["agreements"][0]["number"])
        for row in self.data["duties"]:
            action = Action.objects.for_plan(self.plan).get(code=row["action"])
            for kind in ResponsibilityKind:
                for key in row[kind]:
                    Responsibility.objects.create(
                        action=action,
                        institution=self.institutions[key],
                        kind=kind,
                        valid_from=agreement.agreed_on,
                        valid_to=row.get("valid_to"),
                        agreement=agreement,
                        recorded_at=agreement.recorded_at,
                    )

    def _targets(self) -> None:
        indicators = Indicator.objects.filter(action__objective__axis__plan=self.plan).select_related("action")
        by_reference = {indicator.reference: indicator for indicator in indicators}
        for row in self.data["targets"]:
            agreement = self._agreement(row["agreement"])
            target = Target(
                indicator=by_reference[row["indicator"]],
                value=Decimal(row["value"]),
                scope=row["scope"],
                year=row.get("year"),
                due_on=row.get("due_on"),
                agreement=agreement,
                recorded_at=agreement.recorded_at,
            )
            target.full_clean()
            target.save()

    def _units(self) -> None:
        office = self.institutions["dt"]
        for region in Region.objects.in_force(self.plan.starts_on):
            Unit.objects.create(
                institution=office,
                kind=UnitKind.LABOUR_OFFICE,
                name=f"Dirección Regional del Trabajo, {region.name}",
                region=region,
                order=region.order,
            )

    def _universes(self) -> None:
        for row in self.data["universe_values"]:
            dated_on = date.fromisoformat(row["dated_on"])
            UniverseValue.objects.create(
                universe=Universe.objects.get(code=row["universe"]),
                institution=self.institutions[row["institution"]],
                region=Region.objects.filter(code=row.get("region")).first(),
                dated_on=dated_on,
                value=row["value"],
                source="Demostración: dotación informada por la institución",
                recorded_at=midnight_after(dated_on),
                confirmed_at=midnight_after(dated_on),
            )

    def _periods(self) -> None:
        for row in self.data["periods"]:
            period = ReportingPeriod(plan=self.plan, **{k: _date_or_text(k, v) for k, v in row.items()})
            period.full_clean()
            period.save()
        reopen_last_period(self.plan)


def reopen_last_period(plan: Plan) -> ReportingPeriod:
    """Set the newest period to run from 20 days ago to 10 days ahead; on a second start it moves along."""
    period = ReportingPeriod.objects.for_plan(plan).latest("starts_on")
    today = timezone.localdate()
    period.state = PeriodState.OPEN
    period.opens_on, period.due_on = today - OPENED_BEFORE, today + DUE_AFTER
    period.review_due_on = today + REVIEW_AFTER
    period.save(update_fields=["state", "opens_on", "due_on", "review_due_on"])
    audit.record(Verb.CHANGED, period, by=None, demonstration=True, fields=["opens_on", "due_on", "review_due_on"])
    return period


def _date_or_text(name: str, value: str):
    return value if name == "name" else date.fromisoformat(value)
