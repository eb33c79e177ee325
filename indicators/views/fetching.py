"""How views fetch what they act on: what is not visible does not exist (SECURITY, Access 2)."""

from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import get_object_or_404

from indicators.models import ProgressReport, Question, Submission


def own_report_or_404(user, pk: int) -> ProgressReport:
    """A report of the person's own institution, or one that the secretaría técnica records on behalf of another, and
    whether it has questions."""
    mine = ProgressReport.objects.visible_to(user).in_hands_of(user)
    asked = Question.objects.filter(report=OuterRef("pk"))
    return get_object_or_404(mine.with_parties().annotate(has_questions=Exists(asked)), pk=pk)


def visible_report_or_404(user, pk: int) -> ProgressReport:
    """A report with its rounds, which every rule about who may do what with it asks for."""
    rounds = Prefetch("submissions", Submission.objects.select_related("endorsement"))
    return get_object_or_404(ProgressReport.objects.visible_to(user).with_parties().prefetch_related(rounds), pk=pk)
