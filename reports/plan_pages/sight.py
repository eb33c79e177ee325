"""Whose rows a reader may see (SECURITY, Access 6): figures are for every role, rows by institution are not."""

from collections.abc import Collection
from dataclasses import dataclass

from indicators.calculations.results import Exclusion, Trace, TraceStep
from plan import access
from plan.models import Institution, InstitutionName, User


@dataclass(frozen=True, slots=True)
class Sight:
    """`institution_ids` are those whose rows the reader sees where not all of them are for the reader."""

    sees_all: bool
    institution_ids: frozenset[int] = frozenset()

    def covers(self, institution_id: int | None) -> bool:
        """Whether a row of this institution may be shown; what belongs to no institution always may."""
        return institution_id is None or self.sees_all or institution_id in self.institution_ids


def sight_of(user: User, axis_id: int) -> Sight:
    """The secretarías see every row, a coordination those of its eje, a punto focal its own institution's."""
    sees_all = access.is_secretariat(user) or axis_id in access.axis_ids(user)
    return Sight(sees_all, access.institution_ids(user))


@dataclass(frozen=True, slots=True)
class ReadableTrace:
    """A trace without the lines that name what the reader may not see; `left_out` counts them, for one `reason`."""

    rule: str
    dates: str
    methodology: str
    steps: tuple[TraceStep, ...]
    exclusions: tuple[Exclusion, ...]
    left_out: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Veil:
    """Leaves out every line that bears one of the hidden names; `reason` is what such lines do."""

    names: frozenset[str]
    reason: str

    def lets_through(self, text: str) -> bool:
        return not any(name in text for name in self.names)

    def trace(self, trace: Trace | ReadableTrace) -> ReadableTrace:
        steps = tuple(step for step in trace.steps if self.lets_through(f"{step.rule} {step.data}"))
        exclusions = tuple(row for row in trace.exclusions if self.lets_through(f"{row.what} {row.reason}"))
        left_out = len(trace.steps) - len(steps) + len(trace.exclusions) - len(exclusions)
        return ReadableTrace(trace.rule, trace.dates, trace.methodology, steps, exclusions, left_out, self.reason)


#: The institution that bears a name or a sigla, or once bore it.
Bearers = Collection[tuple[int, str]]


def bearers() -> Bearers:
    """Every institution that there is, in the Mesa or not: any may be named by a report. One query."""
    current = Institution.objects.order_by()
    former = InstitutionName.objects.order_by()
    return list(
        current.values_list("pk", "name").union(
            current.values_list("pk", "acronym"),
            former.values_list("institution", "name"),
            former.values_list("institution", "acronym"),
        )
    )


def veil_over(names: Bearers, sight: Sight, places: Collection[str] = ()) -> Veil:
    """Hides the institutions that `sight` does not cover, and the places given."""
    hidden = {name for pk, name in names if not sight.covers(pk)}
    reason = "desglosan cifras protegidas" if places else "nombran a instituciones"
    return Veil(frozenset({*hidden, *places} - {""}), reason)
