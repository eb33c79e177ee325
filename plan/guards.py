"""Who may open a page: the views of every app are guarded with the predicates of plan.access."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from plan.models import User

View = Callable[..., HttpResponse]


def role_required(predicate: Callable[[User], bool]) -> Callable[[View], View]:
    """Guard a view with a predicate; to others the page does not exist (SECURITY, Access 2)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not predicate(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
