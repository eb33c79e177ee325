"""Who sits in the Mesa and its subcomisiones: taken, left and handed over under an acta, and nothing forgotten."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.agreements import seats
from indicators.agreements.errors import AgreementError
from indicators.agreements.seats import Table
from indicators.agreements.under import entered_under
from indicators.tests.world import enter, text_of
from plan.enums import AgreementBody, InstitutionKind
from plan.models import Agreement, AuditEntry, Institution, Membership, SubcommissionMembership

JULY, END_OF_JUNE = date(2016, 7, 1), date(2016, 6, 30)


@pytest.fixture
def acta(world) -> Agreement:
    return Agreement.objects.create(plan=world.plan, number=9, agreed_on=date(2016, 6, 20))


@pytest.fixture
def acta_of_axis(world) -> Agreement:
    body = world.action.objective.axis.subcommission
    own = {"body": AgreementBody.SUBCOMMISSION, "subcommission": body}
    return Agreement.objects.create(plan=world.plan, number=3, agreed_on=date(2016, 6, 20), **own)


@pytest.fixture
def desk(world):
    return enter(world.reviewer)


@pytest.fixture
def service(world) -> Institution:
    """Known to the portal, and no member."""
    return Institution.objects.create(name="Gendarmería de Chile", acronym="GENCHI", kind=InstitutionKind.PUBLIC)


def mesa(acta: Agreement, name: str = "seats", *more: int) -> str:
    return reverse(f"indicators:mesa_{name}", args=[acta.pk, *more])


def body(acta: Agreement, name: str = "seats", *more: int) -> str:
    return reverse(f"indicators:subcommission_{name}", args=[acta.pk, 1, *more])


def seat_of(institution: Institution) -> Membership:
    return institution.memberships.latest("pk")


def places(institution: Institution) -> list[tuple]:
    rows = institution.memberships.order_by("pk")
    return [(row.order, row.valid_from, row.valid_to, row.agreement_id, row.ended_under_id) for row in rows]


def newcomer(**fields) -> dict:
    usual = {"name": "Servicio Nacional de Migraciones", "acronym": "SERMIG", "kind": "public", "parent": ""}
    return usual | {"first_day": "2016-07-01", "replaced": ""} | fields


def errors_of(response) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(sentences) for name, sentences in response.context["form"].errors.items()}


# Taking a place


def test_an_institution_that_the_portal_has_takes_the_last_place(acta, desk, service):
    response = desk.post(mesa(acta, "seat"), {"institution": service.pk, "first_day": "2016-07-01"})
    assert response.url == mesa(acta)
    assert places(service) == [(4, JULY, None, acta.pk, None)]
    entry = AuditEntry.objects.get(object_type="plan.membership")
    known = {"agreement": acta.pk, "institution": service.pk, "valid_from": "2016-07-01"}
    assert (entry.verb, entry.data) == ("created", known)


def test_a_new_institution_is_entered_with_its_place(world, acta, desk):
    desk.post(mesa(acta, "admit"), newcomer(name="Servicio  Nacional de Migraciones ", parent=world.ministry.pk))
    made = Institution.objects.get(acronym="SERMIG")
    assert (made.name, made.kind, made.parent) == ("Servicio Nacional de Migraciones", "public", world.ministry)
    assert places(made) == [(4, JULY, None, acta.pk, None)]
    assert AuditEntry.objects.filter(object_type="plan.institution", object_id=str(made.pk)).count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": ""}, "name", "Falta el nombre."),
        (
            {"name": "carabineros de chile"},
            "name",
            "Así se llama o se llamó Carabineros de Chile: elija entre las instituciones que ya existen.",
        ),
        ({"acronym": "dt"}, "acronym", "Esa sigla es o fue de Dirección del Trabajo."),
        ({"first_day": "2014-12-31"}, "first_day", "Elija una fecha del plan, entre 2015 y 2018."),
        ({"first_day": ""}, "first_day", "Falta la fecha."),
    ],
)
def test_what_cannot_be_entered_is_told_and_nothing_is_written(world, acta, desk, fields, field, sentence):
    before = Institution.objects.count()
    assert errors_of(desk.post(mesa(acta, "admit"), newcomer(**fields))) == {field: [sentence]}
    assert (Institution.objects.count(), Membership.objects.count()) == (before, 3)


def test_a_sigla_that_somebody_bore_is_taken_too(world, acta, desk):
    world.y.names.create(name="Carabineros", acronym="SERMIG", valid_to="2016-01-01")
    response = desk.post(mesa(acta, "admit"), newcomer())
    assert errors_of(response) == {"acronym": ["Esa sigla es o fue de Carabineros de Chile."]}


def test_sent_twice_it_is_the_same_institution_with_the_same_place(world, acta, desk):
    data = newcomer(replaced=seat_of(world.y).pk)
    answers = [desk.post(mesa(acta, "admit"), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(places(Institution.objects.get(acronym="SERMIG"))) == 1
    assert AuditEntry.objects.filter(object_type="plan.membership").count() == 2


def test_the_place_of_one_that_the_portal_has_sent_twice_is_one_place(acta, desk, service):
    data = {"institution": service.pk, "first_day": "2016-07-01"}
    assert [desk.post(mesa(acta, "seat"), data).status_code for _ in range(2)] == [302, 302]
    assert len(places(service)) == 1


def test_a_member_takes_no_second_place(world, acta):
    with pytest.raises(AgreementError, match=r"Dirección del Trabajo ya integra la Mesa\."):
        seats.seat(Table(acta), world.x, JULY, None, by=world.reviewer)


def test_one_that_came_later_is_told_since_when(world, acta, service):
    seats.seat(Table(acta), service, JULY, None, by=world.reviewer)
    with pytest.raises(AgreementError, match="ya integra la Mesa desde el 01-07-2016"):
        seats.seat(Table(acta), service, END_OF_JUNE, None, by=world.reviewer)


def test_one_that_left_may_come_back_to_its_place_but_not_before_it_left(world, acta, desk):
    seats.leave(Table(acta), seat_of(world.x), END_OF_JUNE, by=world.reviewer)
    sooner = desk.post(mesa(acta, "seat"), {"institution": world.x.pk, "first_day": "2016-06-30"})
    sentence = "Dirección del Trabajo integra la Mesa hasta el 30-06-2016: elija una fecha posterior."
    assert errors_of(sooner) == {"first_day": [sentence]}
    desk.post(mesa(acta, "seat"), {"institution": world.x.pk, "first_day": "2017-01-01"})
    assert places(world.x) == [(1, None, END_OF_JUNE, None, acta.pk), (1, date(2017, 1, 1), None, acta.pk, None)]
    assert list(Institution.objects.ever_seated_in(world.plan)) == [world.x, world.y, world.ministry]


# Leaving it


def test_a_place_ends_on_a_day_under_the_acta(world, acta, desk):
    row = seat_of(world.y)
    desk.post(mesa(acta, "end_seat", row.pk), {"last_day": "2016-06-30"})
    row.refresh_from_db()
    assert (row.valid_to, row.ended_under) == (END_OF_JUNE, acta)
    assert row.end_recorded_at is not None
    entry = AuditEntry.objects.get()
    known = {"agreement": acta.pk, "institution": world.y.pk, "valid_to": "2016-06-30"}
    assert (entry.verb, entry.data) == ("changed", known)


def test_an_end_sent_twice_is_written_once_and_says_so(world, acta, desk):
    page = mesa(acta, "end_seat", seat_of(world.y).pk)
    for _ in range(2):
        response = desk.post(page, {"last_day": "2016-06-30"}, follow=True)
    assert "Ya estaba registrado así en esta acta" in text_of(response)
    assert AuditEntry.objects.count() == 1


def test_an_end_is_not_moved(world, acta, desk):
    page = mesa(acta, "end_seat", seat_of(world.y).pk)
    desk.post(page, {"last_day": "2016-06-30"})
    sentence = "Carabineros de Chile ya tiene término el 30-06-2016."
    assert errors_of(desk.post(page, {"last_day": "2017-06-30"})) == {"last_day": [sentence]}


def test_a_place_does_not_end_before_it_begins(world, acta, desk, service):
    row = seats.seat(Table(acta), service, JULY, None, by=world.reviewer)
    response = desk.post(mesa(acta, "end_seat", row.pk), {"last_day": "2016-06-30"})
    assert errors_of(response) == {"last_day": ["Gendarmería de Chile integra la Mesa desde el 01-07-2016."]}


def test_the_page_tells_what_stays_with_the_institution_and_leads_to_where_it_is_reassigned(world, acta, desk):
    over = world.new_action("1.1.2")
    world.duty(over, world.x, valid_to=date(2016, 6, 29))
    world.draft()
    place = SubcommissionMembership.objects.create(
        subcommission=world.action.objective.axis.subcommission, institution=world.x
    )
    page = mesa(acta, "end_seat", seat_of(world.x).pk)
    response = desk.post(page, {"last_day": "2016-06-30"}, follow=True)
    left, told = response.context["left"], text_of(response)
    assert [row.action for row in left.duties] == [world.action]
    assert [row.user for row in left.appointments] == [world.focal, world.alternate, world.deactivated]
    assert (len(left.reports), left.seats) == (1, [place])
    assert f"{reverse('indicators:agreed_duties', args=[acta.pk, 1])}?since=2016-07-01" in told
    assert body(acta, "end_seat", place.pk) in told
    assert not world.action.responsibilities.filter(valid_to__isnull=False).exists()


def test_the_page_does_not_open_a_draft_to_who_may_not_read_it(world, acta, desk):
    draft = world.draft()
    told = text_of(desk.get(mesa(acta, "end_seat", seat_of(world.x).pk)))
    assert "Borrador" in told
    assert reverse("indicators:report", args=[draft.pk]) not in told


def test_nothing_left_is_said_so(acta, desk, world, service):
    row = seats.seat(Table(acta), service, JULY, None, by=world.reviewer)
    assert "ni acciones, ni reportes, ni puntos focales" in text_of(desk.get(mesa(acta, "end_seat", row.pk)))


# Successors


def test_a_successor_takes_the_place_of_the_one_before_and_knows_it(world, acta, desk):
    before = seat_of(world.y)
    response = desk.post(mesa(acta, "admit"), newcomer(replaced=before.pk))
    made = Institution.objects.get(acronym="SERMIG")
    assert response.url == mesa(acta, "end_seat", before.pk)
    assert (made.predecessor, places(made)) == (world.y, [(2, JULY, None, acta.pk, None)])
    assert places(world.y) == [(2, None, END_OF_JUNE, None, acta.pk)]


def test_the_page_of_a_successor_knows_whom_it_was_opened_for(world, acta, desk):
    row = seat_of(world.y)
    form = desk.get(f"{mesa(acta, 'admit')}?sucede={row.pk}").context["form"]
    assert form["replaced"].value() == str(row.pk)


@pytest.mark.parametrize(
    ("predecessor", "sentence"),
    [
        ("ministry", "Gendarmería de Chile ya sucede a Ministerio del Interior."),
        (None, "Carabineros de Chile ya viene de Gendarmería de Chile: no puede ser su antecesora."),
    ],
)
def test_a_line_of_successors_neither_forks_nor_closes(world, acta, desk, service, predecessor, sentence):
    if predecessor:
        service.predecessor = getattr(world, predecessor)
        service.save()
    else:
        world.y.predecessor = service
        world.y.save()
    data = {"institution": service.pk, "first_day": "2016-07-01", "replaced": seat_of(world.y).pk}
    assert errors_of(desk.post(mesa(acta, "seat"), data)) == {"replaced": [sentence]}
    assert places(world.y) == [(2, None, None, None, None)]


def test_a_successor_of_one_that_came_that_day_is_refused_whole(world, acta, desk, service):
    row = seats.seat(Table(acta), service, JULY, None, by=world.reviewer)
    response = desk.post(mesa(acta, "admit"), newcomer(replaced=row.pk))
    assert errors_of(response) == {"first_day": ["Gendarmería de Chile integra la Mesa desde el 01-07-2016."]}
    assert not Institution.objects.filter(acronym="SERMIG").exists()


# Subcomisiones


def test_a_subcomision_has_its_own_places(world, acta_of_axis, desk, service):
    desk.post(body(acta_of_axis, "seat"), {"institution": service.pk, "first_day": "2016-07-01"})
    row = SubcommissionMembership.objects.get()
    assert (row.subcommission.axis.number, row.agreement, row.valid_from) == (1, acta_of_axis, JULY)
    desk.post(body(acta_of_axis, "end_seat", row.pk), {"last_day": "2017-06-30"})
    row.refresh_from_db()
    assert (row.valid_to, row.ended_under) == (date(2017, 6, 30), acta_of_axis)
    assert not service.memberships.exists()


def test_an_acta_of_a_subcomision_changes_neither_the_mesa_nor_another_one(world, acta_of_axis, desk):
    other = reverse("indicators:subcommission_seats", args=[acta_of_axis.pk, 2])
    closed = [mesa(acta_of_axis), mesa(acta_of_axis, "seat"), mesa(acta_of_axis, "admit"), other]
    assert [desk.get(page).status_code for page in closed] == [404] * 4
    assert desk.get(body(acta_of_axis)).status_code == 200


def test_an_acta_of_the_mesa_is_about_every_table(acta, desk):
    doors = desk.get(mesa(acta)).context["doors"]
    assert [axis and axis.number for axis, _, _ in doors] == [None, 1, 2]


def test_a_place_is_ended_from_its_own_table(world, acta, desk):
    assert desk.get(body(acta, "end_seat", seat_of(world.x).pk)).status_code == 404


# What is told of it


def test_the_acta_lists_who_came_and_who_left_and_keeps_its_identity(world, acta, desk):
    desk.post(mesa(acta, "admit"), newcomer(replaced=seat_of(world.y).pk))
    entered = entered_under(acta)
    told = [[str(row.institution) for row in rows] for rows in (entered.seats, entered.left_seats)]
    assert told == [["Servicio Nacional de Migraciones"], ["Carabineros de Chile"]]
    assert "Dejan de integrar" in text_of(desk.get(reverse("indicators:agreement", args=[acta.pk])))
    assert desk.get(reverse("indicators:edit_agreement", args=[acta.pk])).context["is_fixed"]
    assert "integrante que deja la Mesa" in text_of(desk.get(reverse("indicators:agreements")))


@pytest.mark.parametrize("amount", [1, 40])
def test_the_list_takes_at_most_15_queries(world, acta, desk, amount, django_assert_max_num_queries):
    for number in range(amount):
        world.institution(f"Servicio {number}")
    desk.get(mesa(acta))  # renews the session
    with django_assert_max_num_queries(15):
        desk.get(mesa(acta))


@pytest.mark.parametrize("amount", [1, 12])
def test_what_is_left_takes_at_most_15_queries(world, acta, desk, amount, django_assert_max_num_queries):
    for number in range(2, amount + 2):
        world.draft(action=world.new_action(f"1.1.{number}", world.x))
    page = mesa(acta, "end_seat", seat_of(world.x).pk)
    desk.get(page)  # renews the session
    with django_assert_max_num_queries(15):
        desk.get(page)


@pytest.mark.parametrize("name", ["executive", "coordinator", "focal", "observer", "administrator"])
def test_only_the_technical_secretariat_changes_who_sits(world, acta, service, name):
    browser, row = enter(getattr(world, name)), seat_of(world.y)
    data = {"institution": service.pk, "first_day": "2016-07-01", "last_day": "2016-06-30"}
    pages = [mesa(acta), mesa(acta, "seat"), mesa(acta, "admit"), mesa(acta, "end_seat", row.pk), body(acta, "seat")]
    assert [browser.get(page).status_code for page in pages] == [404] * 5
    assert [browser.post(page, data | newcomer()).status_code for page in pages[1:]] == [404] * 4
    assert (Membership.objects.count(), SubcommissionMembership.objects.count()) == (3, 0)
