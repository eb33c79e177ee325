"""What happens to one period: it opens, by its date or before; its term is extended; it closes."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indicators.asked import asked_duties
from indicators.enums import PeriodState
from indicators.models import PeriodExtension, ReportingPeriod
from indicators.notices import focal_points
from indicators.workflow import NotAllowedError
from plan import audit
from plan.enums import NoticeKind, Verb
from plan.models import Institution, Notice, User
from plan.notices import tell


@transaction.atomic
def open_now(period: ReportingPeriod, *, by: User, address: str | None = None) -> None:
    """Open a period before its date and tell it. Raises NotAllowedError if it is open or has not begun."""
    today = timezone.localdate()
    if period.starts_on > today:
        raise NotAllowedError("El período todavía no comienza: no hay qué informar.")
    waiting = ReportingPeriod.objects.filter(pk=period.pk, state=PeriodState.SCHEDULED, opens_on__gt=today)
    if not waiting.update(state=PeriodState.OPEN, opens_on=today):
        raise NotAllowedError("El período ya está abierto o cerrado.")
    period.refresh_from_db()
    audit.record(Verb.OPENED, period, by=by, address=address)
    announce_opened(period)


@transaction.atomic
def announce_opened(period: ReportingPeriod) -> list[Notice]:
    """Tell the puntos focales of the institutions that owe something in an open period, each person once.

    To be called daily for every period that accepts reports: one that has opened by its date is written down as open.
    Nobody is told of a period whose term has passed. Returns the new notices.
    """
    today = timezone.localdate()
    if not period.is_accepting(today):
        return []
    if ReportingPeriod.objects.filter(pk=period.pk, state=PeriodState.SCHEDULED).update(state=PeriodState.OPEN):
        audit.record(Verb.OPENED, period, by=None)
    if today > period.due_on:
        return []
    return tell(
        focal_points(*{duty.institution for _, duty in asked_duties([period]) if duty.is_owed}),
        NoticeKind.OPENED,
        key=f"opened:{period.pk}",
        template="indicators/mail/opened",
        path=reverse("indicators:pending"),
        context={"period": period},
    )


@transaction.atomic
def extend(
    period: ReportingPeriod,
    institutions: Iterable[Institution],
    *,
    due_on: date,
    reason: str,
    by: User,
    address: str | None = None,
) -> list[PeriodExtension]:
    """Give each institution whose term ends earlier until `due_on`, and tell its puntos focales.

    Raises NotAllowedError if the period does not accept reports, or if nobody's term ends earlier.
    """
    held = ReportingPeriod.objects.held().get(pk=period.pk)
    if not held.is_accepting(timezone.localdate()):
        raise NotAllowedError("Solo un período abierto admite prórrogas.")
    earlier = [institution for institution in institutions if held.due_on_for(institution) < due_on]
    if not earlier:
        raise NotAllowedError("Ya rige un plazo igual o posterior: elija una fecha más tarde.")
    granted = [
        PeriodExtension.objects.create(
            period=period, institution=institution, due_on=due_on, reason=reason, granted_by=by
        )
        for institution in earlier
    ]
    named = [institution.pk for institution in earlier]
    audit.record(Verb.EXTENDED, period, by=by, address=address, due_on=due_on.isoformat(), institutions=named)
    for extension in granted:
        _tell_extended(extension)
    return granted


def _tell_extended(extension: PeriodExtension) -> None:
    tell(
        focal_points(extension.institution),
        NoticeKind.EXTENDED,
        key=f"extended:{extension.pk}",
        template="indicators/mail/extended",
        path=reverse("indicators:pending"),
        context={"extension": extension},
    )


@transaction.atomic
def close(period: ReportingPeriod, *, by: User, address: str | None = None) -> None:
    """Take no more first reports: drafts stay, and what was not sent is missing. What was sent goes on.

    Raises NotAllowedError if the period is not open. Whoever is submitting at this moment either comes first, and
    counts, or is refused (workflow.submit holds the same row).
    """
    held = ReportingPeriod.objects.held().get(pk=period.pk)
    if not held.is_accepting(timezone.localdate()):
        raise NotAllowedError("El período ya está cerrado o todavía no abre.")
    held.state, held.closed_at = PeriodState.CLOSED, timezone.now()
    held.save(update_fields=["state", "closed_at"])
    audit.record(Verb.CLOSED, period, by=by, address=address)
