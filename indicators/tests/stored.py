"""Writes the inputs of a PlanBuilder to the database, with the same identifiers, as the portal would have kept them."""

from dataclasses import asdict

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from indicators.calculations.inputs import (
    AgreementInput,
    DecisionInput,
    FigureInput,
    PlanInputs,
    ReportInput,
    SubmissionInput,
    Validity,
)
from indicators.enums import EvidenceKind, Move, Outcome, ReportState
from indicators.models import (
    BreakdownRow,
    Decision,
    Evidence,
    Indicator,
    MeansDeadline,
    MeansOfVerification,
    MeansVerdict,
    PeriodExtension,
    ProgressReport,
    ReportedValue,
    ReportingPeriod,
    Responsibility,
    Submission,
    SubmissionEvidence,
    Target,
    Transition,
    Universe,
    UniverseValue,
    ValidatedRow,
    ValidatedValue,
)
from plan.enums import InstitutionKind, UnitKind
from plan.models import (
    Action,
    Agreement,
    Amendment,
    Axis,
    Institution,
    Membership,
    Objective,
    Plan,
    Region,
    Subcommission,
    SubcommissionMembership,
    Unit,
    User,
)

#: Of the rows that are written with a number of their own.
NUMBERED = apps.get_app_config("plan"), apps.get_app_config("indicators")
FIGURE_FIELDS = ("value", "numerator", "denominator", "stage", "stage_on", "named_count", "affirmative")


def store(inputs: PlanInputs) -> Plan:
    return Writer(inputs).write()


def _number_on() -> None:
    """What a story adds is numbered after what was given a number here; PostgreSQL has to be told."""
    models = [model for app in NUMBERED for model in app.get_models()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


class Writer:
    def __init__(self, inputs: PlanInputs) -> None:
        self.inputs = inputs
        source = inputs.plan
        years = (source.starts_on.year, source.ends_on.year)
        self.plan = Plan.objects.create(
            code=source.code, title=source.title, start_year=years[0], end_year=years[1], general_objective="-"
        )
        self.sender = User.objects.create_user(f"foco.{source.code}@example.cl", "Quien envía")
        self.reviewer = User.objects.create_user(f"revisa.{source.code}@example.cl", "Quien revisa")

    def write(self) -> Plan:
        self._institutions()
        self._tree()
        self._duties()
        for period in self.inputs.periods:
            ReportingPeriod.objects.create(
                plan=self.plan, opens_on=period.starts_on, review_due_on=period.due_on, **asdict(period)
            )
        for extension in self.inputs.extensions:
            PeriodExtension.objects.create(reason="Motivo", **asdict(extension))
        for report in self.inputs.reports:
            self._report(report)
        _number_on()
        return self.plan

    def _institutions(self) -> None:
        for row in self.inputs.institutions:
            Institution.objects.create(pk=row.id, name=row.name, acronym=row.acronym, kind=InstitutionKind.PUBLIC)
        for row in self.inputs.regions:
            Region.objects.create(code=row.key, name=row.name, order=row.order)
        for row in self.inputs.units:
            first = self.inputs.institutions[0].id
            Unit.objects.create(
                pk=int(row.key), name=row.name, order=row.order, institution_id=first, kind=UnitKind.LABOUR_OFFICE
            )

    def _tree(self) -> None:
        for row in self.inputs.axes:
            Axis.objects.create(plan=self.plan, **asdict(row))
            Subcommission.objects.create(axis_id=row.id, name=row.name)
        for row in self.inputs.objectives:
            Objective.objects.create(**asdict(row))
        for row in self.inputs.actions:
            Action.objects.create(**asdict(row))
        for row in self.inputs.indicators:
            if row.universe_id:
                Universe.objects.get_or_create(pk=row.universe_id, defaults={"code": "u", "name": "Universo"})
            Indicator.objects.create(**asdict(row) | {"years": list(row.years)})
        for row in self.inputs.means:
            fields = asdict(row)
            proved = fields.pop("indicator_ids")
            MeansOfVerification.objects.create(**fields).indicators.set(proved)

    def _duties(self) -> None:
        order = {row.id: row.order for row in self.inputs.institutions}
        for row in self.inputs.memberships:
            fields = {"institution_id": row.institution_id, **validity(row.validity)}
            if row.axis_id is None:
                Membership.objects.create(plan=self.plan, order=order[row.institution_id], **fields)
            else:
                body = Subcommission.objects.get(axis_id=row.axis_id)
                SubcommissionMembership.objects.create(subcommission=body, **fields)
        for row in self.inputs.responsibilities:
            fields = {"action_id": row.action_id, "institution_id": row.institution_id, "kind": row.kind}
            made = Responsibility.objects.create(**self._under(row.agreement), **fields, **validity(row.validity))
            made.indicators.set(row.indicator_ids)
            made.means.set(row.means_ids)
        self._targets()
        for row in self.inputs.universe_values:
            fields = asdict(row) | {"region": self._region(row.region), "source": "Fuente"}
            unit = fields.pop("unit")
            UniverseValue.objects.create(unit_id=int(unit) if unit else None, **fields)

    def _targets(self) -> None:
        for row in self.inputs.targets:
            fields = asdict(row) | {"region": self._region(row.region)}
            fields |= {
                "value": None if row.value is None else float(row.value),
                "agreement": row.agreement and self._acta(row.agreement),
            }
            fields["baseline"] = None if row.baseline is None else float(row.baseline)
            Target.objects.create(**fields)
        for row in self.inputs.deadlines:
            MeansDeadline.objects.create(means_id=row.means_id, due_on=row.due_on, **self._under(row.agreement))
        for row in self.inputs.amendments:
            Amendment.objects.create(
                **self._under(row.agreement),
                effective_on=row.effective_on,
                object_kind="action",
                object_reference=row.reference,
                decision=row.decision,
                new_text=row.new_text,
            )

    def _under(self, row: AgreementInput) -> dict:
        """A row entered together with its acta."""
        return {"agreement": self._acta(row), "recorded_at": row.recorded_at}

    def _acta(self, row: AgreementInput) -> Agreement:
        fields = {"agreed_on": row.agreed_on, "recorded_at": row.recorded_at, "number": row.id}
        return Agreement.objects.get_or_create(pk=row.id, plan=self.plan, defaults=fields)[0]

    def _region(self, key: str | None) -> Region | None:
        return Region.objects.get(code=key) if key else None

    # Reports

    def _report(self, row: ReportInput) -> None:
        report = ProgressReport.objects.create(
            pk=row.id, action_id=row.action_id, institution_id=row.institution_id, period_id=row.period_id
        )
        for submission in row.submissions:
            self._submission(report, submission)
        for at in row.reopened_at:
            self._move(report, Move.REOPEN, at)
        if row.annulled_at:
            self._move(report, Move.ANNUL, row.annulled_at)

    def _move(self, report: ProgressReport, move: Move, at, submission: Submission | None = None) -> None:
        Transition.objects.create(
            report=report,
            move=move,
            from_state=ReportState.SUBMITTED,
            to_state=ReportState.SUBMITTED,
            by=self.reviewer,
            at=at,
            round=1,
            comment="Motivo",
            submission=submission,
        )

    def _submission(self, report: ProgressReport, row: SubmissionInput) -> None:
        fields = {name: getattr(row, name) for name in ("id", "number", "submitted_at", "answer", "on_behalf")}
        fields |= {"source_document": row.source_document, "source_date": row.source_date}
        if row.answer != "progress":
            fields["motive"] = "other"
        submission = Submission.objects.create(report=report, submitted_by=self.sender, **fields)
        reported = {figure.indicator_id: self._reported(submission, figure) for figure in row.figures}
        if row.has_evidence:
            self._evidence(report, submission)
        if row.withdrawn_at:
            self._move(report, Move.WITHDRAW, row.withdrawn_at, submission)
        if row.decision:
            self._decision(submission, row.decision, reported)

    def _evidence(self, report: ProgressReport, submission: Submission) -> None:
        means = MeansOfVerification.objects.filter(action=report.action).first()
        proof = Evidence.objects.create(
            report=report, means=means, kind=EvidenceKind.LINK, url="https://example.cl", added_by=self.sender
        )
        SubmissionEvidence.objects.create(submission=submission, evidence=proof)

    def _figures(self, figure: FigureInput) -> dict:
        names = Institution.objects.filter(pk__in=figure.institutions).values_list("name", flat=True)
        plain = {name: getattr(figure, name) for name in FIGURE_FIELDS}
        listed = [name.title() for name in figure.names]
        return plain | {"years": sorted(figure.years), "names": [*names, *listed]}

    def _reported(self, submission: Submission, figure: FigureInput) -> ReportedValue:
        value = ReportedValue.objects.create(
            submission=submission, indicator_id=figure.indicator_id, **self._figures(figure)
        )
        for row in figure.rows:
            fields = asdict(row) | {"region": self._region(row.region)}
            unit = fields.pop("unit")
            BreakdownRow.objects.create(reported_value=value, unit_id=int(unit) if unit else None, **fields)
        return value

    def _decision(self, submission: Submission, row: DecisionInput, reported: dict[int, ReportedValue]) -> None:
        decision = Decision.objects.create(
            pk=row.id,
            submission=submission,
            outcome=Outcome.APPROVED if row.approved else Outcome.RETURNED,
            reason="Motivo",
            reviewer=self.reviewer,
            submitted_by=self.sender,
            acting_as=row.decided_as,
            decided_at=row.decided_at,
        )
        for means_id, verdict in row.verdicts:
            MeansVerdict.objects.create(decision=decision, means_id=means_id, verdict=verdict)
        for figure in row.figures:
            source = reported[figure.indicator_id]
            value = ValidatedValue.objects.create(decision=decision, reported_value=source, **self._figures(figure))
            for part, told in zip(figure.rows, source.rows.order_by("pk"), strict=True):
                amounts = {"value": part.value, "numerator": part.numerator, "denominator": part.denominator}
                ValidatedRow.objects.create(validated_value=value, row=told, **amounts)


def validity(row: Validity) -> dict:
    return {"valid_from": row.valid_from, "valid_to": row.valid_to}
