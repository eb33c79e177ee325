"""Universos: what each institution keeps, its declarations, and the confirmation of the secretaría técnica."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indicators import universes as acts
from indicators.forms.universes import ObjectionForm, UniverseForm
from indicators.models import UniverseValue
from indicators.universe_boards import Board, Declaration, board_of, boards_of
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of


@require_GET
@role_required(access.keeps_universes)
def universes(request: PortalRequest) -> HttpResponse:
    """Those of one's own institution; all, what waits for confirmation first, for the secretaría técnica."""
    own = access.institution_ids(request.user)
    boards = boards_of(None if access.is_technical(request.user) else own)
    context = {
        "boards": boards,
        "own": own,
        "may_judge": access.is_technical(request.user),
        "waiting": sum(len(board.pending) for board in boards),
    }
    return render(request, "indicators/universes/index.html", context)


@require_http_methods(["GET", "POST"])
@role_required(access.is_focal_point)
def declare_universe(request: PortalRequest, universe_id: int, institution_id: int) -> HttpResponse:
    board = _own_board_or_404(request.user, universe_id, institution_id)
    form = UniverseForm(board, request.POST or None)
    if request.method == "POST" and form.is_valid() and _declare(request, board, form):
        messages.success(request, f"{board.universe}: valores declarados. Ya se usan, por confirmar.")
        return redirect(f"{reverse('indicators:universes')}#{_anchor(board)}")
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/universes/declare.html", {"board": board, "form": form}, status=status)


@require_POST
@role_required(access.is_technical)
def confirm_universe(request: PortalRequest, pk: int) -> HttpResponse:
    value = get_object_or_404(UniverseValue, pk=pk)
    try:
        acts.confirm(value, by=request.user, address=address_of(request))
    except acts.UniverseError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Confirmado: {value.universe}, {value.institution}.")
    return redirect("indicators:universes")


@require_http_methods(["GET", "POST"])
@role_required(access.is_technical)
def object_to_universe(request: PortalRequest, pk: int) -> HttpResponse:
    value = get_object_or_404(UniverseValue.objects.select_related("universe", "institution"), pk=pk)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _object(request, value, form):
        messages.success(request, f"Objetado: {value.universe}, {value.institution}. Ya no cuenta.")
        return redirect("indicators:universes")
    rows = UniverseValue.objects.declared_with(value).select_related("region", "unit")
    context = {"value": value, "declaration": Declaration(list(rows)), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/universes/objection.html", context, status=status)


def _own_board_or_404(user, universe_id: int, institution_id: int) -> Board:
    board = board_of(universe_id, institution_id) if institution_id in access.institution_ids(user) else None
    if board is None:
        raise Http404
    return board


def _declare(request: PortalRequest, board: Board, form: UniverseForm) -> bool:
    """Whether it was stored; if not, the form says why and keeps what was typed."""
    data = form.cleaned_data
    try:
        acts.declare(
            board,
            form.changes,
            dated_on=data["dated_on"],
            source=data["source"],
            seen=data["seen"],
            by=request.user,
            address=address_of(request),
        )
    except acts.StaleUniverseError as error:
        form.add_error(None, error.message)
        form.renew()
    except acts.UniverseError as error:
        form.add_error("dated_on", error.message)
    else:
        return True
    return False


def _object(request: PortalRequest, value: UniverseValue, form: ObjectionForm) -> bool:
    """Whether it was stored; if not, the form says why and keeps what was typed."""
    try:
        acts.object_to(value, form.cleaned_data["objection"], by=request.user, address=address_of(request))
    except acts.UniverseError as error:
        form.add_error(None, error.message)
        return False
    return True


def _anchor(board: Board) -> str:
    return f"universo-{board.universe.pk}-{board.institution.pk}"
