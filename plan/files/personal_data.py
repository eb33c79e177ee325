"""How many RUN and e-mail addresses does a text hold? Only the numbers leave this module, never what was found."""

import re
from dataclasses import dataclass

# 12.345.678-5, 12345678-5, 12345678 - K, 12345678K. Bare digits without dash are not told from telephone numbers.
RUN = re.compile(
    r"(?<![\w.-])([0-9]{1,3}(?:\.[0-9]{3}){2}|[0-9]{7,9})"
    r"(?:[ \u00a0]?[-\u2010-\u2015\u2212][ \u00a0]?([0-9kK])|([kK]))(?![\w-])"
)
# Bounded repetitions and the look-behind keep the search linear on hostile text.
EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")

# The Servicio de Impuestos Internos numbers companies and bodies from 50 million, provisional numbers of
# foreign persons start at 100 million: what lies between is no person.
FIRST_BODY_NUMBER = 50_000_000
FIRST_PROVISIONAL_NUMBER = 100_000_000


@dataclass(frozen=True)
class PersonalData:
    """How many different RUN and e-mail addresses; `searched_in_full` is False where part of the file is unreadable."""

    runs: int
    emails: int
    searched_in_full: bool

    @property
    def is_present(self) -> bool:
        """Whether anything was found."""
        return bool(self.runs or self.emails)


def find_personal_data(text: str, *, searched_in_full: bool = True) -> PersonalData:
    """Counts the different valid RUN (modulo 11) of persons and e-mail addresses in `text`."""
    runs = {number for number, digit in _run_candidates(text) if _is_person(number) and check_digit(number) == digit}
    emails = {match.group().lower() for match in EMAIL.finditer(text)}
    return PersonalData(runs=len(runs), emails=len(emails), searched_in_full=searched_in_full)


def check_digit(number: int) -> str:
    """The check digit of a RUN, "0" to "9" or "K": modulo 11 with the factors 2 to 7 from the right."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(str(number))))
    return "0123456789K"[-total % 11]


def _run_candidates(text: str) -> list[tuple[int, str]]:
    return [
        (int(match.group(1).replace(".", "")), (match.group(2) or match.group(3)).upper())
        for match in RUN.finditer(text)
    ]


def _is_person(number: int) -> bool:
    return number < FIRST_BODY_NUMBER or number >= FIRST_PROVISIONAL_NUMBER
