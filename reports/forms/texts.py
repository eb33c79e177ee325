"""The form in which all texts of an eje and a year, or of the plan and a year, are written together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from plan.forms.fields import LongTextField
from plan.models import Plan
from reports.enums import ACHIEVEMENTS, OBSTACLES, EditionSlot, TextState
from reports.facts.redaction import without_personal_data
from reports.facts.texts import signers_in
from reports.models import EditionText, Subject
from reports.text_drafts import TypedPage, Unsaved
from reports.writing import StaleTextsError

ROWS = {300: 3, 1000: 5}
ROWS_OF_LONG = 9
#: Said before the first of several texts that belong together.
HEADINGS = {
    EditionSlot.DIAGNOSIS: "El año del eje",
    ACHIEVEMENTS[0]: "Tres logros verificados",
    OBSTACLES[0]: "Tres nudos críticos",
    EditionSlot.DECISIONS: "Para la Mesa",
    EditionSlot.PRESENTATION: "Para el estado anual",
}
#: Where each is printed, and what is easily forgotten.
HELP = {
    EditionSlot.DIAGNOSIS: "Con qué situación empezó el año. Sale en el estado anual.",
    EditionSlot.PROGRESS: "Qué se hizo. Sale en el estado anual.",
    ACHIEVEMENTS[0]: "Una o dos frases sobre algo que una cifra o un medio ya verificado demuestra.",
    OBSTACLES[0]: "Una o dos frases: qué frena al eje y a quién toca.",
    EditionSlot.DECISIONS: "Lo que la Mesa tiene que resolver, una decisión por línea. Sale en el informe del eje.",
    EditionSlot.PRESENTATION: "Con lo que abre el estado anual.",
    EditionSlot.PENDING: "Las acciones más importantes que siguen sin terminar.",
    EditionSlot.COMMITMENTS: "Qué se hará el año que viene y quién responde, por su cargo.",
    EditionSlot.EVALUATION: "Último año del plan: qué se mantiene, qué cambia y qué se suprime (cláusula octava).",
    EditionSlot.SIGNERS: "Una firma por línea: nombre; cargo; institución.",
}


class YearForm(forms.Form):
    """Whose texts are listed; read from the address, the year of the newest figures where it says nothing fit."""

    year = forms.TypedChoiceField(label="Año", coerce=int, required=False, empty_value=None)

    def __init__(self, plan: Plan, query: QueryDict, default: int):
        super().__init__(query if "anio" in query else None, initial={"year": default})
        choices = [(year, str(year)) for year in begun_years(plan)]
        cast(forms.ChoiceField, self.fields["year"]).choices = choices

    def add_prefix(self, field_name: str) -> str:
        return "anio"

    @property
    def chosen(self) -> int:
        return (self.is_valid() and self.cleaned_data["year"]) or self.initial["year"]


def begun_years(plan: Plan) -> list[int]:
    return [year for year in plan.years if year <= timezone.localdate().year]


@dataclass(frozen=True)
class FormLine:
    """One text on the page: `field` is None for who only reads it; `row` is its newest save, `other` the one that came
    in between."""

    slot: EditionSlot
    row: EditionText | None
    field: forms.BoundField | None
    other: EditionText | None

    @property
    def heading(self) -> str:
        return HEADINGS.get(self.slot, "")


class TextsForm(forms.Form):
    """`stored` are the newest saves of the subject by slot, `slots` those that the person may write; `unsaved` is what
    they typed before and did not save."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    state = forms.TypedChoiceField(choices=TextState.choices, coerce=TextState)

    def __init__(
        self,
        subject: Subject,
        stored: dict[EditionSlot, EditionText],
        slots: tuple[EditionSlot, ...],
        data: QueryDict | None,
        unsaved: Unsaved | None = None,
    ):
        newest = max((row.pk for row in stored.values()), default=0)
        super().__init__(data, initial={"seen": newest}, use_required_attribute=False)
        self._subject, self._stored, self._slots = subject, stored, slots
        self._overtaken: dict[EditionSlot, EditionText] = unsaved.overtaken if unsaved else {}
        words = {slot: row.body for slot, row in stored.items()} | dict(unsaved.words if unsaved else {})
        for slot in slots:
            self.fields[slot.value] = _field(slot, words.get(slot, ""))

    def clean(self):
        super().clean()
        for slot in self._slots:
            text = self.cleaned_data.get(slot.value, "")
            if without_personal_data(text) != text:
                self.add_error(slot.value, "Tiene un RUN o un correo: quítelo. Los informes nombran cargos.")
        self._check_signers()
        return self.cleaned_data

    def _check_signers(self) -> None:
        try:
            signers_in(self.cleaned_data.get(EditionSlot.SIGNERS.value, ""))
        except ValueError as error:
            self.add_error(EditionSlot.SIGNERS.value, f"Escriba nombre; cargo; institución en esta línea: «{error}».")

    @property
    def texts(self) -> dict[EditionSlot, str]:
        """Of a valid form."""
        return {slot: self.cleaned_data[slot.value] for slot in self._slots}

    def typed_page(self, version: int, name: str) -> TypedPage:
        """What was posted, right or wrong."""
        texts = {slot: str(self.fields[slot.value].to_python(self[slot.value].data)) for slot in self._slots}
        return TypedPage(texts, self.cleaned_data.get("seen", 0), version, name)

    def wrong_texts(self) -> Iterator[tuple[EditionSlot, str]]:
        """Each text that could not be saved so, and why."""
        for slot in self._slots:
            yield from ((slot, str(sentence)) for sentence in self.errors.get(slot.value, ()))

    @property
    def lines(self) -> Iterator[FormLine]:
        for slot in self._subject.slots:
            field = self[slot.value] if slot in self._slots else None
            yield FormLine(slot, self._stored.get(slot), field, self._overtaken.get(slot))

    @property
    def wrong(self) -> int:
        return len([slot for slot in self._slots if slot.value in self.errors])

    def renew(self, error: StaleTextsError) -> None:
        """The page comes back with what was typed, beside it what others saved; saved again, it replaces that
        knowingly."""
        newer = {slot.value: body for slot, body in error.unseen.items()}
        self.data = {**cast(QueryDict, self.data).dict(), **newer, "seen": str(error.newest)}
        self._overtaken = error.overtaken
        for slot in error.overtaken:
            self.add_error(
                slot.value, "Otra persona guardó este texto mientras usted escribía; lo suyo no se ha guardado."
            )


def _field(slot: EditionSlot, body: str) -> LongTextField:
    return LongTextField(
        label=slot.label,
        initial=body,
        max_length=slot.limit,
        required=False,
        help_text=HELP.get(slot, ""),
        widget=forms.Textarea(attrs={"rows": ROWS.get(slot.limit, ROWS_OF_LONG)}),
    )
