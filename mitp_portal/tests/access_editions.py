"""The part of the stage of the access matrix that is about editions: printed, signed, and one not printed yet."""

from datetime import date
from unittest.mock import patch

from django.utils import timezone

from mitp_portal.tests.access_desk import Desk
from plan.files.storage import open_stored
from plan.tests import sample_files
from reports.documents.making import Order
from reports.documents.printing import PrintingError
from reports.editions import producing
from reports.editions.issuing import issue
from reports.editions.signing import add_signed_copy
from reports.models import IssuedReport, SignedCopy
from reports.tests.signatures import signed


class SignedPaper:
    """A PDF that can be sent again and again."""

    name, content_type = "firmado.pdf", "application/pdf"

    def __init__(self, content: bytes):
        self._content = content

    def read(self) -> bytes:
        return self._content


class EditionsDesk(Desk):
    """`places` are the objects of a route by the name that the table gives them; `bodies` what is posted to them."""

    def _editions(self) -> None:
        with patch.object(producing, "print_facts", lambda facts, *_: sample_files.pdf(text=facts.edition.folio)):
            of_axis = self._emitted(date(2016, 12, 31), 1)
            yearly = self._emitted(date(2016, 12, 31), None)
            beside = self._emitted(date(2016, 6, 30), 1)
        with patch.object(producing, "print_facts", side_effect=PrintingError("No cabe.")):
            unprinted = self._emitted(date(2015, 12, 31), 1)
        places = {"edition": of_axis, "yearly": yearly, "unprinted": unprinted, "to-be-signed": beside}
        self.places |= {name: {"folio": edition.folio} for name, edition in places.items()}
        self.places |= {"no-edition": {"folio": "MITP-2015-999"}, "no-code": {"code": "0123-4567-89AB-CDEF"}}
        self.places |= {"verified": {"code": of_axis.code}, "verified-unprinted": {"code": unprinted.code}}
        self._acts_on(beside)
        copies = {"signed": self._signed(of_axis), "signed-yearly": self._signed(yearly)}
        self.places |= {name: {"folio": copy.edition.folio, "pk": copy.pk} for name, copy in copies.items()}
        self.places["signed-beside"] = {"folio": beside.folio, "pk": copies["signed"].pk}

    def _acts_on(self, to_be_signed: IssuedReport) -> None:
        done = {"reason": "Corte equivocado.", "errata": "Decía 90; debe decir 91.", "reviewed": "on"}
        self.bodies |= dict.fromkeys(("edition", "yearly", "unprinted"), done)
        self.places["emission"] = {}
        self.bodies["emission"] = {"documento": "1", "corte": "2017-12-31", "reviewed": "on"}
        paper = SignedPaper(signed(_bytes_of(to_be_signed)))
        self.bodies |= {"to-be-signed": {"file": paper}, "verified": {"file": paper}}

    def _emitted(self, cut_off: date, axis_number: int | None) -> IssuedReport:
        year = None if axis_number else cut_off.year
        edition = issue(Order(self.plan, cut_off, timezone.now(), axis_number, year), by=self.executive)
        edition.refresh_from_db()
        return edition

    def _signed(self, edition: IssuedReport) -> SignedCopy:
        upload = sample_files.upload("firmado.pdf", signed(_bytes_of(edition)))
        return add_signed_copy(edition, upload, by=self.executive)


def _bytes_of(edition: IssuedReport) -> bytes:
    with open_stored(edition.storage_name) as kept:
        return kept.read()
