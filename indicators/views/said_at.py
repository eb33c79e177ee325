"""What is said at its medio and not at the head of the page, for the page comes back there."""

from collections.abc import Iterable
from itertools import groupby

from django.contrib import messages
from django.contrib.messages.storage.base import Message

from indicators.anchors import anchor
from indicators.enums import EvidenceKind
from indicators.models import Evidence, MeansOfVerification
from plan.http import PortalRequest

#: One, and several.
ADDED = {
    EvidenceKind.FILE: ("Archivo agregado", "archivos agregados"),
    EvidenceKind.LINK: ("Enlace agregado", "enlaces agregados"),
    EvidenceKind.ATTESTATION: ("Oficio agregado", "oficios agregados"),
}


def say_at(request: PortalRequest, means: MeansOfVerification, text: str) -> None:
    messages.success(request, text, extra_tags=anchor(means))


def say_added(request: PortalRequest, added: list[Evidence]) -> None:
    for (means, kind), pieces in groupby(added, key=lambda evidence: (evidence.means, evidence.kind)):
        one, several = ADDED[EvidenceKind(kind)]
        count = len(list(pieces))
        say_at(request, means, f"{one if count == 1 else f'{count} {several}'} al medio {means.number}.")


def say_removed(request: PortalRequest, evidence: Evidence) -> None:
    """And where it can be found again."""
    text = f"Quitó {evidence.label}. Queda en el historial de este medio"
    again = "; puede volver a agregarlo desde «Usar un archivo ya guardado»." if evidence.file else "."
    say_at(request, evidence.means, text + again)


def by_place(said: Iterable[Message]) -> dict[str, list[Message]]:
    """By the anchor of the medio; under an empty one what is said at the head."""
    found: dict[str, list[Message]] = {}
    for message in said:
        found.setdefault(message.extra_tags or "", []).append(message)
    return found
