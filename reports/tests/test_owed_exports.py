"""Quién debe in spreadsheets: the facts of the page, in text that no spreadsheet calculates."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from indicators.queries.owed import owed_sheet
from indicators.tests.world import World, enter
from plan.enums import Verb
from plan.models import AuditEntry
from reports.exports.owed import owed_dataset, totals_dataset


@pytest.fixture
def world(db) -> World:
    world = World()
    world.draft(action=world.new_action("1.1.2", world.x))
    world.new_action("2.1.1", world.y)
    world.returned()
    return world


def take(world, extension: str, who=None, period=None, **told):
    path = reverse(f"reports:owed_{extension}", args=[period or world.period.pk])
    return enter(who or world.reviewer).post(path, told)


def book_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content))


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_there_is_one_row_for_each_report_that_is_owed(world):
    rows = owed_dataset(owed_sheet(world.period)).dict
    assert [(r["Institución"], r["Acción"], r["Estado"], r["Borrador sin enviar"]) for r in rows] == [
        ("Dirección del Trabajo", "1.1.1", "Devuelto", "No"),
        ("Dirección del Trabajo", "1.1.2", "En preparación", "Sí"),
        ("Carabineros de Chile", "2.1.1", "En plazo", "No"),
    ]
    assert rows[0]["Vence"] == f"{world.period.due_on:%d-%m-%Y}"
    assert (rows[0]["Fuera de plazo"], rows[2]["Enviado"]) == ("No", "")


def test_the_totals_add_up(world):
    totals = totals_dataset(owed_sheet(world.period))
    assert list(totals) == [
        ("Dirección del Trabajo", 2, 1, 0, 1, 1, 0),
        ("Carabineros de Chile", 1, 0, 0, 0, 1, 0),
        ("Total", 3, 1, 0, 1, 2, 0),
    ]


@pytest.mark.parametrize("who", ["reviewer", "executive"])
def test_both_files_hold_the_same_rows_and_both_are_logged(world, who):
    who = getattr(world, who)
    book, rows = book_of(take(world, "xlsx", who)), rows_of(take(world, "csv", who))
    assert book.sheetnames == ["Quién debe", "Totales", "Metadatos"]
    read = [["" if v is None else str(v) for v in row] for row in book["Quién debe"].iter_rows(values_only=True)]
    assert read == rows
    entries = AuditEntry.objects.filter(verb=Verb.EXPORTED, user=who)
    assert {(e.object_type, e.object_id, e.data["format"]) for e in entries} == {
        ("indicators.reportingperiod", str(world.period.pk), extension) for extension in ("xlsx", "csv")
    }


def test_one_eje_is_taken_alone_and_what_is_no_eje_is_the_whole(world):
    assert [row[2] for row in rows_of(take(world, "csv", eje="2"))[1:]] == ["2.1.1"]
    for wrong in ("", "ñ", "\x00", "9" * 40, "-1"):
        assert len(rows_of(take(world, "csv", eje=wrong))) == 4


def test_a_name_like_a_formula_stays_text(world):
    world.y.name = '=HYPERLINK("http://x")'
    world.y.save()
    assert rows_of(take(world, "csv"))[-1][0] == '\'=HYPERLINK("http://x")'
    cell = book_of(take(world, "xlsx"))["Quién debe"]["A4"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def test_the_file_bears_the_dates_of_its_period(world):
    response = take(world, "xlsx")
    name = "MITP-quien-debe-2016-07-01-a-2016-12-31.xlsx"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_nobody_else_takes_it(world, extension):
    for who in (world.focal, world.coordinator, world.observer, world.administrator):
        assert take(world, extension, who).status_code == 404
    assert take(world, extension, period=world.period.pk + 9).status_code == 404
    path = reverse(f"reports:owed_{extension}", args=[world.period.pk])
    assert enter(world.reviewer).get(path).status_code == 405
