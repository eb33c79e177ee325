"""Buscar: one page for the plan, the reports, the evidence and the desk."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from mitp_portal.search.forms import SearchForm
from mitp_portal.search.groups import first_of, groups_of, page_of
from mitp_portal.search.hits import Asked, Found
from mitp_portal.search.plan_texts import ficha_of
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest


@require_GET
@role_required(access.has_appointment)
def search(request: PortalRequest) -> HttpResponse:
    """What has all the words and may be seen; the code of an acción, indicador or medio leads to its ficha."""
    form = SearchForm(request.GET)
    asked = Asked(form.words, request.user)
    ficha = ficha_of(asked)
    if ficha:
        return redirect(ficha)
    groups = groups_of(request.user)
    only = next((group for group in groups if group.slug == request.GET.get("en")), None)
    found: list[Found] = []
    if asked.words and only:
        found = [page_of(only, asked, request.GET.get("page"))]
    elif asked.words:
        found = [first_of(group, asked) for group in groups]
    context = {
        "form": form,
        "groups": groups,
        "only": only,
        "found": [part for part in found if part.count],
        "count": sum(part.count for part in found),
        "is_asked": bool(asked.words),
    }
    return render(request, "search/search.html", context)
