"""What happens in the demonstration: five periods of history and one that is open today."""

from datetime import date, timedelta
from random import Random

from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from indicators import filing, workflow
from indicators.demo.answers import Typist
from indicators.demo.clock import clock_at
from indicators.demo.judging import assess, explain, propose
from indicators.demo.papers import attendance_list, document
from indicators.enums import Answer, Outcome, PeriodState, ReportState
from indicators.forms.entry import ReportEntry
from indicators.forms.review import ReviewEntry
from indicators.models import ProgressReport, ReportingPeriod, Responsibility
from indicators.permissions import may_decide
from indicators.rounds import rounds_of
from plan.enums import Capacity, Role
from plan.models import Notice, Plan, User

RETURN_REASON = "La lista no trae la fecha de la actividad. Suba una versión fechada; lo demás está correcto."
RECTIFY_REASON = "La institución detectó una lista contada dos veces."
ANNUL_REASON = "El reporte corresponde a otra institución y se volverá a registrar."

EXPLANATION = "La meta se fijó antes de conocer la demanda del período, que fue distinta de la prevista."

#: Closed periods before the open one; their files are plain lists, which are quicker to check than PDFs.
PERIODS_OF_HISTORY = 5

#: What becomes of a report, by weight: in the closed periods, and in the one that is open.
PAST = {"approved": 84, "mended": 7, "no_progress": 5, "silent": 4}
PRESENT = {"approved": 22, "submitted": 30, "returned": 10, "draft": 13, "no_progress": 5, "silent": 20}


class Story:
    def __init__(self, plan: Plan, settings: dict):
        self.plan = plan
        self.settings = settings
        self.reviewers = list(User.objects.filter(appointments__role=Role.TECHNICAL).order_by("pk"))

    def tell(self) -> None:
        periods = list(ReportingPeriod.objects.for_plan(self.plan).order_by("starts_on"))
        for turn, period in enumerate(periods):
            is_open = turn == PERIODS_OF_HISTORY
            for duty in self._duties(period):
                self._live_through(duty, period, turn, PRESENT if is_open else PAST)
            if not is_open:
                self._close(period)
        for period in periods[-3:-1]:
            assess(self.plan, period, self.reviewers[0])
        explain(self.plan, periods[-2], self.reviewers[0])
        propose(self.plan, periods[-2])
        self._reopen_and_annul(periods[-2])
        self._settle_notices(periods[-1])

    def _duties(self, period: ReportingPeriod):
        duties = Responsibility.objects.responsible().in_force(period.ends_on)
        return duties.filter(action__objective__axis__plan=self.plan).select_related("action", "institution")

    def _live_through(self, duty, period: ReportingPeriod, turn: int, fates: dict[str, int]) -> None:
        random = Random(f"{duty.action.code} {duty.institution} {period.name}")  # noqa: S311 (not for secrets)
        chance = random.choices(list(fates), weights=list(fates.values()))[0]
        fate = self._set_fate(duty) or chance if fates is PRESENT else chance
        author = self._author(duty)
        if fate == "silent" or author is None:
            return
        last_day = min(timezone.localdate() - timedelta(4), period.due_on + timedelta(3))
        written_on = period.opens_on + timedelta(random.randrange(2, max(3, (last_day - period.opens_on).days)))
        with clock_at(written_on):
            report = ProgressReport.objects.create(action=duty.action, institution=duty.institution, period=period)
            self._write(report, author, turn, Answer.NO_PROGRESS if fate == "no_progress" else Answer.PROGRESS)
            if fate == "draft":
                return
            self._send(report, author)
        if fate != "submitted":
            self._review(report, written_on + timedelta(2), fate, author)

    def _set_fate(self, duty) -> str:
        """What the open period holds for the institutions whose accounts people try: something of everything."""
        keys = {name: key for key, name in self.settings["institutions"].items()}
        return self.settings["present"].get(keys[duty.institution.name], {}).get(duty.action.code, "")

    def _author(self, duty) -> User | None:
        """The titular of the institution; some institutions have nobody yet, and their reports are missing."""
        return User.objects.filter(
            appointments__institution=duty.institution, appointments__capacity=Capacity.TITULAR
        ).first()

    def _write(self, report: ProgressReport, author: User, turn: int, answer: Answer) -> None:
        entry = ReportEntry(report, author)
        data = Typist(report, self.settings, turn).typed(entry, answer)
        workflow.save_draft(report, data, by=author, version=report.version)
        if answer == Answer.PROGRESS:
            self._file(report, entry, author, turn)

    def _file(self, report: ProgressReport, entry: ReportEntry, author: User, turn: int) -> None:
        for form in entry.evidence:
            if form.means.reserved:
                filing.add_attestation(
                    report,
                    form.means,
                    document_number=f"{100 + report.pk}",
                    document_date=report.period.ends_on,
                    issuer=report.institution,
                    attested_count=report.pk % 9 + 1,
                    by=author,
                )
            elif form.means.lists_people or turn < PERIODS_OF_HISTORY:
                filing.file_upload(report, form.means, attendance_list(report, form.means, 12), by=author)
            else:
                filing.file_upload(report, form.means, document(report, form.means), by=author)

    def _send(self, report: ProgressReport, author: User) -> None:
        entry = ReportEntry(report, author)
        if entry.has_progress and entry.missing_explanations():
            draft = report.draft | {"explanation": [EXPLANATION]}
            workflow.save_draft(report, draft, by=author, version=report.version)
            entry = ReportEntry(report, author)
        if not entry.may_be_submitted():
            raise ValueError(f"{report}: {[point.text for point in entry.points()]}")
        workflow.submit(report, entry.content(), by=author, version=report.version)

    def _review(self, report: ProgressReport, day: date, fate: str, author: User) -> None:
        needs_mending = fate in ("mended", "returned")
        with clock_at(day):
            self._decide(report, Outcome.RETURNED if needs_mending else Outcome.APPROVED)
        if fate == "mended":
            with clock_at(day + timedelta(3)):
                self._send(report, author)
            with clock_at(day + timedelta(5)):
                self._decide(report, Outcome.APPROVED)

    def _decide(self, report: ProgressReport, outcome: Outcome) -> None:
        """One reviewer, or two where the report is of the organ's own ministry."""
        for reviewer in self.reviewers:
            if report.state != ReportState.SUBMITTED:
                return
            workflow.claim(report, by=reviewer, version=report.version)
            if not may_decide(reviewer, report):
                continue
            round_ = rounds_of(report, reviewer)[0]
            entry = ReviewEntry(round_, _review_data(round_, outcome))
            if not entry.is_valid():
                raise ValueError(f"{report}: {entry.main.errors}")
            workflow.decide(round_.submission, entry.resolution(), by=reviewer, version=report.version)
            report.refresh_from_db()

    def _close(self, period: ReportingPeriod) -> None:
        with clock_at(period.review_due_on):
            period.state, period.closed_at = PeriodState.CLOSED, timezone.now()
            period.save(update_fields=["state", "closed_at"])

    def _reopen_and_annul(self, period: ReportingPeriod) -> None:
        """One report in rectification and one annulled, so that every state can be seen."""
        approved = ProgressReport.objects.filter(period=period, state=ReportState.APPROVED)
        reviewer = self.reviewers[0]
        others = approved.exclude(submissions__endorsement__reviewer=reviewer)
        reopened, annulled = approved.earliest("pk"), others.latest("pk")
        workflow.reopen(reopened, RECTIFY_REASON, by=reviewer, version=reopened.version)
        workflow.annul(annulled, ANNUL_REASON, by=reviewer, version=annulled.version)

    def _settle_notices(self, period: ReportingPeriod) -> None:
        """All mail has left, and what was told before the open period has been read."""
        Notice.objects.filter(mail_at__isnull=False).update(
            mail_at=None, attempts=1, tried_at=F("created_at"), mailed_at=F("created_at")
        )
        Notice.objects.unread().filter(created_at__date__lt=period.opens_on).update(read_at=F("created_at"))


def _review_data(round_, outcome: Outcome) -> QueryDict:
    """What the reviewer types: every medio accredited that has evidence, the figures as reported."""
    entry = ReviewEntry(round_)
    data = entry.as_shown()
    data["outcome"] = outcome
    data["reason"] = RETURN_REASON if outcome == Outcome.RETURNED else ""
    for form in entry.verdicts:
        data[form.add_prefix("verdict")] = "accredited" if form.line.evidence else "insufficient"
    if outcome == Outcome.RETURNED and entry.verdicts:
        data[entry.verdicts[0].add_prefix("verdict")] = "insufficient"
    return data
