"""What can go wrong when something is entered under an acta, as Spanish sentences for the person who tried."""


class AgreementError(Exception):
    """It cannot be entered; `field` is where the form says so, None where it is about the whole page."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


class StaleSheetError(AgreementError):
    """Somebody else entered something on the same page meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Otra persona registró algo en esta página mientras usted escribía. Lo suyo sigue aquí: revise lo vigente "
            "y guarde de nuevo."
        )
