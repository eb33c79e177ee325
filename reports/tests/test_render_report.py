"""manage.py render_report, asked rightly and wrongly."""

import hashlib
import io
from datetime import date

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from plan.enums import Verb
from plan.models import AuditEntry, Plan
from reports.documents.printing import PrintingError
from reports.management.commands import render_report
from reports.tests import world
from reports.tests.world import noon

PDF = b"%PDF-1.7 de prueba"


@pytest.fixture
def plan(db):
    plan = world.make_plan()
    world.make_action(plan)
    return plan


@pytest.fixture
def orders(monkeypatch):
    """Orders that the command gave, without laying anything out."""
    given = []
    monkeypatch.setattr(render_report, "make_document", lambda order: given.append(order) or PDF)
    return given


def render(*arguments, output) -> str:
    told = io.StringIO()
    call_command("render_report", *arguments, "--output", str(output), stdout=told)
    return told.getvalue()


def test_the_report_of_an_eje_is_written_as_pdf(plan, tmp_path):
    output = tmp_path / "eje.pdf"
    render("--axis", "1", "--as-of", "2016-12-31", "--known-at", "2017-02-28", output=output)
    with pikepdf.open(output) as document:
        assert str(document.docinfo["/Title"]).startswith("Informe de cumplimiento, eje 1")
    assert [path.name for path in tmp_path.iterdir()] == ["eje.pdf"]


def test_a_document_that_leaves_by_the_command_line_is_logged_and_one_that_does_not_is_not(plan, orders, tmp_path):
    render("--axis", "1", "--as-of", "2016-12-31", output=tmp_path / "eje.pdf")
    with pytest.raises(CommandError):
        render("--axis", "1", "--as-of", "2016-12-31", output=tmp_path / "no" / "eje.pdf")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.user, entry.data["hash"]) == (Verb.EXPORTED, None, hashlib.sha256(PDF).hexdigest())


def test_both_dates_reach_the_document(plan, orders, tmp_path):
    render("--annual", "2016", "--as-of", "2016-12-31", "--known-at", "2017-02-28T12:00", output=tmp_path / "a.pdf")
    (order,) = orders
    assert (order.year, order.cut_off, order.known_at) == (2016, date(2016, 12, 31), noon(date(2017, 2, 28)))
    assert (tmp_path / "a.pdf").read_bytes() == PDF


def test_a_bare_day_means_its_end(plan, orders, tmp_path):
    render("--axis", "1", "--as-of", "2016-12-31", "--known-at", "2017-02-28", output=tmp_path / "a.pdf")
    assert orders[0].known_at.isoformat() == "2017-02-28T23:59:59.999999-03:00"


def test_another_plan_is_named_by_its_code(plan, orders, tmp_path):
    other = Plan.objects.create(code="PAN-2027-2030", title="Otro", start_year=2027, end_year=2030)
    other.axes.create(number=1, name="Eje")
    render("--plan", "PAN-2027-2030", "--axis", "1", "--as-of", "2027-12-31", output=tmp_path / "a.pdf")
    assert orders[0].plan == other


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--axis", "9", "--as-of", "2016-12-31"), "El plan PAN-2015-2018 no tiene eje 9."),
        (("--axis", "1", "--as-of", "2014-12-31"), "El corte debe estar entre 01-01-2015 y 31-12-2018."),
        (("--annual", "2015", "--as-of", "2016-12-31"), "El corte de un estado anual 2015 debe ser de ese año."),
        (("--axis", "1", "--as-of", "31-12-2016"), "«31-12-2016» no es una fecha; escríbala como 2016-12-31."),
        (("--axis", "1", "--as-of", "2016-12-31", "--known-at", "ayer"), "«ayer» no es un momento"),
        (("--axis", "1", "--as-of", "2016-12-31", "--plan", "OTRO"), "No existe el plan OTRO."),
        (("--as-of", "2016-12-31"), "--axis --annual"),
    ],
)
def test_a_wrong_argument_is_told_in_a_sentence(plan, orders, tmp_path, arguments, sentence):
    with pytest.raises(CommandError) as error:
        render(*arguments, output=tmp_path / "a.pdf")
    assert sentence in str(error.value)
    assert (orders, list(tmp_path.iterdir())) == ([], [])


def test_without_a_plan_in_force_one_must_be_named(db, orders, tmp_path):
    with pytest.raises(CommandError, match="No hay un plan vigente"):
        render("--axis", "1", "--as-of", "2016-12-31", output=tmp_path / "a.pdf")


def test_a_place_that_cannot_be_written_is_told(plan, orders, tmp_path):
    with pytest.raises(CommandError, match="No se puede escribir"):
        render("--axis", "1", "--as-of", "2016-12-31", output=tmp_path / "no" / "existe.pdf")


def test_a_document_that_fails_leaves_what_was_there(plan, monkeypatch, tmp_path):
    def fail(order):
        raise PrintingError("No fue posible componer el documento.")

    monkeypatch.setattr(render_report, "make_document", fail)
    (tmp_path / "a.pdf").write_bytes(b"anterior")
    with pytest.raises(CommandError, match="No fue posible componer"):
        render("--axis", "1", "--as-of", "2016-12-31", output=tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"anterior"
