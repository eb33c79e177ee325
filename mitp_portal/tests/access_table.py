"""The expected answers: who gets what from which URL, and what of the institution X each person ever finds.

anon    nobody signed in                    exec    secretaría ejecutiva
focal   punto focal of X, titular           coord   coordination of the subcomisión of the eje
altern  punto focal of X, suplente          coord2  coordination of another subcomisión
former  was punto focal of X                obser   observador
focalY  punto focal of Y                    admin   administración
tech    secretaría técnica, who reviews     inact   punto focal of X, deactivated in an open session
tech2   secretaría técnica, somebody else

login  is sent to the login                 page    sees the page
404    it does not exist for them           file    is handed a file
422    it is refused with a sentence       image   sees the image of a page of a file
409    somebody else was first, who says so
405    the method is not taken              away    is led to another page, and nothing changed
                                            done    something changed
"""

from dataclasses import dataclass
from pathlib import Path

HEADS = """
                           anon   focal  altern former focalY tech   tech2  exec   coord  coord2 obser  admin  inact
"""

#: Routes, and below each the method, the object (Stage.places) and the answer for each person.
ANSWERS = Path(__file__).with_name("access_answers.txt").read_text(encoding="utf-8")

#: What bears a secret (SECRETS), and who finds it on some page or in some file.
FINDINGS = """
    draft                  -      sees   sees   -      -      -      -      -      -      -      -      -      -
    draft-file             -      sees   sees   -      -      -      -      -      -      -      -      -      -
    withdrawn              -      sees   sees   -      -      -      -      -      -      -      -      -      -
    withdrawn-file         -      sees   sees   -      -      -      -      -      -      -      -      -      -
    returned               -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    unsent-file            -      sees   sees   -      -      -      -      -      -      -      -      -      -
    sent                   -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    unclaimed-file         -      sees   sees   -      -      -      -      -      -      -      -      -      -
    claimed                -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    public-file            -      sees   sees   -      sees   sees   sees   sees   -      -      -      -      -
    internal-file          -      sees   sees   -      -      sees   sees   sees   -      -      -      -      -
    reserved-file          -      sees   sees   -      -      sees   -      -      -      -      -      -      -
    link                   -      sees   sees   -      -      sees   sees   sees   -      -      -      -      -
    attestation            -      sees   sees   -      -      sees   sees   sees   -      -      -      -      -
    approved               -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    approved-file          -      sees   sees   -      -      -      -      -      -      -      -      -      -
    comment                -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    figure-of-x            -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    responder              -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    question               -      sees   sees   -      -      sees   sees   -      -      -      -      -      -
    record                 -      -      -      -      -      sees   sees   -      -      -      -      -      -
    record-file            -      sees   sees   -      -      sees   sees   -      -      -      -      -      -
    extension              -      -      -      -      -      sees   sees   sees   -      -      -      -      -
    sender                 -      sees   sees   -      -      sees   sees   sees   sees   -      -      sees   -
    document               -      -      -      -      -      sees   sees   sees   -      -      -      -      -
    universe               -      sees   sees   -      -      sees   sees   -      -      -      -      -      -
    assessment             -      sees   sees   -      sees   sees   sees   sees   sees   sees   sees   -      -
    cause                  -      sees   sees   -      sees   sees   sees   sees   sees   sees   sees   -      -
    edition-text           -      -      -      -      -      sees   sees   sees   -      -      -      -      -
    unsaved-text           -      -      -      -      -      sees   -      -      -      -      -      -      -
    proposal               -      sees   sees   -      sees   sees   sees   sees   sees   -      -      -      -
"""

PEOPLE = tuple(HEADS.split())
#: Nobody signed in, or nobody any more.
STRANGERS = ("anon", "inact")
NOT_TAKEN = ["login" if who in STRANGERS else "405" for who in PEOPLE]


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    place: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.place}"


def _read_answers() -> list[Row]:
    rows: list[Row] = []
    route = ""
    for line in filter(None, ANSWERS.splitlines()):
        if line.startswith("/"):
            route = line
        else:
            method, place, *answers = line.split()
            told = NOT_TAKEN if answers == ["not", "taken"] else answers
            rows.append(Row(route, method, place, dict(zip(PEOPLE, told, strict=True))))
    return rows


def _read_findings() -> dict[str, set[str]]:
    """Names of secrets by who finds them."""
    found: dict[str, set[str]] = {who: set() for who in PEOPLE}
    for line in filter(None, FINDINGS.splitlines()):
        secret, *marks = line.split()
        for who, mark in zip(PEOPLE, marks, strict=True):
            if mark == "sees":
                found[who].add(secret)
    return found


ROWS = _read_answers()
MAY_FIND = _read_findings()
