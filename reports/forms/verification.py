"""What somebody has of a document and wants to verify: its code, or its file."""

from django import forms

from plan.files.fingerprints import TOO_LARGE_TO_COMPARE
from plan.files.limits import MAX_SENT_BYTES
from reports.models.editions import CODE_LENGTH, plain_code


class CodeForm(forms.Form):
    """A code, typed with or without hyphens; it stays in the address."""

    code = forms.CharField(
        label="Código de verificación",
        max_length=60,
        help_text="Está en la portada, junto al código QR, y al pie de cada página: 16 letras y números.",
        error_messages={"required": "Escriba el código."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def add_prefix(self, field_name: str) -> str:
        return "codigo"

    def clean_code(self) -> str:
        code = plain_code(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(f"El código tiene {CODE_LENGTH} letras y números; este tiene {len(code)}.")
        return code


class FingerprintForm(forms.Form):
    """The digest of a file, as the browser reckons it; it stays in the address."""

    fingerprint = forms.RegexField(
        r"\A[0-9a-f]{64}\Z", error_messages={"invalid": "La huella de un archivo tiene 64 cifras hexadecimales."}
    )

    def add_prefix(self, field_name: str) -> str:
        return "huella"


class SentFileForm(forms.Form):
    """A file that is sent where the browser does not reckon its digest."""

    use_required_attribute = False
    max_bytes, too_large = MAX_SENT_BYTES, TOO_LARGE_TO_COMPARE

    file = forms.FileField(
        label="El archivo",
        help_text="El PDF, la copia firmada, los datos (Excel, CSV o JSON) o el archivo completo (ZIP), sin abrirlos "
        "y guardarlos de nuevo.",
        allow_empty_file=True,
        error_messages={"required": "Elija el archivo que quiere comparar."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.xlsx,.csv,.json,.zip,.txt"}),
    )

    def __init__(self, *args, is_too_large: bool = False):
        super().__init__(*args)
        if is_too_large:
            self.fields["file"].error_messages["required"] = self.too_large
