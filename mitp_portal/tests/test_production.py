"""What the settings become with the variables of a public server."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from mitp_portal.hashers import Argon2idHasher

PRODUCTION = {
    "SECRET_KEY": "una-clave-que-solo-sirve-para-mirar-la-configuración-1234567890",
    "HTTPS": "on",
    "ALLOWED_HOSTS": "portal.example",
    "TRUSTED_PROXIES": "1",
    "PATH": "/usr/bin:/bin",
}
NAMES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=PRODUCTION | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_of_django_finds_nothing(tmp_path):
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path))
    assert (result.returncode, result.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    )


@pytest.mark.parametrize(
    ("https", "values"),
    [
        ("on", ["__Host-sessionid", "__Host-csrftoken", True, 365 * 24 * 60 * 60, False]),
        ("off", ["sessionid", "csrftoken", False, 0, False]),
    ],
)
def test_cookies_are_bound_to_the_host_where_the_portal_is_served_over_https(https, values):
    script = (
        "import json; from django.conf import settings; "
        f"print(json.dumps([getattr(settings, name) for name in {NAMES}]))"
    )
    result = run("-c", script, HTTPS=https, DJANGO_SETTINGS_MODULE="mitp_portal.settings")
    assert json.loads(result.stdout) == values


def test_without_a_key_the_server_does_not_start(tmp_path):
    result = run("-W", "ignore", "-c", "import mitp_portal.wsgi", SECRET_KEY="", VAR_DIR=str(tmp_path))
    assert result.returncode == 1
    assert "The SECRET_KEY setting must not be empty." in result.stderr


def test_with_a_key_it_does(tmp_path):
    result = run("-W", "ignore", "-c", "import mitp_portal.wsgi", VAR_DIR=str(tmp_path))
    assert (result.returncode, result.stderr) == (0, "")


def test_passwords_are_hashed_with_argon2id_and_the_parameters_of_owasp():
    encoded = Argon2idHasher().encode("una clave bien larga 7", "sal-de-prueba")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
