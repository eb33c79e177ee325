"""Bytes are on the disk, private and under a random name, before anybody is told so."""

import errno
import hashlib
import os
import re
import stat
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages

from plan.files import storage
from plan.files.errors import StorageUnavailable
from plan.files.storage import discard, open_stored, store
from plan.tests.sample_files import upload

CONTENT = b"evidencia" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return settings.PRIVATE_MEDIA_ROOT


def evidence():
    return upload("María Pérez.pdf", CONTENT)


def files_below(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def failing(number):
    def fail(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    return fail


def test_what_is_stored_is_read_back():
    with open_stored(store(evidence(), SHA256)) as kept:
        assert kept.read() == CONTENT


def test_the_name_on_disk_is_random_and_tells_nothing(root):
    names = {store(evidence(), SHA256), store(evidence(), SHA256)}

    assert len(names) == 2
    assert all(re.fullmatch(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}", name) for name in names)
    assert {str(path.relative_to(root)) for path in files_below(root)} == names


def test_only_the_portal_may_read_files_and_folders(root):
    previous = os.umask(0)
    try:
        kept = root / store(evidence(), SHA256)
    finally:
        os.umask(previous)

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (kept.parent, kept.parent.parent, root)] == [0o700] * 3


def test_the_file_is_flushed_then_renamed_then_its_folders_are_flushed(monkeypatch, root):
    acts = []
    fsync, replace = os.fsync, os.replace

    def recorded_fsync(descriptor):
        acts.append(("fsync", Path(os.readlink(f"/proc/self/fd/{descriptor}"))))
        fsync(descriptor)

    def recorded_replace(source, target):
        acts.append(("rename", source, target))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "replace", recorded_replace)
    kept = root / store(evidence(), SHA256)
    partial = kept.with_name(f"{kept.name}.partial")

    assert acts == [
        ("fsync", partial),
        ("rename", partial, kept),
        ("fsync", kept.parent),
        ("fsync", kept.parent.parent),
        ("fsync", root),
    ]


@pytest.mark.parametrize("function", ["fsync", "replace", "open", "mkdir"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, storage.FULL), (errno.EDQUOT, storage.FULL), (errno.EROFS, storage.UNAVAILABLE)],
)
def test_a_full_or_read_only_disk_is_told_and_nothing_is_left(monkeypatch, root, function, number, sentence):
    monkeypatch.setattr(os, function, failing(number))
    with pytest.raises(StorageUnavailable) as caught:
        store(evidence(), SHA256)
    monkeypatch.undo()

    assert caught.value.message == sentence
    assert files_below(root) == []


def test_a_folder_that_cannot_be_flushed_takes_the_file_with_it(monkeypatch, root):
    monkeypatch.setattr(storage, "_flush_folder", failing(errno.EIO))

    with pytest.raises(OSError, match="Input/output error"):
        storages["private"].save("aa/bb/aabb", evidence())
    assert files_below(root) == []


def test_a_file_that_cannot_be_read_back_is_not_kept(monkeypatch, root):
    monkeypatch.setattr(hashlib, "file_digest", failing(errno.EIO))

    with pytest.raises(StorageUnavailable):
        store(evidence(), SHA256)
    assert files_below(root) == []


def test_bytes_that_are_not_those_that_were_checked_are_not_kept(root):
    with pytest.raises(StorageUnavailable):
        store(evidence(), hashlib.sha256(b"otro").hexdigest())
    assert files_below(root) == []


def test_a_discarded_file_is_gone_and_discarding_again_is_harmless(root):
    name = store(evidence(), SHA256)

    discard(name)
    discard(name)

    assert files_below(root) == []


def test_a_file_that_cannot_be_discarded_is_logged_under_its_random_name(monkeypatch, caplog):
    name = store(evidence(), SHA256)
    monkeypatch.setattr(os, "remove", failing(errno.EROFS))

    discard(name)

    assert caplog.messages == [f"The stored file {name} could not be removed"]


def test_a_missing_file_is_a_sentence_not_a_crash():
    with pytest.raises(StorageUnavailable) as caught:
        open_stored("aa/bb/aabb")
    assert caught.value.message == storage.UNREADABLE


def test_no_name_reaches_outside_the_private_folder(root):
    root.mkdir()
    (root.parent / "secret").write_text("secreto")

    with pytest.raises(SuspiciousFileOperation):
        open_stored("../secret")


def test_private_files_have_no_url():
    with pytest.raises(ValueError, match="no URL"):
        storages["private"].url("aa/bb/aabb")
