"""What every test shares: settings fit for tests, a database on disk, a flush for append-only tables, the browser."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import override_settings
from playwright.sync_api import expect

# Playwright's synchronous interface keeps an event loop running in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long a page may take on a busy machine; what never comes still fails.
expect.set_options(timeout=30_000)

PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory):
    private = tmp_path_factory.mktemp("private")
    in_private = {"BACKEND": "plan.files.storage.PrivateStorage"}
    # Never disabled: the session ends with it, and without SECRET_KEY there is nothing to return to.
    override_settings(
        SECRET_KEY="only-for-tests",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        # Worlds of tests are made without the bitácora, by which kept figures are known to be out of date.
        CACHES=settings.CACHES | {"figures": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
        TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
        PRIVATE_MEDIA_ROOT=private,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={"default": in_private, "private": in_private, "staticfiles": PLAIN_STATIC},
    ).enable()


# Database ---------------------------------------------------------------------------------------------------------
def asks_database(item) -> bool:
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(item.get_closest_marker("django_db") or fixtures & set(item.fixturenames))


def pytest_collection_modifyitems(config, items):
    """Leave out what is about the other engine: @pytest.mark.sqlite and @pytest.mark.postgresql. PostgreSQL, which
    comes second, is not asked what asks no database, nor what looks at the pages of a PDF."""

    def is_left_out(item) -> bool:
        if connection.vendor == "sqlite":
            return item.get_closest_marker("postgresql")
        return item.get_closest_marker("sqlite") or item.get_closest_marker("poppler") or not asks_database(item)

    left_out = [item for item in items if is_left_out(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite on disk, as in service: tests that race need connections of their own."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _flush_append_only_tables():
    """Between transactional tests SQLite is emptied by DELETE, which the append-only triggers refuse."""
    operations_class = DatabaseWrapper.ops_class
    flush = operations_class.execute_sql_flush

    def flush_without_triggers(operations, sql_list):
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(operations, sql_list)
            for _, sql in triggers:
                cursor.execute(sql)

    operations_class.execute_sql_flush = flush_without_triggers


# Browser ----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium; nothing is downloaded."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Without motion: what still glides when the button is pressed is missed by a mouse as quick as this one."""
    here = {"locale": "es-CL", "timezone_id": "America/Santiago", "reduced_motion": "reduce"}
    return {**browser_context_args, **here}


@pytest.fixture
def check_accessibility():
    """Call with a Playwright page: fails with the list of what axe finds wrong on it."""

    def check(page):
        page.wait_for_load_state()
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check
