"""The matrix in spreadsheets: what was written is what is read, and nothing is calculated on opening."""

import csv
import io
from fractions import Fraction

import openpyxl
import pytest
import tablib

from indicators.calculations.terms import Condition
from reports.exports.cells import guard, unguard
from reports.exports.documents import facts_as_xlsx
from reports.exports.files import to_csv, workbook
from reports.exports.matrix import as_number, matrix_dataset
from reports.tests import builders, papers

FORMULAS = ["=1+1", "==1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "'=1", "'", "sin nada"]


def an_axis(*actions, number=1):
    return builders.axis(number, builders.objective(f"{number}.1", *actions))


def facts_of(*axes):
    return papers.annual_facts(*axes)


def sheet_of(content: bytes, name: str = "Matriz"):
    return openpyxl.load_workbook(io.BytesIO(content))[name]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def table(*values) -> tablib.Dataset:
    return tablib.Dataset(*[[value] for value in values], headers=["Texto"])


# The matrix --------------------------------------------------------------------------------------------------------
def test_there_is_one_row_per_indicator_with_words_and_exact_numbers():
    measured = builders.indicator(verified=builders.figure(Fraction(2, 3), 40))
    (row,) = matrix_dataset(facts_of(an_axis(builders.action(indicators=(measured,))))).dict
    told = {name: row[name] for name in ("Eje", "Acción", "Indicador", "Meta", "Meta, valor", "Resultado verificado")}
    assert told == {
        "Eje": 1,
        "Acción": "1.1.1",
        "Indicador": "1.1.1.I1",
        "Meta": "60 (año 2016)",
        "Meta, valor": 60,
        "Resultado verificado": "40",
    }
    assert row["Cumplimiento verificado"] == "66,7\u00a0%"
    assert row["Cumplimiento verificado sin tope, fracción"] == pytest.approx(2 / 3)
    assert (row["Corte"], row["Con lo resuelto hasta"]) == ("31-12-2016", "28-02-2017 18:00")


def test_a_missing_number_is_an_empty_cell_and_zero_is_a_number():
    nothing = builders.indicator("1.1.1.I1", builders.figure(condition=Condition.NO_TARGET))
    zero = builders.indicator("1.1.1.I2", builders.figure(Fraction(0), 0))
    facts = facts_of(an_axis(builders.action(indicators=(nothing, zero))))
    head, *rows = sheet_of(facts_as_xlsx(facts)).iter_rows(values_only=True)
    value = head.index("Resultado verificado, valor")
    assert [row[value] for row in rows] == [None, 0]


def test_the_matrix_of_a_plan_has_every_eje_and_that_of_an_eje_its_own():
    first, second = an_axis(builders.action("1.1.1")), an_axis(builders.action("2.1.1"), number=2)
    assert matrix_dataset(facts_of(first, second))["Acción"] == ["1.1.1", "2.1.1"]
    assert matrix_dataset(papers.axis_facts(second))["Acción"] == ["2.1.1"]


def test_a_target_that_is_not_due_has_a_row_of_its_own_without_compliance():
    measured = builders.indicator(advances=(builders.advance(Fraction(1, 4), Fraction(1, 2)),))
    rows = matrix_dataset(facts_of(an_axis(builders.action(indicators=(measured,))))).dict
    heads = ("La fila dice", "Ventana", "Meta", "Resultado verificado", "Cumplimiento verificado", "Avance, fracción")
    assert [tuple(row[head] for head in heads) for row in rows] == [
        ("Cumplimiento", "año 2016", "60 (año 2016)", "45", "75,0\u00a0%", None),
        ("Avance hacia la meta", "todo el plan", "120", "30", None, 0.25),
    ]


def test_whole_numbers_stay_whole():
    assert [as_number(value) for value in (Fraction(40), Fraction(1, 4), None)] == [40, 0.25, None]


def test_the_sheet_of_metadata_says_what_the_figures_are_and_when_they_hold():
    facts = facts_of(an_axis(builders.action()))
    about = dict(sheet_of(facts_as_xlsx(facts), "Metadatos").iter_rows(values_only=True))
    assert about["Fechas"] == builders.DATES_TEXT
    assert about["Metodología"] == "Versión 1.0"
    assert about["Datos"] == "De demostración: cifras ficticias"


def test_the_evidence_of_an_eje_is_on_its_own_sheet_and_the_annual_status_has_none():
    facts = papers.axis_facts(an_axis(builders.action()))
    head, line = sheet_of(facts_as_xlsx(facts), "Evidencia").iter_rows(values_only=True)
    assert dict(zip(head, line, strict=True)) == {
        "N.º": "E-00042",
        "Acción": "1.1.1",
        "Medio": "M1",
        "Institución": "Dirección del Trabajo",
        "Período": "2.º semestre 2016",
        "Fecha": "09-01-2017",
        "Tipo": "Archivo",
        "Clasificación": "Interna",
        "Huella abreviada": "b8e1…07fa",
        "Veredicto": "Acreditado",
    }
    annual = openpyxl.load_workbook(io.BytesIO(facts_as_xlsx(facts_of(an_axis()))))
    assert annual.sheetnames == ["Matriz", "Territorio", "Metadatos"]


def test_the_same_facts_give_the_same_bytes_at_any_hour(monkeypatch):
    facts = papers.axis_facts(an_axis(builders.action()))
    first = facts_as_xlsx(facts)
    monkeypatch.setattr("time.time", lambda: 4102444800.0)
    assert facts_as_xlsx(facts) == first
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.modified.isoformat() == "2017-02-28T18:00:00"


# Formulas ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", FORMULAS)
def test_text_like_a_formula_is_text_in_xlsx(text):
    cell = sheet_of(workbook({"Matriz": table(text)}, []))["A2"]
    assert cell.data_type == "s"
    assert cell.value == text


def test_text_like_a_formula_stays_text_when_somebody_edits_it():
    sheet = sheet_of(workbook({"Matriz": table("=1+1", "nada")}, []))
    assert (sheet["A2"].quotePrefix, sheet["A3"].quotePrefix) == (True, False)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_like_a_formula_reads_back_from_csv_as_it_was(text):
    written = read_csv(to_csv(table(text)))[1][0]
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert (unguard(written) if guard(text) != text else written) == text


def test_a_control_character_does_not_spoil_the_file():
    assert sheet_of(workbook({"Matriz": table("a\x00b\x1fc")}, []))["A2"].value == "abc"


# CSV -----------------------------------------------------------------------------------------------------------------
def test_csv_is_written_as_spreadsheets_of_chile_read_it():
    content = to_csv(tablib.Dataset(["Año; eje", 0.75, 3, None], headers=["Texto", "Fracción", "Número", "Vacío"]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == 'Texto;Fracción;Número;Vacío\r\n"Año; eje";0,75;3;\r\n'
