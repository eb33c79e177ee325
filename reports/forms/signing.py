from django import forms

from plan.files.limits import MAX_SENT_BYTES, MEGABYTE


class SignedCopyForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label="El PDF firmado",
        allow_empty_file=True,
        help_text=f"El archivo que se descarga aquí, con la firma agregada; hasta {MAX_SENT_BYTES // MEGABYTE} MB.",
        error_messages={"required": "Elija el PDF firmado."},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
