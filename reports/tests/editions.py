"""Editions for stories about what becomes of them: emitted at once from the plan of `story`."""

from datetime import date

from django.utils import timezone

from plan.models import User
from reports.documents.making import Order
from reports.editions.issuing import Correction, issue
from reports.models import IssuedReport
from reports.tests.world import CUT_OFF


def emit(by: User, plan, cut_off: date = CUT_OFF, axis_number: int | None = 1, **correction) -> IssuedReport:
    """Of an eje, or of the plan in the year of the corte; `former` and `errata` make it a correction."""
    year = None if axis_number else cut_off.year
    order = Order(plan, cut_off, timezone.now(), axis_number, year)
    edition = issue(order, by=by, correction=Correction(**correction) if correction else None)
    edition.refresh_from_db()
    return edition
