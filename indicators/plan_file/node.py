from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from indicators.plan_file.problems import below

Item = TypeVar("Item")


@dataclass(frozen=True)
class Node:
    """An object of the file with its place.

    Reads a key only where it holds the type asked for, so that a rule can look at a file whose shape is wrong
    elsewhere and every problem is told at once.
    """

    place: str
    fields: dict

    def at(self, key: str) -> str:
        return below(self.place, key)

    def has(self, key: str) -> bool:
        """Whether the key says something: not empty, not false, not null."""
        return bool(self.fields.get(key))

    def text(self, key: str) -> str:
        value = self.fields.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        value = self.fields.get(key)
        return value if type(value) is int else None

    def flag(self, key: str) -> bool:
        return self.fields.get(key) is True

    def items(self, key: str, kind: type[Item]) -> Iterator[tuple[str, Item]]:
        """Place and value of each item of a list that is of the kind."""
        values = self.fields.get(key)
        for position, value in enumerate(values if isinstance(values, list) else []):
            if type(value) is kind:
                yield below(self.at(key), position), value

    def rows(self, *path: str) -> Iterator["Node"]:
        """The objects of a list, or of the lists inside its objects along the path."""
        first, *rest = path
        values = self.fields.get(first)
        for position, value in enumerate(values if isinstance(values, list) else []):
            if isinstance(value, dict):
                node = Node(below(self.at(first), position), value)
                yield from node.rows(*rest) if rest else [node]

    def child(self, key: str) -> "Node":
        value = self.fields.get(key)
        return Node(self.at(key), value if isinstance(value, dict) else {})
