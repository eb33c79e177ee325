"""Where a page that comes back with errors begins: at the first of them."""

from collections.abc import Iterable

from django import forms


def focus_first_error(wrong: Iterable[forms.Form]) -> None:
    """The first field in error, in the order of the page, takes the focus as the page opens."""
    for form in wrong:
        for name, field in form.fields.items():
            if name in form.errors:
                field.widget.attrs["autofocus"] = True
                return
