"""The parts of a report that do not depend on the indicator: the answer, the story, who answers for it, and for a
record on behalf the oficio that it comes from."""

from django import forms
from django.utils import timezone

from indicators.enums import Answer, Motive
from indicators.models import ReportingPeriod
from plan import access
from plan.enums import Role
from plan.forms.fields import LongTextField, SentenceField, no_personal_data
from plan.templatetags.portal import day

#: Long enough for a semester of work, short enough to be read.
LONG, SHORT = 2000, 1000
#: What only a report without progress says, and what only one with progress says.
MOTIVE = ("motive", "motive_text")
STORY = ("narrative", "results", "obstacles", "measures", "support", "explanation")


def _text(label: str, help_text: str, rows: int, limit: int, *, required: bool = False) -> LongTextField:
    return LongTextField(
        label=label,
        help_text=help_text,
        max_length=limit,
        required=required,
        validators=[no_personal_data],
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Cuente en pocas líneas qué se hizo."},
    )


class ReportForm(forms.Form):
    answer = forms.ChoiceField(
        label="¿Qué informa en este período?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija qué informa en este período."},
    )
    motive = forms.ChoiceField(
        label="Motivo",
        choices=[("", "Elija un motivo"), *Motive.choices],
        error_messages={"required": "Elija el motivo."},
    )
    motive_text = SentenceField(
        label="Explíquelo en una frase",
        max_length=300,
        validators=[no_personal_data],
        error_messages={"required": "Explique el motivo en una frase."},
    )
    narrative = _text(
        "¿Qué se hizo, dónde y con quién?",
        "Hechos del período, sin nombres ni datos de casos.",
        5,
        LONG,
        required=True,
    )
    results = _text("Resultados", "Qué cambió con lo hecho.", 3, SHORT)
    obstacles = _text("Nudos críticos", "Qué impidió avanzar más.", 3, SHORT)
    measures = _text("Medidas adoptadas", "Qué hizo la institución frente a ellos.", 3, SHORT)
    support = _text("Apoyo que pide a la Mesa", "Qué necesita de otros para avanzar.", 3, SHORT)
    explanation = _text("Explicación", "Si la meta está lejos o se superó con creces, por qué.", 3, SHORT)
    responder_name = forms.CharField(
        label="Nombre",
        max_length=150,
        validators=[no_personal_data],
        error_messages={"required": "Falta el nombre de quien responde por el reporte."},
    )
    responder_position = forms.CharField(
        label="Cargo",
        max_length=150,
        validators=[no_personal_data],
        error_messages={"required": "Falta el cargo de quien responde por el reporte."},
    )

    @property
    def has_progress(self) -> bool:
        return self["answer"].value() == Answer.PROGRESS

    def clean(self):
        """A motive is asked where there is no progress, the story where there is; what the page hides is not sent."""
        super().clean()
        cleaned = self.cleaned_data
        for name in MOTIVE if cleaned.get("answer") == Answer.PROGRESS else STORY:
            self.errors.pop(name, None)
            cleaned[name] = ""
        return cleaned


class RecordForm(ReportForm):
    """A record on behalf of an institution: dates are those of its oficio, whenever it is entered."""

    source_document = forms.CharField(
        label="Número o nombre del oficio",
        max_length=150,
        validators=[no_personal_data],
        help_text="Como se lo cita, por ejemplo «Oficio N.º 312».",
        error_messages={"required": "Falta el oficio de origen."},
    )
    source_date = forms.DateField(
        label="Fecha del oficio",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Decide si el reporte llegó en plazo.",
        error_messages={"required": "Falta la fecha del oficio.", "invalid": "Escriba la fecha como dd-mm-aaaa."},
    )

    def __init__(self, period: ReportingPeriod, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._period = period
        for name in ("responder_name", "responder_position"):
            self.fields[name].help_text = "De quien firma el oficio."

    def clean_source_date(self):
        dated_on = self.cleaned_data["source_date"]
        if dated_on > timezone.localdate():
            raise forms.ValidationError("La fecha todavía no llega.")
        if dated_on < self._period.starts_on:
            raise forms.ValidationError(
                f"El período comienza el {day(self._period.starts_on)}: el oficio es posterior."
            )
        return dated_on


def responder_of(user, institution_id: int | None) -> dict[str, str]:
    """Who answers for a report unless somebody else is named: the person who writes it."""
    appointment = access.appointment_for(user, Role.FOCAL_POINT, institution_id)
    return {"responder_name": user.full_name, "responder_position": appointment.position if appointment else ""}
