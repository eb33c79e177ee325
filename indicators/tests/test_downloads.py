"""Who takes a file out of the portal, and what is left of it in the log."""

import pytest
from django.urls import reverse

from indicators import filing
from indicators.enums import Classification
from indicators.models import Evidence, StoredFile
from indicators.tests.world import enter, text_of
from plan.enums import Verb
from plan.files.storage import UNREADABLE, discard
from plan.models import AuditEntry
from plan.tests.sample_files import pdf, upload

CONTENT = pdf()

OWN = {"focal", "alternate"}
#: Besides the own institution; the report is in review by `reviewer`.
READERS = {
    Classification.PUBLIC: {"focal_y", "reviewer", "reviewer2", "executive"},
    Classification.INTERNAL: {"reviewer", "reviewer2", "executive"},
    Classification.RESERVED: {"reviewer"},
}
EVERYBODY = [
    *OWN,
    *READERS[Classification.PUBLIC],
    *("coordinator", "other_coordinator", "observer", "administrator"),
]


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"


def file_in(world, report, classification=Classification.INTERNAL) -> StoredFile:
    evidence = filing.file_upload(report, world.means, upload("Informe ñ.pdf", CONTENT), by=world.focal)
    filing.classify(evidence.file, classification, by=world.focal)
    return evidence.file


def download(user, file):
    return enter(user).get(reverse("indicators:download", args=[file.public_id]))


def readers_of(world, file) -> set[str]:
    """Who gets the file; to everybody else it does not exist. Each answer is read to its end, which closes the file."""
    answers = {}
    for who in EVERYBODY:
        response = download(getattr(world, who), file)
        b"".join(response)
        answers[who] = response.status_code
    assert set(answers.values()) <= {200, 404}
    return {who for who, status in answers.items() if status == 200}


@pytest.mark.parametrize("classification", Classification)
def test_of_a_sent_report_only_the_readers_of_its_class_have_the_file(world, classification):
    report = world.draft()
    file = file_in(world, report, classification)
    world.claimed(world.sent(report))
    assert readers_of(world, file) == OWN | READERS[classification]


@pytest.mark.parametrize("classification", Classification)
def test_of_a_draft_only_the_own_institution_has_the_file(world, classification):
    file = file_in(world, world.draft(), classification)
    assert readers_of(world, file) == OWN


def test_evidence_removed_before_the_submit_is_nobody_elses(world):
    report = world.draft()
    file = file_in(world, report, Classification.PUBLIC)
    filing.remove(Evidence.objects.get(), by=world.focal)
    world.claimed(world.sent(report))
    assert readers_of(world, file) == OWN


def test_a_stranger_is_sent_to_the_login(world, client):
    file = file_in(world, world.draft(), Classification.PUBLIC)
    path = reverse("indicators:download", args=[file.public_id])
    assert client.get(path).url == f"/ingresar/?next={path}"


def test_a_download_carries_the_bytes_under_their_name_and_is_logged(world):
    file = file_in(world, world.draft())
    response = download(world.alternate, file)
    assert b"".join(response.streaming_content) == CONTENT
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Informe%20%C3%B1.pdf"
    entry = AuditEntry.objects.get(verb=Verb.DOWNLOADED)
    assert (entry.user, entry.object_id, entry.data["hash"]) == (world.alternate, str(file.pk), file.sha256)


def test_a_download_refused_is_not_logged_as_one(world):
    assert download(world.focal_y, file_in(world, world.draft())).status_code == 404
    assert not AuditEntry.objects.filter(verb=Verb.DOWNLOADED).exists()


def test_bytes_that_cannot_be_read_are_told_and_not_logged_as_a_download(world):
    file = file_in(world, world.draft())
    discard(file.storage_name)
    response = download(world.focal, file)
    assert response.status_code == 503
    assert UNREADABLE in text_of(response)
    assert not AuditEntry.objects.filter(verb=Verb.DOWNLOADED).exists()


def test_an_erased_file_is_gone_for_its_owner_too(world):
    file = file_in(world, world.draft())
    StoredFile.objects.update(erased_at=file.uploaded_at)
    assert download(world.focal, file).status_code == 404
