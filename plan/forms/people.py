"""Who is appointed to what, and until when."""

from typing import cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from plan.enums import Capacity, Role
from plan.forms.fields import NearDayField
from plan.models import Appointment, Institution, Organ, Plan, Subcommission, User

OF_AN_ORGAN = (Role.TECHNICAL, Role.EXECUTIVE)


class ReceiverForm(forms.Form):
    """Somebody by e-mail: who has an account is found, and a new person needs a name."""

    email = forms.EmailField(
        label="Correo institucional",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Si la persona aún no tiene cuenta, recibirá una invitación en este correo.",
        error_messages={"required": "Falta el correo.", "invalid": "Escriba un correo como nombre@institucion.cl."},
    )
    full_name = forms.CharField(
        label="Nombre completo",
        max_length=150,
        required=False,
        help_text="Solo si aún no tiene cuenta.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    position = forms.CharField(label="Cargo", max_length=150, error_messages={"required": "Falta el cargo."})
    document = forms.CharField(
        label="Oficio que nombra",
        max_length=150,
        help_text="Número y fecha, por ejemplo «Oficio N.º 123, del 03-03-2026».",
        error_messages={"required": "Falta el oficio: es el respaldo del nombramiento."},
    )
    valid_from = NearDayField(label="Desde", error_messages={"required": "Falta la fecha de inicio."})

    def __init__(self, data=None, initial: dict | None = None):
        super().__init__(data, initial={"valid_from": timezone.localdate(), **(initial or {})})
        self.known: User | None = None

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        self.known = User.objects.filter(email__iexact=email).first()
        return email

    def clean(self):
        super().clean()
        name = self.cleaned_data.get("full_name", "")
        if "email" not in self.cleaned_data:
            return
        if self.known is None and not name:
            self.add_error("full_name", "Con este correo no hay una cuenta: escriba el nombre de la persona.")
        elif self.known and name and _plain(name) != _plain(self.known.full_name):
            self.add_error(
                "email",
                f"Con este correo ya existe la cuenta de {self.known}. Revíselo, o deje el nombre en blanco.",
            )

    @property
    def person(self) -> User:
        """Of a valid form: the one with the account, or a new one that is not stored yet."""
        data = self.cleaned_data
        return self.known or User(email=data["email"], full_name=data["full_name"])

    def appointment(self) -> Appointment:
        """What a valid form says, not stored yet."""
        fields = {name: self.cleaned_data[name] for name in ("position", "document", "valid_from")}
        return Appointment(user=self.person, **fields)


class AppointmentForm(ReceiverForm):
    """A new appointment in one role; asks for what the role is about and nothing else."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(), label="Institución", error_messages={"required": "Elija la institución."}
    )
    subcommission = forms.ModelChoiceField(
        Subcommission.objects.none(), label="Subcomisión", error_messages={"required": "Elija la subcomisión."}
    )
    capacity = forms.ChoiceField(
        label="Calidad", choices=Capacity.choices, initial=Capacity.TITULAR, widget=forms.RadioSelect
    )
    valid_to = NearDayField(
        label="Hasta", required=False, help_text="En blanco si no tiene término. El último día cuenta."
    )

    def __init__(self, role: Role, plan: Plan | None, data=None, initial: dict | None = None):
        super().__init__(data, initial)
        self.role, self.plan = role, plan
        self._offer("institution", Institution.objects.in_order_of(plan))
        self._offer("subcommission", Subcommission.objects.filter(axis__plan=plan))
        for name in {"institution", "subcommission", "capacity"} - _asked(role):
            del self.fields[name]
        self.order_fields(["institution", "subcommission", "capacity"])

    def _offer(self, name: str, rows: QuerySet) -> None:
        cast(forms.ModelChoiceField, self.fields[name]).queryset = rows

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "La fecha de término no puede ser anterior a la de inicio.")
        if self.role in OF_AN_ORGAN and self.organ is None:
            self.add_error(None, "El plan vigente no tiene registrada esta secretaría.")

    def appointment(self) -> Appointment:
        new = super().appointment()
        new.role, new.organ = self.role, self.organ
        for name in (*_asked(self.role), "valid_to"):
            setattr(new, name, self.cleaned_data[name])
        return new

    @cached_property
    def organ(self) -> Organ | None:
        is_organ = self.role in OF_AN_ORGAN
        return Organ.objects.filter(plan=self.plan, kind=self.role).first() if is_organ else None


class HandOverForm(ReceiverForm):
    def __init__(self, held: Appointment, data=None, initial: dict | None = None):
        super().__init__(data, initial)
        self.fields["valid_from"].label = "Primer día de quien recibe"
        self.fields["valid_from"].help_text = f"{held.user} conserva el cargo hasta el día anterior."


class EndForm(forms.Form):
    last_day = NearDayField(
        label="Último día",
        help_text="Conserva sus derechos hasta ese día inclusive.",
        error_messages={"required": "Falta el último día."},
    )

    def __init__(self, data=None):
        super().__init__(data, initial={"last_day": timezone.localdate()})


def _asked(role: Role) -> set[str]:
    """Fields that tell what an appointment in this role is about."""
    return {
        Role.FOCAL_POINT: {"institution", "capacity"},
        Role.COORDINATOR: {"subcommission", "capacity"},
        Role.TECHNICAL: {"capacity"},
        Role.EXECUTIVE: {"capacity"},
    }.get(role, set())


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
