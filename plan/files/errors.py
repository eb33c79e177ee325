"""What can go wrong with a file, as one Spanish sentence that the user may read."""


class FileError(Exception):
    """Carries `message`, a sentence for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FileRejected(FileError):  # noqa: N818 - says what happened to the file
    """The file itself is not acceptable; another file may be."""


class StorageUnavailable(FileError):  # noqa: N818 - says what happened to the storage
    """The file is fine, but its bytes cannot be kept or read at this moment."""
