"""¿Cómo se calculó?: figures of compliance, coverage and progress lead to their calculation, with both dates."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import unescape

import pytest
from django.test.html import Element, parse_html
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from indicators.demo.clock import clock_at
from indicators.enums import Outcome, ResponsibilityKind, TargetScope
from indicators.models import Target
from indicators.period_boards import board_of
from indicators.queries.owed import owed_sheet
from indicators.queries.review_times import review_times
from indicators.tests.world import World, enter, text_of
from reports.plan_pages.grouping import UNANSWERED

LINK = re.compile(r'href="(/plan/calculo/[^"]*)"')
TODAY = timezone.localdate()
BOARD = reverse("reports:board")


@pytest.fixture
def world(db) -> World:
    """Its indicator has a meta for 2016 and one report that was approved and one that is being written."""
    world = World()
    meta = {"scope": TargetScope.WHOLE_PLAN, "value": 1200}
    Target.objects.create(indicator=world.indicator, agreement=world.agreement, **meta)
    return world


def links_of(world, name: str, path: str) -> list[str]:
    page = enter(getattr(world, name)).get(path)
    assert page.status_code == 200
    return [unescape(link) for link in LINK.findall(page.content.decode())]


def of(reference: str, anchor: str = "") -> str:
    return f"/plan/calculo/{reference}/?corte=2016-12-31&hasta={timezone.localdate()}{anchor}"


def test_the_meta_under_review_opens_at_the_end_of_its_period(world):
    report = world.claimed()
    assert links_of(world, "reviewer", reverse("indicators:review", args=[report.pk])) == [of("1.1.1.I1")]


def test_the_progress_told_in_the_form_opens(world):
    earlier = world.draft(period=world.new_period(date(2016, 1, 1), date(2016, 6, 30)))
    world.sent(earlier)
    later = world.draft()
    assert links_of(world, "focal", reverse("indicators:edit_report", args=[later.pk])) == [of("1.1.1.I1")]


def test_who_owes_leads_to_the_coverage_of_each_action_and_of_the_plan(world):
    links = links_of(world, "executive", reverse("indicators:owed"))
    assert links == [of("plan", "#cobertura"), of("1.1.1", "#cobertura"), of(f"institucion/{world.x.pk}")]
    assert links_of(world, "executive", reverse("indicators:owed") + "?eje=1")[0] == of("eje-1", "#cobertura")


def test_a_period_leads_to_the_coverage_of_the_plan(world):
    links = links_of(world, "executive", reverse("indicators:period", args=[world.period.pk]))
    assert links == [of("plan", "#cobertura")]


@pytest.mark.parametrize("name", ["focal", "reviewer", "executive", "coordinator", "observer"])
@pytest.mark.parametrize("route", ["reports:plan", "reports:board"])
def test_every_link_on_the_pages_of_figures_leads_to_a_calculation(world, name, route):
    world.approved()
    browser = enter(getattr(world, name))
    links = set(links_of(world, name, f"{reverse(route)}?corte=2016-12-31"))
    assert links
    assert {link for link in links if browser.get(link).status_code != 200} == set()


def test_each_moment_of_the_evolution_opens_at_its_own_corte(world):
    world.approved()
    links = links_of(world, "observer", f"{reverse('reports:board')}?corte=2018-06-30")
    assert "/plan/calculo/plan/?corte=2016-12-31" in links


# Counts of reports: each leads to the list of exactly its rows

NUMBER = re.compile(r"\d+")
LISTED = re.compile(r'<a[^>]*href="((?:/quien-debe/)?\?[^"]*#lista)"[^>]*>(.*?)</a>', re.DOTALL)


@pytest.fixture
def busy(world) -> World:
    """A period in which every count has another number, with a colaboradora that owes nothing."""
    world.period.opens_on, world.period.due_on = TODAY - timedelta(40), TODAY - timedelta(5)
    world.period.save()
    actions = [world.new_action(f"1.1.{number}", world.x) for number in range(2, 8)]
    world.approved()
    with clock_at(TODAY - timedelta(10)):
        world.sent(world.draft(action=actions[0]), figures=())
        world.decided(world.claimed(world.sent(world.draft(action=actions[1]), figures=())), Outcome.RETURNED)
    world.draft(action=actions[2])
    world.duty(world.action, world.y)
    world.duty(actions[0], world.y, kind=ResponsibilityKind.COLLABORATOR)
    world.sent(world.draft(world.y, action=actions[0]), by=world.focal_y, figures=())
    return world


def counts_of(html: str) -> list[tuple[str, int]]:
    """The links to lists of reports, each with the number that it bears."""
    told = ((unescape(link), NUMBER.search(strip_tags(text))) for link, text in LISTED.findall(html))
    return [(link, int(number.group())) for link, number in told if number]


@pytest.mark.parametrize(
    ("route", "counted"), [("indicators:owed", 6), ("indicators:periods", 4), ("indicators:period", 7)]
)
def test_every_count_of_reports_leads_to_the_list_of_exactly_those(busy, route, counted):
    browser = enter(busy.executive)
    path = reverse(route, args=[busy.period.pk] if route == "indicators:period" else [])
    counts = counts_of(text_of(browser.get(path)))
    assert len(counts) >= counted
    for link, number in counts:
        page = browser.get(link if link.startswith("/") else path + link)
        assert (link, page.context["found"]) == (link, number)
        assert len(re.findall(r'class="celda celda--palabra', text_of(page))) == number


def test_what_a_colaboradora_told_is_in_no_count_of_what_is_owed(busy):
    assert owed_sheet(busy.period).totals["owed"] == len(board_of(busy.period).owed) == 8
    assert len(board_of(busy.period).in_review) == 1


# Of an institution


def test_the_duty_to_report_of_the_own_institution_opens_from_the_tablero(world):
    world.approved()
    path = reverse("reports:institution_calculation", args=[world.x.pk])
    assert f"{path}#cobertura" in links_of(world, "focal", BOARD)
    page = enter(world.focal).get(f"{path}?corte=2016-12-31")
    (row,) = page.context["figure"].duties
    assert (row.action, row.standing) == ("1.1.1", "Validado")
    report = world.action.reports.get()
    assert f'href="/reportes/{report.pk}/"' in text_of(page)


def test_the_counts_of_an_institution_are_those_of_its_actions_and_of_its_lines(busy):
    told = (
        enter(busy.executive)
        .get(reverse("reports:institution_calculation_json", args=[busy.x.pk]), {"corte": "2016-12-31"})
        .json()
    )
    owed = [line for line in told["duties"] if line["owed"]]
    assert told["coverage"]["owed"] == len(owed) == 7
    for name, lines in (("made", "made"), ("validated", "validated"), ("on_time", "on_time"), ("returned", "returned")):
        assert told["coverage"][name] == sum(line[lines] for line in owed)
        assert told["coverage"][name] == sum(part["coverage"][name] for part in told["parts"])
    assert told["coverage"]["means_owed"] == sum(line["owed"] for line in told["means"])
    assert {line["institution"] for line in told["duties"]} == {"Dirección del Trabajo"}
    assert told["coverage_rule"].startswith("Un reporte se debe por cada institución responsable")


@pytest.mark.parametrize("name", ["focal_y", "coordinator", "observer", "administrator"])
def test_who_does_not_see_all_rows_of_an_institution_finds_no_calculation_of_it(world, name):
    for route in ("institution_calculation", "institution_calculation_json"):
        path = reverse(f"reports:{route}", args=[world.x.pk])
        assert enter(getattr(world, name)).get(path).status_code == 404


def test_the_page_of_an_institution_leads_to_its_duty_to_report(world):
    path = reverse("plan:institution", args=[world.x.pk])
    assert links_of(world, "reviewer", path) == [reverse("reports:institution_calculation", args=[world.x.pk])]


# What needs attention


def test_what_needs_attention_leads_to_the_rows_that_are_counted(busy):
    browser = enter(busy.executive)
    found = browser.get(f"{BOARD}?corte=2016-12-31").context["page"].matters
    assert {matter.label for matter in found} == {"devuelto por corregir", "reportes sin informe"}
    assert [len(listed_at(browser, matter.url)) for matter in found] == [matter.count for matter in found]


def listed_at(browser, url: str) -> Sequence:
    """The rows that a page lists at the place of an address."""
    path, anchor = url.split("#")
    page = browser.get(path)
    assert f'id="{anchor}"' in text_of(page)
    if anchor == "lista":
        return [one for _, reports in page.context["listed"] for one in reports]
    groups = {group.anchor: group.rows for group in (*page.context["states"], *page.context["conditions"])}
    return (groups | {UNANSWERED: page.context["unanswered"]})[anchor]


# Times of review


def test_the_times_of_a_period_and_of_a_person_open_into_their_rounds(busy):
    browser = enter(busy.executive)
    page = text_of(browser.get(reverse("indicators:review_times")))
    (times,) = review_times(busy.plan).periods
    path = reverse("reports:period_times", args=[busy.period.pk])
    assert f'href="{path}"' in page
    told = browser.get(reverse("reports:period_times_json", args=[busy.period.pk])).json()
    figures = {row["label"]: (row["text"], row["whole"]) for row in told["figures"]}
    assert figures["Recibidos"] == (str(times[1].received), None) == (str(len(told["counted"])), None)
    assert figures["Respondidos"] == ("2", times[1].received)
    assert figures["Esperan"] == (str(len(told["waiting"])), None) == ("2", None)
    opened = text_of(browser.get(path))
    report = busy.action.reports.get(institution=busy.x)
    assert f'href="/reportes/{report.pk}/"' in opened
    person = reverse("reports:reviewer_times", args=[busy.reviewer.pk])
    assert f'href="{person}"' in page
    assert len(browser.get(person).context["figure"].counted) == 2


def test_what_was_known_earlier_had_not_been_answered(busy):
    path = reverse("reports:period_times_json", args=[busy.period.pk])
    early = enter(busy.executive).get(path, {"hasta": f"{TODAY - timedelta(9)}"}).json()
    assert [row["answered_on"] is None for row in early["counted"]] == [False, True]
    assert [row["number"] for row in early["waiting"]] == [1]


def test_a_day_to_come_is_refused_for_the_times_as_for_every_figure(busy):
    browser, to_come = enter(busy.executive), {"hasta": "2099-01-01"}
    refused = browser.get(reverse("reports:period_times_json", args=[busy.period.pk]), to_come)
    (sentence,) = refused.json()["errors"]["hasta"]
    assert refused.status_code == 400
    assert sentence in text_of(browser.get(reverse("reports:period_times", args=[busy.period.pk]), to_come))


def test_who_never_answered_has_no_times(busy):
    assert enter(busy.executive).get(reverse("reports:reviewer_times", args=[busy.focal.pk])).status_code == 404


# A new figure that nobody can open would be noticed

FIGURES = {"n", "num", "valor-grande", "cifra__valor"}
BLOCKS = {"panel", "contador", "debe", "accion"}
OPENS = re.compile(r"/plan/calculo/|/revision/plazos/(periodo|persona)/|#lista$|#como-se-calculo$")
PAGES = {
    "tablero": "/tablero/?corte=2016-12-31",
    "tablero of an eje": "/tablero/?eje=1&corte=2016-12-31",
    "plan": "/plan/?corte=2016-12-31",
    "action": "/plan/acciones/1.1.1/?corte=2016-12-31",
    "indicator": "/plan/indicadores/1.1.1.I1/?corte=2016-12-31",
    "who owes": "/quien-debe/",
    "periods": "/periodos/",
    "times": "/revision/plazos/",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("name", ["executive", "focal"])
def test_every_figure_stands_in_a_block_that_opens_it(busy, name, path):
    answer = enter(getattr(busy, name)).get(path)
    if name == "focal" and answer.status_code == 404:
        return
    figures = [(figure, above) for figure, above in walk(main_of(answer)) if is_figure(figure, above)]
    assert figures
    assert [
        f"{figure}" for figure, above in figures if not any(opens(block) for block in above if is_block(block))
    ] == []


def main_of(answer) -> Element:
    html = text_of(answer)
    return parse_html(html[html.index("<main") : html.index("</main>") + len("</main>")])


def walk(element: Element, above: tuple = ()) -> Iterator[tuple[Element, tuple]]:
    """Each element with those around it."""
    yield element, above
    for child in element.children:
        if isinstance(child, Element):
            yield from walk(child, (*above, element))


def is_figure(element: Element, above: tuple) -> bool:
    counts = element.name == "b" and any("contador" in classes_of(one) for one in above)
    return element.name != "th" and bool(counts or FIGURES & classes_of(element)) and bool(NUMBER.search(str(element)))


def is_block(element: Element) -> bool:
    return bool(BLOCKS & classes_of(element))


def opens(block: Element) -> bool:
    """It has a link to a calculation or to a list of what is counted, or unfolds its own steps."""
    return any(is_way(one) for one, _ in walk(block))


def is_way(element: Element) -> bool:
    if element.name == "summary":
        return "¿Cómo se" in str(element)
    return element.name == "a" and bool(OPENS.search(dict(element.attributes).get("href") or ""))


def classes_of(element: Element) -> set[str]:
    return set((dict(element.attributes).get("class") or "").split())
