import pytest

from indicators.tests.world import World


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed(execute=True):` what waits for the commit, such as mail, happens at its end."""
    return django_capture_on_commit_callbacks
