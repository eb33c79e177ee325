"""Several approvals at once: what is shown before, what each becomes, and that it is the decision that one would be."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from indicators import filing, workflow
from indicators.approving import as_informed, candidates
from indicators.content import IndicatorFigures, RowFigures
from indicators.enums import Outcome
from indicators.forms.review import ReviewEntry
from indicators.models import Decision, ProgressReport
from indicators.rounds import rounds_of
from indicators.tests.filling import post_data
from indicators.tests.world import enter, text_of
from plan.enums import Role, Verb
from plan.models import AuditEntry
from plan.tests.sample_files import upload

SHOW, CONFIRM = reverse("indicators:approve_reports"), reverse("indicators:confirm_approvals")


@pytest.fixture
def report(world) -> ProgressReport:
    return sound(world)


def sound(world, institution=None, **fields) -> ProgressReport:
    """Sent, with evidence of its one medio, in nobody's hands."""
    author = world.focal_y if institution == world.y else world.focal
    report = world.draft(institution, **fields)
    world.link(report, by=author)
    return world.sent(report, by=author)


def mark(report: ProgressReport) -> str:
    return f"{report.pk}-{report.version}"


def post(world, path, *reports, who=None):
    return enter(who or world.reviewer).post(path, {"reports": [mark(report) for report in reports]})


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def obstacle(world, report) -> str:
    (candidate,) = candidates({report.pk: report.version}, world.reviewer)
    return candidate.obstacle


def state(report) -> str:
    return ProgressReport.objects.get(pk=report.pk).state


# Before


def test_what_would_be_approved_is_shown_and_nothing_is_decided(world, report):
    page = text_of(post(world, SHOW, report))
    assert "1.1.1" in page
    assert ">40</b></dt><dd>Número de cosas" in page
    assert "1. Informe de la capacitación" in page
    assert f'value="{mark(report)}"' in page
    assert state(report) == "submitted"
    assert not AuditEntry.objects.filter(verb=Verb.ASSIGNED).exists()


def test_an_answer_without_progress_needs_no_evidence(world):
    report = world.sent(answer="no_progress", motive="budget", motive_text="No hubo fondos.", figures=())
    assert obstacle(world, report) == ""
    assert "No hubo fondos." in text_of(post(world, SHOW, report))


def test_without_evidence_in_each_medio_it_is_looked_at_alone(world):
    world.new_means(world.action)
    report = sound(world)
    assert obstacle(world, report) == "Sin evidencia en el medio 2."


def test_what_a_colleague_reviews_is_left_to_them(world, report):
    world.claimed(report, by=world.reviewer2)
    assert obstacle(world, report) == "Lo está revisando Ignacio Peña."


def test_a_report_of_the_own_ministry_is_looked_at_by_two(world):
    author = world.person_of(world.ministry)
    report = world.draft(world.ministry)
    world.link(report, by=author)
    assert obstacle(world, world.sent(report, by=author)) == "Necesita una segunda revisión."


def test_what_somebody_proposed_is_confirmed_on_its_own_page(world, report):
    organ = world.reviewer2.appointments.get().organ
    organ.institution = world.x
    organ.save()
    world.decided(world.claimed(report, by=world.reviewer2), Outcome.APPROVED, by=world.reviewer2)
    organ.institution = world.ministry
    organ.save()
    assert obstacle(world, report) == "Necesita una segunda revisión."


def test_nobody_approves_what_passed_through_their_hands(world, report):
    world.appoint(world.reviewer, Role.FOCAL_POINT, institution=world.x)
    assert obstacle(world, report) == "Usted tiene un nombramiento en la institución."


def test_what_changed_since_it_was_marked_is_not_approved_unseen(world, report):
    seen = ProgressReport.objects.get(pk=report.pk)
    workflow.withdraw(report, by=world.focal, version=report.version)
    assert candidates({seen.pk: seen.version}, world.reviewer) == []
    assert "ya no está en revisión: su institución lo retiró" in text_of(post(world, SHOW, seen))
    world.sent(report, figures=(IndicatorFigures(world.indicator.pk, value=4000),))
    assert obstacle(world, seen) == "Cambió desde que usted lo marcó."


def test_a_file_with_personal_data_is_pointed_out(world):
    report = world.draft()
    filing.file_upload(report, world.means, upload("lista.csv", b"Ana;12.345.678-5\n"), by=world.focal)
    (candidate,) = candidates(marks(world.sent(report)), world.reviewer)
    assert candidate.warnings == ("1 archivo con datos personales.",)


def marks(*reports) -> dict[int, int]:
    return {report.pk: report.version for report in reports}


def test_a_figure_far_from_the_validated_one_is_pointed_out(world):
    earlier = sound(world, period=world.new_period(date(2016, 1, 1), date(2016, 6, 30)))
    world.approved(world.claimed(earlier))
    far = world.draft()
    world.link(far, page="segundo")
    world.sent(far, figures=(IndicatorFigures(world.indicator.pk, value=200),))
    near = world.draft(world.y)
    world.link(near, by=world.focal_y)
    world.sent(near, by=world.focal_y, figures=(IndicatorFigures(world.indicator.pk, value=200),))
    found = {c.report.pk: c.warnings for c in candidates(marks(far, near), world.reviewer)}
    assert found == {far.pk: ("Indicador 1: más de 3 veces lo anterior: ¿es correcto?",), near.pk: ()}


def test_a_second_round_reminds_of_what_was_asked(world, report):
    world.sent(world.decided(world.claimed(report), Outcome.RETURNED))
    (candidate,) = candidates(marks(report), world.reviewer)
    assert candidate.warnings == ("Ronda 2: compruebe que se corrigió lo que se pidió.",)


# The decision


@pytest.fixture
def broken_down(world) -> ProgressReport:
    """10 in one region and 5 in another."""
    action = world.new_action("1.1.2", world.x)
    indicator = world.new_indicator(action=action, breakdown="region")
    means = world.new_means(action)
    places = [world.region("1", "Tarapacá"), world.region("10", "Los Lagos")]
    rows = tuple(RowFigures(region_id=p.pk, value=n) for p, n in zip(places, (10, 5), strict=True))
    report = world.draft(action=action)
    world.link(report, means)
    return world.sent(report, figures=(IndicatorFigures(indicator.pk, value=15, rows=rows),))


def by_hand(world, report) -> ReviewEntry:
    """The page of the review, everything accredited and left as it is."""
    round_ = rounds_of(report, world.reviewer)[0]
    fields: dict[str, object] = {"outcome": "approved", "reason": ""}
    blank = ReviewEntry(round_)
    fields |= {form.add_prefix("verdict"): "accredited" for form in blank.verdicts}
    for form in blank.values:
        fields |= {form.add_prefix(name): form[name].initial or "" for name in form.fields}
    return ReviewEntry(round_, post_data(fields))


@pytest.mark.parametrize("name", ["report", "broken_down"])
def test_it_is_the_resolution_that_the_page_of_one_report_would_give(world, request, name):
    report = request.getfixturevalue(name)
    entry = by_hand(world, report)
    assert entry.is_valid()
    assert as_informed(report.latest_submission) == entry.resolution()


def test_each_is_approved_by_its_own_decision_and_logged_as_one(world, report, broken_down):
    response = post(world, CONFIRM, report, broken_down)
    assert told(response) == ["Aprobados (2): 1.1.1 DT; 1.1.2 DT."]
    assert (state(report), state(broken_down)) == ("approved", "approved")
    for one in (report, broken_down):
        decision = Decision.objects.get(submission__report=one)
        assert (decision.reviewer, decision.verdicts.get().verdict) == (world.reviewer, "accredited")
        verbs = AuditEntry.objects.filter(object_id=str(one.pk), user=world.reviewer).values_list("verb", flat=True)
        assert sorted(verbs) == [Verb.ASSIGNED, Verb.MOVED]
    rows = Decision.objects.get(submission__report=broken_down).values.get().rows
    assert list(rows.values_list("value", flat=True)) == [10, 5]


def test_one_that_cannot_be_approved_leaves_the_others_approved(world, report):
    other = sound(world, period=world.new_period(date(2017, 1, 1), date(2017, 6, 30)))
    seen = ProgressReport.objects.get(pk=other.pk)
    world.claimed(other, by=world.reviewer2)
    response = post(world, CONFIRM, report, seen)
    assert (state(report), state(other)) == ("approved", "submitted")
    assert told(response) == ["Aprobados (1): 1.1.1 DT.", "No se aprobó 1.1.1, DT: Cambió desde que usted lo marcó."]


def test_a_claim_is_not_kept_where_the_decision_fails(world, report, monkeypatch):
    def refuse(*args, **kwargs):
        raise workflow.StaleReportError

    monkeypatch.setattr(workflow, "decide", refuse)
    post(world, CONFIRM, report)
    assert ProgressReport.objects.get(pk=report.pk).assigned_to is None
    assert not AuditEntry.objects.filter(verb=Verb.ASSIGNED).exists()


def test_a_second_click_approves_nothing_twice_and_says_the_same(world, report):
    first, second = post(world, CONFIRM, report), post(world, CONFIRM, report)
    assert told(first) == told(second) == ["Aprobados (1): 1.1.1 DT."]
    assert Decision.objects.count() == 1
    assert report.transitions.count() == 2


def test_what_somebody_else_approved_meanwhile_is_not_claimed_as_ones_own(world, report):
    seen = ProgressReport.objects.get(pk=report.pk)
    world.decided(world.claimed(report, by=world.reviewer2), Outcome.APPROVED, by=world.reviewer2)
    assert told(post(world, CONFIRM, seen)) == ["No se aprobó 1.1.1, DT: Ya no está en revisión: aprobado."]


def test_what_the_reviewer_has_in_hand_already_is_not_taken_again(world, report):
    world.claimed(report)
    post(world, CONFIRM, report)
    assert state(report) == "approved"
    assert AuditEntry.objects.filter(verb=Verb.ASSIGNED).count() == 1


# Who may, and what is posted wrong


def test_nothing_marked_shows_the_queue_again_with_what_is_missing(world, report):
    response = enter(world.reviewer).post(f"{SHOW}?de=libres", {})
    assert response.status_code == 422
    assert "Marque en la lista al menos un reporte." in text_of(response)
    assert response.context["queue"].chosen == {"de": "libres"}


def test_nothing_left_to_confirm_goes_back_to_the_queue(world, report):
    response = enter(world.reviewer).post(f"{CONFIRM}?de=libres", {})
    assert response.url == "/revision/?de=libres"
    assert told(response) == ["No se aprobó ningún reporte: no quedó ninguno marcado."]


@pytest.mark.parametrize("who", ["focal", "focal_y", "executive", "coordinator", "observer", "administrator"])
def test_only_the_secretaria_tecnica_approves(world, report, who):
    for path in (SHOW, CONFIRM):
        assert post(world, path, report, who=getattr(world, who)).status_code == 404
    assert state(report) == "submitted"


@pytest.mark.parametrize("path", [SHOW, CONFIRM])
def test_looking_approves_nothing(world, path):
    assert enter(world.reviewer).get(path).status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_to_confirm_takes_at_most_20_queries(world, count, django_assert_max_num_queries):
    periods = [world.new_period(date(2017, 1, day), date(2017, 6, 30)) for day in range(1, count + 1)]
    reports = [sound(world, period=period) for period in periods]
    browser = enter(world.reviewer)
    browser.get(reverse("indicators:review_queue"))
    with django_assert_max_num_queries(20):
        browser.post(SHOW, {"reports": [mark(report) for report in reports]})
