"""Which editions of the year were corrected, by which, and why."""

from datetime import datetime

from plan.models import Plan
from reports.facts.parts import ErrataLine
from reports.models import IssuedReport


def errata_of_year(plan: Plan, year: int, known_at: datetime) -> tuple[ErrataLine, ...]:
    """Corrections emitted by `known_at` of documents whose corte lies in the year, in order of their folios."""
    corrections = IssuedReport.objects.filter(
        plan=plan, replaces__isnull=False, as_of__year=year, issued_at__lte=known_at
    )
    ordered = corrections.select_related("replaces").order_by("folio_year", "folio_number")
    return tuple(ErrataLine(row.folio, row.replaces.folio, row.document, row.errata) for row in ordered if row.replaces)
