"""What a reader looks for among the people."""

from django import forms
from django.db.models import QuerySet

from plan.models import User

UNUSABLE = "!"


class PeopleSearchForm(forms.Form):
    """Read from the address; what cannot be is left out."""

    buscar = forms.CharField(label="Nombre o correo", max_length=150, required=False)
    cuenta = forms.ChoiceField(
        label="Cuenta",
        required=False,
        choices=[
            ("", "Todas"),
            ("activas", "Activas"),
            ("sin-ingresar", "Sin contraseña aún"),
            ("desactivadas", "Desactivadas"),
        ],
    )

    def found(self) -> QuerySet[User]:
        self.is_valid()
        chosen = self.cleaned_data.get("cuenta", "")
        users = User.objects.matching(self.cleaned_data.get("buscar", ""))
        if chosen == "desactivadas":
            return users.filter(is_active=False)
        if chosen == "sin-ingresar":
            return users.active().filter(password__startswith=UNUSABLE)
        return users.active() if chosen == "activas" else users
