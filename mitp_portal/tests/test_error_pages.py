import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.test import Client
from django.urls import path

from mitp_portal import urls
from mitp_portal.tests.people import make_person

pytestmark = pytest.mark.django_db


def fail_with(error: Exception):
    def view(request):
        raise error

    return view


class Urls:
    """The portal's own addresses and handlers, with three more that fail."""

    urlpatterns = [
        *urls.urlpatterns,
        path("falla/400/", fail_with(SuspiciousOperation())),
        path("falla/403/", fail_with(PermissionDenied())),
        path("falla/500/", fail_with(ZeroDivisionError("RUN 11.111.111-1"))),
    ]
    handler400, handler403, handler404, handler500 = (
        urls.handler400,
        urls.handler403,
        urls.handler404,
        urls.handler500,
    )


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = Urls
    visitor = Client(raise_request_exception=False)
    visitor.force_login(make_person(), backend="allauth.account.auth_backends.AuthenticationBackend")
    return visitor


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/falla/400/", 400, "No se entendió lo enviado"),
        ("/falla/403/", 403, "No tiene acceso a esta acción"),
        ("/no-existe/", 404, "No encontramos esta página"),
        ("/falla/500/", 500, "Algo falló en el portal"),
    ],
)
def test_each_error_has_a_page_in_spanish_with_a_way_back(visitor, address, status, heading):
    response = visitor.get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert 'href="/">Ir al inicio' in page
    assert "11.111.111-1" not in page


def test_the_page_of_a_server_error_reads_no_data(rf):
    with connection.execute_wrapper(lambda *args: pytest.fail("the error page asked the database")):
        page = urls.views.server_error(rf.get("/falla/500/")).content.decode()
    assert "Algo falló en el portal" in page


def test_details_of_errors_are_off_unless_a_developer_asks():
    assert settings.DEBUG is False
