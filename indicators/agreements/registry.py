"""The acta itself: who agreed, when, what, and the document that says so."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from indicators.agreements.errors import AgreementError, StaleSheetError
from indicators.agreements.under import entered_under
from plan import audit
from plan.enums import AgreementBody, Verb
from plan.files.checks import check_upload
from plan.files.storage import discard, store
from plan.models import Agreement, Institution, Plan, Subcommission, User

#: What other rows rest on: it stays as it is once something was entered under the acta.
IDENTITY = frozenset({"body", "subcommission_id", "number", "agreed_on", "file_sha256"})
REPEATED = "Ya existe un acta con este número."


@dataclass(frozen=True)
class Content:
    """What is said of an acta; without `upload` its document stays as it is."""

    subcommission: Subcommission | None
    number: int
    agreed_on: date
    summary: str
    resolutions: str
    attendees: tuple[Institution, ...]
    upload: UploadedFile | None = None

    @property
    def fields(self) -> dict:
        body = AgreementBody.SUBCOMMISSION if self.subcommission else AgreementBody.MESA
        plain = {name: getattr(self, name) for name in ("number", "agreed_on", "summary", "resolutions")}
        return {"body": body, "subcommission_id": self.subcommission and self.subcommission.pk, **plain}


def register(plan: Plan, content: Content, *, by: User, address: str | None = None) -> Agreement:
    """Enter an acta with its document.

    Raises AgreementError for a number that the body has used, FileError for a document that cannot be kept.
    """
    with _document(content.upload) as file, _number_once(), transaction.atomic():
        agreement = Agreement.objects.create(plan=plan, recorded_by=by, **content.fields, **file)
        agreement.attendees.set(content.attendees)
        audit.record(Verb.CREATED, agreement, by=by, address=address, number=content.number, hash=agreement.file_sha256)
    return agreement


def change(agreement: Agreement, content: Content, *, seen: str, by: User, address: str | None = None) -> list[str]:
    """Correct an acta; returns the names of the fields that changed.

    `seen` is `fingerprint` of the page: raises StaleSheetError if somebody changed the acta since, AgreementError if
    its number, date, body or document would change although something was entered under it.
    """
    with _document(content.upload) as file, _number_once(), transaction.atomic():
        current = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if fingerprint(current) != seen:
            raise StaleSheetError
        changed = [name for name, value in (content.fields | file).items() if getattr(current, name) != value]
        if IDENTITY & set(changed) and not entered_under(current).is_empty:
            raise AgreementError(
                "Ya se ingresó algo bajo esta acta: su órgano, número, fecha y documento no cambian.", "number"
            )
        Agreement.objects.filter(pk=agreement.pk).update(**content.fields, **file)
        if file and current.file_storage_name:
            transaction.on_commit(partial(discard, current.file_storage_name))
        if set(current.attendees.all()) != set(content.attendees):
            current.attendees.set(content.attendees)
            changed.append("attendees")
        if changed:
            audit.record(Verb.CHANGED, agreement, by=by, address=address, fields=changed, before=seen)
    return changed


def fingerprint(agreement: Agreement) -> str:
    """What an acta says, as a short digest: whoever changes it says which version they had before them."""
    attendees = sorted(agreement.attendees.values_list("pk", flat=True))
    texts = (agreement.summary, agreement.resolutions, agreement.file_sha256)
    said = [agreement.number, agreement.agreed_on.isoformat(), agreement.subcommission_id, *texts, attendees]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


@contextmanager
def _document(upload: UploadedFile | None) -> Iterator[dict]:
    """The fields of the document, whose bytes are kept before the row and discarded if the row fails."""
    if upload is None:
        yield {}
        return
    checked = check_upload(upload)
    name = store(upload, checked.sha256)
    try:
        yield {"file_name": checked.display_name, "file_storage_name": name, "file_sha256": checked.sha256}
    except BaseException:
        discard(name)
        raise


@contextmanager
def _number_once() -> Iterator[None]:
    """Of two that register the same number at once, the second is told."""
    try:
        yield
    except IntegrityError as error:
        raise AgreementError(REPEATED, "number") from error
