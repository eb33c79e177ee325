"""The help beside each figure, and the plan's own words beside the form."""

import pytest
from django.urls import reverse

from indicators.enums import Breakdown, DerivedFrom, IndicatorKind
from indicators.forms.guides import BY_KIND, CROSS, INSTITUTIONS, NAMES, guide_of
from indicators.models import Indicator
from indicators.tests.world import enter, text_of


@pytest.mark.parametrize("kind", IndicatorKind)
def test_every_kind_has_its_own_guide(kind):
    assert guide_of(Indicator(kind=kind)) is BY_KIND[kind]


def test_how_a_count_is_asked_decides_its_guide():
    derived = next(choice for choice in DerivedFrom if choice != DerivedFrom.NONE)
    assert guide_of(Indicator(kind=IndicatorKind.COUNT, derived_from=derived)) is INSTITUTIONS
    assert guide_of(Indicator(kind=IndicatorKind.COUNT, lists_names=True)) is NAMES
    assert guide_of(Indicator(kind=IndicatorKind.COUNT, breakdown=Breakdown.REGION_INSTITUTION)) is CROSS


def test_the_page_has_the_guide_and_the_words_of_the_plan(world):
    action = world.action
    action.narrative_text = "Realizar jornadas en cada región."
    action.save()
    page = text_of(enter(world.focal).get(reverse("indicators:edit_report", args=[world.draft().pk])))
    assert page.count(BY_KIND[IndicatorKind.COUNT].title) == 1
    assert page.count("Texto completo del plan") == 1
    assert page.count("Realizar jornadas en cada región.") == 1
