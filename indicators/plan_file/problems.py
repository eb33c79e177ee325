from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What is wrong with a plan file, and where: `axes[1].objectives[0].code`."""

    place: str
    sentence: str

    def __str__(self):
        return f"{self.place or 'archivo'}: {self.sentence}"


class PlanFileError(Exception):
    """A plan file that cannot be loaded, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def first_of_each_place(problems: Iterable[Problem]) -> list[Problem]:
    """One problem per place: what follows from a wrong type would only hide it."""
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.place, problem)
    return list(first.values())


def below(place: str, key: str | int) -> str:
    """The place of a key or of a numbered item under `place`."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    return f"{place}.{key}" if place else key
