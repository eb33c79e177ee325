"""What is looked for, as it stands in the address."""

import re
import unicodedata

from django import forms
from django.http import QueryDict

from mitp_portal.search.plain import plain

LONGEST = 200
SHORTEST = 2
#: Quotation marks set words apart, they are not looked for.
QUOTES = "\"'«»“”‘’`´"
#: Unseen characters part words as a blank does.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class WordsField(forms.CharField):
    def to_python(self, value):
        seen = (" " if unicodedata.category(letter) in UNSEEN else letter for letter in str(value or ""))
        return " ".join("".join(seen).split())


class SearchForm(forms.Form):
    q = WordsField(
        label="Qué busca",
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": f"Es demasiado largo: escriba hasta {LONGEST} caracteres."},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, query: QueryDict):
        super().__init__(query)

    def clean_q(self) -> str:
        typed = self.cleaned_data["q"]
        if typed and all(len(word) < SHORTEST for word in _words(typed)):
            raise forms.ValidationError("Escriba al menos dos letras o números seguidos.")
        return typed

    @property
    def words(self) -> tuple[str, ...]:
        """Plain, each once, in the order in which they were typed; empty where there is nothing to look for."""
        return _words(self.cleaned_data["q"]) if self.is_valid() else ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.sub(f"[{re.escape(QUOTES)}]", " ", plain(text)).split()))
