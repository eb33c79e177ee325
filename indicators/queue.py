"""The queue of the secretaría técnica: what waits, since when, in whose hands, and what of it somebody looks at."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from indicators import permissions
from indicators.models import ProgressReport, ReportingPeriod, Submission
from plan.enums import Role
from plan.models import Appointment, Axis, Institution, User

#: Days waited by which a reviewer may filter; "plazo" stands for more than the agreed ones.
LONG, LONGER, OVERDUE = 7, 30, "plazo"
AGES = {OVERDUE: "Sobre el plazo", str(LONG): f"Más de {LONG} días", str(LONGER): f"Más de {LONGER} días"}
MINE, FREE = "mias", "libres"
HANDS = {MINE: "A mi cargo", FREE: "Sin asignar"}


@dataclass(frozen=True)
class Waiting:
    """A report that waits for an answer, as the filters look at it. `days` since it was sent, of `term` agreed."""

    report_id: int
    axis_id: int
    institution_id: int
    period_id: int
    round: int
    sent_at: datetime
    term: int
    days: int
    reviewer_id: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days > self.term

    @property
    def ages(self) -> set[str]:
        told = {str(limit) for limit in (LONG, LONGER) if self.days > limit}
        return told | {OVERDUE} if self.is_overdue else told


@dataclass(frozen=True)
class Option:
    """`count` is what the list would hold with this option, the other filters as they are."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Queue:
    """What of the queue somebody looks at: `found`, oldest first, of all that `waiting` holds."""

    waiting: list[Waiting]
    found: list[Waiting]
    chosen: dict[str, str]
    facets: list[Facet]

    @property
    def query(self) -> str:
        return _query(self.chosen)


@dataclass(frozen=True)
class Place:
    """Where a report stands in what somebody looks at, and the reports before and after it."""

    position: int
    total: int
    before: int | None
    after: int | None
    query: str

    @property
    def onward(self) -> str:
        """Where to go on once this report is decided: the next one, else the one before, else the queue."""
        following = self.after or self.before
        path = reverse("indicators:review", args=[following]) if following else reverse("indicators:review_queue")
        return f"{path}{self.query}"


def queue_of(user, params: Mapping[str, str]) -> Queue:
    """The queue under the filters of an address; a value that no filter knows filters nothing. Four queries."""
    waiting, traits = waiting_for(user), _traits(user)
    labels = _labels(waiting)
    chosen = {name: value for name, value in _chosen(params).items() if value in labels[name]}
    found, counts = _sift(waiting, traits, chosen)
    facets = [_facet(name, labels[name], counts[name], chosen.get(name, "")) for name in traits]
    return Queue(waiting, found, chosen, facets)


@dataclass(frozen=True)
class Line:
    """A row of the queue. `tie` says why the reader may not judge it; empty where they may."""

    report: ProgressReport
    submission: Submission
    waiting: Waiting
    tie: str

    @property
    def mark(self) -> str:
        """How a form names the report as it was seen."""
        return f"{self.report.pk}-{self.report.version}"


def lines_of(waiting: Sequence[Waiting], user) -> list[Line]:
    """The reports of one page of the queue, in its order, in five queries."""
    submissions = Submission.objects.select_related("endorsement")
    found = ProgressReport.objects.visible_to(user).filter(pk__in=[one.report_id for one in waiting]).defer("draft")
    reports = {r.pk: r for r in found.with_parties().prefetch_related(Prefetch("submissions", submissions))}
    ties = permissions.ties(user, list(reports.values()))
    here = [(one, reports[one.report_id]) for one in waiting if one.report_id in reports]
    return [Line(report, report.latest_submission, one, ties.get(report.pk, "")) for one, report in here]


def reviewers():
    """Members of the secretaría técnica who can sign in today."""
    duties = Appointment.objects.in_force(timezone.localdate()).filter(role=Role.TECHNICAL)
    return User.objects.filter(is_active=True, appointments__in=duties).distinct()


def place_in_queue(user, report: ProgressReport, params: Mapping[str, str]) -> Place:
    """The place of a submitted report among those of the address's filters. It keeps its place although it leaves
    them: taken by somebody, or decided. One query besides its submissions."""
    chosen = _chosen(params)
    found, _ = _sift(waiting_for(user), _traits(user), chosen)
    own = (report.latest_submission.submitted_at, report.pk)
    earlier = [w.report_id for w in found if (w.sent_at, w.report_id) < own]
    later = [w.report_id for w in found if (w.sent_at, w.report_id) > own]
    return Place(
        position=len(earlier) + 1,
        total=len(earlier) + 1 + len(later),
        before=earlier[-1] if earlier else None,
        after=later[0] if later else None,
        query=_query(chosen),
    )


def waiting_for(user) -> list[Waiting]:
    """All that waits for review, the oldest first: one query of a few columns, whatever the length of the queue."""
    reports = ProgressReport.objects.visible_to(user).awaiting_review()
    rows = Submission.objects.filter(report__in=reports).order_by("number")
    fields = rows.values_list(
        "report_id",
        "report__action__objective__axis_id",
        "report__institution_id",
        "report__period_id",
        "number",
        "submitted_at",
        "report__period__due_on",
        "report__period__review_due_on",
        "report__assigned_to_id",
    )
    newest = {row[0]: row for row in fields}
    return sorted(map(_waiting, newest.values()), key=lambda w: (w.sent_at, w.report_id))


def _waiting(row: tuple) -> Waiting:
    report, axis, institution, period, number, sent_at, due_on, review_due_on, reviewer = row
    days = (timezone.localdate() - timezone.localdate(sent_at)).days
    term = (review_due_on - due_on).days
    return Waiting(report, axis, institution, period, number, sent_at, term, days, reviewer)


def queue_query(params: Mapping[str, str]) -> str:
    """The filters of an address for the links that keep them, such as "?de=mias"."""
    return _query(_chosen(params))


def _chosen(params: Mapping[str, str]) -> dict[str, str]:
    return {name: params[name] for name in TITLES if params.get(name)}


def _query(chosen: Mapping[str, str]) -> str:
    return f"?{urlencode(chosen)}" if chosen else ""


Traits = dict[str, Callable[[Waiting], set[str]]]


def _traits(user) -> Traits:
    """By filter, in the order of the page, the values under which a report is found."""
    return {
        "de": lambda w: {MINE} if w.reviewer_id == user.pk else set() if w.reviewer_id else {FREE},
        "eje": lambda w: {str(w.axis_id)},
        "institucion": lambda w: {str(w.institution_id)},
        "periodo": lambda w: {str(w.period_id)},
        "espera": lambda w: w.ages,
        "ronda": lambda w: {str(w.round)},
    }


def _sift(
    waiting: Iterable[Waiting], traits: Traits, chosen: Mapping[str, str]
) -> tuple[list[Waiting], dict[str, Counter]]:
    """What passes all filters; and by filter how much each of its values would find. Whatever fails one filter alone
    counts for the other values of that one; "" is the filter left open."""
    found: list[Waiting] = []
    counts: dict[str, Counter] = {name: Counter() for name in traits}
    for one in waiting:
        values = {name: trait(one) for name, trait in traits.items()}
        failed = [name for name, value in chosen.items() if value not in values[name]]
        if not failed:
            found.append(one)
        for name in traits if not failed else failed if len(failed) == 1 else ():
            counts[name].update({"", *values[name]})
    return found, counts


TITLES = {
    "de": ("De quién", "Todos"),
    "eje": ("Eje", "Todos"),
    "institucion": ("Institución", "Todas"),
    "periodo": ("Período", "Todos"),
    "espera": ("Antigüedad", "Toda"),
    "ronda": ("Ronda", "Todas"),
}


def _labels(waiting: list[Waiting]) -> dict[str, dict[str, str]]:
    """By filter, its values in order and their words; an eje or institution of which nothing waits keeps its own."""
    return {
        "de": HANDS,
        "eje": {str(axis.pk): str(axis) for axis in Axis.objects.all()},
        "institucion": {str(one.pk): one.short_name for one in Institution.objects.all()},
        "periodo": {str(period.pk): period.name for period in ReportingPeriod.objects.order_by("-starts_on")},
        "espera": AGES,
        "ronda": {str(number): f"Ronda {number}" for number in sorted({w.round for w in waiting})},
    }


def _facet(name: str, labels: dict[str, str], counts: Counter, chosen: str) -> Facet:
    """What nobody waits under is offered only where the filter is small."""
    label, anything = TITLES[name]
    offered = {v: text for v, text in labels.items() if counts[v] or v == chosen or name in ("de", "espera")}
    options = [
        Option(value, text, counts[value], value == chosen) for value, text in ({"": anything} | offered).items()
    ]
    return Facet(name, label, tuple(options))
