"""What a reviewer answers to a report, as one thing: verdicts, figures, remarks, what is left out, and the outcome."""

from collections.abc import Iterator

from django import forms
from django.http import QueryDict

from indicators.anchors import NARRATIVE
from indicators.content import Remark, Resolution
from indicators.enums import Answer, Outcome, Verdict
from indicators.forms.judgements import EvidenceRemarkForm, RemarkForm, StrikeForm, VerdictForm
from indicators.forms.validated import value_form_class
from indicators.models import Indicator, Submission
from indicators.rounds import Round
from plan.forms.fields import LongTextField, no_personal_data

RETURN_NEEDS_SENTENCE = "Escriba al menos una frase: qué falta o qué está mal, y cómo corregirlo."
#: A return shorter than this says neither what is missing nor how to mend it.
SHORTEST_REASON = 15
NOTHING_OBSERVED = "Para aprobar con observaciones, escriba al menos una, o un mensaje a la institución."
OBSERVED = "«Aprobar» dejaría fuera lo que escribió: use «Aprobar con observaciones», o bórrelo."

#: The third button: an approval that says something besides.
WITH_OBSERVATIONS = "observed"
CHOICES = [*Outcome.choices, (WITH_OBSERVATIONS, "Aprobado con observaciones")]


class ReasonForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    reason = LongTextField(
        label="Motivo",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escriba el motivo."},
    )

    def clean_version(self):
        return self.cleaned_data["version"] or 0


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Resolución",
        choices=CHOICES,
        error_messages={
            "required": "Elija aprobar o devolver.",
            "invalid_choice": "Elija aprobar o devolver.",
        },
    )
    reason = LongTextField(
        label="Mensaje a la institución",
        max_length=2000,
        validators=[no_personal_data],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        is_returned = cleaned.get("outcome") == Outcome.RETURNED
        if is_returned and "reason" in cleaned and len(cleaned["reason"]) < SHORTEST_REASON:
            self.add_error("reason", RETURN_NEEDS_SENTENCE)
        return cleaned


class ReviewEntry:
    """The whole answer of a reviewer to the newest round of a report."""

    def __init__(self, round_: Round, data: QueryDict | None = None):
        self.round = round_
        self.submission: Submission = round_.submission
        evidence = [line for means in round_.means for line in means.evidence]
        judged = round_.means if self.submission.answer == Answer.PROGRESS else []
        self.main = ReviewForm(data, use_required_attribute=False)
        self.values = [value_form_class(line)(line, data=data) for line in round_.values]
        self.verdicts = [VerdictForm(line, data=data) for line in judged]
        self.strikes = {line.evidence.pk: StrikeForm(line, data=data) for line in evidence}
        remarks = [
            *(_remark_on_value(line.reported.indicator, data) for line in round_.values),
            *(RemarkForm(line.means, f"medio {line.means.number}", data=data) for line in judged),
            *(EvidenceRemarkForm(line.evidence, data=data) for line in evidence),
            RemarkForm(NARRATIVE, "relato", data=data),
        ]
        #: By anchor.
        self.remarks: dict[str, RemarkForm] = {form.place: form for form in remarks}

    @classmethod
    def showing(cls, round_: Round, data: QueryDict) -> "ReviewEntry":
        """What was typed, without judging it yet."""
        entry = cls(round_, data)
        for form in entry.parts():
            form.errors.clear()
        return entry

    def parts(self) -> Iterator[forms.Form]:
        """In the order of the page."""
        yield from self.values
        yield from self.verdicts
        yield from self.strikes.values()
        yield from self.remarks.values()
        yield self.main

    @property
    def chosen(self) -> str:
        return self.main.data.get("outcome", "")

    @property
    def outcome(self) -> Outcome:
        return Outcome.RETURNED if self.chosen == Outcome.RETURNED else Outcome.APPROVED

    @property
    def approves(self) -> bool:
        return self.outcome == Outcome.APPROVED

    def is_valid(self) -> bool:
        """Figures count only where the report is approved; a return needs its reason."""
        checked = [form for form in self.parts() if self.approves or form not in self.values]
        outcomes = [form.is_valid() for form in checked]
        return all(outcomes) and self._has_every_verdict() and self._says_what_it_is_called()

    def _has_every_verdict(self) -> bool:
        without = [form for form in self.verdicts if self.approves and not form.cleaned_data["verdict"]]
        for form in without:
            form.add_error("verdict", "Falta el veredicto de este medio.")
        return not without

    def _says_what_it_is_called(self) -> bool:
        """An approval drops no remark, and one with observations has some."""
        says_something = bool(self.main.cleaned_data["reason"] or self._remarks())
        if self.chosen == WITH_OBSERVATIONS and not says_something:
            self.main.add_error("reason", NOTHING_OBSERVED)
        if self.chosen == Outcome.APPROVED and says_something:
            self.main.add_error("reason", OBSERVED)
        return not self.main.errors

    def problems(self) -> list[tuple[str, str]]:
        """Everything that is wrong, each with the field where it is mended. For an entry that was judged."""
        judged = [form for form in self.parts() if self.approves or form not in self.values]
        return [
            (f"{form[name].label}: {error}", form[name].auto_id)
            for form in judged
            for name, errors in form.errors.items()
            for error in errors
        ]

    def _remarks(self) -> list[Remark]:
        return [remark for form in self.remarks.values() if (remark := form.remark())]

    def resolution(self) -> Resolution:
        verdicts = {form.line.means.pk: form.cleaned_data["verdict"] for form in self.verdicts}
        struck = {pk: f.cleaned_data["reason"] for pk, f in self.strikes.items() if f.cleaned_data["strike"]}
        return Resolution(
            outcome=self.outcome,
            reason=self.main.cleaned_data["reason"],
            verdicts={means: Verdict(verdict) for means, verdict in verdicts.items() if verdict},
            values=tuple(form.figures() for form in self.values) if self.approves else (),
            struck=struck,
            remarks=tuple(self._remarks()),
        )

    def as_shown(self) -> QueryDict:
        """What the page posts while nobody has typed anything: every figure as it was reported."""
        data = QueryDict(mutable=True)
        for form in self.parts():
            for name in form.fields:
                value = form[name].initial
                texts = value if isinstance(value, list) else ["" if value is None else str(value)]
                data.setlist(form.add_prefix(name), texts)
        return data


def _remark_on_value(indicator: Indicator, data: QueryDict | None) -> RemarkForm:
    return RemarkForm(indicator, f"valor del indicador {indicator.number}", data=data)
