from uuid import uuid4

import pytest
from django.conf import settings
from django.urls.converters import IntConverter, UUIDConverter

from mitp_portal.tests.routes import all_routes, path_of

#: What a stranger may open: the login and its neighbours, the page to which an invitation leads, the pages where an
#: edition is verified, and the page for monitors. Nothing joins without a review.
PUBLIC = {
    "/ingresar/",
    "/salir/",
    "/cuenta-inactiva/",
    "/clave/recuperar/",
    "/clave/recuperar/enviado/",
    "/clave/nueva/<slug:uidb36>/<slug:key>/",
    "/clave/nueva/lista/",
    "/invitacion/<str:secret>/",
    "/salud/",
    "/verificar/",
    "/verificar/<str:code>/",
}
ROUTES = all_routes()


def some_path_of(route: str) -> str:
    """The route with some value for each of its parameters."""
    values = {IntConverter: "1", UUIDConverter: str(uuid4())}
    converters = ROUTES[route].pattern.converters
    return path_of(route, {name: values.get(type(converter), "x") for name, converter in converters.items()})


def test_the_literal_list_of_public_pages_names_only_routes_that_exist():
    assert set(ROUTES) >= PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(set(ROUTES) - PUBLIC))
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_page_sends_a_stranger_to_the_login(client, route, method):
    path = some_path_of(route)
    response = getattr(client, method)(path)
    back = path if method == "get" else "/"
    assert (response.status_code, response.headers.get("Location")) == (302, f"/ingresar/?next={back}")


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(PUBLIC))
def test_a_public_page_answers_a_stranger(client, route):
    response = client.get(some_path_of(route))
    wanted = {"/salir/": 302, "/verificar/<str:code>/": 404}.get(route, 200)
    assert response.status_code == wanted


def test_login_is_demanded_by_middleware_and_not_view_by_view():
    assert "mitp_portal.sessions.LoginMiddleware" in settings.MIDDLEWARE
