"""A search reveals nothing: whatever of X bears a word of its own is found by those who may see it, and to everybody
else the word is one like any other, also in the counts."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from indicators.tests.world import text_of
from mitp_portal.tests.access_desk import SECRETS
from mitp_portal.tests.access_stage import Stage
from mitp_portal.tests.access_table import MAY_FIND, PEOPLE, STRANGERS

pytestmark = pytest.mark.django_db

OWN = {"focal", "altern"}
SECRETARIATS = {"tech", "tech2", "exec"}
#: Who finds what; everything else of SECRETS is not searched, or not for anybody.
FINDERS = {
    "withdrawn": OWN,
    "sent": OWN | SECRETARIATS | {"coord"},
    "claimed": OWN | SECRETARIATS | {"coord"},
    "returned": OWN | SECRETARIATS | {"coord"},
    "approved": OWN | SECRETARIATS | {"coord"},
    "draft-file": OWN,
    "withdrawn-file": OWN,
    "unsent-file": OWN,
    "unclaimed-file": OWN,
    "approved-file": OWN,
    "reserved-file": OWN | {"tech"},
    "internal-file": OWN | SECRETARIATS,
    "public-file": OWN | SECRETARIATS | {"focalY"},
    "record-file": OWN | {"tech"},
    "link": OWN | SECRETARIATS,
    "attestation": OWN | SECRETARIATS,
    "sender": SECRETARIATS | {"admin"},
}
#: Nobody has written it.
NONSENSE = "palabra-que-nadie-escribió"
#: With an appointment in force.
READERS = [who for who in PEOPLE if who not in STRANGERS and who != "former"]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)


def look(stage: Stage, who: str, words: str, **query):
    return stage.browser(who).get("/buscar/", {"q": words, **query})


@pytest.mark.parametrize("who", READERS)
def test_each_finds_what_is_meant_for_them_and_nothing_else(stage, who):
    found = {name for name, word in SECRETS.items() if look(stage, who, word).context["found"]}
    assert found == {name for name, finders in FINDERS.items() if who in finders}
    assert found <= MAY_FIND[who]


def page_of(stage: Stage, who: str, word: str) -> str:
    """The page between its head, which has a new token each time, and its foot, which names the reader and the minute;
    without the word itself."""
    return text_of(look(stage, who, word)).split("<main")[1].split("</main>")[0].replace(word, "…")


@pytest.mark.parametrize("who", READERS)
def test_the_page_of_a_word_that_one_may_not_find_is_that_of_a_word_that_nobody_wrote(stage, who):
    hidden = [word for name, word in SECRETS.items() if who not in FINDERS.get(name, ())]
    empty = page_of(stage, who, NONSENSE)
    assert {page_of(stage, who, word) for word in hidden} == {empty}


def group_of(name: str) -> str:
    """Where those who may find it find it."""
    if name == "sender":
        return "personas"
    return "evidencia" if name in ("link", "attestation") or name.endswith("-file") else "reportes"


@pytest.mark.parametrize("who", READERS)
def test_asking_for_one_group_opens_no_other_door(stage, who):
    for name, finders in FINDERS.items():
        count = look(stage, who, SECRETS[name], en=group_of(name)).context["count"]
        assert bool(count) == (who in finders), name


@pytest.mark.parametrize("who", READERS)
def test_what_all_have_in_common_is_counted_for_each_as_their_own(stage, who):
    """The word stands in every file of X and in every report."""
    for word, group in {"archivo": "evidencia", "relato": "reportes"}.items():
        parts = {part.group.slug: part for part in look(stage, who, word).context["found"]}
        own = [name for name, finders in FINDERS.items() if who in finders and SECRETS[name].startswith(word)]
        assert (parts[group].count if group in parts else 0) == len(own)


def test_nobody_searches_without_an_appointment_in_force(stage):
    assert look(stage, "former", "relato").status_code == 404
    for who in STRANGERS:
        assert look(stage, who, "relato").url.startswith("/ingresar/?next=")


def test_a_reserved_file_is_no_longer_found_by_who_no_longer_reviews(stage):
    with transaction.atomic():
        stage.reviewer.appointments.update(valid_to="2020-12-31", valid_from="2020-01-01")
        assert look(stage, "tech", SECRETS["reserved-file"]).status_code == 404
        transaction.set_rollback(True)


def test_a_coordination_who_is_punto_focal_elsewhere_finds_no_proof(stage):
    with transaction.atomic():
        stage.appoint(stage.coordinator, "focal_point", institution=stage.y)
        found = {name for name, word in SECRETS.items() if look(stage, "coord", word).context["found"]}
        assert found == {"sent", "claimed", "returned", "approved", "public-file"}
        transaction.set_rollback(True)
