"""What a medio receives: files, links and files that the portal has already; where it is reserved, an attestation."""

from typing import cast

from django import forms

from indicators.enums import Classification
from indicators.evidence_board import EvidenceBoard, PastEvidence
from indicators.forms.fields import SeveralFilesField, WebAddressField, WholeNumberField
from indicators.models import Evidence, MeansOfVerification, ProgressReport, StoredFile
from plan.files.checks import TOO_LARGE
from plan.files.kinds import KINDS
from plan.files.limits import MAX_FILE_BYTES


class MeansForm(forms.Form):
    """Fields of one medio, beside what it has. What is typed and not added yet is part of the draft."""

    #: Fields that a draft can keep: files it cannot.
    TYPED: tuple[str, ...] = ()

    def __init__(self, means: MeansOfVerification, board: EvidenceBoard, **kwargs):
        super().__init__(prefix=f"m{means.pk}", use_required_attribute=False, **kwargs)
        self.means = means
        self.board = board

    @property
    def filed(self) -> list[Evidence]:
        return self.board.filed(self.means)

    @property
    def history(self) -> list[PastEvidence]:
        return self.board.history(self.means)

    @property
    def is_typed(self) -> bool:
        """Whether the draft has something to keep of this medio."""
        return self.is_bound and not {*self.TYPED}.isdisjoint(self.changed_data)

    @property
    def waiting(self) -> str:
        """What is typed here and waits to be added, in words; empty where nothing is."""
        return ""

    @property
    def may_be_added(self) -> bool:
        """Whether what waits is complete and right."""
        return bool(self.waiting) and self.is_valid()

    @property
    def changes(self) -> int:
        """How often something was filed or taken out: of two lists, the one with more is the newer."""
        return len(self.filed) + 2 * len(self.history)


class EvidenceForm(MeansForm):
    """Files and links. `stored` names a file of the institution that is not to be uploaded again."""

    TYPED = ("url", "stored")
    max_bytes, too_large = MAX_FILE_BYTES, TOO_LARGE
    #: For the window in which a browser lets files be chosen.
    accepted = ",".join(f".{extension}" for extension in KINDS)

    uploads = SeveralFilesField(label="Archivos", required=False)
    url = WebAddressField(label="Enlace", required=False, max_length=500)
    stored = forms.ModelChoiceField(
        StoredFile.objects.none(),
        label="Archivo ya guardado",
        required=False,
        to_field_name="public_id",
        error_messages={"invalid_choice": "Este archivo no está disponible."},
    )

    def __init__(self, means: MeansOfVerification, board: EvidenceBoard, **kwargs):
        super().__init__(means, board, **kwargs)
        self.fields["uploads"].widget.attrs["accept"] = self.accepted
        stored = cast(forms.ModelChoiceField, self.fields["stored"])
        stored.queryset = board.files
        stored.choices = lambda: [("", "Elija un archivo"), *self.board.reusable(means)]

    @property
    def waiting(self) -> str:
        if not self.is_typed:
            return ""
        return "hay un enlace escrito sin agregar" if "url" in self.changed_data else "hay un archivo elegido sin usar"


class PieceForm(forms.Form):
    """One file on its own, maybe in the place of another of the same medio, which may be gone already."""

    file = forms.FileField(allow_empty_file=True, error_messages={"required": "No llegó ningún archivo; elija uno."})
    replaces = forms.ModelChoiceField(
        Evidence.objects.none(),
        required=False,
        error_messages={"invalid_choice": "El archivo que quería reemplazar no está en este medio."},
    )

    def __init__(self, report: ProgressReport, means: MeansOfVerification, *args, **kwargs):
        super().__init__(*args, **kwargs)
        of_medio = report.evidence.filter(means=means).select_related("report", "means", "file")
        cast(forms.ModelChoiceField, self.fields["replaces"]).queryset = of_medio

    @property
    def first_error(self) -> str:
        return next((str(message) for errors in self.errors.values() for message in errors), "")


class ClassificationForm(forms.Form):
    classification = forms.TypedChoiceField(choices=Classification.choices, coerce=Classification)


class AttestationForm(MeansForm):
    """An oficio that certifies, written here or registered in another medio already; a form that nobody touched asks
    for nothing. Valid, it has what `filing.add_attestation` takes."""

    #: Copied from an oficio that is repeated; each medio has its own count.
    OFICIO = ("document_number", "document_date", "issuer")
    TYPED = ("repeated", *OFICIO, "attested_count")

    repeated = forms.ModelChoiceField(
        Evidence.objects.none(),
        label="Oficio ya registrado",
        required=False,
        help_text="Si elige uno, se toman su número, su fecha y su institución: escriba aquí solo la cantidad.",
        error_messages={"invalid_choice": "Este oficio no está disponible."},
    )
    document_number = forms.CharField(
        label="Número del oficio", max_length=60, error_messages={"required": "Falta el número del oficio."}
    )
    document_date = forms.DateField(
        label="Fecha del oficio",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Escriba la fecha como dd-mm-aaaa.", "required": "Falta la fecha del oficio."},
    )
    issuer = forms.TypedChoiceField(
        label="Institución que certifica",
        empty_value=None,
        error_messages={
            "required": "Falta la institución que certifica.",
            "invalid_choice": "Elija una institución de la lista.",
        },
    )
    attested_count = WholeNumberField(label="Cantidad que certifica", required=False)

    def __init__(self, means: MeansOfVerification, board: EvidenceBoard, **kwargs):
        super().__init__(means, board, empty_permitted=True, **kwargs)
        issuer = cast(forms.TypedChoiceField, self.fields["issuer"])
        issuer.choices = [("", "Elija la institución"), *((key, str(one)) for key, one in board.issuers.items())]
        issuer.coerce = board.issuers.get
        self.initial["issuer"] = str(board.report.institution_id)
        self._offer(board.repeatable(means))

    def _offer(self, known: list[Evidence]) -> None:
        """Without an oficio to repeat there is nothing to choose."""
        if not known:
            del self.fields["repeated"]
            return
        repeated = cast(forms.ModelChoiceField, self.fields["repeated"])
        repeated.queryset = Evidence.objects.filter(pk__in=[evidence.pk for evidence in known])
        repeated.choices = [
            ("", "Escribir uno nuevo"),
            *((str(e.pk), f"{e.label} ({e.means.reference})") for e in known),
        ]

    def has_changed(self) -> bool:
        """Whether somebody began an oficio: the institution is chosen beforehand."""
        return any(name != "issuer" for name in self.changed_data)

    @property
    def waiting(self) -> str:
        return "hay un oficio escrito sin agregar" if self.is_bound and self.has_changed() else ""

    def clean(self) -> dict:
        typed = self.cleaned_data
        oficio = typed.pop("repeated", None)
        if oficio is None:
            return typed
        if {"document_number", "document_date"} & set(self.changed_data):
            self.add_error("repeated", "Elija un oficio ya registrado o escriba uno nuevo, no los dos.")
            return typed
        for name in self.OFICIO:
            self.errors.pop(name, None)
            typed[name] = getattr(oficio, name)
        return typed


def evidence_form_class(means: MeansOfVerification) -> type[EvidenceForm] | type[AttestationForm]:
    return AttestationForm if means.reserved else EvidenceForm
