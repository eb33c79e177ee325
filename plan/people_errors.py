"""What the acts about people refuse with."""


class PeopleError(Exception):
    """An act that cannot be done; `message` is a Spanish sentence for the person who tried."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def require(condition: bool, message: str) -> None:
    if not condition:
        raise PeopleError(message)
