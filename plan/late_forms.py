"""A form that arrives after its session has ended: its text waits in the next session until its page shows it again.

Only text is kept, and only so much of it; chosen files have to be chosen again. Django keeps the data of a session
when a person signs in, and drops them when another person does.
"""

from django.contrib import messages
from django.http import HttpRequest, QueryDict

KEPT = "late_form"
#: Letters: above the longest form that people type.
LONGEST = 100_000


def keep(request: HttpRequest, page: str) -> bool:
    """Keep what was posted for the page at this address; False where there is nothing to keep, or too much."""
    typed = {name: texts for name, texts in request.POST.lists() if name != "csrfmiddlewaretoken"}
    length = sum(len(text) for texts in typed.values() for text in texts)
    if not typed or length > LONGEST:
        return False
    request.session[KEPT] = {"page": page, "typed": typed}
    return True


def waiting_for(request: HttpRequest, page: str) -> QueryDict | None:
    """What waits for this page."""
    kept = request.session.get(KEPT)
    if kept is None or kept["page"] != page:
        return None
    data = QueryDict(mutable=True)
    for name, texts in kept["typed"].items():
        data.setlist(name, texts)
    return data


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What was posted; or, when the page is opened, what came too late for it, for the person to save or not."""
    if request.method == "POST":
        return request.POST
    late = waiting_for(request, request.path)
    if late is not None:
        messages.warning(request, "Esto es lo que escribió antes de que terminara su sesión. Revíselo y guárdelo.")
    return late


def forget(request: HttpRequest) -> None:
    """What waited has been saved."""
    request.session.pop(KEPT, None)
