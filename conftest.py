"""What every test shares: settings fit for tests, a database on disk, the browser."""

import pytest
from django.test import override_settings

TEST_SETTINGS = {
    "SECRET_KEY": "only-for-tests",
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
}


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory):
    private = tmp_path_factory.mktemp("private")
    in_private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": private}}
    storages = {
        "default": in_private,
        "private": in_private,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(**TEST_SETTINGS, PRIVATE_MEDIA_ROOT=private, STORAGES=storages):
        yield
