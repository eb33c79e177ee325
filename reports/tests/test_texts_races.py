"""Two people save the same text at the same moment, on connections of their own: one is told of the other."""

import pytest

from indicators.tests.racing import at_once
from plan.models import User
from reports.enums import EditionSlot, TextState
from reports.models import EditionText, Subject
from reports.tests import world
from reports.writing import StaleTextsError, save_texts

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8


def saving(subject: Subject, body: str, by: User):
    by = User.objects.get(pk=by.pk)
    assert by.current_appointments
    typed = {EditionSlot.DIAGNOSIS: body}
    return lambda: save_texts(subject, typed, state=TextState.DRAFT, seen=0, by=by)


def test_of_two_who_save_the_same_text_one_is_told_and_neither_is_lost():
    plan = world.make_plan()
    first, second = world.make_secretary(plan), world.make_secretary(plan)
    for number in range(1, ROUNDS + 1):
        subject = Subject(plan, 2016, number)
        outcomes = at_once(saving(subject, "Uno.", first), saving(subject, "Otro.", second))
        assert sum(isinstance(outcome, StaleTextsError) for outcome in outcomes) == 1, outcomes
        assert EditionText.objects.about(subject).count() == 1


def test_a_double_click_saves_once():
    plan = world.make_plan()
    by, subject = world.make_secretary(plan), Subject(plan, 2016, 1)
    outcomes = at_once(saving(subject, "Uno.", by), saving(subject, "Uno.", by))
    assert sorted(map(len, outcomes)) == [0, 1]
