"""What the access matrix is played on: thirteen people, and things of the institution X in every place.

Whatever of X could leak bears a word of its own (`SECRETS`), so that any answer can be searched for it.
"""

import hashlib
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from indicators import filing, questions, universe_boards, universes, workflow
from indicators.agreements.registry import fingerprint
from indicators.content import IndicatorFigures
from indicators.enums import Classification, Outcome
from indicators.models import (
    Evidence,
    Indicator,
    MeansOfVerification,
    ProgressReport,
    ReportingPeriod,
    Responsibility,
    StoredFile,
    Universe,
)
from indicators.tests.filling import GOOD_ANSWER
from indicators.tests.world import World, enter
from mitp_portal.tests.people import PASSWORD
from plan.enums import AgreementBody, Role
from plan.files.storage import store
from plan.models import Agreement, User
from reports.enums import DocumentKind, JobState
from reports.models import ReportJob

#: What of X is kept, and the word by which an answer that shows it is known.
SECRETS = {
    "draft": "relato-del-borrador",
    "draft-file": "archivo-del-borrador",
    "withdrawn": "relato-retirado",
    "withdrawn-file": "archivo-retirado",
    "sent": "relato-enviado",
    "unclaimed-file": "archivo-por-tomar",
    "claimed": "relato-en-revision",
    "public-file": "archivo-publico",
    "internal-file": "archivo-interno",
    "reserved-file": "archivo-reservado",
    "returned": "relato-devuelto",
    "unsent-file": "archivo-por-enviar",
    "link": "enlace-de-x.example",
    "attestation": "OFICIO-RESERVADO-77",
    "approved": "relato-aprobado",
    "approved-file": "archivo-resuelto",
    "comment": "motivo-de-la-devolucion",
    "figure-of-x": "4.321",
    "responder": "Rosa Responsable",
    "sender": "Marcela Rivas",
    "question": "pregunta-del-borrador",
    "document": "informe-en-borrador",
    "universe": "fuente-del-universo-de-x",
}
FIGURE_OF_X, FIGURE_OF_Y = 4321, 500
HALVES = {1: ((1, 1), (6, 30)), 2: ((7, 1), (12, 31))}


class Paper:
    """A file that can be sent again and again."""

    name, content_type = "nuevo.csv", "text/csv"

    def read(self) -> bytes:
        return b"mes;jornadas"


class Stage(World):
    """`places` are the objects of a route by the name that the table gives them; `bodies` what is posted to them."""

    def __init__(self) -> None:
        super().__init__()
        self.duty(self.action, self.y)
        self.places: dict[str, dict] = {"-": {}, "action": {"code": "1.1.1"}, "no-action": {"code": "9.9.9"}}
        self.places["key"] = {"uidb36": "1", "key": "set-password"}
        self.bodies: dict[str, dict] = {"-": {"documento": "1", "email": self.focal.email}}
        self._reports_of_x()
        self._report_of_y()
        self._pieces()
        self._documents()
        self._universe()
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
        period = self._half(2017, 2)
        self.places["duty"] = {"period_id": period.pk, "action_id": self.action.pk, "institution_id": self.x.pk}
        self.bodies["duty"] = {}
        self.places["several"] = {}
        self.bodies["several"] = {
            "tasks": f"{period.pk}-{self.action.pk}-{self.x.pk}",
            **GOOD_ANSWER,
            "answer": "no_progress",
            "motive": "budget",
            "motive_text": "No hubo fondos.",
        }

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

    def _begin(self, name: str, year: int, half: int) -> ProgressReport:
        report = self.draft(period=self._half(year, half))
        self.places[name] = {"pk": report.pk}
        return report

    def _half(self, year: int, half: int):
        if (year, half) == (self.period.starts_on.year, 2):
            return self.period
        first, last = HALVES[half]
        return self.new_period(date(year, *first), date(year, *last))

    def _file(self, report: ProgressReport, name: str, classification: Classification) -> Evidence:
        """A file whose name and content are the word by which it is known."""
        word = SECRETS[name]
        upload = SimpleUploadedFile(f"{word}.csv", word.encode())
        evidence = filing.file_upload(report, self.means, upload, by=self.focal)
        file = StoredFile.objects.get(evidence=evidence)
        filing.classify(file, classification, by=self.focal)
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
            "q-anchor": "report",
            "q-text": "¿Sirve una lista firmada?",
        }

    def _universe(self) -> None:
        """X has declared one, and may declare it anew."""
        today = timezone.localdate()
        universe = Universe.objects.create(code="dotacion", name="Dotación")
        Indicator.objects.filter(pk=self.indicator.pk).update(universe=universe)
        board = universe_boards.board_of(universe.pk, self.x.pk)
        assert board is not None
        source = SECRETS["universe"]
        rows = universes.declare(board, {(None, None): 900}, dated_on=today, source=source, seen=0, by=self.focal)
        self.places["universe"] = {"universe_id": universe.pk, "institution_id": self.x.pk}
        self.bodies["universe"] = {"dated_on": today, "source": source, "seen": rows[0].pk, "n0": 901}
        self.places["declaration"] = {"pk": rows[0].pk}
        self.bodies["declaration"] = {"objection": "No calza con el registro."}

    def _agreements(self) -> None:
        """An acta of the Mesa with its document, one of the subcomisión of the eje, and all that may be entered."""
        self.region("XV", "Arica y Parinacota")
        content = b"acta"
        digest = hashlib.sha256(content).hexdigest()
        document = {"file_name": "acta.csv", "file_sha256": digest}
        document["file_storage_name"] = store(SimpleUploadedFile("acta.csv", content), digest)
        mesa = Agreement.objects.create(plan=self.plan, number=9, agreed_on=date(2015, 3, 1), **document)
        body = self.action.objective.axis.subcommission
        own = {"body": AgreementBody.SUBCOMMISSION, "subcommission": body}
        of_axis = Agreement.objects.create(plan=self.plan, number=9, agreed_on=date(2015, 3, 1), **own)
        acta = {"body": "mesa", "number": 10, "agreed_on": "2015-03-01", "summary": "Metas"}
        self.places |= {"acta": {"pk": mesa.pk}, "acta-of-axis": {"pk": of_axis.pk}, "new-acta": {}}
        self.bodies |= {"acta": {**acta, "seen": fingerprint(mesa)}, "new-acta": acta}
        self._sheets(mesa)

    def _sheets(self, acta: Agreement) -> None:
        metas = {f"i{self.indicator.pk}-0-value": "5", f"i{self.indicator.pk}-0-scope": "2016"}
        duties = {f"a{self.action.pk}-{pk}": "R" for pk in (self.x.pk, self.y.pk, self.ministry.pk)}
        owed = {row.pk: row for row in MeansOfVerification.objects.all()}
        bodies = {
            "metas": {"seen": 0, **metas},
            "deberes": {"seen": Responsibility.objects.count(), "since": "2015-03-01", **duties},
            "plazos": {"seen": 0, **{f"m{pk}": "2016-06-30" for pk in owed}},
            "pesos": {f"a{self.action.pk}": "2"},
        }
        self.places |= {name: {"pk": acta.pk, "number": 1} for name in bodies}
        self.places |= {name: {"pk": acta.pk} for name in ("conservacion", "modificacion")}
        bodies["conservacion"] = {"reserved": 5}
        bodies["modificacion"] = {"codigo": "1.1.1", "decision": "suppress", "effective_on": "2018-01-01"}
        self.bodies |= bodies

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

    def _documents(self) -> None:
        content = SECRETS["document"].encode()
        digest = hashlib.sha256(content).hexdigest()
        kept = {"storage_name": store(SimpleUploadedFile("informe.pdf", content), digest), "sha256": digest}
        done = self._job(1, state=JobState.DONE, progress=100, **kept)
        self.places["document"] = {"pk": done.pk}
        self.places["unfinished"] = {"pk": self._job(2, state=JobState.RUNNING).pk}

    def _job(self, axis_number: int, **fields) -> ReportJob:
        return ReportJob.objects.create(
            plan=self.plan,
            kind=DocumentKind.AXIS,
            axis_number=axis_number,
            as_of=self.period.ends_on,
            known_at=timezone.now(),
            request_key=f"axis:{axis_number}",
            requested_by=self.reviewer,
            **fields,
        )


def _signed_in(user: User | AnonymousUser) -> Client:
    if isinstance(user, AnonymousUser):
        return Client()
    user.set_password(PASSWORD)
    user.save()
    return enter(user)
