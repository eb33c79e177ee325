"""A complete report, from the worklist to the receipt: with few clicks, by the keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import Locator, Page, expect

from indicators.models import StoredFile, Submission
from indicators.tests.world import World
from mitp_portal.tests.people import sign_in_browser
from plan.tests.sample_files import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVIDENCE = {"name": "informe de la jornada ñandú.pdf", "mimeType": "application/pdf", "buffer": pdf()}
STORY = "¿Qué se hizo"
MOST_CLICKS = 12


@pytest.fixture
def world():
    return World()


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def desk(request, page: Page, live_server, world) -> Page:
    """Marcela's worklist, at both widths."""
    page.set_viewport_size({"width": request.param, "height": 800})
    return worklist(page, live_server, world)


def worklist(page: Page, live_server, world: World) -> Page:
    sign_in_browser(page, live_server.url, world.focal)
    page.goto(f"{live_server.url}/pendientes/")
    return page


def has_arrived(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("Comprobante R-2016-")
    sent = Submission.objects.get()
    assert (sent.values.get().value, sent.narrative) == (1234, "Dos jornadas en Arica.")
    assert sent.evidence_links.get().evidence.file == StoredFile.objects.get()


class Hand:
    """A hand on the mouse that counts its clicks, those into fields too."""

    def __init__(self):
        self.clicks = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()


def test_a_complete_report_takes_at_most_twelve_clicks(desk, check_accessibility):
    hand = Hand()
    check_accessibility(desk)
    hand.click(desk.get_by_role("button", name="Informar 1.1.1").first)
    hand.click(desk.get_by_role("textbox", name="Valor"))
    desk.keyboard.type("1.234")
    with desk.expect_file_chooser() as chooser:
        hand.click(desk.locator(".zona input[type=file]"))
    chooser.value.set_files(EVIDENCE)
    hand.click(desk.get_by_label(STORY))
    desk.keyboard.type("Dos jornadas en Arica.")
    expect(desk.locator("[data-checklist]")).to_contain_text("Listo para enviar")
    check_accessibility(desk)
    hand.click(desk.get_by_role("button", name="Enviar a revisión"))
    has_arrived(desk)
    check_accessibility(desk)
    assert hand.clicks <= MOST_CLICKS


def test_several_answered_at_once_are_told_in_sight_and_an_error_is_where_the_page_opens(world, desk):
    world.new_action("1.1.2", world.x)
    desk.reload()
    for box in desk.get_by_label("para responder varias a la vez").all():
        box.check()
    bar = desk.locator("[data-marked]")
    expect(bar).to_contain_text("2 acciones marcadas")
    bar.get_by_role("link").click()
    expect(bar).to_be_hidden()
    desk.get_by_label("Sin avance en el período").check()
    desk.get_by_label("Motivo").select_option("budget")
    desk.get_by_role("button", name="Enviar las marcadas").click()
    expect(desk.get_by_label("Explíquelo en una frase")).to_be_focused()
    desk.get_by_label("Explíquelo en una frase").fill("No hubo fondos.")
    desk.get_by_role("button", name="Enviar las marcadas").click()
    expect(desk.get_by_text("Envió 2 respuestas.")).to_be_in_viewport()


def tab_to(page: Page, target: Locator) -> None:
    """Walk on with the tabulator until the target has the focus; it has to be reachable that way."""
    for _ in range(60):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} is not reached by the keyboard")


def test_the_keyboard_alone_is_enough(page, live_server, world):
    desk = worklist(page, live_server, world)
    # From the start: a key is faster than the browser learns to hand over the window in which files are chosen.
    desk.on("filechooser", lambda chooser: None)
    tab_to(desk, desk.get_by_role("button", name="Informar 1.1.1").first)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("textbox", name="Valor")).to_be_visible()
    tab_to(desk, desk.get_by_role("textbox", name="Valor"))
    desk.keyboard.type("1.234")
    tab_to(desk, desk.locator(".zona input[type=file]"))
    with desk.expect_file_chooser() as chooser:
        desk.keyboard.press("Enter")
    chooser.value.set_files(EVIDENCE)
    tab_to(desk, desk.get_by_label(STORY))
    desk.keyboard.type("Dos jornadas en Arica.")
    expect(desk.locator("[data-checklist]")).to_contain_text("Listo para enviar")
    tab_to(desk, desk.get_by_role("button", name="Enviar a revisión"))
    desk.keyboard.press("Enter")
    has_arrived(desk)


@pytest.fixture
def plain_page(browser, browser_context_args):
    """A browser whose scripts are off."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_it_works_without_scripts(plain_page, live_server, world):
    desk = worklist(plain_page, live_server, world)
    desk.get_by_role("button", name="Informar 1.1.1").first.click()
    desk.get_by_role("textbox", name="Valor").fill("1.234")
    desk.locator(".zona input[type=file]").set_input_files(EVIDENCE)
    desk.get_by_label(STORY).fill("Dos jornadas en Arica.")
    desk.get_by_role("button", name="Enviar a revisión").click()
    has_arrived(desk)


def test_without_scripts_what_is_missing_leads_back_to_the_form_with_everything_kept(plain_page, live_server, world):
    desk = worklist(plain_page, live_server, world)
    desk.get_by_role("button", name="Informar 1.1.1").first.click()
    desk.locator(".zona input[type=file]").set_input_files(EVIDENCE)
    desk.get_by_label(STORY).fill("Dos jornadas en Arica.")
    desk.get_by_role("button", name="Enviar a revisión").click()
    expect(desk.locator("main")).to_contain_text("Falta 1 punto")
    expect(desk.get_by_label(STORY)).to_have_value("Dos jornadas en Arica.")
    expect(desk.get_by_role("link", name=EVIDENCE["name"])).to_be_visible()
    desk.get_by_role("textbox", name="Valor").fill("1.234")
    desk.get_by_role("button", name="Enviar a revisión").click()
    has_arrived(desk)
