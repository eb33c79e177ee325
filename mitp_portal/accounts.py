"""How people enter and leave: by invitation only, with e-mail and password, each entry in the log."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from plan.audit import record
from plan.enums import Verb
from plan.http import address_of
from plan.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "El correo o la contraseña no coinciden. Tras cinco intentos fallidos "
        "hay una pausa de 15 minutos.",
        "too_many_login_attempts": "Hay demasiados ingresos desde su red en este momento. Espere un minuto "
        "y vuelva a intentar.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        record(Verb.LOGGED_IN, user, by=user, address=address_of(request))

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record(Verb.LOGGED_OUT, request.user, by=request.user, address=address_of(request))
        super().logout(request)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Write the password and nothing else: whoever was deactivated meanwhile stays so."""
        user.set_password(password)
        user.save(update_fields=["password"])
        record(Verb.CHANGED, user, by=user, address=address_of(self.request), fields=["password"])


def attempted_email(request: HttpRequest, credentials: dict | None = None) -> str:
    """Whose password was tried: the key under which django-axes counts failures, and forgets them after a success."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return given.strip().lower()
