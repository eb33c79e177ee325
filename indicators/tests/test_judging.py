"""Apreciaciones and causes: who says them, for what, once, and that no figure hears of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators import judging
from indicators.calculations import compute
from indicators.enums import Deviation, ResponsibilityKind, RiskLevel
from indicators.judging import JudgementError, StaleJudgementError
from indicators.models import Assessment, Cause, Responsibility
from indicators.queries import load_inputs
from indicators.queries.judged import assessments_of, causes_by_indicator, newest_assessments
from indicators.tests.judged import CAUSE, CUT_OFF, WORDS, set_far
from plan.enums import Role
from plan.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(world):
    return set_far(world)


def sign(world, said=WORDS, by=None, seen=0) -> tuple[Assessment, bool]:
    return judging.sign(world.action, said, seen=seen, by=by or world.reviewer)


def record(world, said=CAUSE, by=None, **fields) -> tuple[Cause, bool]:
    return judging.record_cause(world.indicator, said, by=by or world.focal, **fields)


# Apreciaciones ----------------------------------------------------------------------------------------------------
def test_an_apreciacion_is_signed_with_cargo_and_hour_and_the_log_knows_it(world):
    row, is_new = sign(world)
    assert is_new
    assert (row.level, row.sentence, row.signed_by) == ("needs_support", WORDS.sentence, world.reviewer)
    assert row.acting_as == "Analista, Secretaría técnica"
    assert timezone.now() - row.signed_at < timedelta(minutes=1)
    entry = AuditEntry.objects.get(object_type="indicators.assessment")
    assert (entry.verb, entry.object_id, entry.data["level"]) == ("created", str(row.pk), "needs_support")
    assert WORDS.sentence not in str(entry.data)


def test_the_coordination_signs_for_its_own_eje_in_its_own_capacity(world):
    row, _ = sign(world, by=world.coordinator)
    assert row.acting_as == "Analista, Subcomisión 1"


@pytest.mark.parametrize("who", ["other_coordinator", "executive", "focal", "observer", "administrator"])
def test_nobody_else_signs(world, who):
    with pytest.raises(JudgementError, match="Firma la secretaría técnica"):
        sign(world, by=getattr(world, who))
    assert not Assessment.objects.exists()


def test_a_second_click_signs_nothing(world):
    first, _ = sign(world)
    assert sign(world) == (first, False)
    assert sign(world, seen=first.pk) == (first, False)
    assert Assessment.objects.count() == 1


def test_whoever_did_not_see_the_newest_one_is_told_and_may_sign_after_it(world):
    first, _ = sign(world)
    other = replace(WORDS, level=RiskLevel.ASSURED)
    with pytest.raises(StaleJudgementError, match="mientras usted escribía"):
        sign(world, other, by=world.coordinator)
    assert sign(world, other, by=world.coordinator, seen=first.pk)[1]


def test_another_person_may_sign_the_same_words(world):
    first, _ = sign(world)
    assert sign(world, by=world.coordinator, seen=first.pk)[1]


def test_the_one_of_the_latest_corte_stands_and_of_one_corte_the_one_signed_last(world):
    late, _ = sign(world, replace(WORDS, cut_off=date(2016, 6, 30)))
    newest, _ = sign(world, seen=late.pk)
    mended, _ = sign(world, replace(WORDS, level=RiskLevel.AT_RISK), seen=newest.pk)
    older, _ = sign(world, replace(WORDS, cut_off=date(2015, 12, 31)), seen=mended.pk)
    now = timezone.now()
    assert assessments_of(world.action, CUT_OFF, now) == (mended, newest, late, older)
    assert newest_assessments(world.plan, CUT_OFF, now) == {world.action.pk: mended}
    assert newest_assessments(world.plan, date(2016, 11, 30), now) == {world.action.pk: late}
    assert newest_assessments(world.plan, date(2015, 11, 30), now) == {}


def test_what_was_signed_later_was_not_known_before(world):
    sign(world)
    before = timezone.now() - timedelta(days=1)
    assert assessments_of(world.action, CUT_OFF, before) == ()
    assert newest_assessments(world.plan, CUT_OFF, before) == {}


def test_the_apreciaciones_of_all_actions_take_one_query(world, django_assert_num_queries):
    for code in ("1.1.2", "1.1.3"):
        judging.sign(world.new_action(code), WORDS, seen=0, by=world.reviewer)
    with django_assert_num_queries(1):
        assert len(newest_assessments(world.plan, CUT_OFF, timezone.now())) == 2


def test_an_apreciacion_without_its_sentence_cannot_be_stored(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        sign(world, replace(WORDS, sentence=""))


# Causes -----------------------------------------------------------------------------------------------------------
def test_a_cause_is_recorded_by_the_institution_that_answers_for_the_indicator(far):
    row, is_new = record(far)
    assert is_new
    assert (row.institution, row.acting_as) == (far.x, "Analista, Dirección del Trabajo")
    entry = AuditEntry.objects.get(object_type="indicators.cause")
    assert (entry.data["kind"], entry.data["deviation"]) == ("staff", "under")
    assert CAUSE.explanation not in str(entry.data)


def test_the_secretaria_tecnica_records_one_of_no_institution(far):
    row, _ = record(far, by=far.reviewer)
    assert (row.institution, row.acting_as) == (None, "Analista, Secretaría técnica")


@pytest.mark.parametrize("who", ["focal_y", "coordinator", "executive", "observer", "administrator"])
def test_nobody_else_records_a_cause(far, who):
    with pytest.raises(JudgementError, match="una institución responsable"):
        record(far, by=getattr(far, who))
    assert not Cause.objects.exists()


def test_a_colaboradora_owes_no_explanation_and_records_none(far):
    far.duty(far.action, far.y, kind=ResponsibilityKind.COLLABORATOR)
    with pytest.raises(JudgementError, match="una institución responsable"):
        record(far, by=far.focal_y)


def test_who_answers_for_another_indicator_of_the_action_records_none_of_this_one(far):
    duty = far.duty(far.action, far.y)
    duty.indicators.add(far.new_indicator())
    with pytest.raises(JudgementError, match="una institución responsable"):
        record(far, by=far.focal_y)
    duty.indicators.add(far.indicator)
    assert record(far, by=far.focal_y)[1]


def test_who_no_longer_answered_on_the_corte_records_none(far):
    Responsibility.objects.filter(institution=far.x).update(valid_to=date(2016, 6, 30))
    with pytest.raises(JudgementError, match="una institución responsable"):
        record(far)


@pytest.mark.parametrize("said", [replace(CAUSE, cut_off=date(2016, 11, 30)), replace(CAUSE, deviation=Deviation.OVER)])
def test_only_what_the_figures_of_the_corte_ask_for_is_explained(far, said):
    with pytest.raises(JudgementError, match="no requiere esta explicación") as refused:
        record(far, said)
    assert refused.value.field == "cut_off"


@pytest.mark.parametrize(("value", "deviations"), [(74, ("under",)), (75, ()), (120, ()), (121, ("over",))])
def test_what_is_explained_follows_from_the_verified_figure(far, value, deviations):
    figures = replace(far.content().figures[0], value=value)
    far.approved(far.claimed(far.sent(figures=(figures,))))
    assert judging.standing_of(far.indicator, CUT_OFF).deviations == deviations


def test_a_second_click_records_nothing(far):
    first, _ = record(far)
    assert record(far) == (first, False)


def test_a_mended_cause_replaces_the_former_which_stays_as_history(far):
    first, _ = record(far)
    newer = replace(CAUSE, measure="Contratar tres relatores.")
    second, _ = record(far, newer, replaces=first)
    assert record(far, newer, replaces=first) == (second, False)
    found = causes_by_indicator([far.indicator.pk], CUT_OFF, timezone.now())[far.indicator.pk]
    assert (found.standing, found.former) == ((second,), (first,))
    before = causes_by_indicator([far.indicator.pk], CUT_OFF, first.recorded_at)[far.indicator.pk]
    assert (before.standing, before.former) == ((first,), ())


def test_of_two_who_mend_a_cause_the_second_is_told(far):
    first, _ = record(far)
    record(far, replace(CAUSE, measure="Otra."), replaces=first, by=far.reviewer)
    with pytest.raises(StaleJudgementError, match="ya fue corregida"):
        record(far, replace(CAUSE, measure="Una más."), replaces=first)


def test_an_institution_does_not_mend_the_cause_of_another(far):
    far.duty(far.action, far.y)
    first, _ = record(far)
    with pytest.raises(JudgementError, match="una institución responsable"):
        record(far, replace(CAUSE, measure="Otra."), replaces=first, by=far.focal_y)
    assert record(far, by=far.focal_y)[1]


def test_causes_of_a_later_corte_are_not_told_on_an_earlier_one(far):
    record(far)
    assert causes_by_indicator([far.indicator.pk], date(2016, 6, 30), timezone.now()) == {}


# Figures ----------------------------------------------------------------------------------------------------------
def test_no_figure_changes_by_what_is_said_beside_it(far):
    now = timezone.now()
    before = compute(load_inputs(far.plan), CUT_OFF, now)
    sign(far)
    record(far)
    assert compute(load_inputs(far.plan), CUT_OFF, now) == before


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR])
def test_whoever_reads_the_figures_reads_what_is_said_beside_them(far, role):
    sign(far)
    record(far)
    reader = far.observer if role == Role.OBSERVER else far.administrator
    seen = [model.objects.visible_to(reader).exists() for model in (Assessment, Cause)]
    assert seen == [role == Role.OBSERVER] * 2
