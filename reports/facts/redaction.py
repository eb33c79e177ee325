"""No RUN and no e-mail address leaves in a document, even where an institution wrote one in its narrative."""

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast

from plan.files.personal_data import EMAIL, RUN, valid_number

Told = TypeVar("Told")

RUN_VEILED = "[RUN omitido]"
EMAIL_VEILED = "[correo omitido]"


def without_personal_data(text: str) -> str:
    """The text with every valid RUN (modulo 11) and every e-mail address replaced by what was left out."""
    return EMAIL.sub(EMAIL_VEILED, RUN.sub(_veil_run, text))


def redacted(facts: Told) -> Told:
    """Facts of a document in which every text is `without_personal_data`, whoever typed it."""
    return cast(Told, _redacted(facts))


def _redacted(value: object) -> object:
    if isinstance(value, str):
        return value if isinstance(value, Enum) else without_personal_data(value)
    if isinstance(value, tuple):
        return tuple(map(_redacted, value))
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        changed = {name: new for name, old in told.items() if (new := _redacted(old)) != old}
        return replace(value, **changed) if changed else value
    return value


def _veil_run(match: re.Match) -> str:
    return match.group() if valid_number(match) is None else RUN_VEILED
