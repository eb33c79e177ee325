"""Which RUN and e-mail addresses does a text hold? Of files only the counts are kept; what was found is named to nobody
but to the person who is typing it."""

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
    runs, emails = runs_in(text), emails_in(text)
    return PersonalData(runs=len(runs), emails=len(emails), searched_in_full=searched_in_full)


def runs_in(text: str) -> tuple[str, ...]:
    """The different valid RUN of persons, each as it was first written."""
    written: dict[int, str] = {}
    for match in RUN.finditer(text):
        number = valid_number(match)
        if number is not None and _is_person(number):
            written.setdefault(number, match.group())
    return tuple(written.values())


def emails_in(text: str) -> tuple[str, ...]:
    """The different e-mail addresses, each as it was first written."""
    written: dict[str, str] = {}
    for match in EMAIL.finditer(text):
        written.setdefault(match.group().lower(), match.group())
    return tuple(written.values())


def valid_number(match: re.Match) -> int | None:
    """The number before the check digit in a match of RUN; None where the digit is not the right one."""
    number, digit = int(match.group(1).replace(".", "")), match.group(2) or match.group(3)
    return number if check_digit(number) == digit.upper() else None


def check_digit(number: int) -> str:
    """The check digit of a RUN, "0" to "9" or "K": modulo 11 with the factors 2 to 7 from the right."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(str(number))))
    return "0123456789K"[-total % 11]


def _is_person(number: int) -> bool:
    return number < FIRST_BODY_NUMBER or number >= FIRST_PROVISIONAL_NUMBER
