"""Who is reminded of what they owe, and when: one digest per person, never twice, and late rather than not at all."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from indicators.worklist import Task, owed_tasks
from plan import audit
from plan.enums import NoticeKind, Role, Verb
from plan.models import Appointment, Notice, Plan, User
from plan.notices import tell

DAYS_BEFORE = (30, 7, 1)
EVERY_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """A line of the digest, and the newest day on which people were to be reminded of it."""

    task: Task
    call: date

    @property
    def group(self) -> tuple:
        """Items with the same stand under one heading."""
        return self.task.due_on, self.task.period.pk, self.task.institution.pk

    @property
    def url(self) -> str:
        """Where the form is, begun or not."""
        place = [self.task.period.pk, self.task.action.pk, self.task.institution.pk]
        return urljoin(settings.SITE_URL, reverse("indicators:open_report", args=place))


@dataclass(frozen=True)
class Reminded:
    """What a run told: to how many people, and of how many reports in all."""

    people: int
    reports: int


def last_call(due_on: date, today: date) -> date | None:
    """The newest day, up to `today`, on which people are to be reminded of what falls due on `due_on`: 30 days, 7 days
    and 1 day before, the day after, and from then on every week. None while it is more than 30 days away."""
    if today > due_on:
        first = due_on + timedelta(days=1)
        return today - (today - first) % EVERY_WEEK
    calls = [due_on - timedelta(days=days) for days in DAYS_BEFORE]
    return max((call for call in calls if call <= today), default=None)


def remind_all() -> Reminded:
    """Remind each punto focal of what their institutions owe, unless that was done since the newest call.

    What counts is the call, not the day of the run: a second run finds everybody reminded, of two at once the key of
    the notice lets one pass, and after days without a run the newest call is made up for, once.
    """
    people = _focal_points()
    owed = _called_by_institution({pk for institutions in people.values() for pk in institutions})
    told = [_remind(person, [item for pk in pks for item in owed.get(pk, [])]) for person, pks in people.items()]
    reminded = Reminded(people=sum(count > 0 for count in told), reports=sum(told))
    _write_down(reminded)
    return reminded


def _focal_points() -> dict[User, set[int]]:
    """Those who can sign in, each with their institutions."""
    duties = Appointment.objects.in_force(timezone.localdate()).filter(role=Role.FOCAL_POINT, user__is_active=True)
    found: dict[User, set[int]] = {}
    for duty in duties.select_related("user").order_by("user_id", "institution_id"):
        found.setdefault(duty.user, set()).add(duty.institution_id)
    return found


def _called_by_institution(institutions: set[int]) -> dict[int, list[Item]]:
    """What each institution owes and for which a first call has come."""
    today = timezone.localdate()
    found: dict[int, list[Item]] = {}
    for task in owed_tasks(institutions):
        if call := last_call(task.due_on, today):
            found.setdefault(task.institution.pk, []).append(Item(task, call))
    return found


def _remind(person: User, items: list[Item]) -> int:
    """Of how many reports the person was reminded; of none, where that was done before."""
    if not items:
        return 0
    key = f"{NoticeKind.REMINDER}:{max(item.call for item in items)}"
    if _newest_key(person) >= key:
        return 0
    told = tell(
        [person],
        NoticeKind.REMINDER,
        key=key,
        template="indicators/mail/reminder",
        path=reverse("indicators:pending"),
        context={"items": sorted(items, key=lambda item: item.group), "late": sum(i.task.is_late for i in items)},
    )
    return len(items) if told else 0


def _newest_key(person: User) -> str:
    """Keys end in the day of their call, so that the newest is the last in order."""
    reminders = Notice.objects.for_person(person).filter(kind=NoticeKind.REMINDER)
    return reminders.aggregate(newest=Max("key"))["newest"] or ""


@transaction.atomic
def _write_down(reminded: Reminded) -> None:
    plan = Plan.objects.current()
    if plan is not None:
        audit.record(Verb.REMINDED, plan, by=None, people=reminded.people, reports=reminded.reports)
