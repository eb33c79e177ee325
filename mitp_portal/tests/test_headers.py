import pytest
from django.conf import settings
from django.test import Client

from mitp_portal.tests.people import make_person

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}


def policy_of(response) -> set[str]:
    return set(response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("path", ["/ingresar/", "/salud/", "/no-existe/", "/clave/cambiar/"])
def test_every_answer_carries_the_strict_policy(client, path):
    client.force_login(make_person(), backend=settings.AUTHENTICATION_BACKENDS[1])
    assert policy_of(client.get(path)) == POLICY


def test_no_template_needs_an_inline_style_or_script():
    sources = [path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html")]
    assert sources
    for forbidden in (" style=", "<style", "<script>", " onclick=", " onchange=", "javascript:"):
        assert not [source for source in sources if forbidden in source]


def test_pages_may_not_be_framed_nor_sniffed_and_tell_no_referrer_to_others(client):
    headers = client.get("/ingresar/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_form_without_its_token_is_refused_with_a_page_of_ours(client):
    response = Client(enforce_csrf_checks=True).post("/ingresar/", {"login": "a@b.cl", "password": "x"})
    assert response.status_code == 403
    assert "La página caducó antes de enviarse" in response.content.decode()


def test_an_unknown_host_is_refused(client):
    assert client.get("/ingresar/", HTTP_HOST="otro.example").status_code == 400
