"""Nothing that leaves the portal names a person or a file, or lets anybody work out a handful of people."""

import io
import re
import subprocess
from datetime import date

import openpyxl
import pytest

from indicators.enums import Breakdown, Classification
from indicators.models import StoredFile
from indicators.queries import compliance
from plan.models import Region
from reports.documents.making import Order, make_document
from reports.exports.files import to_csv, to_xlsx
from reports.exports.matrix import matrix_dataset
from reports.facts.gather import annual_facts
from reports.tests import papers, world
from reports.tests.world import CUT_OFF, noon

KNOWN_AT = noon(date(2017, 6, 30))
CANARIES = (papers.FILE_NAME, papers.PERSON_NAME, papers.PERSON_EMAIL, papers.PERSON_RUN, "revisa@ejemplo.cl")


@pytest.fixture
def plan(db):
    """A count of persons by region, 3 of them in one, approved; names, RUN and addresses wherever people put them."""
    plan = world.make_plan()
    action = world.make_action(plan)
    staff = world.make_count(action, breakdown=Breakdown.REGION)
    proof = world.make_means(action, "Lista de asistencia", lists_people=True)
    institution = world.make_institution("Dirección del Trabajo", "DT", plan)
    acta = world.make_agreement(plan, number=9)
    world.make_responsible(action, institution, acta)
    world.make_target(staff, 1000, acta)
    regions = [Region.objects.create(code=code, name=f"Región {code}", order=i) for i, code in enumerate("ABC", 1)]
    rows = [{"region": region, "value": value} for region, value in zip(regions, (3, 871, 46), strict=True)]
    submission = world.submit(action, institution, world.make_period(plan), {staff: {"value": 920}}, rows)
    papers.add_file(submission, proof)
    world.approve(submission, accredited=[proof])
    told = papers.make_report(
        world.make_action(plan, "1.1.2"),
        institution,
        submission.report.period,
        narrative=f"Asistió {papers.PERSON_RUN}; escriba a {papers.PERSON_EMAIL}.",
    )
    papers.decide(told)
    return plan


@pytest.fixture
def facts(plan):
    return annual_facts(plan, compliance(plan, CUT_OFF, KNOWN_AT), 2016)


def words_of_pdf(plan, **document) -> str:
    pdf = make_document(Order(plan, CUT_OFF, KNOWN_AT, **document))
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


def words_of_xlsx(facts) -> str:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(matrix_dataset(facts), facts)))
    return repr([row for sheet in book for row in sheet.iter_rows(values_only=True)])


def test_the_report_of_an_eje_names_no_person_and_no_file(plan):
    words = words_of_pdf(plan, axis_number=1)
    assert "Dirección del Trabajo" in words
    assert "[RUN omitido]" in words
    assert StoredFile.objects.get(classification=Classification.RESERVED).short_hash in words
    assert [canary for canary in CANARIES if canary in words] == []


def test_the_report_of_an_eje_prints_no_handful_of_persons_nor_what_would_tell_it(plan):
    words = words_of_pdf(plan, axis_number=1)
    told = dict(re.findall(r"Región ([ABC])\s+(<\s?5|[0-9]+|omitido)", words))
    assert (told.pop("A").replace("\u00a0", ""), told) == ("<5", {"B": "871", "C": "omitido"})
    assert "Líneas que desglosan cifras protegidas" in words


def test_the_annual_status_names_no_person_and_no_file(plan):
    words = words_of_pdf(plan, year=2016)
    assert "920" in words
    assert [canary for canary in (*CANARIES, "871") if canary in words] == []


@pytest.mark.parametrize("write", [words_of_xlsx, lambda facts: to_csv(matrix_dataset(facts)).decode("utf-8-sig")])
def test_the_matrix_names_no_person_no_file_and_no_region(facts, write):
    words = write(facts)
    assert "920" in words
    assert [canary for canary in (*CANARIES, "871") if canary in words] == []
