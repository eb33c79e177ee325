"""How views fetch what they act on: what is not visible does not exist (SECURITY, Access 2)."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from indicators.models import ProgressReport, Submission
from plan import access


def own_report_or_404(user, pk: int) -> ProgressReport:
    """A report of the person's own institution, with its rounds."""
    mine = ProgressReport.objects.visible_to(user).filter(institution__in=access.institution_ids(user))
    rounds = Prefetch("submissions", Submission.objects.select_related("decision"))
    return get_object_or_404(mine.with_parties().prefetch_related(rounds), pk=pk)


def visible_report_or_404(user, pk: int) -> ProgressReport:
    return get_object_or_404(ProgressReport.objects.visible_to(user).with_parties(), pk=pk)
