"""Two editions side by side: what each told when it was emitted, and what changed."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from indicators.tests.world import as_read
from plan.enums import PlanState, Role
from plan.models import Action
from reports.tests import story, world
from reports.tests.editions import emit

COMPARE = reverse("reports:compare_editions")
pytestmark = pytest.mark.usefixtures("quick_press")


@pytest.fixture
def told(db):
    return story.tell()


@pytest.fixture
def executive(client, told):
    user = world.make_secretary(told.plan, Role.EXECUTIVE)
    client.force_login(user)
    return user


@pytest.fixture
def two(told, executive):
    """The detectives' 14 are approved in between, and the action gets another text."""
    former = emit(executive, told.plan)
    world.approve(told.report_of(told.detectives).submissions.get())
    Action.objects.update(text="Capacitar a funcionarios y funcionarias")
    return former, emit(executive, told.plan, former=former, errata="Decía 90; debe decir 104.")


def page_of(client, then, now, **more) -> str:
    response = client.get(COMPARE, {"a": then.folio, "b": now.folio} | more)
    return " ".join(as_read(response.content.decode()).split())


def row_of(page: str, label: str) -> str:
    """The cells of the last row with this head, as words."""
    rows = re.findall(rf'<th scope="row">{re.escape(label)}</th>(.*?)</tr>', page)
    return re.sub(r"(\s*<[^>]+>\s*)+", "|", rows[-1]).strip("|").replace("\u00a0", " ")


def test_each_action_is_told_then_and_now_with_the_word_of_its_change(client, two):
    page = page_of(client, *two)
    assert row_of(page, "I1, valor verificado") == "90|104|Cambió"
    assert row_of(page, "I1, cumplimiento") == "75,0 %|86,7 %|Cambió|+11,7 pp"
    assert row_of(page, "I1, meta") == "120 (año 2016)|120 (año 2016)"
    assert row_of(page, "Verificado").endswith("+11,7 pp")
    assert "Cambió algo en 1 de 1 acciones." in page


def test_both_editions_are_told_with_their_dates_and_the_errata_between_them(client, two):
    page = page_of(client, *two)
    for edition in two:
        assert reverse("reports:edition", args=[edition.folio]) in page
    assert "Reemplazada" in page
    assert "Decía 90; debe decir 104." in page


def links_of(page: str) -> list[tuple[str, ...]]:
    """Reference, corte and «hasta» of each link to a calculation."""
    return re.findall(r'href="/plan/calculo/([^/]+)/\?corte=([-0-9]+)&amp;hasta=([-0-9]+)"', page)


def test_each_figure_opens_its_calculation_at_the_dates_of_each_edition(client, two):
    dates = [(edition.as_of.isoformat(), localdate(edition.known_at).isoformat()) for edition in two]
    links = links_of(page_of(client, *two))
    assert links == [(reference, *of) for reference in ("eje-1", "1.1", "1.1.1") for of in dates]
    for reference, corte, hasta in links:
        opened = client.get(f"/plan/calculo/{reference}/", {"corte": corte, "hasta": hasta})
        assert opened.status_code == 200


def test_an_annual_edition_opens_the_plan_and_its_ejes(client, told, executive):
    editions = [emit(executive, told.plan, date(year, 12, 31), axis_number=None) for year in (2016, 2017)]
    opened = {(reference, corte[:4]) for reference, corte, _ in links_of(page_of(client, *editions))}
    assert {("plan", "2016"), ("plan", "2017"), ("eje-1", "2016"), ("eje-1", "2017")} <= opened


def test_what_only_one_edition_has_opens_only_there(client, told, executive, two):
    world.make_action(told.plan, "1.1.2")
    newest = emit(executive, told.plan, former=two[1], errata="Falta una acción.")
    links = [link for link in links_of(page_of(client, two[0], newest)) if link[0] == "1.1.2"]
    assert [(corte, hasta) for _, corte, hasta in links] == [
        (newest.as_of.isoformat(), localdate(newest.known_at).isoformat())
    ]


def test_of_a_plan_that_is_over_no_calculation_is_offered(client, told, two):
    told.plan.state = PlanState.CLOSED
    told.plan.save()
    assert links_of(page_of(client, *two)) == []


def test_texts_that_changed_are_told_whole(client, two):
    page = page_of(client, *two)
    assert "Acción 1.1.1</h3>" in page
    assert "<dd>Capacitar a funcionarios y funcionarias</dd>" in page


def test_what_stayed_is_left_out_on_demand(client, two):
    page = page_of(client, *two, solo="on")
    assert "I1, meta" not in page
    assert "I1, valor verificado" in page


def test_the_other_way_round_what_was_gained_is_lost(client, two):
    page = page_of(client, *reversed(two))
    assert row_of(page, "Verificado").endswith("−11,7 pp")


def test_annual_editions_of_two_years_are_compared_by_eje(client, told, executive):
    editions = [emit(executive, told.plan, date(year, 12, 31), axis_number=None) for year in (2016, 2017)]
    assert "Por eje" in page_of(client, *editions)


def test_different_documents_are_not_compared(client, two, told, executive):
    other = emit(executive, told.plan, axis_number=None)
    assert "Elija dos ediciones del mismo documento." in page_of(client, two[0], other)
    assert "Elija dos ediciones distintas." in page_of(client, other, other)


def test_from_an_edition_the_one_before_is_proposed_and_nothing_compared_yet(client, two):
    page = client.get(COMPARE, {"b": two[1].folio}).content.decode()
    assert re.findall(r'<option value="([^"]+)" selected', page) == [edition.folio for edition in two]
    assert "Por acción" not in page


def test_what_the_reader_may_not_see_is_not_in_the_list(client, two, told, executive):
    annual = emit(executive, told.plan, axis_number=None)
    client.force_login(world.make_user(Role.OBSERVER))
    page = page_of(client, *two)
    assert "Elija una edición de la lista." in page
    assert annual.folio in page
    assert two[1].folio not in page


def test_without_editions_the_page_says_so(client, executive):
    assert "Todavía no hay ediciones" in client.get(COMPARE).content.decode()


def test_it_takes_at_most_15_queries(client, two, told, executive, django_assert_max_num_queries):
    for month in range(1, 5):
        emit(executive, told.plan, date(2016, month, 28))
    with django_assert_max_num_queries(15):
        page_of(client, *two)
