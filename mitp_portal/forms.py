"""The forms of the account pages: allauth's, with our words and no placeholder in place of a label."""

from allauth.account import forms as allauth_forms

from plan.mail import send_password_link

#: What AUTH_PASSWORD_VALIDATORS ask for, in one sentence.
ADVICE = "Al menos 12 caracteres, no solo números; ni su nombre ni una clave común."


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Correo institucional"
        self.fields["login"].widget.attrs["autofocus"] = True
        self.fields["password"].help_text = ""
        _without_placeholders(self)


class RequestPasswordLinkForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Correo institucional"
        _without_placeholders(self)

    def save(self, request, **kwargs) -> str:
        """Leave everything to the task queue: an unknown address gets the same answer in the same time."""
        email = self.cleaned_data["email"]
        send_password_link.enqueue(email, request.build_absolute_uri("/"))
        return email


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = ADVICE
        _without_placeholders(self)


class FirstPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ADVICE
        _without_placeholders(self)


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ADVICE
        _without_placeholders(self)


def _without_placeholders(form) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
