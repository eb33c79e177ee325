"""How views fetch what they act on: what is not visible does not exist (SECURITY, Access 2)."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404

from indicators.models import ProgressReport
from plan import access


def role_required(predicate: Callable[..., bool]):
    """Guard a view with one of the predicates of plan.access; to others the page does not exist."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not predicate(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def own_report_or_404(user, pk: int) -> ProgressReport:
    """A report of the person's own institution."""
    mine = ProgressReport.objects.visible_to(user).filter(institution__in=access.institution_ids(user))
    return get_object_or_404(mine.with_parties(), pk=pk)


def visible_report_or_404(user, pk: int) -> ProgressReport:
    return get_object_or_404(ProgressReport.objects.visible_to(user).with_parties(), pk=pk)
