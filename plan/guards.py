"""Who may open a page: the views of every app are guarded with the predicates of plan.access."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.http.response import HttpResponseBase

from plan.http import PortalRequest
from plan.models import User

View = Callable[..., HttpResponseBase]


def role_required(predicate: Callable[[User], bool]) -> Callable[[View], View]:
    """Guard a view with a predicate; to others the page does not exist (SECURITY, Access 2)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PortalRequest, *args, **kwargs) -> HttpResponseBase:
            if not predicate(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
