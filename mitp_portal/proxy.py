from django.conf import settings


class ClientAddressMiddleware:
    """Put the client's address into REMOTE_ADDR, where the throttle, the log and the rest read it.

    Each trusted proxy (TRUSTED_PROXIES) appends the address that it saw to X-Forwarded-For: the client is the n-th from
    the right, and whatever a client wrote further left is not believed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if 0 < settings.TRUSTED_PROXIES <= len(forwarded):
            request.META["REMOTE_ADDR"] = forwarded[-settings.TRUSTED_PROXIES]
        return self.get_response(request)
