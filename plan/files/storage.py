"""Where do the bytes of a file live? Under a random name, private, and on the disk before anybody is told so.

The storage is the one that `settings.STORAGES["private"]` names: `PrivateStorage` here, object storage elsewhere.
"""

import errno
import hashlib
import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.files.uploadedfile import UploadedFile

from plan.files.errors import StorageUnavailable

logger = logging.getLogger(__name__)

FOLDER_MODE = 0o700
FILE_MODE = 0o600
FULL = "No queda espacio para guardar archivos y nada se guardó; avise a la administración del portal."
UNAVAILABLE = "El almacenamiento de archivos no responde y nada se guardó; intente de nuevo en unos minutos."
UNREADABLE = "El archivo no está disponible en este momento; intente de nuevo en unos minutos."


class PrivateStorage(FileSystemStorage):
    """Files below `settings.PRIVATE_MEDIA_ROOT`: no URL, readable by the portal alone, durable once saved."""

    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_MEDIA_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        raise ValueError("Private files have no URL.")

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        partial = target.with_name(f"{target.name}.partial")
        folders = self._folders_down_to(target.parent)
        for folder in folders:
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        try:
            _write_to_disk(partial, content)
            os.replace(partial, target)
            # Every level each time: the folder that another process has just made may not be on the disk yet.
            for folder in reversed(folders):
                _flush_folder(folder)
        except BaseException:
            _remove(partial, target)
            raise
        return name

    def _folders_down_to(self, folder: Path) -> list[Path]:
        root = Path(self.location)
        return [root, *(root.joinpath(*parts) for parts in _prefixes(folder.relative_to(root).parts))]


def store(upload: UploadedFile, sha256: str) -> str:
    """Keeps the bytes of `upload` and returns their storage name, random and without extension.

    What was kept is read back and must have the digest `sha256` (hex) that the check saw. Raises
    StorageUnavailable, and keeps nothing, if the storage fails. Call it before the row is committed, and
    `discard` if the row is not.
    """
    storage = _private_storage()
    name = _random_name()
    try:
        name = storage.save(name, upload)
        with storage.open(name) as kept:
            kept_sha256 = hashlib.file_digest(kept, "sha256").hexdigest()
    except OSError as error:
        discard(name)
        raise StorageUnavailable(_sentence_for(error)) from error
    if kept_sha256 != sha256:
        discard(name)
        raise StorageUnavailable(UNAVAILABLE)
    return name


def open_stored(name: str) -> File:
    """The file under this storage name, open for reading in binary; StorageUnavailable if it cannot be read."""
    try:
        return _private_storage().open(name)
    except OSError as error:
        raise StorageUnavailable(UNREADABLE) from error


def discard(name: str) -> None:
    """Removes a file whose row was not committed. Never fails: what cannot be removed is logged and stays an orphan."""
    try:
        _private_storage().delete(name)
    except OSError:
        logger.exception("The stored file %s could not be removed", name)


def _private_storage() -> Storage:
    return storages["private"]


def _random_name() -> str:
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token[2:4]}/{token}"


def _sentence_for(error: OSError) -> str:
    return FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else UNAVAILABLE


def _prefixes(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [parts[: length + 1] for length in range(len(parts))]


def _write_to_disk(path: Path, content: File) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with open(descriptor, "wb") as file:
        for chunk in content.chunks():
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
