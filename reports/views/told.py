"""Figures for programs."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import JsonResponse

from reports.forms import DatesForm


def told_of(dates: DatesForm, answer: Callable[[], dict]) -> JsonResponse:
    """Whoever asks for dates that cannot be is told so, instead of the figures of other dates."""
    if dates.is_valid():
        body, status = answer(), HTTPStatus.OK
    else:
        body, status = {"errors": dates.refusals}, HTTPStatus.BAD_REQUEST
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
