"""Signing the apreciación of an action or what its subcomisión proposes, and recording or mending the causes of what an
indicator has to explain."""

from collections.abc import Callable, Mapping
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from indicators import judging, permissions
from indicators.forms.judging import AssessmentForm, CauseForm, ProposalForm
from indicators.models import Assessment, Cause, Indicator, Proposal
from indicators.queries.judged import assessments_of, proposals_of
from plan import access, late_forms
from plan.forms.fields import DayField, cut_off_of
from plan.guards import role_required
from plan.http import PortalRequest, address_of, current_plan_or_404
from plan.models import Action, Plan

ALREADY = "Ya estaba registrado con las mismas palabras: no se registró dos veces."


@require_http_methods(["GET", "POST"])
@role_required(permissions.signs_assessments)
def sign_assessment(request: PortalRequest, code: str) -> HttpResponse:
    plan = current_plan_or_404()
    action = _action_or_404(request, plan, code)
    if permissions.assessing_duty(request.user, action) is None:
        raise Http404
    last = judging.last_signed(Assessment, action)
    initial = {"cut_off": _cut_off_asked(request.GET, plan), "seen": last.pk if last else 0}
    form = AssessmentForm(plan, late_forms.typed_in(request), initial=initial)
    if _is_signed(request, action, form, Assessment, judging.sign, "Apreciación firmada. Las cifras no cambian."):
        return redirect(_ficha(action, form.said.cut_off, "apreciacion"))
    signed = assessments_of(action, plan.ends_on, timezone.now())
    return _signing_page(request, "assessment", {"action": action, "form": form, "signed": signed})


@require_http_methods(["GET", "POST"])
@role_required(permissions.makes_proposals)
def propose(request: PortalRequest, code: str) -> HttpResponse:
    plan = current_plan_or_404()
    action = _action_or_404(request, plan, code)
    if permissions.proposing_duty(request.user, action) is None:
        raise Http404
    last = judging.last_signed(Proposal, action)
    cut_off = _cut_off_asked(request.GET, plan)
    initial = {"year": cut_off.year, "seen": last.pk if last else 0}
    form = ProposalForm(plan, late_forms.typed_in(request), initial=initial)
    if _is_signed(request, action, form, Proposal, judging.propose, "Propuesta firmada. El texto del plan no cambia."):
        return redirect(_ficha(action, max(cut_off, date(form.said.year, 1, 1)), "propuesta"))
    signed = proposals_of(action, plan.ends_on, timezone.now(), request.user)
    context = {"action": action, "form": form, "signed": signed, "cut_off": cut_off}
    return _signing_page(request, "proposal", context)


@require_http_methods(["GET", "POST"])
@role_required(access.writes_reports)
def record_cause(request: PortalRequest, code: str, number: int) -> HttpResponse:
    return _cause_page(request, _indicator_or_404(request, code, number))


@require_http_methods(["GET", "POST"])
@role_required(access.writes_reports)
def mend_cause(request: PortalRequest, code: str, number: int, pk: int) -> HttpResponse:
    indicator = _indicator_or_404(request, code, number)
    cause = get_object_or_404(Cause.objects.visible_to(request.user), indicator=indicator, pk=pk)
    if not permissions.may_mend(request.user, cause):
        raise Http404
    return _cause_page(request, indicator, cause)


def _cause_page(request: PortalRequest, indicator: Indicator, mended: Cause | None = None) -> HttpResponse:
    """The figures of the corte say what there is to explain."""
    plan, typed = indicator.action.objective.axis.plan, late_forms.typed_in(request)
    cut_off = mended.cut_off if mended else _cut_off_asked(request.GET if typed is None else typed, plan)
    if indicator.pk not in permissions.explaining_duties(request.user, indicator.action, cut_off):
        raise Http404
    result = judging.standing_of(indicator, cut_off)
    deviations = result.deviations if result else ()
    initial = model_to_dict(mended) if mended else {"cut_off": cut_off}
    form = CauseForm(plan, deviations, typed, is_mended=mended is not None, initial=initial)
    if request.method == "POST" and form.is_valid() and _record(request, indicator, form, mended):
        return redirect(_ficha(indicator.action, form.cleaned_data["cut_off"], f"causas-{indicator.number}"))
    context = {"indicator": indicator, "form": form, "mended": mended, "result": result, "cut_off": cut_off}
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/judging/cause.html", context, status=status)


def _is_signed(
    request: PortalRequest,
    action: Action,
    form: AssessmentForm | ProposalForm,
    model: type[judging.Signed],
    sign: Callable[..., tuple[judging.Signed, bool]],
    done: str,
) -> bool:
    """Whether what was posted is signed; if not, the form says why and keeps what was typed."""
    if request.method == "GET" or not form.is_valid():
        return False
    try:
        _, is_new = sign(
            action, form.said, seen=form.cleaned_data["seen"], by=request.user, address=address_of(request)
        )
    except judging.JudgementError as error:
        form.add_error(error.field, error.message)
        last = judging.last_signed(model, action)
        form.renew(last.pk if last else 0)
        return False
    _tell(request, done, is_new=is_new)
    return True


def _signing_page(request: PortalRequest, name: str, context: dict) -> HttpResponse:
    context["shows_people"] = access.is_secretariat(request.user)
    status = 422 if request.method == "POST" else 200
    return render(request, f"indicators/judging/{name}.html", context, status=status)


def _record(request: PortalRequest, indicator: Indicator, form: CauseForm, mended: Cause | None) -> bool:
    """Whether it is recorded; if not, the form says why and keeps what was typed."""
    try:
        _, is_new = judging.record_cause(
            indicator, form.said, by=request.user, replaces=mended, address=address_of(request)
        )
    except judging.JudgementError as error:
        form.add_error(error.field, error.message)
        return False
    _tell(request, "Causa registrada. Las cifras no cambian.", is_new=is_new)
    return True


def _tell(request: PortalRequest, done: str, *, is_new: bool) -> None:
    late_forms.forget(request)
    if is_new:
        messages.success(request, done)
    else:
        messages.info(request, ALREADY)


def _action_or_404(request: PortalRequest, plan: Plan, code: str) -> Action:
    return get_object_or_404(Action.objects.visible_to(request.user).for_plan(plan).with_tree(), code=code)


def _indicator_or_404(request: PortalRequest, code: str, number: int) -> Indicator:
    action = _action_or_404(request, current_plan_or_404(), code)
    indicator = get_object_or_404(action.indicators, number=number)
    indicator.action = action
    return indicator


def _cut_off_asked(asked: Mapping[str, str], plan: Plan) -> date:
    """The corte that the ficha hands on or that was typed; where it is none, the last day of the plan that has come."""
    try:
        chosen = cut_off_of(plan, DayField(required=False).clean(asked.get("cut_off") or asked.get("corte")))
    except ValidationError:
        chosen = None
    return chosen or min(timezone.localdate(), plan.ends_on)


def _ficha(action: Action, cut_off: date, anchor: str) -> str:
    """The ficha at the corte that was spoken of, with what is known now."""
    query = urlencode({"corte": cut_off.isoformat()})
    return f"{reverse('reports:action', args=[action.code])}?{query}#{anchor}"
