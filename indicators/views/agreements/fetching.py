"""How these views fetch what they act on: what is not visible does not exist (SECURITY, Access 2)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from indicators.agreements.sheets import axes_of
from plan.models import Agreement, Axis, User


def agreement_or_404(user: User, pk: int) -> Agreement:
    around = Agreement.objects.visible_to(user).select_related("plan", "subcommission__axis", "recorded_by")
    return get_object_or_404(around.prefetch_related("plan__axes"), pk=pk)


def axis_or_404(agreement: Agreement, number: int) -> Axis:
    """An eje that the acta may be about."""
    for axis in axes_of(agreement):
        if axis.number == number:
            return axis
    raise Http404
