"""Checks of the shape of a plan file: given a value and its place, each yields the problems found there."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import cast

from django.core.exceptions import ValidationError
from django.db import models

from indicators.plan_file.problems import Problem, below

Check = Callable[[object, str], Iterable[Problem]]

_TYPES: dict[type[models.Field], type] = {models.IntegerField: int, models.BooleanField: bool}
_TYPE_NAMES = {str: "un texto", int: "un número entero", bool: "true o false", list: "una lista", dict: "un objeto"}
#: Controls and lone surrogates: a database refuses them, or nobody can read them.
_UNPRINTABLE = {"Cc", "Cs"}


def record(fields: dict[str, Check]) -> Check:
    """An object with exactly these keys."""

    def check(value: object, place: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield _expected(dict, place)
            return
        for key in getattr(value, "repeated", ()):
            yield Problem(below(place, key), "la clave está repetida")
        for key in value.keys() - fields.keys():
            yield Problem(below(place, key), "clave desconocida")
        for key, inner in fields.items():
            if key in value:
                yield from inner(value[key], below(place, key))
            else:
                yield Problem(below(place, key), "falta esta clave")

    return check


def rows(item: Check) -> Check:
    """A list, each item of which passes `item`."""

    def check(value: object, place: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield _expected(list, place)
            return
        for position, entry in enumerate(value):
            yield from item(entry, below(place, position))

    return check


def column(model: type[models.Model], name: str) -> Check:
    """A value that the model's field accepts: type, length, choices and validators are written there only."""
    field = cast(models.Field, model._meta.get_field(name))
    expected = next((kind for base, kind in _TYPES.items() if isinstance(field, base)), str)

    def check(value: object, place: str) -> Iterator[Problem]:
        yield from plain(expected, blank=True)(value, place) or _refusals(field, value, place)

    return check


def plain(expected: type, *, blank: bool = False, nullable: bool = False) -> Check:
    """A text, whole number or truth value, without conversion: "1" is no number and true is no 1."""

    def check(value: object, place: str) -> list[Problem]:
        if value is None and nullable:
            return []
        if type(value) is not expected:
            return [_expected(expected, place)]
        if isinstance(value, str):
            return _text_problems(value, place, blank)
        return []

    return check


def day(value: object, place: str) -> Iterator[Problem]:
    """A date as AAAA-MM-DD, or null."""
    if value is None:
        return
    try:
        right = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        right = False
    if not right:
        yield Problem(place, "se espera una fecha AAAA-MM-DD o null")


def _expected(kind: type, place: str) -> Problem:
    return Problem(place, f"se espera {_TYPE_NAMES[kind]}")


def _text_problems(value: str, place: str, blank: bool) -> list[Problem]:
    if not blank and not value:
        return [Problem(place, "no puede quedar vacío")]
    if any(unicodedata.category(letter) in _UNPRINTABLE and letter != "\n" for letter in value):
        return [Problem(place, "contiene caracteres de control")]
    return []


def _refusals(field: models.Field, value: object, place: str) -> list[Problem]:
    choices = [choice for choice, _ in field.flatchoices]
    if choices and value not in choices and not (field.blank and value == ""):
        options = ", ".join(choice for choice in choices if choice)
        return [Problem(place, f"«{value}» no es una opción; las opciones son {options}")]
    try:
        field.clean(value, None)
    except ValidationError as error:
        return [Problem(place, " ".join(error.messages))]
    return []
