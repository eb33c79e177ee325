"""A stored file leaves as an inert download."""

import hashlib

import pytest

from plan.files.errors import StorageUnavailable
from plan.files.serving import serve
from plan.files.storage import store
from plan.tests.sample_files import upload

CONTENT = b"nombre;casos\n"


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path


@pytest.fixture
def storage_name():
    return store(upload("datos.csv", CONTENT), hashlib.sha256(CONTENT).hexdigest())


def test_a_file_is_served_as_an_attachment_that_nothing_runs_and_nobody_caches(storage_name):
    response = serve(storage_name, "datos.csv", "text/csv")

    assert b"".join(response.streaming_content) == CONTENT
    assert dict(response.items()) == {
        "Content-Type": "text/csv",
        "Content-Length": "13",
        "Content-Disposition": 'attachment; filename="datos.csv"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    response.file_to_stream.close()


def test_a_name_with_accents_travels_whole(storage_name):
    response = serve(storage_name, "año ñandú.csv", "text/csv")

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''a%C3%B1o%20%C3%B1and%C3%BA.csv"
    response.file_to_stream.close()


def test_a_content_type_that_is_not_ours_is_served_as_mere_bytes(storage_name):
    response = serve(storage_name, "datos.csv", "text/html")

    assert response["Content-Type"] == "application/octet-stream"
    response.file_to_stream.close()


def test_a_file_that_is_gone_is_told_in_a_sentence():
    with pytest.raises(StorageUnavailable):
        serve("aa/bb/aabb", "datos.csv", "text/csv")
