"""The data of an edition: from its snapshot alone, the same bytes each time, for whoever may read it."""

import hashlib
import io
import json
import subprocess
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plan.enums import Role, Verb
from plan.files.storage import store
from plan.models import Action, AuditEntry
from reports.exports.documents import FORMATS
from reports.models import IssuedReport, SignedCopy
from reports.tests import story, world
from reports.tests.editions import emit

DATA = ("edition_xlsx", "edition_csv", "edition_json")
pytestmark = pytest.mark.usefixtures("quick_press")


@pytest.fixture
def told(db):
    return story.tell()


@pytest.fixture
def executive(client, told):
    user = world.make_secretary(told.plan, Role.EXECUTIVE)
    client.force_login(user)
    return user


@pytest.fixture
def edition(told, executive):
    return emit(executive, told.plan)


def path_of(edition: IssuedReport, name: str) -> str:
    return reverse(f"reports:{name}", args=[edition.folio])


def taken(client, edition: IssuedReport, name: str) -> bytes:
    return b"".join(client.get(path_of(edition, name)))


def book_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def keep_signed(edition: IssuedReport, content: bytes) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    name = store(SimpleUploadedFile("firmado.pdf", content), sha256)
    SignedCopy.objects.create(
        edition=edition, storage_name=name, sha256=sha256, size=len(content), added_by=edition.issued_by
    )


# Data --------------------------------------------------------------------------------------------------------------
def test_the_data_say_what_the_edition_said_whatever_happened_since(client, told, edition):
    before = [taken(client, edition, name) for name in DATA]
    world.approve(told.report_of(told.detectives).submissions.get())
    Action.objects.update(text="Otra cosa")
    assert [taken(client, edition, name) for name in DATA] == before
    row = dict(zip(*book_of(before[0])["Matriz"].iter_rows(max_row=2, values_only=True), strict=True))
    assert (row["Texto de la acción"], row["Resultado verificado"]) == ("Capacitar a funcionarios", "90")


def test_the_sheet_of_metadata_tells_by_what_the_edition_is_verified(client, edition):
    about = dict(book_of(taken(client, edition, "edition_xlsx"))["Metadatos"].iter_rows(values_only=True))
    assert about["Folio"] == edition.folio
    assert about["Código de verificación"] == edition.code_text
    assert about["Huella SHA-256 de los datos"] == edition.snapshot.sha256
    assert about["Fechas"].startswith("Corte 31-12-2016, con lo resuelto hasta ")
    assert about["Metodología"].startswith("Versión ")
    assert edition.get_state_display() not in about.values()


def test_what_the_breakdown_veils_is_veiled_in_its_sheet(client, edition):
    lines = list(book_of(taken(client, edition, "edition_xlsx"))["Desgloses"].iter_rows(min_row=2, values_only=True))
    assert [(line[4], line[5]) for line in lines] == [
        ("Arica", "<\u00a05"),
        ("Tarapacá", "77"),
        ("Antofagasta", "omitido"),
    ]


def test_the_json_opens_every_figure_under_what_the_edition_is(client, edition):
    body = json.loads(taken(client, edition, "edition_json"))
    assert (body["edition"]["folio"], body["edition"]["snapshot_sha256"]) == (edition.folio, edition.snapshot.sha256)
    assert (body["reference"], body["cut_off"]) == ("eje-1", "2016-12-31")
    indicator = body["parts"][0]["parts"][0]["parts"][0]
    assert (indicator["reference"], indicator["verified"]["score"]) == ("1.1.1.I1", "3/4")


def test_the_annual_edition_has_its_data_too(client, told, executive):
    annual = emit(executive, told.plan, axis_number=None)
    assert book_of(taken(client, annual, "edition_xlsx")).sheetnames == ["Matriz", "Territorio", "Metadatos"]
    assert json.loads(taken(client, annual, "edition_json"))["reference"] == "plan"


@pytest.mark.parametrize(
    ("name", "extension"),
    [("edition_xlsx", "xlsx"), ("edition_csv", "csv"), ("edition_json", "json"), ("edition_archive", "zip")],
)
def test_every_download_is_logged_with_its_digest(client, edition, name, extension):
    sha256 = hashlib.sha256(taken(client, edition, name)).hexdigest()
    entry = AuditEntry.objects.get(verb=Verb.EXPORTED)
    assert entry.object_id == str(edition.pk)
    assert entry.data | {"format": extension, "hash": sha256} == entry.data


def test_with_the_archive_the_digests_of_the_data_in_it_are_logged(client, edition):
    found = members(taken(client, edition, "edition_archive"))
    logged = AuditEntry.objects.get(verb=Verb.EXPORTED).data
    within = {name: hashlib.sha256(found[f"{edition.folio}-datos.{name}"]).hexdigest() for name in FORMATS}
    assert {word: logged[word] for word in within} == within


# The archive -------------------------------------------------------------------------------------------------------
def test_the_archive_holds_everything_and_its_manifest_proves_it(client, edition, tmp_path):
    keep_signed(edition, b"%PDF-1.7 firmado")
    found = members(taken(client, edition, "edition_archive"))
    names = ["datos.csv", "datos.json", "datos.xlsx", "firmado-1.pdf"]
    assert sorted(found) == sorted(
        [f"{edition.folio}.pdf", *(f"{edition.folio}-{name}" for name in names), "LEEME.txt", "MANIFIESTO.txt"]
    )
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    checked = subprocess.run(["sha256sum", "-c", "MANIFIESTO.txt"], cwd=tmp_path, capture_output=True, check=True)
    assert checked.stdout.decode().count(": OK") == 6
    assert hashlib.sha256(found[f"{edition.folio}.pdf"]).hexdigest() == edition.sha256
    assert f"Folio: {edition.folio}" in found["LEEME.txt"].decode()


def test_the_archive_is_the_same_each_time(client, edition):
    assert taken(client, edition, "edition_archive") == taken(client, edition, "edition_archive")


def test_what_is_in_the_archive_is_what_is_taken_alone(client, edition):
    found = members(taken(client, edition, "edition_archive"))
    assert found[f"{edition.folio}-datos.xlsx"] == taken(client, edition, "edition_xlsx")


def test_a_file_that_was_altered_is_not_handed_out(client, edition):
    IssuedReport.objects.update(sha256="0" * 64)
    response = client.get(path_of(edition, "edition_archive"), follow=True)
    assert "no coincide con su huella" in response.content.decode()
    assert not AuditEntry.objects.filter(verb=Verb.EXPORTED).exists()


@pytest.mark.parametrize("name", [*DATA, "edition_archive"])
def test_a_snapshot_that_is_not_what_its_digest_says_tells_nothing(client, told, executive, name, monkeypatch):
    edition = emit(executive, told.plan)
    monkeypatch.setattr("reports.editions.frozen.digest", lambda content: "0" * 64)
    assert "no coincide con su huella" in client.get(path_of(edition, name), follow=True).content.decode()


# Who ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [*DATA, "edition_archive"])
def test_an_observer_takes_the_data_of_the_annual_status_and_not_of_an_eje(client, told, executive, name):
    editions = [emit(executive, told.plan), emit(executive, told.plan, axis_number=None)]
    client.force_login(world.make_user(Role.OBSERVER))
    responses = [client.get(path_of(edition, name)) for edition in editions]
    assert [response.status_code for response in responses if list(response) is not None] == [404, 200]


@pytest.mark.parametrize("name", [*DATA, "edition_archive"])
def test_what_is_not_printed_has_no_data_yet(client, edition, name):
    blank = {"storage_name": "", "sha256": "", "size": None, "printed_at": None}
    IssuedReport.objects.update(state="in_production", **blank)
    assert client.get(path_of(edition, name)).status_code == 404


def test_the_page_of_an_edition_leads_to_its_data(client, edition):
    page = client.get(path_of(edition, "edition")).content.decode()
    assert [name for name in (*DATA, "edition_archive") if path_of(edition, name) not in page] == []
