"""A universo as a grid: one date and one source for the whole declaration, one number for each place."""

from datetime import date
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from indicators.forms.fields import WholeNumberField
from indicators.models import ReportingPeriod
from indicators.universe_boards import Board, Place
from plan.models import Region, Unit


class UniverseForm(forms.Form):
    """Prefilled with what counts today; `changes` are the places whose number was changed, for a valid form only."""

    dated_on = forms.DateField(
        label="Valores al día",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Cuentan en los períodos que terminan ese día o después.",
        error_messages={"required": "Falta la fecha.", "invalid": "Escriba la fecha como dd-mm-aaaa."},
    )
    source = forms.CharField(
        label="Fuente",
        max_length=300,
        help_text="Documento o registro del que salen, por ejemplo «Dotación efectiva, Departamento de Personal».",
        error_messages={"required": "Falta la fuente."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, board: Board, data=None):
        super().__init__(data, initial={"dated_on": usual_date(), "seen": board.seen})
        self.board = board
        self.places = {_key(place): place for place in board.places(self._day())}
        for key, place in self.places.items():
            newest = board.newest.get(_at(place))
            label = str(place) if place else "Toda la institución"
            self.fields[key] = WholeNumberField(label=label, required=False, initial=newest and newest.value)
        self.is_other_grid = False
        if data is not None:
            self._take_other_places(data)

    def _day(self) -> date:
        """The day typed, as far as it is one; the grid asks for what was in force then."""
        if not self.is_bound:
            return usual_date()
        try:
            return self.fields["dated_on"].clean(self.data.get("dated_on"))
        except forms.ValidationError:
            return usual_date()

    def _take_other_places(self, data) -> None:
        """Places that the page did not show yet come with what counts there."""
        shown = {name for name in data if name[:1] in "run" and name[1:].isdecimal()}
        self.is_other_grid = shown != set(self.places)
        self.data = completed = data.copy()
        for key in set(self.places) - shown:
            completed[key] = "" if self[key].initial is None else str(self[key].initial)

    def lines(self):
        """Places with their fields and the value that counts there, for the template."""
        return [(place, self[key], self.board.newest.get(_at(place))) for key, place in self.places.items()]

    def renew(self) -> None:
        """Let the page that comes back be saved knowingly over what changed meanwhile."""
        cast(QueryDict, self.data)["seen"] = str(self.board.seen)

    def clean_dated_on(self):
        dated_on = self.cleaned_data["dated_on"]
        if dated_on > timezone.localdate():
            raise forms.ValidationError("La fecha todavía no llega.")
        return dated_on

    def clean(self):
        super().clean()
        self._refuse_emptied()
        if self.is_other_grid:
            self.add_error(None, "A esa fecha regían otras regiones o unidades: revise la lista y guarde de nuevo.")
        elif not self.errors and not self.changes:
            self.add_error(None, "No cambió ningún valor: los actuales siguen vigentes.")
        return self.cleaned_data

    def _refuse_emptied(self) -> None:
        for key in self.places:
            if key in self.cleaned_data and self.cleaned_data[key] is None and self[key].initial is not None:
                self.add_error(key, "Si ya no tiene, escriba 0.")

    @property
    def changes(self) -> dict[Place, int]:
        return {
            _at(place): self.cleaned_data[key]
            for key, place in self.places.items()
            if self.cleaned_data.get(key) not in (None, self[key].initial)
        }


class ObjectionForm(forms.Form):
    objection = forms.CharField(
        label="Por qué no se puede usar",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La institución lo lee junto al valor.",
        error_messages={"required": "Escriba el motivo: la institución necesita saber qué corregir."},
    )


def usual_date() -> date:
    """The end of the period that is being reported, or today: a later date would not count in that period."""
    today = timezone.localdate()
    period = ReportingPeriod.objects.accepting(today).order_by("-ends_on").first()
    return min(today, period.ends_on) if period else today


def _key(place: Region | Unit | None) -> str:
    if place is None:
        return "n0"
    return f"r{place.pk}" if isinstance(place, Region) else f"u{place.pk}"


def _at(place: Region | Unit | None) -> Place:
    if isinstance(place, Region):
        return place.pk, None
    return None, place.pk if place else None
