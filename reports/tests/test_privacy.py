"""Nothing that leaves the portal names a person or a file, or lets anybody work out a handful of people."""

import io
import re
import subprocess
import zipfile
from datetime import date

import openpyxl
import pytest

from indicators.enums import (
    Breakdown,
    CauseKind,
    Classification,
    Deviation,
    ObservationKind,
    ProposalKind,
    RiskLevel,
    TargetScope,
)
from indicators.models import (
    Assessment,
    Cause,
    Indicator,
    Observation,
    Proposal,
    Question,
    StoredFile,
)
from plan.enums import Role
from plan.models import Region, Subcommission
from reports.documents.making import Order, facts_of, make_document
from reports.editions.archive import archive_of
from reports.enums import EditionSlot, TextState
from reports.exports.documents import facts_as_xlsx
from reports.models import EditionText
from reports.tests import papers, world
from reports.tests.editions import emit
from reports.tests.world import CUT_OFF, noon

KNOWN_AT = noon(date(2017, 6, 30))
CANARIES = (papers.FILE_NAME, papers.PERSON_NAME, papers.PERSON_EMAIL, papers.PERSON_RUN, "revisa@ejemplo.cl")


#: Where a person can type, it is typed.
TYPED = f"Asistió {papers.PERSON_RUN}; escriba a {papers.PERSON_EMAIL}."
BY_OFICIO = {"on_behalf": True, "source_document": TYPED, "source_date": CUT_OFF}


@pytest.fixture
def plan(db):
    """A count of persons by region, 3 of them in one, approved; names, RUN and addresses wherever people put them."""
    plan = world.make_plan()
    Region.objects.all().delete()
    regions = [Region.objects.create(code=code, name=f"Región {code}", order=i) for i, code in enumerate("ABC", 1)]
    action = world.make_action(plan)
    staff = world.make_count(action, breakdown=Breakdown.REGION)
    proof = world.make_means(action, "Lista de asistencia", lists_people=True)
    institution = world.make_institution("Dirección del Trabajo", "DT", plan)
    acta = world.make_agreement(plan, number=9)
    world.make_responsible(action, institution, acta)
    world.make_target(staff, 2000, acta)
    world.make_target(staff, 40, acta, scope=TargetScope.WHOLE_PLAN, region=regions[0])
    rows = [{"region": region, "value": value} for region, value in zip(regions, (3, 871, 46), strict=True)]
    submission = world.submit(action, institution, world.make_period(plan), {staff: {"value": 920}}, rows, **BY_OFICIO)
    papers.add_file(submission, proof)
    world.approve(submission, accredited=[proof])
    told = papers.make_report(
        world.make_action(plan, "1.1.2"), institution, submission.report.period, narrative=TYPED, obstacles=TYPED
    )
    Observation.objects.create(
        decision=papers.decide(told, reason=TYPED), anchor="", kind=ObservationKind.OTHER, text=TYPED
    )
    type_everywhere(plan, staff)
    return plan


def type_everywhere(plan, indicator: Indicator) -> None:
    author, axis, action = papers.make_author(), plan.axes.get(), indicator.action
    at = {"signed_by": author, "acting_as": TYPED, "signed_at": KNOWN_AT}
    Assessment.objects.create(action=action, cut_off=CUT_OFF, level=RiskLevel.NEEDS_SUPPORT, sentence=TYPED, **at)
    body = Subcommission.objects.create(axis=axis, name="Subcomisión 1")
    said = {"kind": ProposalKind.MODIFY, "wording": TYPED, "grounds": TYPED, "year": 2016}
    Proposal.objects.create(action=action, subcommission=body, **said, **at)
    Cause.objects.create(
        indicator=indicator,
        cut_off=CUT_OFF,
        deviation=Deviation.UNDER,
        kind=CauseKind.STAFF,
        explanation=TYPED,
        measure=TYPED,
        responsible=TYPED,
        due_on=CUT_OFF,
        recorded_by=author,
        acting_as=TYPED,
        recorded_at=KNOWN_AT,
    )
    Question.objects.create(report=action.reports.get(), anchor="", text=TYPED, asked_by=author, asked_at=KNOWN_AT)
    wrote = {"plan": plan, "year": 2016, "state": TextState.READY, "written_by": author, "acting_as": TYPED}
    for slot in EditionSlot:
        if slot not in (EditionSlot.SIGNERS, EditionSlot.EVALUATION):
            number = axis.number if slot.is_of_axis else None
            EditionText.objects.create(slot=slot, axis_number=number, body=TYPED, written_at=KNOWN_AT, **wrote)


@pytest.fixture
def editions(plan):
    """Of the eje and of the year, both corrections whose errata name somebody."""
    executive = world.make_secretary(plan, Role.EXECUTIVE)
    found = []
    for axis_number in (1, None):
        former = emit(executive, plan, axis_number=axis_number)
        found.append(emit(executive, plan, axis_number=axis_number, former=former, errata=TYPED))
    return found


def words_of_pdf(plan, **document) -> str:
    return words_in_pdf(make_document(Order(plan, CUT_OFF, KNOWN_AT, **document)))


def words_in_pdf(pdf: bytes) -> str:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


def words_in_book(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return repr([row for sheet in book for row in sheet.iter_rows(values_only=True)])


READERS = {"pdf": words_in_pdf, "xlsx": words_in_book}


def words_of_archive(edition) -> dict[str, str]:
    """Everything that an edition hands out, by extension, and all that it froze."""
    with archive_of(edition).file as file, zipfile.ZipFile(file) as archive:
        contents = {name.rpartition(".")[2]: archive.read(name) for name in archive.namelist() if "MANIF" not in name}
    return {extension: READERS.get(extension, bytes.decode)(content) for extension, content in contents.items()}


def few_told(words: str) -> list[str]:
    """What tells of the 3 persons of Región A: themselves, what the others leave over, and their share of the meta.
    The minutes and seconds of a moment tell nothing."""
    told = re.findall(r"Región A\W+(?:verificado\W+)?(3)\b|\b(3 \+ 871)|(?<!:)\b(46)\b(?!:)|(7,5.%|3/40|0\.075)", words)
    return [found for groups in told for found in groups if found]


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


@pytest.mark.poppler
def test_no_file_of_an_edition_names_a_person_or_tells_of_a_handful(editions):
    for edition in editions:
        written = words_of_archive(edition)
        assert sorted(written) == ["csv", "json", "pdf", "txt", "xlsx"]
        for extension, words in written.items():
            assert [canary for canary in CANARIES if canary in words] == [], extension
            assert few_told(words) == [], extension


def test_what_is_frozen_names_no_person(editions):
    for edition in editions:
        assert [canary for canary in CANARIES if canary in edition.snapshot.content] == []


def test_a_meta_of_one_region_keeps_its_figure_where_it_counts_a_handful(plan):
    facts = facts_of(Order(plan, CUT_OFF, KNOWN_AT, axis_number=1))
    told = [(a.target.place, a.value, a.value_text) for i in facts.axis.iter_indicators() for a in i.advances]
    assert told == [("Región A", None, "protegido")]
    assert facts.calculation.find("1.1.1.I1")[-1].advances[0].progress_text == "protegido"


def test_the_draft_spreadsheet_has_the_evidence_by_number_and_names_nobody(plan):
    words = words_in_book(facts_as_xlsx(facts_of(Order(plan, CUT_OFF, KNOWN_AT, axis_number=1))))
    assert "Reservada" in words
    assert "920" in words
    assert [canary for canary in CANARIES if canary in words] == []
