"""Two editions side by side, for whoever may read both."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plan import access
from plan.guards import role_required
from plan.http import PortalRequest
from reports.editions.comparing import compare as compared
from reports.editions.frozen import AlteredSnapshotError, frozen_facts
from reports.forms.comparison import ComparisonForm
from reports.models import IssuedReport
from reports.views.edition_data import ALTERED


@require_safe
@role_required(access.may_read_plan)
def compare(request: PortalRequest) -> HttpResponse:
    editions = list(IssuedReport.objects.visible_to(request.user).printed().select_related("plan", "replaces"))
    form = ComparisonForm(editions, request.GET)
    context = {"form": form, "editions": editions}
    if form.is_valid():
        context |= _told(request, editions, form)
    return render(request, "reports/editions/compare.html", context)


def _told(request: PortalRequest, editions: list[IssuedReport], form: ComparisonForm) -> dict:
    then, now = form.chosen
    try:
        comparison = compared(frozen_facts(then), frozen_facts(now))
    except AlteredSnapshotError:
        messages.error(request, ALTERED)
        return {}
    between = [edition for edition in editions if edition.errata and _lies_between(edition, then, now)]
    return {
        "then": then,
        "now": now,
        "both": [{"when": "Entonces", "row": then}, {"when": "Ahora", "row": now}],
        "comparison": comparison,
        "whole": [comparison.whole],
        "only_changed": form.cleaned_data["solo"],
        "errata": sorted(between, key=lambda edition: edition.issued_at),
    }


def _lies_between(edition: IssuedReport, then: IssuedReport, now: IssuedReport) -> bool:
    """A correction of the same document emitted after the older of the two, the newer one included."""
    first, last = sorted((then.issued_at, now.issued_at))
    same = (edition.plan_id, edition.axis_number) == (now.plan_id, now.axis_number)
    return same and first < edition.issued_at <= last
