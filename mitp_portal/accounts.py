"""How people enter: by invitation only, with e-mail and password."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False


def attempted_email(request, credentials: dict | None = None) -> str:
    """Whose password was tried: the key under which django-axes counts failures."""
    given = (credentials or {}).get("email") or request.POST.get("login") or ""
    return given.strip().lower()
