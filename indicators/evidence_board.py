"""Everything that stands filed in a report, medio by medio: what counts, what was, what else it proves, what may be
used again. Three queries, whatever the number of files."""

from dataclasses import dataclass
from functools import cached_property

from indicators.enums import ReportState
from indicators.models import Evidence, MeansOfVerification, ProgressReport, StoredFile

#: Files of the institution that a page offers to use again, the newest.
SHELF = 50


@dataclass(frozen=True)
class PastEvidence:
    """What a medio had: taken out by a person, and by what it was replaced, if it was."""

    evidence: Evidence
    successor: Evidence | None


class EvidenceBoard:
    """The evidence of a report as its page shows it."""

    def __init__(self, report: ProgressReport):
        self.report = report

    @cached_property
    def _everything(self) -> list[Evidence]:
        return list(self.report.evidence.select_related("file", "issuer", "means", "removed_by"))

    @cached_property
    def shelf(self) -> list[StoredFile]:
        """The newest files of the institution that have not been erased."""
        return list(StoredFile.objects.for_institution(self.report.institution).filter(erased_at=None)[:SHELF])

    @cached_property
    def _uses(self) -> dict[int, list[Evidence]]:
        """By file, everything that it proves."""
        shown = {e.file_id for e in self._everything if e.file_id} | {file.pk for file in self.shelf}
        uses = Evidence.objects.in_draft().filter(file__in=shown).exclude(report__state=ReportState.ANNULLED)
        found: dict[int, list[Evidence]] = {}
        for use in uses.select_related("means__action", "report__period").order_by("-report__period__starts_on", "pk"):
            found.setdefault(use.file_id or 0, []).append(use)
        return found

    def filed(self, means: MeansOfVerification) -> list[Evidence]:
        return [e for e in self._everything if e.means_id == means.pk and e.removed_at is None]

    def history(self, means: MeansOfVerification) -> list[PastEvidence]:
        """What the medio had before, newest first."""
        successors = {e.replaces_id: e for e in self._everything}
        gone = [e for e in self._everything if e.means_id == means.pk and e.removed_at]
        return [PastEvidence(e, successors.get(e.pk)) for e in reversed(gone)]

    def also_proves(self, evidence: Evidence) -> list[str]:
        """Where else the file of this evidence counts."""
        uses = self._uses.get(evidence.file_id or 0, [])
        return [self._place(use) for use in uses if (use.report_id, use.means_id) != _place_of(evidence)]

    def reusable(self, means: MeansOfVerification) -> list[tuple[str, str]]:
        """Files that the medio does not have yet, by their public id, each with the first place where it counts."""
        here = {e.file_id for e in self.filed(means)}
        return [(str(file.public_id), self.describe(file)) for file in self.shelf if file.pk not in here]

    def describe(self, file: StoredFile) -> str:
        """A file in a line, such as "lista.pdf · 9f2c…41ab · 1.1.2 medio 2 (2.º semestre 2016, aprobado)"."""
        places = [self._place(use) for use in self._uses.get(file.pk, [])]
        return " · ".join([file.name, file.short_hash, *places[:1]])

    def _place(self, use: Evidence) -> str:
        medio = f"{use.means.action.code} medio {use.means.number}"
        if use.report_id == self.report.pk:
            return f"{medio} (este reporte)"
        return f"{medio} ({use.report.period.name}, {use.report.get_state_display().lower()})"


def _place_of(evidence: Evidence) -> tuple[int, int]:
    return evidence.report_id, evidence.means_id
