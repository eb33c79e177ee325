"""Where each role works: the entries of the menu and the start page after login."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from plan import access
from plan.enums import Role


@dataclass(frozen=True)
class Entry:
    label: str
    icon: str
    url_name: str
    is_for: Callable[..., bool]
    is_desk: bool = False
    #: Another page that belongs to it.
    further: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    icon: str
    url: str
    is_current: bool
    within: tuple["Link", ...] = ()


#: Entries of the desk stand together behind one, in a second row, for whoever has more of them than these beside
#: other work.
FEW = 2

ENTRIES = (
    Entry("Mis pendientes", "inbox", "indicators:pending", access.is_focal_point),
    Entry("Revisión", "clipboard-check", "indicators:review_queue", access.is_technical),
    Entry("Tablero", "layout-text-window-reverse", "reports:board", access.may_read_plan),
    Entry("Plan", "list-nested", "reports:plan", access.may_read_plan, further="reports:territory"),
    Entry("Informes", "file-earmark-text", "reports:index", access.may_read_plan),
    Entry("Quién debe", "grid-3x3-gap", "indicators:owed", access.is_secretariat, is_desk=True),
    Entry("Períodos", "calendar-range", "indicators:periods", access.is_secretariat, is_desk=True),
    Entry("Actas", "journal-text", "indicators:agreements", access.may_read_agreements, is_desk=True),
    Entry("Carga histórica", "archive", "indicators:records", access.is_technical, is_desk=True),
    Entry("Universos", "people-fill", "indicators:universes", access.keeps_universes, is_desk=True),
    Entry("Preguntas", "question-circle", "indicators:questions", access.is_technical, is_desk=True),
    Entry("Correos", "envelope", "plan:sent_notices", access.is_technical, is_desk=True),
    Entry("Personas", "people", "plan:people", access.reads_people, is_desk=True),
    Entry("Instituciones", "building", "plan:institutions", access.reads_people, is_desk=True),
    Entry("Bitácora", "journal-text", "log", access.reads_people, is_desk=True),
)

#: The first that the person holds decides where the work starts.
START_PAGES = (
    (Role.FOCAL_POINT, "indicators:pending"),
    (Role.TECHNICAL, "indicators:review_queue"),
    (Role.EXECUTIVE, "reports:board"),
    (Role.COORDINATOR, "reports:board"),
    (Role.OBSERVER, "reports:board"),
    (Role.ADMINISTRATOR, "plan:people"),
)


def start_page(user) -> str | None:
    """Name of the URL of the person's own work; None without an appointment in force."""
    roles = access.roles_of(user)
    return next((url_name for role, url_name in START_PAGES if role in roles), None)


def links(request: HttpRequest) -> list[Link]:
    """The menu of the person who asks."""
    own = [entry for entry in ENTRIES if entry.is_for(request.user)]
    desk = tuple(_link(entry, request.path) for entry in own if entry.is_desk)
    if len(desk) <= FEW or len(desk) == len(own):
        return [_link(entry, request.path) for entry in own]
    is_at_desk = any(link.is_current for link in desk)
    return [
        *[_link(entry, request.path) for entry in own if not entry.is_desk],
        Link("Gestión", "sliders", desk[0].url, is_at_desk, desk),
    ]


def _link(entry: Entry, path: str) -> Link:
    url = reverse(entry.url_name)
    pages = (url, reverse(entry.further)) if entry.further else (url,)
    return Link(entry.label, entry.icon, url, is_current=path.startswith(pages))
