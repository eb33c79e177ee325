"""Conservación: for how many years the files of each classification are kept."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from indicators.agreements.errors import AgreementError
from indicators.agreements.sheets import write
from indicators.enums import Classification
from indicators.models import RetentionRule
from plan.models import Agreement, Plan, User


def rules_in_force(plan: Plan) -> dict[str, RetentionRule]:
    """By classification, that of the newest acta; a classification without one is kept for good."""
    rows = RetentionRule.objects.filter(agreement__plan=plan).select_related("agreement")
    return {row.classification: row for row in rows.order_by("agreement__agreed_on", "recorded_at", "pk")}


@transaction.atomic
def set_retention(
    agreement: Agreement,
    years: Mapping[Classification, int],
    *,
    reason: str,
    by: User,
    address: str | None = None,
) -> None:
    """Set the years of these classifications; the same years twice are the same rule.

    Raises AgreementError if the acta has set one of them otherwise.
    """
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    own = dict(agreement.retention_rules.values_list("classification", "years"))
    for name in years:
        if own.get(name, years[name]) != years[name]:
            raise AgreementError("Esta acta ya fija este plazo. Para cambiarlo registre otra acta.", name)
    at = timezone.now()
    rows = (
        RetentionRule(classification=name, years=count, agreement=agreement, reason=reason, recorded_at=at)
        for name, count in years.items()
        if name not in own
    )
    write(rows, by=by, address=address)
