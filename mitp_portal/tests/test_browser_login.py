import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mitp_portal.tests.people import PASSWORD, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def screen(request, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 800})
    return page


def no_sideways_scroll(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_person_comes_in_by_the_keyboard_alone(screen, live_server, check_accessibility):
    make_person()
    complaints = []
    screen.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    screen.goto(f"{live_server.url}/")
    check_accessibility(screen)
    assert no_sideways_scroll(screen)
    screen.get_by_label("Correo institucional").fill("marcela@dt.example")
    screen.keyboard.press("Tab")
    screen.keyboard.type(PASSWORD)
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("heading", level=1)).to_contain_text("aún no tiene un nombramiento vigente")
    check_accessibility(screen)
    # A style or script that the policy refuses shows as an error of the console.
    assert complaints == []


def test_a_wrong_password_is_told_and_the_address_stays(screen, live_server, check_accessibility):
    make_person()
    screen.goto(f"{live_server.url}/ingresar/")
    screen.get_by_label("Correo institucional").fill("marcela@dt.example")
    screen.get_by_label("Contraseña").fill("equivocada")
    screen.get_by_role("button", name="Ingresar").click()
    expect(screen.get_by_role("alert")).to_contain_text("El correo o la contraseña no coinciden.")
    expect(screen.get_by_label("Correo institucional")).to_have_value("marcela@dt.example")
    check_accessibility(screen)


def test_the_first_stop_of_the_keyboard_skips_to_the_content(screen, live_server):
    screen.goto(live_server.url + reverse("account_reset_password"))
    screen.keyboard.press("Tab")
    expect(screen.get_by_role("link", name="Saltar al contenido")).to_be_focused()


def test_the_typefaces_of_the_portal_are_served(screen, live_server):
    screen.goto(f"{live_server.url}/ingresar/")
    screen.evaluate("document.fonts.ready")
    assert screen.evaluate("document.fonts.check('16px Roboto') && document.fonts.check('700 20px \"Roboto Slab\"')")
