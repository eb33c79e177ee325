"""What a search comes to: hits in groups, each with its code, a line of its text and the way to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from plan.models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """Plain words that must all occur, and who looks for them."""

    words: tuple[str, ...]
    by: User


@dataclass(frozen=True, slots=True)
class Hit:
    """`about` says of what it is; `state` and its label are empty where it has none."""

    code: SafeString | str
    title: SafeString | str
    url: str
    about: SafeString | str = ""
    line: SafeString | str = ""
    state: str = ""
    state_label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`rows` are those that the person may see and that have the words, in order, no two the same."""

    slug: str
    title: str
    is_for: Callable[[Any], bool]
    rows: Callable[[Asked], QuerySet | Sequence]
    hit: Callable[[Any, Asked], Hit]


@dataclass(frozen=True, slots=True)
class Found:
    """Of a group, the hits of one page; `count` is of all."""

    group: Group
    hits: tuple[Hit, ...]
    count: int
    page: Page | None = None

    @property
    def has_more(self) -> bool:
        return self.page is None and self.count > len(self.hits)
