"""Every URL of the portal, read from the resolver."""

import re

from django.urls import URLPattern, get_resolver


def all_routes(patterns=None, prefix: str = "/") -> dict[str, URLPattern]:
    """Each route as it is written, such as "/reportes/<int:pk>/", with its pattern."""
    routes = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            routes[route] = pattern
        else:
            routes |= all_routes(pattern.url_patterns, route)
    return routes


def path_of(route: str, values: dict) -> str:
    """The route with these values for its parameters."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda parameter: str(values[parameter[1]]), route)
