"""What a subcomisión proposes for an action: who says it, who reads it, once, and that no text of the plan changes."""

import re
from dataclasses import asdict, replace
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from indicators import judging
from indicators.enums import ProposalKind, ResponsibilityKind
from indicators.judging import JudgementError, StaleJudgementError
from indicators.models import Proposal, Responsibility
from indicators.queries.judged import newest_proposals, proposals_of
from indicators.tests.judged import CUT_OFF, PROPOSED
from indicators.tests.world import enter, text_of
from plan.models import AuditEntry

pytestmark = pytest.mark.django_db

FICHA = "/plan/acciones/1.1.1/"
PROPOSE = f"{FICHA}propuesta/"
AT = {"corte": "2016-12-31"}
NO_PERSON = "lo que se informa puede publicarse y no lleva datos de personas."
KEEP = replace(PROPOSED, kind=ProposalKind.KEEP, wording="")


def propose(world, said=PROPOSED, by=None, seen=0) -> tuple[Proposal, bool]:
    return judging.propose(world.action, said, seen=seen, by=by or world.coordinator)


def typed(**changes) -> dict:
    return asdict(PROPOSED) | {"seen": 0} | changes


def words(response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(response))))


def ficha(user, **query) -> str:
    return words(enter(user).get(FICHA, AT | query))


# Signing ----------------------------------------------------------------------------------------------------------
def test_the_coordination_signs_for_its_subcomision_and_the_log_knows_it(world):
    row, is_new = propose(world)
    assert is_new
    assert (row.kind, row.wording, row.year) == ("modify", "Capacitar a todos los inspectores.", 2016)
    assert (row.signed_by, row.acting_as) == (world.coordinator, "Analista, Subcomisión 1")
    assert row.subcommission == world.action.objective.axis.subcommission
    entry = AuditEntry.objects.get(object_type="indicators.proposal")
    assert (entry.verb, entry.data) == ("created", {"proposal": "modify", "year": 2016, "action": "1.1.1"})


@pytest.mark.parametrize("who", ["other_coordinator", "reviewer", "executive", "focal", "observer", "administrator"])
def test_nobody_else_proposes(world, who):
    with pytest.raises(JudgementError, match="Propone la coordinación"):
        propose(world, by=getattr(world, who))
    assert not Proposal.objects.exists()


def test_a_second_click_signs_nothing(world):
    first, _ = propose(world)
    assert propose(world) == (first, False)
    assert Proposal.objects.count() == 1


def test_whoever_did_not_see_the_newest_one_is_told_and_may_sign_after_it(world):
    first, _ = propose(world)
    with pytest.raises(StaleJudgementError, match="Se firmó otra propuesta"):
        propose(world, KEEP)
    assert propose(world, KEEP, seen=first.pk)[1]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"wording": ""}, "proposal_wording_fits_kind"),
        ({"kind": ProposalKind.SUPPRESS}, "proposal_wording_fits_kind"),
        ({"grounds": ""}, "proposal_has_grounds"),
    ],
)
def test_what_a_proposal_cannot_lack_is_held_by_the_database(world, changes, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        propose(world, replace(PROPOSED, **changes))


def test_a_signed_proposal_cannot_be_changed(world):
    row, _ = propose(world)
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        Proposal.objects.update(grounds="Otro.")


# Both dates -------------------------------------------------------------------------------------------------------
def test_the_one_of_the_latest_year_stands_and_of_one_year_the_one_signed_last(world):
    first, _ = propose(world, replace(PROPOSED, year=2017))
    second, _ = propose(world, KEEP, seen=first.pk)
    third, _ = propose(world, replace(KEEP, grounds="Otra vez."), seen=second.pk)
    now, reader = timezone.now(), world.executive
    assert proposals_of(world.action, date(2017, 1, 1), now, reader) == (first, third, second)
    assert proposals_of(world.action, CUT_OFF, now, reader) == (third, second)
    assert newest_proposals(world.plan, CUT_OFF, now) == {world.action.pk: third}
    assert newest_proposals(world.plan, date(2015, 12, 31), now) == {}


def test_what_was_signed_later_was_not_known_before(world):
    propose(world)
    before = timezone.now() - timedelta(days=1)
    assert proposals_of(world.action, CUT_OFF, before, world.executive) == ()
    assert newest_proposals(world.plan, CUT_OFF, before) == {}


# Reading ----------------------------------------------------------------------------------------------------------
def test_the_secretarias_the_own_coordination_and_the_responsible_read_it_and_nobody_else(world):
    propose(world)
    world.duty(world.action, world.y, kind=ResponsibilityKind.COLLABORATOR)
    people = ("reviewer", "executive", "coordinator", "focal", "focal_y", "other_coordinator", "observer")
    pages = {who: ficha(getattr(world, who)) for who in people}
    told = "Texto propuesto: Capacitar a todos los inspectores. Fundamento: El texto deja fuera a dos regiones."
    assert {who for who, page in pages.items() if told in page} == {"reviewer", "executive", "coordinator", "focal"}
    assert {who for who, page in pages.items() if "Propuesta de la subcomisión" in page} == {
        "reviewer",
        "executive",
        "coordinator",
        "focal",
    }
    named = {who for who, page in pages.items() if "Verónica Salas, Analista" in page}
    assert named == {"reviewer", "executive", "coordinator"}


def test_an_institution_that_is_no_longer_responsible_reads_it_no_longer(world):
    propose(world)
    Responsibility.objects.update(valid_to=timezone.localdate() - timedelta(1))
    assert not Proposal.objects.visible_to(world.focal).exists()


def test_a_former_one_is_folded_in_the_history(world):
    first, _ = propose(world)
    propose(world, KEEP, seen=first.pk)
    page = ficha(world.coordinator)
    assert page.index("Mantener propuesta") < page.index("Historial: 1 anterior") < page.index("Modificar propuesta")
    assert "Sin propuesta firmada a este corte." in ficha(world.coordinator, corte="2015-12-31")


# The page ---------------------------------------------------------------------------------------------------------
def test_only_the_coordination_of_the_eje_is_led_to_the_form(world):
    people = ("reviewer", "coordinator", "other_coordinator", "executive", "focal", "observer")
    assert {who for who in people if PROPOSE in text_of(enter(getattr(world, who)).get(FICHA))} == {"coordinator"}


def test_the_form_takes_the_year_of_the_corte_and_leads_back_to_the_ficha(world):
    page = enter(world.coordinator).get(PROPOSE, AT)
    assert '<option value="2016" selected>' in text_of(page)
    done = enter(world.coordinator).post(f"{PROPOSE}?corte=2016-06-30", typed())
    assert (done.status_code, done["Location"]) == (302, f"{FICHA}?corte=2016-06-30#propuesta")
    assert Proposal.objects.get().kind == ProposalKind.MODIFY


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"year": ""}, "year", "Elija el año."),
        ({"kind": ""}, "kind", "Elija mantener, modificar o suprimir."),
        ({"wording": " "}, "wording", "Escriba el texto que se propone."),
        (
            {"kind": "keep"},
            "wording",
            "Solo una propuesta de modificar lleva texto: bórrelo o elija «Modificar».",
        ),
        ({"grounds": "Lo pide ana@b.cl"}, "grounds", f"Quite el correo ana@b.cl: {NO_PERSON}"),
        ({"kind": "modify", "wording": "De ana@b.cl"}, "wording", f"Quite el correo ana@b.cl: {NO_PERSON}"),
        ({"grounds": ""}, "grounds", "Escriba el fundamento de la propuesta."),
        ({"grounds": "a" * 1001}, "grounds", "Puede tener hasta 1000 caracteres; tiene 1001."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_signed(world, changes, field, sentence):
    response = enter(world.coordinator).post(PROPOSE, typed(**changes))
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert not Proposal.objects.exists()


def test_a_year_that_the_plan_has_not_is_refused(world):
    response = enter(world.coordinator).post(PROPOSE, typed(year=2019))
    assert list(response.context["form"].errors) == ["year"]


def test_whoever_is_second_keeps_their_words_and_may_sign_knowingly(world):
    first, _ = propose(world, KEEP)
    response = enter(world.coordinator).post(PROPOSE, typed())
    assert "mientras usted escribía" in words(response)
    assert PROPOSED.wording in text_of(response)
    assert f'name="seen" value="{first.pk}"' in text_of(response)


def test_fields_that_the_form_does_not_declare_are_not_taken(world):
    forged = {"signed_by": world.observer.pk, "acting_as": "Ministro", "signed_at": "2000-01-01", "subcommission": 2}
    enter(world.coordinator).post(PROPOSE, typed(**forged))
    row = Proposal.objects.get()
    assert (row.signed_by, row.acting_as) == (world.coordinator, "Analista, Subcomisión 1")
    assert row.signed_at.year > 2000
    assert row.subcommission == world.action.objective.axis.subcommission
