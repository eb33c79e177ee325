"""Two people on one report, and who has no business there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.models import Evidence, ProgressReport, StoredFile, Submission
from indicators.tests.filling import typed
from indicators.tests.world import enter, text_of
from plan.models import AuditEntry


@pytest.fixture
def report(world) -> ProgressReport:
    """Both have its page open; then the alternate saves."""
    report = world.draft()
    world.link(report)
    enter(world.alternate).post(
        reverse("indicators:edit_report", args=[report.pk]), typed(world, report, narrative="De Andrés.")
    )
    return report


def path_of(report, name) -> str:
    args = [report.pk, report.evidence.get().pk] if name == "remove_evidence" else [report.pk]
    return reverse(f"indicators:{name}", args=args)


EVERY_WRITING_PAGE = pytest.mark.parametrize("name", ["edit_report", "submit_report", "remove_evidence"])


@EVERY_WRITING_PAGE
def test_the_second_is_told_and_keeps_the_own_text_while_the_firsts_stays(world, report, name):
    response = enter(world.focal).post(path_of(report, name), typed(world, report, narrative="De Marcela."))
    assert response.status_code == 409
    page = text_of(response)
    assert "De Marcela." in page
    assert (
        "Este reporte cambió mientras usted lo tenía abierto. Revise la versión actual. "
        "Lo que escribió sigue en esta página."
    ) in page
    report.refresh_from_db()
    assert (report.draft["narrative"], report.saved_by) == (["De Andrés."], world.alternate)
    assert not Submission.objects.exists()
    assert Evidence.objects.in_draft().count() == 1


def test_a_second_knowing_save_replaces_the_firsts(world, report):
    browser = enter(world.focal)
    response = browser.post(path_of(report, "edit_report"), typed(world, report, narrative="De Marcela."))
    report = response.context["report"]
    assert f'name="version" value="{report.version}"' in text_of(response)
    browser.post(path_of(report, "edit_report"), typed(world, report, narrative="De ambos."))
    assert ProgressReport.objects.get().draft["narrative"] == ["De ambos."]


def test_an_old_page_that_says_what_is_saved_already_is_sent(world, report):
    response = enter(world.focal).post(path_of(report, "submit_report"), typed(world, report, narrative="De Andrés."))
    assert response.url == reverse("indicators:receipt", args=[Submission.objects.get().pk])


def test_evidence_that_comes_with_an_old_page_is_not_filed(world, report):
    upload = SimpleUploadedFile("lista.csv", b"unidad;firma\n1;si\n")
    told = typed(world, report, **{f"m{world.means.pk}-uploads": upload, f"m{world.means.pk}-url": "https://b.example"})
    assert enter(world.focal).post(path_of(report, "edit_report"), told).status_code == 409
    assert not StoredFile.objects.exists()
    assert [evidence.url for evidence in Evidence.objects.all()] == ["https://www.dt.example/informe"]


@pytest.mark.parametrize("version", ["", "0", "-1", "1.0", "x", "²", "9" * 40])
def test_a_version_that_no_page_showed_never_matches(world, report, version):
    response = enter(world.focal).post(path_of(report, "edit_report"), typed(world, report, version=version))
    assert response.status_code == 409
    assert ProgressReport.objects.get().draft["narrative"] == ["De Andrés."]


# Others

OTHERS = ("focal_y", "reviewer", "executive", "coordinator", "other_coordinator", "observer", "administrator")


@EVERY_WRITING_PAGE
@pytest.mark.parametrize("who", OTHERS)
def test_for_everybody_else_the_pages_of_entry_do_not_exist(world, report, name, who):
    before = ProgressReport.objects.values().get()
    response = enter(getattr(world, who)).post(path_of(report, name), typed(world, report))
    assert response.status_code == 404
    assert ProgressReport.objects.values().get() == before
    assert Evidence.objects.in_draft().count() == 1


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_withdraws(world, who):
    report = world.sent()
    response = enter(getattr(world, who)).post(path_of(report, "withdraw_report"), {"version": report.version})
    assert response.status_code == 404
    assert ProgressReport.objects.get().state == "submitted"


def test_a_stranger_is_sent_to_the_login(world, client, report):
    path = path_of(report, "edit_report")
    assert client.get(path).url == f"/ingresar/?next={path}"


def test_evidence_of_another_report_is_not_removed_through_this_one(world, report):
    other = world.draft(period=world.new_period(ends_on=world.period.starts_on))
    evidence = world.link(other)
    path = reverse("indicators:remove_evidence", args=[report.pk, evidence.pk])
    assert enter(world.focal).post(path, typed(world, report, version=2)).status_code == 404
    assert Evidence.objects.in_draft().contains(evidence)


# Reading changes nothing


def everything() -> tuple:
    return list(ProgressReport.objects.values()), list(Evidence.objects.values()), AuditEntry.objects.count()


@pytest.mark.parametrize("name", ["edit_report", "report"])
def test_looking_at_a_report_changes_nothing(world, report, name):
    before = everything()
    assert enter(world.focal).get(path_of(report, name), {"narrative": "Otra"}).status_code == 200
    assert everything() == before


@pytest.mark.parametrize(
    "name", ["withdraw_report", "remove_evidence", "reopen_report", "annul_report", "claim_report"]
)
def test_what_changes_something_is_never_a_get(world, report, name):
    world.appoint(world.focal, "technical", organ=world.reviewer.current_appointments[0].organ)
    before = everything()
    assert enter(world.focal).get(path_of(report, name)).status_code == 405
    assert everything() == before


def test_the_address_of_a_failed_submit_leads_back_to_the_form_and_sends_nothing(world, report):
    before = everything()
    assert enter(world.focal).get(path_of(report, "submit_report")).url == path_of(report, "edit_report")
    assert everything() == before


@pytest.mark.parametrize("pk", [0, 10**12, 10**25])
def test_a_number_that_no_report_has_is_not_found(world, pk):
    assert enter(world.focal).get(f"/reportes/{pk}/editar/").status_code == 404
