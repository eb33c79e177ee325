"""Mail that the portal sends, from the task queue: a page never waits for a mail server."""

from contextlib import suppress
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage, get_connection, send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from plan.models import User


@task()
def send_password_link(email: str, site_url: str) -> None:
    """Send the person of `email`, if there is one, a link to choose a password. Valid for PASSWORD_RESET_TIMEOUT.

    An account is opened by its invitation alone: who has not chosen a password yet gets no other link.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None or not user.has_entered:
        return
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    send_text("account/email/password_link", user.email, {"person": user, "url": urljoin(site_url, path)})


def send_text(template: str, to: str, context: dict) -> None:
    """Send `<template>_subject.txt` and `<template>_message.txt` as plain text to one address."""
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    send_mail(subject, render_to_string(f"{template}_message.txt", context), settings.DEFAULT_FROM_EMAIL, [to])


class NotTakenError(Exception):
    """The mail server has certainly not taken the mail; `reason` is a Spanish sentence without personal data."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def hand_over(subject: str, text: str, to: str) -> None:
    """Give one mail to the mail server, which sends it once it has taken it.

    Raises NotTakenError where it certainly was not taken. Any other error means that the line broke while the mail
    was on its way: it may have been taken.
    """
    line = get_connection()
    try:
        line.open()
    except OSError as error:
        raise NotTakenError(_why(error)) from error
    try:
        EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [to], connection=line).send()
    except SMTPServerDisconnected:
        raise
    except (SMTPException, ValueError) as error:
        raise NotTakenError(_why(error)) from error
    finally:
        with suppress(OSError):
            line.close()


def _why(error: Exception) -> str:
    """Never the words of the error: servers put addresses into theirs."""
    match error:
        case SMTPRecipientsRefused():
            return "El servidor de correo rechazó la dirección."
        case SMTPAuthenticationError():
            return "El servidor de correo no aceptó la clave del portal."
        case SMTPResponseException():
            return f"El servidor de correo respondió con el código {error.smtp_code}."
        case SMTPException() | ValueError() if not isinstance(error, SMTPServerDisconnected):
            return "El servidor de correo no acepta el envío en esta forma."
        case _:
            return "No hubo conexión con el servidor de correo."
