"""The part of the stage of the access matrix that is about the desk: universos, notices, people, documents."""

import hashlib
from dataclasses import asdict
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from indicators import judging, universe_boards, universes
from indicators.agreements.registry import fingerprint
from indicators.enums import CauseKind, Deviation, ProposalKind, RiskLevel, TargetScope
from indicators.judging import Explained, Judged, Proposed
from indicators.models import Indicator, MeansOfVerification, Responsibility, Target, Universe
from indicators.tests.versions import new_version
from indicators.tests.world import World
from plan import invitations
from plan.enums import AgreementBody, Capacity, InstitutionKind, NoticeKind, Role
from plan.files.storage import store
from plan.models import Agreement, Institution, Notice, Subcommission, SubcommissionMembership
from reports.enums import DocumentKind, EditionSlot, JobState, TextState
from reports.models import EditionText, ReportJob, TextsDraft

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
    "record": "relato-por-encargo",
    "record-file": "archivo-por-encargo",
    "extension": "motivo-de-la-prorroga",
    "document": "informe-en-borrador",
    "universe": "fuente-del-universo-de-x",
    "assessment": "fundamento-de-la-apreciacion",
    "cause": "explicacion-de-la-causa",
    "proposal": "fundamento-de-la-propuesta",
    "edition-text": "texto-de-la-edicion",
    "unsaved-text": "texto-sin-guardar",
}


class Desk(World):
    """`places` are the objects of a route by the name that the table gives them; `bodies` what is posted to them."""

    places: dict[str, dict]
    bodies: dict[str, dict]

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

    def _notices(self) -> None:
        """Its titular was told of the return; one mail of these did not leave."""
        told = Notice.objects.for_person(self.focal).filter(kind=NoticeKind.RETURNED)
        self.places["notice"] = {"pk": told.latest("pk").pk}
        mail = Notice.objects.for_person(self.alternate).latest("pk")
        self.places["mail"] = {"pk": mail.pk}
        failed = {"mail_at": None, "tried_at": timezone.now(), "failure": "No hubo conexión."}
        Notice.objects.filter(pk=mail.pk).update(**failed)

    def _people(self) -> None:
        """What is done about people is done about punto focal, suplente and institution X; and a secretaría waits."""
        duty = self.focal.appointments.get()
        newcomer = {
            "email": "nueva@dt.example",
            "full_name": "Gabriela Soto",
            "position": "Jefa",
            "document": "Oficio 1",
        }
        newcomer["valid_from"] = timezone.localdate()
        invited = self.person("Berta Invitada", Role.FOCAL_POINT, institution=self.x, capacity=Capacity.ALTERNATE)
        invitations.invite(invited, by=self.reviewer)
        organ = self.reviewer.appointments.get().organ
        waiting = {"organ": organ, "awaits_confirmation": True, "recorded_by": self.administrator}
        pending = self.appoint(self.observer, Role.TECHNICAL, **waiting)
        self.places |= {
            "person": {"pk": self.alternate.pk},
            "invited": {"pk": invited.pk},
            "gone": {"pk": self.deactivated.pk},
            "duty-of-x": {"pk": duty.pk},
            "pending": {"pk": pending.pk},
            "institution": {"pk": self.x.pk},
            "focal": {"slug": "punto-focal"},
            "secretaria": {"slug": "secretaria-tecnica"},
            "secret": {"secret": "no-existe"},
        }
        appointed = {**newcomer, "institution": self.x.pk, "capacity": Capacity.ALTERNATE}
        self.bodies |= {
            "duty-of-x": {**newcomer, "last_day": timezone.localdate()},
            "focal": appointed,
            "secretaria": appointed,
            "institution": {
                "kind": InstitutionKind.PUBLIC,
                "acronym": "D.T.",
                "name": "Dirección",
                "first_day": timezone.localdate(),
            },
        }

    def _judgements(self) -> None:
        """An apreciación of the action and what its subcomisión proposes; and a cause of an indicator of X whose target
        fell due before the first period of the plan ended."""
        said = Judged(self.period.ends_on, RiskLevel.ASSURED, SECRETS["assessment"])
        signed, _ = judging.sign(self.action, said, seen=0, by=self.reviewer)
        self.bodies["action"] = {"cut_off": "2016-12-31", "level": "at_risk", "sentence": "Falta.", "seen": signed.pk}
        idea = Proposed(2016, ProposalKind.KEEP, "", SECRETS["proposal"])
        proposed, _ = judging.propose(self.action, idea, seen=0, by=self.coordinator)
        self.places["proposal"] = self.places["action"]
        self.bodies["proposal"] = {"year": 2016, "kind": "suppress", "grounds": "Ya no.", "seen": proposed.pk}
        indicator = self.new_indicator(action=self.new_action("2.1.1", self.x))
        scope = {"scope": TargetScope.CUMULATIVE, "due_on": date(2015, 3, 31), "agreement": self.agreement}
        Target.objects.create(indicator=indicator, value=10, **scope)
        why = Explained(
            date(2015, 3, 31),
            Deviation.UNDER,
            CauseKind.STAFF,
            SECRETS["cause"],
            "Contratar",
            "Jefatura",
            date(2016, 6, 30),
        )
        cause, _ = judging.record_cause(indicator, why, by=self.focal)
        self.places["explained"] = {"code": "2.1.1", "number": 1}
        self.places["cause"] = {**self.places["explained"], "pk": cause.pk}
        self.places["cause-beside"] = {"code": "1.1.1", "number": 1, "pk": cause.pk}
        typed = {**asdict(why), "explanation": "Otra explicación."}
        self.bodies |= {"explained": typed, "cause": typed}

    def _documents(self) -> None:
        content = SECRETS["document"].encode()
        digest = hashlib.sha256(content).hexdigest()
        kept = {"storage_name": store(SimpleUploadedFile("informe.pdf", content), digest), "sha256": digest}
        done = self._job(1, state=JobState.DONE, progress=100, **kept)
        self.places["document"] = {"pk": done.pk}
        self.places["unfinished"] = {"pk": self._job(2, state=JobState.RUNNING).pk}

    def _texts(self) -> None:
        """One of the eje and one of the plan are written; the reviewer has typed another of the eje, not saved yet."""
        row = {"plan": self.plan, "year": 2016, "body": SECRETS["edition-text"], "state": TextState.DRAFT}
        row |= {"written_by": self.reviewer, "acting_as": "Analista"}
        of_axis = EditionText.objects.create(axis_number=1, slot=EditionSlot.DIAGNOSIS, **row)
        of_plan = EditionText.objects.create(slot=EditionSlot.PRESENTATION, **row)
        unsaved = TextsDraft(plan=self.plan, year=2016, axis_number=1, person=self.reviewer, version=1, seen=of_axis.pk)
        unsaved.typed = {EditionSlot.PROGRESS: SECRETS["unsaved-text"]}
        unsaved.save()
        self.places["texts"], self.places["axis-texts"] = {"year": 2016}, {"year": 2016, "number": 1}
        self.places["no-texts"], self.places["no-axis-texts"] = {"year": 2030}, {"year": 2016, "number": 9}
        self.bodies["texts"] = {"state": "draft", "seen": of_plan.pk, "presentation": "Otra."}
        self.bodies["axis-texts"] = {"state": "ready", "seen": of_axis.pk, "diagnosis": "Otro.", "version": 1}

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
        self._seats(mesa, body)

    def _seats(self, acta: Agreement, body: Subcommission) -> None:
        """Y sits in the Mesa and in the subcomisión of the eje; a service sits nowhere."""
        service = Institution.objects.create(name="Gendarmería de Chile", kind=InstitutionKind.PUBLIC)
        place = SubcommissionMembership.objects.create(subcommission=body, institution=self.y)
        self.places |= {
            "seat": {"pk": acta.pk},
            "new-member": {"pk": acta.pk},
            "end-seat": {"pk": acta.pk, "seat_id": self.y.memberships.get().pk},
            "place": {"pk": acta.pk, "number": 1},
            "end-place": {"pk": acta.pk, "number": 1, "seat_id": place.pk},
        }
        taken, left = {"institution": service.pk, "first_day": "2016-07-01"}, {"last_day": "2016-06-30"}
        known = {"name": "Servicio Nacional de Migraciones", "kind": InstitutionKind.PUBLIC, "first_day": "2016-07-01"}
        self.bodies |= {"seat": taken, "place": taken, "end-seat": left, "end-place": left, "new-member": known}

    def _sheets(self, acta: Agreement) -> None:
        metas = {f"i{self.indicator.pk}-0-value": "5", f"i{self.indicator.pk}-0-scope": "2016"}
        duties = {f"a{self.action.pk}-{pk}": "R" for pk in (self.x.pk, self.y.pk, self.ministry.pk)}
        owed = {row.pk: row for row in MeansOfVerification.objects.all()}
        Responsibility.objects.get(action=self.action, institution=self.x).indicators.add(self.indicator)
        bodies = {
            "metas": {"seen": 0, **metas},
            "deberes": {
                "seen": Responsibility.objects.filter(action__objective=self.action.objective).count(),
                "since": "2015-03-01",
                **duties,
            },
            "alcance": {
                "seen": Responsibility.objects.filter(action__objective=self.action.objective).count(),
                "since": "2015-03-01",
                "indicators": [self.indicator.pk],
                "means": [self.means.pk],
                "reason": "Responde por todo",
            },
            "plazos": {"seen": 0, **{f"m{pk}": "2016-06-30" for pk in owed}},
            "pesos": {f"a{self.action.pk}": "2"},
        }
        self.places |= {name: {"pk": acta.pk, "number": 1} for name in bodies}
        self.places["alcance"] |= {"code": self.action.code, "institution_id": self.x.pk}
        self.places |= {name: {"pk": acta.pk} for name in ("agregado", "conservacion", "modificacion", "metodologia")}
        bodies["metodologia"] = {**new_version(acta), "seen": "1.0"}
        new = {"que": "action", "bajo": "1.1", "code": "1.1.90", "text": "Acción nueva"}
        bodies["agregado"] = {**new, "effective_on": "2017-01-01"}
        bodies["conservacion"] = {"reserved": 5}
        bodies["modificacion"] = {"codigo": "1.1.1", "decision": "suppress", "effective_on": "2018-01-01"}
        self.bodies |= bodies
