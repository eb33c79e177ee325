"""Taking in the evidence that came with a page: each piece on its own, each problem at its medio."""

from indicators import filing
from indicators.enums import Classification
from indicators.forms.entry import ReportEntry
from indicators.forms.report import AttestationForm
from plan.files.errors import FileError
from plan.models import User


def receive_evidence(entry: ReportEntry, *, by: User, address: str) -> None:
    """File everything that the evidence forms of the entry bring; what cannot be filed becomes an error of its form."""
    _reclassify(entry, by, address)
    for form in entry.evidence:
        if form.is_valid():
            _receive(entry, form, by, address)
            form.filed = list(
                entry.report.evidence.in_draft().filter(means=form.means).select_related("file", "issuer")
            )


def _receive(entry: ReportEntry, form, by: User, address: str) -> None:
    if isinstance(form, AttestationForm):
        if form.cleaned_data.get("document_number"):
            _attempt(
                form,
                None,
                filing.add_attestation,
                entry.report,
                form.means,
                by=by,
                address=address,
                **form.cleaned_data,
            )
        return
    for upload in form.cleaned_data["uploads"]:
        _attempt(form, "uploads", filing.file_upload, entry.report, form.means, upload, by=by, address=address)
    if form.cleaned_data["url"]:
        _attempt(
            form, "url", filing.add_link, entry.report, form.means, form.cleaned_data["url"], by=by, address=address
        )


def _attempt(form, field: str | None, act, *args, **kwargs) -> None:
    try:
        act(*args, **kwargs)
    except FileError as error:
        name = getattr(args[2], "name", "") if len(args) > 2 else ""
        form.add_error(field, f"{name}: {error.message}" if name else error.message)


def _reclassify(entry: ReportEntry, by: User, address: str) -> None:
    """Apply the classification chosen for each file of the page, where it changed."""
    for form in entry.evidence:
        for evidence in form.filed:
            chosen = entry.main.data.get(f"class-{evidence.pk}", "")
            if evidence.file and chosen in Classification.values and chosen != evidence.file.classification:
                _attempt(form, None, filing.classify, evidence.file, Classification(chosen), by=by, address=address)
