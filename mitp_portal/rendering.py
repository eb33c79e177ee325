"""How every form of the portal is drawn: Django's field groups with our templates and Bootstrap's classes."""

from django import forms
from django.forms.renderers import TemplatesSetting

#: Bootstrap's class by widget; file inputs and text areas are plain controls.
WIDGET_CLASSES = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class PortalBoundField(forms.BoundField):
    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        own = attrs.get("class") or widget.attrs.get("class", "")
        if not widget.is_hidden:
            attrs["class"] = " ".join(filter(None, [own, self._bootstrap_class(widget), self._error_class()]))
        return attrs

    def _bootstrap_class(self, widget) -> str:
        return next(name for kind, name in WIDGET_CLASSES if isinstance(widget, kind))

    def _error_class(self) -> str:
        return "is-invalid" if self.errors else ""


class PortalRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalBoundField
