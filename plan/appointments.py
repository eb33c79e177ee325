"""Appointments: granted, confirmed by a second person where it is a secretaría, ended, and handed over in one act."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from plan import accounts, audit, invitations, leaving, permissions
from plan.enums import Capacity, NoticeKind, Role, Verb
from plan.models import Appointment, Institution, User
from plan.notices import tell
from plan.people_errors import PeopleError, require

ONE_DAY = timedelta(1)
ALREADY_ANSWERED = "Otra persona ya confirmó o descartó este nombramiento."


class SeatTakenError(PeopleError):
    """The institution has a titular in those days; `holder` is that appointment, which can be handed over."""

    def __init__(self, holder: Appointment):
        since = f" desde el {holder.valid_from:%d-%m-%Y}" if holder.valid_from else ""
        until = f" hasta el {holder.valid_to:%d-%m-%Y}" if holder.valid_to else ""
        super().__init__(f"{holder.user} es titular de {holder.institution}{since}{until}. Solo puede haber una.")
        self.holder = holder


@transaction.atomic
def appoint(new: Appointment, *, by: User, address: str | None = None) -> Appointment:
    """Store the appointment that a form has filled in; a person who is new gets an account and an invitation.

    A secretaría gives no rights until `confirm`. Raises PeopleError if `by` may not grant the role, for oneself, for
    an account without access, and for the same duty twice; SeatTakenError where the institution has a titular.
    """
    require(permissions.may_appoint(by, new.role), "Usted no puede otorgar este perfil.")
    _open_account_of(new, by, address)
    require(new.user_id != by.pk, "Nadie se nombra a sí mismo: pídalo a otra persona.")
    require(new.user.is_active, f"La cuenta de {new.user} está desactivada. Actívela antes de nombrar.")
    _wait_for_turn(new)
    _refuse_twice(new)
    _refuse_second_titular(new)
    new.recorded_by = by
    new.awaits_confirmation = new.role in permissions.GRANTED_BY_TWO
    new.save()
    _write_down(Verb.APPOINTED, new, by, address)
    if new.awaits_confirmation:
        _ask_for_confirmation(new)
    else:
        _welcome(new, by, address)
    return new


@transaction.atomic
def appoint_first(new: Appointment) -> Appointment:
    """Whoever begins: in a role that nobody holds yet, and that the portal cannot be without. No second person exists.

    Raises PeopleError for another role, and once somebody holds it.
    """
    is_held = User.objects.holding(Role(new.role), timezone.localdate()).exists()
    require(new.role in leaving.NEVER_WITHOUT and not is_held, "Alguien ya tiene este perfil: nombre desde el portal.")
    _open_account_of(new, None, None)
    new.save()
    _write_down(Verb.APPOINTED, new, None, None)
    _welcome(new, None, None)
    return new


@transaction.atomic
def confirm(appointment: Appointment, *, by: User, address: str | None = None) -> None:
    """Grant a secretaría as the second person. Raises PeopleError to whom it is not for, and to the second of two."""
    require(permissions.may_confirm(by, appointment), "Confirma otra persona de la secretaría ejecutiva.")
    changed = _waiting(appointment).update(awaits_confirmation=False, confirmed_by=by)
    require(bool(changed), ALREADY_ANSWERED)
    appointment.refresh_from_db()
    _write_down(Verb.CONFIRMED, appointment, by, address)
    _tell("confirmed", appointment, [by, *_recorder(appointment)])
    _welcome(appointment, by, address)


@transaction.atomic
def discard(appointment: Appointment, *, by: User, address: str | None = None) -> None:
    """Drop what still waits for its confirmation, and so never gave any rights."""
    require(permissions.may_discard(by, appointment), "Usted no puede descartar este nombramiento.")
    dropped = _waiting(appointment).update(discarded_at=timezone.now())
    require(bool(dropped), ALREADY_ANSWERED)
    _write_down(Verb.REMOVED, appointment, by, address)


@transaction.atomic
def end(appointment: Appointment, last_day: date, *, by: User, address: str | None = None) -> None:
    """Set the last day of an appointment. Raises PeopleError if it cannot end, or not on that day."""
    require(permissions.may_end(by, appointment), "Usted no puede terminar este nombramiento.")
    leaving.require_somebody_else(appointment.user, {appointment.role})
    _close(appointment, last_day, by, address)
    leaving.follow(appointment.user, by=by, address=address)


@transaction.atomic
def hand_over(held: Appointment, new: Appointment, *, by: User, address: str | None = None) -> Appointment:
    """End what `held` says on the day before `new` begins, and appoint the receiver to the same duty: both or none.

    Drafts, returned reports and everything else belong to the institution, and pass on with the duty. Raises
    PeopleError as `end` and `appoint` do.
    """
    require(permissions.may_hand_over(by, held), "Este nombramiento no se puede traspasar.")
    _open_account_of(new, by, address)
    require(new.user_id != held.user_id, "Elija a otra persona: quien recibe es quien entrega.")
    new.role, new.capacity = held.role, held.capacity
    new.institution, new.subcommission = held.institution, held.subcommission
    new.valid_from = new.valid_from or timezone.localdate()
    last_day = new.valid_from - ONE_DAY
    _close(held, last_day, by, address)
    for lesser in _same_duty(new).not_over(new.valid_from):
        # A suplente who becomes titular is no longer suplente.
        _close(lesser, last_day, by, address)
    return appoint(new, by=by, address=address)


def _open_account_of(new: Appointment, by: User | None, address: str | None) -> None:
    if new.user.pk is None:
        new.user = accounts.open_account(new.user.email, new.user.full_name, by=by, address=address)


def _wait_for_turn(new: Appointment) -> None:
    """Hold the institution, or the person, until the transaction ends: of two titulares at once the second is told."""
    if new.institution_id:
        Institution.objects.select_for_update().get(pk=new.institution_id)
    else:
        User.objects.select_for_update().get(pk=new.user_id)


def _same_duty(new: Appointment):
    """Other appointments of the person to the same duty, whatever their calidad."""
    return Appointment.objects.filter(
        user=new.user, role=new.role, institution=new.institution, subcommission=new.subcommission, organ=new.organ
    )


def _refuse_twice(new: Appointment) -> None:
    is_twice = _same_duty(new).overlapping(new.valid_from, new.valid_to).exists()
    require(not is_twice, f"{new.user} ya tiene este nombramiento, como titular o suplente, en esas fechas.")


def _refuse_second_titular(new: Appointment) -> None:
    if new.institution is None or new.role != Role.FOCAL_POINT or new.capacity != Capacity.TITULAR:
        return
    titulares = Appointment.objects.for_institution(new.institution).filter(capacity=Capacity.TITULAR)
    holder = titulares.overlapping(new.valid_from, new.valid_to).with_scope().first()
    if holder:
        raise SeatTakenError(holder)


def _close(appointment: Appointment, last_day: date, by: User, address: str | None) -> None:
    """Set the last day, unless somebody else has set it since it was read."""
    first, seen, whose = appointment.valid_from, appointment.valid_to, f"El nombramiento de {appointment.user}"
    if first and last_day < first:
        raise PeopleError(f"{whose} comienza recién el {first:%d-%m-%Y}.")
    if seen and last_day > seen:
        raise PeopleError(f"{whose} ya termina el {seen:%d-%m-%Y}.")
    changed = Appointment.objects.filter(pk=appointment.pk, valid_to=seen).update(valid_to=last_day)
    require(bool(changed), "Otra persona cambió este nombramiento mientras tanto. Revise cómo quedó.")
    appointment.refresh_from_db()
    _write_down(Verb.CHANGED, appointment, by, address)


def _waiting(appointment: Appointment):
    return Appointment.objects.pending().filter(pk=appointment.pk)


def _write_down(verb: Verb, appointment: Appointment, by: User | None, address: str | None) -> None:
    span = {"valid_from": appointment.valid_from, "valid_to": appointment.valid_to}
    audit.record(
        verb,
        appointment,
        by=by,
        address=address,
        person=appointment.user_id,
        role=appointment.role,
        capacity=appointment.capacity,
        institution=appointment.institution_id,
        subcommission=appointment.subcommission_id,
        **{name: day.isoformat() if day else None for name, day in span.items()},
    )


def _welcome(appointment: Appointment, by: User | None, address: str | None) -> None:
    """Whoever has an account is told; whoever has none yet gets the link that opens it."""
    person = appointment.user
    if person.has_entered:
        _tell("appointed", appointment, [person])
    elif not person.invitations.open().exists():
        invitations.invite(person, by=by, address=address)


def _ask_for_confirmation(appointment: Appointment) -> None:
    executives = User.objects.holding(Role.EXECUTIVE, timezone.localdate())
    able = [person for person in executives if permissions.may_confirm(person, appointment)]
    _tell("to_confirm", appointment, [*able, *_recorder(appointment)])


def _recorder(appointment: Appointment) -> list[User]:
    return [appointment.recorded_by] if appointment.recorded_by and appointment.recorded_by.is_active else []


def _tell(what: str, appointment: Appointment, people: list[User]) -> None:
    path = reverse("home") if what == "appointed" else reverse("plan:person", args=[appointment.user_id])
    context = {"appointment": appointment}
    key = f"appointment-{what}:{appointment.pk}"
    tell(people, NoticeKind.ROLE, key=key, template=f"plan/mail/{what}", path=path, context=context)
