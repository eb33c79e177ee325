"""What was said and decided is written once: the models refuse a change, the database what goes round them."""

import pytest
from django.db import DatabaseError, models, transaction

from indicators import filing
from indicators.content import IndicatorFigures, RowFigures
from indicators.enums import Outcome
from indicators.models import (
    Assessment,
    BreakdownRow,
    Cause,
    Decision,
    Endorsement,
    MeansVerdict,
    Methodology,
    Observation,
    Proposal,
    ReportedValue,
    StruckEvidence,
    Submission,
    SubmissionEvidence,
    Transition,
    ValidatedRow,
    ValidatedValue,
)
from indicators.models.immutable import ImmutableRow

ONCE = (
    Assessment,
    BreakdownRow,
    Cause,
    Decision,
    Endorsement,
    MeansVerdict,
    Methodology,
    Observation,
    Proposal,
    ReportedValue,
    StruckEvidence,
    Submission,
    SubmissionEvidence,
    Transition,
    ValidatedRow,
    ValidatedValue,
)


def concrete(model: type[models.Model]) -> set[type[models.Model]]:
    found = {model} if not model._meta.abstract else set()
    return found.union(*(concrete(child) for child in model.__subclasses__()))


@pytest.fixture
def row(world, request) -> models.Model:
    """A row of the model that the test is about, made by the workflow where it makes one."""
    region = world.region("XV", "Arica y Parinacota")
    rows = (RowFigures(region_id=region.pk, value=40),)
    report = world.draft()
    evidence = world.link(report)
    world.sent(report, figures=(IndicatorFigures(world.indicator.pk, value=40, rows=rows),))
    world.approved(world.claimed(report))
    decision = Decision.objects.get()
    Endorsement.objects.create(submission=decision.submission, reviewer=world.reviewer2, resolution={})
    StruckEvidence.objects.create(decision=decision, evidence=evidence, reason="Ilegible")
    Observation.objects.create(decision=decision, kind="other")
    ValidatedRow.objects.create(validated_value=decision.values.get(), row=BreakdownRow.objects.get(), value=40)
    said = {"cut_off": world.period.ends_on, "acting_as": "Analista"}
    Assessment.objects.create(action=world.action, level="assured", sentence="Basta", signed_by=world.reviewer, **said)
    told = {"explanation": "Sin relatores", "measure": "Contratar", "responsible": "Jefatura"}
    told |= {"due_on": world.period.ends_on, "recorded_by": world.reviewer, **said}
    Cause.objects.create(indicator=world.indicator, deviation="under", kind="staff", **told)
    proposed = {"year": 2016, "kind": "keep", "grounds": "Sirve", "signed_by": world.coordinator}
    subcommission = world.coordinator.appointments.get().subcommission
    Proposal.objects.create(action=world.action, subcommission=subcommission, acting_as="Coordinación", **proposed)
    return request.param.objects.order_by("pk").first()


every_model = pytest.mark.parametrize("row", ONCE, indirect=True, ids=lambda model: model.__name__)


def test_these_are_the_rows_that_are_written_once():
    of_this_app = {model for model in concrete(ImmutableRow) if model._meta.app_label == "indicators"}
    assert of_this_app == set(ONCE)


@every_model
def test_the_model_refuses_a_second_save(row):
    with pytest.raises(TypeError, match="rows are never changed"):
        row.save()


@every_model
def test_the_model_refuses_a_delete(row):
    with pytest.raises(TypeError, match="rows are never deleted"):
        row.delete()
    assert type(row).objects.contains(row)


@every_model
def test_the_database_refuses_an_update(row):
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(id=row.pk)


@every_model
def test_the_database_refuses_a_delete(row):
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        type(row).objects.filter(pk=row.pk)._raw_delete("default")
    assert type(row).objects.contains(row)


def test_evidence_removed_after_a_submit_stays_with_that_submission(world):
    report = world.draft()
    evidence = world.link(report)
    world.decided(world.claimed(world.sent(report)), Outcome.RETURNED)
    filing.remove(evidence, by=world.focal)
    world.sent(report)
    first, second = Submission.objects.order_by("number")
    assert [link.evidence for link in first.evidence_links.all()] == [evidence]
    assert not second.evidence_links.exists()
