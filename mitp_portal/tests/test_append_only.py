import pytest
from django.db import DatabaseError, transaction

from mitp_portal.tests.people import make_person, sign_in
from plan.models import AuditEntry

# On a real connection, so that the flush after each test meets the triggers as well.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def logged_entry(client) -> AuditEntry:
    make_person()
    sign_in(client)
    return AuditEntry.objects.get()


def test_an_entry_of_the_log_cannot_be_changed(logged_entry):
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        AuditEntry.objects.update(address="10.9.9.9")
    assert AuditEntry.objects.get().address == logged_entry.address


def test_an_entry_of_the_log_cannot_be_deleted(logged_entry):
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.get() == logged_entry
