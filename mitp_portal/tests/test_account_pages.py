import pytest

pytestmark = pytest.mark.django_db


def test_visitor_is_sent_to_the_login_page(client):
    response = client.get("/")
    assert (response.status_code, response.url) == (302, "/ingresar/?next=/")
