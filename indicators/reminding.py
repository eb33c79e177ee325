"""The reminder that the secretaría técnica sends by hand to who still owes something in a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indicators.models import ReportingPeriod
from indicators.notices import focal_points
from indicators.queries.owed import OwedReport, Owing, owed_sheet
from plan import audit
from plan.enums import NoticeKind, Verb
from plan.models import Institution, User
from plan.notices import tell


@dataclass(frozen=True)
class Nudge:
    """What a reminder came to for one institution: how many puntos focales it has, and how many were told now."""

    institution: Institution
    people: int
    told: int


@dataclass(frozen=True)
class Item:
    """One thing to do, as the mail lists it, with the address where it is done."""

    owed: OwedReport
    url: str


@transaction.atomic
def remind(
    institutions: Iterable[Institution], period: ReportingPeriod, *, by: User, address: str | None = None
) -> list[Nudge]:
    """Tell the puntos focales of these institutions what of the period waits for them, never twice on a day.

    Institutions for which nothing waits are left out. A period that takes no first reports, because it has not opened
    or is closed, still asks for the corrections of what was sent.
    """
    wanted = {institution.pk for institution in institutions}
    rows = [row for row in owed_sheet(period).rows if row.institution.pk in wanted and to_do(row, period)]
    return [_remind(row, period, by, address) for row in rows]


def to_do(owing: Owing, period: ReportingPeriod) -> list[OwedReport]:
    """What the institution can still do for the period."""
    takes_first_reports = period.is_accepting(timezone.localdate())
    return [one for one in owing.waiting if takes_first_reports or one.is_made]


def _remind(row: Owing, period: ReportingPeriod, by: User, address: str | None) -> Nudge:
    people = focal_points(row.institution)
    items = [Item(one, _url(one)) for one in to_do(row, period)]
    told = tell(
        people,
        NoticeKind.REMINDER,
        key=f"nudge:{period.pk}:{row.institution.pk}:{timezone.localdate()}",
        template="indicators/mail/nudge",
        path=reverse("indicators:pending"),
        context={"institution": row.institution, "period": period, "items": items},
    )
    if told:
        audit.record(Verb.REMINDED, row.institution, by=by, address=address, period=period.pk, people=len(told))
    return Nudge(row.institution, len(people), len(told))


def _url(owed: OwedReport) -> str:
    """The form of the report, or the list from which it is begun."""
    if owed.report and owed.report.is_editable:
        return urljoin(settings.SITE_URL, reverse("indicators:edit_report", args=[owed.report.pk]))
    return urljoin(settings.SITE_URL, reverse("indicators:pending"))
