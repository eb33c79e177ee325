"""Taking in the evidence that came with a page: each piece on its own, each problem at its medio."""

from collections.abc import Iterator
from contextlib import contextmanager

from indicators import filing
from indicators.enums import Classification
from indicators.forms.entry import ReportEntry
from indicators.forms.evidence import AttestationForm, MeansForm
from indicators.models import Evidence, ProgressReport
from plan.files.errors import FileError
from plan.models import User


def receive_evidence(entry: ReportEntry, *, by: User, address: str) -> None:
    """File everything that the evidence forms of the entry bring; what cannot be filed becomes an error of its form,
    and stays typed there."""
    for form in entry.evidence:
        is_valid = form.is_valid()
        _reclassify(entry, form, by, address)
        entry.added += _replace(entry.report, form, by, address)
        if is_valid:
            entry.added += _receive(entry.report, form, by, address)
    entry.renew_evidence()


def _receive(report: ProgressReport, form: MeansForm, by: User, address: str) -> Iterator[Evidence]:
    if isinstance(form, AttestationForm):
        yield from _receive_attestation(report, form, by, address)
    else:
        yield from _receive_files_and_link(report, form, by, address)


def _receive_attestation(report: ProgressReport, form: MeansForm, by: User, address: str) -> Iterator[Evidence]:
    if form.has_changed():
        with _told_at(form, None):
            yield filing.add_attestation(report, form.means, by=by, address=address, **form.cleaned_data)


def _receive_files_and_link(report: ProgressReport, form: MeansForm, by: User, address: str) -> Iterator[Evidence]:
    for upload in form.cleaned_data["uploads"]:
        with _told_at(form, "uploads", prefix=f"{upload.name}: "):
            yield filing.file_upload(report, form.means, upload, by=by, address=address)
    if url := form.cleaned_data["url"]:
        with _told_at(form, "url"):
            yield filing.add_link(report, form.means, url, by=by, address=address)
    if stored := form.cleaned_data["stored"]:
        with _told_at(form, "stored"):
            yield filing.link_stored(report, form.means, stored, by=by, address=address)


def _replace(report: ProgressReport, form: MeansForm, by: User, address: str) -> Iterator[Evidence]:
    """File what was chosen in the place of another file."""
    for old in form.filed:
        if upload := form.files.get(f"replace-{old.pk}"):
            with _told_at(form, None, prefix=f"{upload.name}: "):
                yield filing.file_upload(report, form.means, upload, by=by, address=address, replaces=old)


def _reclassify(entry: ReportEntry, form: MeansForm, by: User, address: str) -> None:
    """Apply the classification chosen for each file of a medio, where it changed."""
    for evidence in form.filed:
        chosen = entry.main.data.get(f"class-{evidence.pk}", "")
        if evidence.file and chosen in Classification.values and chosen != evidence.file.classification:
            with _told_at(form, None):
                filing.classify(evidence.file, Classification(chosen), by=by, address=address)


@contextmanager
def _told_at(form: MeansForm, field: str | None, prefix: str = "") -> Iterator[None]:
    """Turn a refusal into an error of the form, so that one wrong piece does not lose the others."""
    try:
        yield
    except FileError as error:
        form.add_error(field, prefix + error.message)
