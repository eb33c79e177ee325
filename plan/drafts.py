"""A form that saves itself while somebody types: how an opened page knows its own saves, and who saved in between."""

from django.utils import timezone

from plan.models import User

#: Field with the name by which one opened page knows its own saves, and that of the page that it reloaded; the script
#: draws them.
PAGE = "page"


def share_a_page(stored: str, posted: str) -> bool:
    """Whether a stored draft is an earlier save of the page that posts, whose answer may have got lost on the way."""
    return not set(stored.split()).isdisjoint(posted.split())


def told_who_saved(reader: User, by: User, at) -> str:
    who = "usted, en otra pestaña o equipo," if by == reader else by
    return f"Lo guardó {who} a las {clock(at)}."


def clock(moment) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
