"""Filing evidence against the medios de verificación of a report (SECURITY, Evidence files)."""

from datetime import date
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators import permissions, previews
from indicators.enums import Classification, EvidenceKind
from indicators.models import Evidence, MeansOfVerification, ProgressReport, StoredFile
from plan import audit
from plan.enums import Verb
from plan.files.checks import CheckedFile, check_upload
from plan.files.errors import FileError
from plan.files.storage import discard, store
from plan.models import Institution, User

RESERVED_MEANS = "Este medio es reservado: no recibe archivos ni enlaces, solo la certificación por oficio."
ALREADY_HERE = "Este archivo ya está en este medio: no se guardó dos veces."
ALREADY_GONE = "El archivo que quería reemplazar ya fue quitado o reemplazado."
CLOSED = "Este reporte ya no recibe evidencia."


class FilingError(FileError):
    """Evidence that cannot be filed in this place; `message` is a Spanish sentence for the field."""


class AlreadyHereError(FilingError):
    """The medio has this file already: what a retry asks for is done."""

    def __init__(self) -> None:
        super().__init__(ALREADY_HERE)


def file_upload(
    report: ProgressReport,
    means: MeansOfVerification,
    upload: UploadedFile,
    *,
    by: User,
    address: str | None = None,
    replaces: Evidence | None = None,
) -> Evidence:
    """Check a file, keep its bytes durably and link it to the medio, in the place of `replaces` where it is given.

    The bytes are on disk before the row is committed, so an acknowledged file is never lost; if the row fails, the
    bytes are discarded. A file that the institution already has is linked, not stored again. Raises FileError with a
    sentence for the user: FilingError (AlreadyHereError where the medio has it), FileRejected or StorageUnavailable.
    """
    _require_open_to_files(report, means, by)
    checked = check_upload(upload)
    link = partial(_link, report, means, by, address, replaces)
    if known := _known(report, checked):
        return link(known)
    storage_name = store(upload, checked.sha256)
    try:
        with transaction.atomic():
            return link(_keep(report, means, checked, storage_name, by))
    except BaseException as error:
        discard(storage_name)
        # The same bytes arrived twice at the same moment: the other request keeps them, this one links them.
        if isinstance(error, IntegrityError) and (known := _known(report, checked)):
            return link(known)
        raise


def link_stored(
    report: ProgressReport, means: MeansOfVerification, file: StoredFile, *, by: User, address: str | None = None
) -> Evidence:
    """Let a file that the institution has already prove this medio too.

    Raises FilingError for a reserved medio, a file of somebody else or one erased, and AlreadyHereError.
    """
    _require_open_to_files(report, means, by)
    if file.owner_id != report.institution_id or file.erased_at:
        raise FilingError("Este archivo no está disponible.")
    return _link(report, means, by, address, None, file)


def add_link(
    report: ProgressReport, means: MeansOfVerification, url: str, *, by: User, address: str | None = None
) -> Evidence:
    """Link a public address to the medio; sent again, it is the same evidence.

    Raises FilingError for a reserved medio.
    """
    _require_open_to_files(report, means, by)
    known = report.evidence.in_draft().filter(means=means, url=url).first()
    return known or _add(report, means, by, address, kind=EvidenceKind.LINK, url=url)


def add_attestation(
    report: ProgressReport,
    means: MeansOfVerification,
    *,
    document_number: str,
    document_date: date,
    issuer: Institution,
    attested_count: int | None,
    by: User,
    address: str | None = None,
) -> Evidence:
    """File the oficio by which an institution certifies what may not be shown."""
    _require_writable(report, means, by)
    return _add(
        report,
        means,
        by,
        address,
        kind=EvidenceKind.ATTESTATION,
        document_number=document_number,
        document_date=document_date,
        issuer=issuer,
        attested_count=attested_count,
    )


@transaction.atomic
def remove(evidence: Evidence, *, by: User, address: str | None = None) -> None:
    """Take evidence out of the draft; what was submitted with it keeps it, and so does the history of the medio."""
    _require_writable(evidence.report, evidence.means, by)
    _take_out(evidence, by, address)


@transaction.atomic
def classify(file: StoredFile, classification: Classification, *, by: User, address: str | None = None) -> None:
    """Change who may read a file. Raises FilingError where personal data were found: such a file stays reserved."""
    if file.personal_data_count and classification != Classification.RESERVED:
        raise FilingError("El archivo contiene RUN o correos de personas: queda reservado. Suba una copia sin ellos.")
    file.classification = classification
    file.save(update_fields=["classification"])
    audit.record(Verb.CHANGED, file, by=by, address=address, classification=classification)


def default_classification(means: MeansOfVerification, personal_data_count: int) -> Classification:
    """Reserved where the medio is a list of people or the file shows personal data; internal otherwise."""
    is_personal = means.lists_people or personal_data_count > 0
    return Classification.RESERVED if is_personal else Classification.INTERNAL


def _require_writable(report: ProgressReport, means: MeansOfVerification, by: User) -> None:
    if not permissions.may_write(by, report) or means.action_id != report.action_id:
        raise FilingError(CLOSED)


def _require_open_to_files(report: ProgressReport, means: MeansOfVerification, by: User) -> None:
    _require_writable(report, means, by)
    if means.reserved:
        raise FilingError(RESERVED_MEANS)


def _known(report: ProgressReport, checked: CheckedFile) -> StoredFile | None:
    """The file with these bytes that the institution has."""
    known = StoredFile.objects.for_institution(report.institution).filter(sha256=checked.sha256).first()
    if known and known.erased_at:
        raise FilingError("Este archivo se borró al cumplirse su plazo de conservación: no puede volver a subirse.")
    return known


@transaction.atomic
def _link(report, means, by: User, address: str | None, replaces: Evidence | None, file: StoredFile) -> Evidence:
    # A large file takes its time: meanwhile another page may have sent the report, or others have taken it over.
    if not permissions.may_write(by, ProgressReport.objects.select_for_update().get(pk=report.pk)):
        raise FilingError(CLOSED)
    if report.evidence.in_draft().filter(means=means, file=file).exists():
        raise AlreadyHereError
    if replaces and not _take_out(replaces, by, address):
        raise FilingError(ALREADY_GONE)
    if file.classification != Classification.RESERVED and (means.lists_people or _is_reserved(replaces)):
        classify(file, Classification.RESERVED, by=by, address=address)
    return _add(report, means, by, address, kind=EvidenceKind.FILE, file=file, replaces=replaces)


def _is_reserved(evidence: Evidence | None) -> bool:
    return bool(evidence and evidence.file and evidence.file.classification == Classification.RESERVED)


def _take_out(evidence: Evidence, by: User, address: str | None) -> bool:
    """Take evidence out of the draft, once; False where somebody has done so already."""
    evidence.removed_at, evidence.removed_by = timezone.now(), by
    in_draft = Evidence.objects.in_draft().filter(pk=evidence.pk)
    if not in_draft.update(removed_at=evidence.removed_at, removed_by=by):
        return False
    audit.record(Verb.REMOVED, evidence, by=by, address=address, report=evidence.report_id)
    if evidence.file:
        previews.forget_unless_seen(evidence.file)
    return True


def _keep(report, means, checked: CheckedFile, storage_name: str, by: User) -> StoredFile:
    found = checked.personal_data.runs + checked.personal_data.emails
    return StoredFile.objects.create(
        owner=report.institution,
        name=checked.display_name,
        storage_name=storage_name,
        sha256=checked.sha256,
        size=checked.size,
        content_type=checked.content_type,
        classification=default_classification(means, found),
        personal_data_count=found,
        uploaded_by=by,
    )


@transaction.atomic
def _add(report, means, by: User, address: str | None, **fields) -> Evidence:
    evidence = Evidence.objects.create(report=report, means=means, added_by=by, **fields)
    digest = evidence.file.sha256 if evidence.file else ""
    audit.record(
        Verb.UPLOADED,
        evidence,
        by=by,
        address=address,
        report=report.pk,
        means=means.pk,
        kind=evidence.kind,
        hash=digest,
    )
    return evidence
