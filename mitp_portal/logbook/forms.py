"""Which entries of the log somebody asks for: read from the address, so that a selection can be kept and sent."""

from datetime import date, datetime, time
from typing import cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from indicators.models.periods import midnight_after
from mitp_portal.logbook.directory import Directory
from mitp_portal.logbook.subjects import INSTITUTION, SUBJECTS, about, word_for
from plan import access
from plan.enums import Verb
from plan.forms.fields import NearDayField
from plan.models import AuditEntry, User
from plan.models.audit import ACCOUNT_TYPES

#: More than any id of an object.
LARGEST_ID = 10**9


class LogFilterForm(forms.Form):
    """What is wrong is told at its field and does not narrow the list."""

    quien = forms.ChoiceField(label="Quién", required=False)
    que = forms.ChoiceField(label="Qué hizo", required=False, choices=[("", "Todo"), *Verb.choices])
    sobre = forms.ChoiceField(label="Sobre qué", required=False)
    numero = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    institucion = forms.ChoiceField(label="Institución", required=False)
    desde = NearDayField(label="Desde el", required=False)
    hasta = NearDayField(label="Hasta el", required=False)

    def __init__(self, query, reader: User, directory: Directory):
        super().__init__(query)
        self.reader = reader
        types = SUBJECTS if access.is_secretariat(reader) else ACCOUNT_TYPES
        words = sorted((word_for(name).capitalize(), name) for name in types)
        self._offer("quien", "Todas las personas", directory.people.items())
        self._offer("sobre", "Todo", [(name, word) for word, name in words])
        self._offer("institucion", "Todas", directory.institutions.items())

    def _offer(self, name: str, none: str, choices) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", none), *choices]

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("desde"), self.cleaned_data.get("hasta")
        if first and last and last < first:
            self.add_error("hasta", "La fecha final es anterior a la inicial.")

    @property
    def entries(self) -> QuerySet[AuditEntry]:
        """Newest first, as far as the reader may see them."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        entries = AuditEntry.objects.visible_to(self.reader).newest_first()
        if "quien" in chosen:
            entries = entries.filter(user=chosen["quien"])
        if "que" in chosen:
            entries = entries.filter(verb=chosen["que"])
        return _between(_about(entries, chosen), chosen)


def _about(entries: QuerySet[AuditEntry], chosen: dict) -> QuerySet[AuditEntry]:
    if "institucion" in chosen:
        entries = entries.filter(about(INSTITUTION, int(chosen["institucion"])))
    if "sobre" in chosen and "numero" in chosen:
        return entries.filter(about(chosen["sobre"], chosen["numero"]))
    return entries.filter(object_type=chosen["sobre"]) if "sobre" in chosen else entries


def _between(entries: QuerySet[AuditEntry], chosen: dict) -> QuerySet[AuditEntry]:
    if "desde" in chosen:
        entries = entries.filter(at__gte=_start_of(chosen["desde"]))
    return entries.filter(at__lt=midnight_after(chosen["hasta"])) if "hasta" in chosen else entries


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
