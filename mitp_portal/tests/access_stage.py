"""What the access matrix is played on: thirteen people, and things of the institution X in every place.

Whatever of X could leak bears a word of its own (`SECRETS`), so that any answer can be searched for it.
"""

import hashlib
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from indicators import filing, questions, workflow
from indicators.content import IndicatorFigures
from indicators.enums import Classification, Outcome, PeriodState
from indicators.models import (
    Evidence,
    PageImage,
    PeriodExtension,
    ProgressReport,
    ReportingPeriod,
    StoredFile,
)
from indicators.tests.filling import GOOD_ANSWER
from indicators.tests.world import enter
from mitp_portal.tests.access_desk import SECRETS
from mitp_portal.tests.access_editions import EditionsDesk
from mitp_portal.tests.people import PASSWORD
from plan.enums import Role
from plan.files.storage import store
from plan.models import User

FIGURE_OF_X, FIGURE_OF_Y = 4321, 500
HALVES = {1: ((1, 1), (6, 30)), 2: ((7, 1), (12, 31))}


class Paper:
    """A file that can be sent again and again."""

    name, content_type = "nuevo.csv", "text/csv"

    def read(self) -> bytes:
        return b"mes;jornadas"


class Stage(EditionsDesk):
    """`places` are the objects of a route by the name that the table gives them; `bodies` what is posted to them."""

    def __init__(self) -> None:
        super().__init__()
        self.duty(self.action, self.y)
        self.places: dict[str, dict] = {"-": {}, "action": {"code": "1.1.1"}, "no-action": {"code": "9.9.9"}}
        self.places |= {"indicator": {"reference": "1.1.1.I1"}, "no-indicator": {"reference": "1.1.1.I9"}}
        self.places |= {"figure": {"reference": "1.1.1.I1"}, "no-figure": {"reference": "9.9.9"}}
        self.places["key"] = {"uidb36": "1", "key": "set-password"}
        self.bodies: dict[str, dict] = {"-": {"documento": "1", "email": self.focal.email}}
        self._reports_of_x()
        self._report_of_y()
        self._pieces()
        self._pages()
        self._judgements()
        self._documents()
        self._texts()
        self._editions()
        self._universe()
        self._notices()
        self._people()
        self._agreements()
        self.users = self._actors()
        self._cookies = {who: _signed_in(user).cookies for who, user in self.users.items()}

    def browser(self, who: str) -> Client:
        """One in which this person's session is open; new each time, for a logout would empty it."""
        browser = Client()
        browser.cookies.update(self._cookies[who])
        return browser

    def _actors(self) -> dict[str, User | AnonymousUser]:
        """By the heads of the table's columns. The deactivated person has a session from before."""
        former = self.person("Hugo Paredes")
        self.appoint(former, Role.FOCAL_POINT, institution=self.x, valid_to=timezone.localdate() - timedelta(1))
        return {
            "anon": AnonymousUser(),
            "focal": self.focal,
            "altern": self.alternate,
            "former": former,
            "focalY": self.focal_y,
            "tech": self.reviewer,
            "tech2": self.reviewer2,
            "exec": self.executive,
            "coord": self.coordinator,
            "coord2": self.other_coordinator,
            "obser": self.observer,
            "admin": self.administrator,
            "inact": self.deactivated,
        }

    # What X has done

    def _reports_of_x(self) -> None:
        self._approved()
        self._claimed()
        self._unclaimed()
        self._withdrawn()
        self._returned()
        self._draft()
        self._record()
        period = self._half(2017, 2)
        self.places["duty"] = {"period_id": period.pk, "action_id": self.action.pk, "institution_id": self.x.pk}
        self.bodies["duty"] = {}
        self.places["period"] = {"period_id": period.pk}
        self.places["period-times"], self.places["reviewer-times"] = {"pk": period.pk}, {"pk": self.reviewer.pk}
        self.places["no-row"] = {"pk": 999_999}
        self.bodies["period"] = {"institution": self.x.pk}
        self.places["several"] = {}
        self.bodies["several"] = {
            "tasks": f"{period.pk}-{self.action.pk}-{self.x.pk}",
            **GOOD_ANSWER,
            "answer": "no_progress",
            "motive": "budget",
            "motive_text": "No hubo fondos.",
        }
        self._periods(period)

    def _approved(self) -> None:
        report = self._begin("approved", 2015, 1)
        self._file(report, "approved-file", Classification.RESERVED)
        self._send(report, "approved")
        self._return(self.claimed(report))
        self._send(report, "approved")
        self.approved(self.claimed(report))
        self._can_be_posted("approved", report)

    def _claimed(self) -> None:
        report = self._begin("claimed", 2015, 2)
        self._file(report, "public-file", Classification.PUBLIC)
        self._file(report, "internal-file", Classification.INTERNAL)
        self._file(report, "reserved-file", Classification.RESERVED)
        filing.add_link(report, self.means, f"https://{SECRETS['link']}", by=self.focal)
        filing.add_attestation(
            report,
            self.means,
            document_number=SECRETS["attestation"],
            document_date=date(2015, 12, 1),
            issuer=self.x,
            attested_count=9,
            by=self.focal,
        )
        self._send(report, "claimed")
        self._can_be_posted("claimed", self.claimed(report))

    def _unclaimed(self) -> None:
        report = self._begin("sent", 2016, 1)
        self._file(report, "unclaimed-file", Classification.RESERVED)
        self._send(report, "sent")
        self._can_be_posted("sent", report)
        self.places["marked"] = {}
        self.bodies["marked"] = {"reports": f"{report.pk}-{report.version}", "reviewer": self.reviewer2.pk}

    def _withdrawn(self) -> None:
        report = self._begin("withdrawn", 2017, 1)
        self._file(report, "withdrawn-file", Classification.PUBLIC)
        self._send(report, "withdrawn")
        workflow.withdraw(report, by=self.focal, version=report.version)
        self._can_be_posted("withdrawn", report)

    def _returned(self) -> None:
        """X has begun to mend it."""
        report = self._begin("returned", 2018, 1)
        self._send(report, "returned")
        self._return(self.claimed(report))
        self._file(report, "unsent-file", Classification.PUBLIC)
        self._can_be_posted("returned", report)

    def _draft(self) -> None:
        report = self._begin("draft", 2016, 2)
        evidence = self._file(report, "draft-file", Classification.PUBLIC)
        typed = {"answer": ["progress"], "narrative": [SECRETS["draft"]]}
        workflow.save_draft(report, typed, by=self.focal, version=report.version)
        self._can_be_posted("draft", report)
        question = questions.ask(report, SECRETS["question"], anchor="", by=self.focal)
        self.places["question"] = {"pk": question.pk}
        self.bodies["question"] = {f"r{question.pk}-answer": "Sí, con fecha."}
        self.places["evidence"] = {"pk": report.pk, "evidence_id": evidence.pk}
        self.bodies["evidence"] = self.bodies["draft"]

    def _record(self) -> None:
        """The secretaría técnica has begun it on behalf of X."""
        report = self._begin("record", 2018, 2)
        ProgressReport.objects.filter(pk=report.pk).update(is_on_behalf=True)
        report.refresh_from_db()
        self._file(report, "record-file", Classification.RESERVED, by=self.reviewer)
        typed = {"answer": ["progress"], "narrative": [SECRETS["record"]]}
        workflow.save_draft(report, typed, by=self.reviewer, version=report.version)
        self._can_be_posted("record", report)
        self.bodies["record"] |= {"source_document": "Oficio 312", "source_date": "2019-01-20"}
        empty = self.draft(period=self.new_period(date(2014, 7, 1), date(2014, 12, 31)), is_on_behalf=True)
        self.places["empty-record"], self.bodies["empty-record"] = {"pk": empty.pk}, {"version": empty.version}

    def _periods(self, opened: ReportingPeriod) -> None:
        """One that is open and extended for X, one that opens tomorrow, and one that closed over a draft of X."""
        today = timezone.localdate()
        extension = {"due_on": today + timedelta(20), "reason": SECRETS["extension"]}
        PeriodExtension.objects.create(period=opened, institution=self.x, granted_by=self.reviewer, **extension)
        self.places["open-period"] = {"pk": opened.pk}
        self.bodies["open-period"] = {**extension, "to": "all", "due_on": today + timedelta(40)}
        later = self.new_period(date(2014, 1, 1), date(2014, 6, 30), opens_on=today + timedelta(1))
        self.places["later-period"], self.bodies["later-period"] = {"pk": later.pk}, {}
        closed = {"state": PeriodState.CLOSED, "closed_at": timezone.now()}
        stranded = self.draft(period=self.new_period(date(2013, 1, 1), date(2013, 6, 30), **closed))
        self.places["stranded"], self.bodies["stranded"] = {"pk": stranded.pk}, {"version": stranded.version}
        self.places["terms"] = {}
        self.bodies["terms"] = {
            "cadence": "year",
            "counted_from": "end",
            "opens_after": 1,
            "due_after": 30,
            "review_after": 30,
        }

    def _begin(self, name: str, year: int, half: int) -> ProgressReport:
        report = self.draft(period=self._half(year, half))
        self.places[name] = {"pk": report.pk}
        return report

    def _half(self, year: int, half: int):
        if (year, half) == (self.period.starts_on.year, 2):
            return self.period
        first, last = HALVES[half]
        return self.new_period(date(year, *first), date(year, *last))

    def _file(self, report: ProgressReport, name: str, classification: Classification, by=None) -> Evidence:
        """A file whose name and content are the word by which it is known."""
        word = SECRETS[name]
        upload = SimpleUploadedFile(f"{word}.csv", word.encode())
        evidence = filing.file_upload(report, self.means, upload, by=by or self.focal)
        file = StoredFile.objects.get(evidence=evidence)
        filing.classify(file, classification, by=by or self.focal)
        self.places[name] = {"public_id": file.public_id}
        return evidence

    def _send(self, report: ProgressReport, name: str) -> None:
        figures = (IndicatorFigures(self.indicator.pk, value=FIGURE_OF_X if name == "approved" else 40),)
        self.sent(report, narrative=SECRETS[name], responder_name=SECRETS["responder"], figures=figures)
        self.places[f"{name}-receipt"] = {"pk": report.latest_submission.pk}

    def _return(self, report: ProgressReport) -> None:
        submission = report.latest_submission
        resolution = self.resolution(submission, Outcome.RETURNED, reason=SECRETS["comment"])
        workflow.decide(submission, resolution, by=self.reviewer, version=report.version)
        report.refresh_from_db()

    def _can_be_posted(self, name: str, report: ProgressReport) -> None:
        """Everything that some form asks of a report: each URL takes from it what it knows."""
        report.refresh_from_db()
        self.bodies[name] = {
            **GOOD_ANSWER,
            "version": report.version,
            f"i{self.indicator.pk}-value": 12,
            f"m{self.means.pk}-url": "https://www.dt.example/informe",
            "reason": "Falta la fecha de la jornada.",
            "outcome": Outcome.RETURNED,
            "round": submission.pk if (submission := report.latest_submission) else "",
            "q-anchor": "report",
            "q-text": "¿Sirve una lista firmada?",
        }

    # What others have

    def _report_of_y(self) -> None:
        """Beside it stands evidence of X, which its address must not reach."""
        same_period = ReportingPeriod.objects.get(reports=self.places["approved"]["pk"])
        figures = (IndicatorFigures(self.indicator.pk, value=FIGURE_OF_Y),)
        report = self.sent(self.draft(self.y, period=same_period), by=self.focal_y, figures=figures)
        self.approved(self.claimed(report))
        report = self.draft(self.y)
        self.places["evidence-beside"] = {**self.places["evidence"], "pk": report.pk}
        self.bodies["evidence-beside"] = {**self.bodies["draft"], "version": report.version}

    def _pieces(self) -> None:
        """Evidence on its own: a new file, and one of X, filed already in the period before."""
        medio = {"means_id": self.means.pk}
        for name, place in {"piece": "draft", "piece-sent": "sent", "piece-beside": "evidence-beside"}.items():
            self.places[name] = {"pk": self.places[place]["pk"], **medio}
            self.bodies[name] = {"file": Paper()}
        self.places |= {"class": self.places["evidence"], "class-beside": self.places["evidence-beside"]}
        self.bodies |= {name: {"classification": Classification.RESERVED} for name in ("class", "class-beside")}
        kept = self.places["unclaimed-file"]["public_id"]
        for name, place in {"shelf": "draft", "shelf-beside": "evidence-beside"}.items():
            self.places[name] = {"pk": self.places[place]["pk"], **medio}
            self.bodies[name] = {f"m{self.means.pk}-stored": kept}

    def _pages(self) -> None:
        """The image of a page of some files; and the act that opens a reserved one, also through a report that has
        nothing to do with it."""
        for name in ("public", "internal", "reserved", "draft"):
            place = self.places[f"{name}-file"]
            content = SECRETS[f"{name}-file"].encode()
            kept = store(SimpleUploadedFile("hoja.jpg", content), hashlib.sha256(content).hexdigest())
            file = StoredFile.objects.get(**place)
            PageImage.objects.create(file=file, number=1, storage_name=kept, width=1240, height=1754)
            self.places[f"{name}-page"] = {**place, "number": 1}
        evidence = Evidence.objects.get(file__public_id=self.places["reserved-file"]["public_id"])
        for name, place in {"opening": "claimed", "opening-beside": "sent"}.items():
            self.places[name] = {"pk": self.places[place]["pk"], "evidence_id": evidence.pk}
            self.bodies[name] = {}


def _signed_in(user: User | AnonymousUser) -> Client:
    if isinstance(user, AnonymousUser):
        return Client()
    user.set_password(PASSWORD)
    user.save()
    return enter(user)
