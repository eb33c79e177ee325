"""Everything that stands filed in a report, medio by medio: what counts, what was, what else it proves, what may be
used again, files and oficios. One query, whatever the number of files, and one for who may certify."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from indicators.enums import EvidenceKind, ReportState
from indicators.models import Evidence, MeansOfVerification, ProgressReport, StoredFile
from plan.models import Institution

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
    def _rows(self) -> list[Evidence]:
        """All evidence of the report, the oficios of the institution in the period, and everything that its files and
        those of the shelf prove (on behalf, in this report). Every file was kept with a piece of evidence, so that no
        file of the shelf is missing."""
        own = Evidence.objects.filter(report=self.report, file__isnull=False).values("file")
        shelf = self.files.values("pk")[:SHELF]
        wanted = Q(report=self.report) | Q(file__in=own) | Q(file__in=shelf) | self._of_the_period
        parties = ("file", "issuer", "means__action", "removed_by", "report__period")
        rows = Evidence.objects.filter(wanted).select_related(*parties)
        return list(rows.filter(report=self.report) if self.report.is_on_behalf else rows)

    @property
    def _of_the_period(self) -> Q:
        siblings = Q(report__institution=self.report.institution, report__period=self.report.period)
        return siblings & Q(kind=EvidenceKind.ATTESTATION)

    @property
    def files(self):
        """What may be used again: files of the institution. A record on behalf knows only those it has itself, for
        the others are the institution's to show."""
        files = StoredFile.objects.for_institution(self.report.institution).filter(erased_at=None)
        if self.report.is_on_behalf:
            return files.filter(pk__in=Evidence.objects.filter(report=self.report).values("file"))
        return files

    @cached_property
    def issuers(self) -> dict[str, Institution]:
        """Who may certify, by the key that a form sends: the members of the Mesa, in its order."""
        members = Institution.objects.ever_seated_in(self.report.period.plan)
        return {str(member.pk): member for member in members}

    @cached_property
    def everything(self) -> list[Evidence]:
        return [evidence for evidence in self._rows if evidence.report_id == self.report.pk]

    @cached_property
    def shelf(self) -> list[StoredFile]:
        """The newest files of the institution that have not been erased."""
        files = {e.file.pk: e.file for e in self._rows if e.file and e.file.erased_at is None}
        return sorted(files.values(), key=lambda file: (file.uploaded_at, file.pk), reverse=True)[:SHELF]

    @cached_property
    def _uses(self) -> dict[object, list[Evidence]]:
        """By file, link or oficio, everything that it proves, newest period first."""
        counting = [e for e in self._rows if e.removed_at is None and e.report.state != ReportState.ANNULLED]
        found: dict[object, list[Evidence]] = {}
        for use in sorted(counting, key=lambda use: (-use.report.period.starts_on.toordinal(), use.pk)):
            found.setdefault(_identity(use), []).append(use)
        return found

    def filed(self, means: MeansOfVerification) -> list[Evidence]:
        return [e for e in self.everything if e.means_id == means.pk and e.removed_at is None]

    def history(self, means: MeansOfVerification) -> list[PastEvidence]:
        """What the medio had before, newest first."""
        successors = {e.replaces_id: e for e in self.everything}
        gone = [e for e in self.everything if e.means_id == means.pk and e.removed_at]
        return [PastEvidence(e, successors.get(e.pk)) for e in reversed(gone)]

    def also_proves(self, evidence: Evidence) -> list[str]:
        """Where else the file, the link or the oficio of this evidence counts."""
        uses = self._uses.get(_identity(evidence), [])
        return [self._place(use) for use in uses if (use.report_id, use.means_id) != _place_of(evidence)]

    def reusable(self, means: MeansOfVerification) -> list[tuple[str, str]]:
        """Files that the medio does not have yet, by their public id, each with the first place where it counts."""
        here = {e.file_id for e in self.filed(means)}
        return [(str(file.public_id), self.describe(file)) for file in self.shelf if file.pk not in here]

    def repeatable(self, means: MeansOfVerification) -> list[Evidence]:
        """Oficios that the institution registered in the period and the medio does not have, each once."""
        here = {_identity(e) for e in self.filed(means)}
        known = [uses[0] for identity, uses in self._uses.items() if identity not in here]
        return [evidence for evidence in known if evidence.kind == EvidenceKind.ATTESTATION]

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


def _identity(evidence: Evidence) -> object:
    """What makes two pieces of evidence the same document."""
    oficio = (evidence.document_number, evidence.document_date, evidence.issuer_id)
    return evidence.file_id or evidence.url or oficio
