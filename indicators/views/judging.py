"""Signing the apreciación of an action, and recording or mending the causes of what an indicator has to explain."""

from collections.abc import Mapping
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
from indicators.forms.judging import AssessmentForm, CauseForm, CutOffForm
from indicators.models import Cause, Indicator
from indicators.queries.judged import assessments_of
from indicators.views.agreements.fetching import current_plan_or_404, typed_in
from plan import access, late_forms
from plan.forms.fields import DayField, cut_off_of
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Action, Plan

ALREADY = "Ya estaba registrado con las mismas palabras: no se registró dos veces."


@require_http_methods(["GET", "POST"])
@role_required(permissions.signs_assessments)
def sign_assessment(request: PortalRequest, code: str) -> HttpResponse:
    plan = current_plan_or_404()
    action = _action_or_404(request, plan, code)
    if permissions.assessing_duty(request.user, action) is None:
        raise Http404
    signed = assessments_of(action, plan.ends_on, timezone.now())
    last = judging.last_signed(action)
    initial = {"cut_off": _cut_off_asked(request.GET, plan), "seen": last.pk if last else 0}
    form = AssessmentForm(plan, typed_in(request), initial=initial)
    if request.method == "POST" and form.is_valid() and _sign(request, action, form):
        return redirect(_ficha(action, form, "apreciacion"))
    context = {"action": action, "form": form, "signed": signed, "shows_people": access.is_secretariat(request.user)}
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/judging/assessment.html", context, status=status)


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
    plan, typed = indicator.action.objective.axis.plan, typed_in(request)
    cut_off = mended.cut_off if mended else _cut_off_asked(request.GET if typed is None else typed, plan)
    if indicator.pk not in permissions.explaining_duties(request.user, indicator.action, cut_off):
        raise Http404
    result = judging.standing_of(indicator, cut_off)
    deviations = result.deviations if result else frozenset()
    initial = model_to_dict(mended) if mended else {"cut_off": cut_off}
    form = CauseForm(plan, deviations, typed, is_mended=mended is not None, initial=initial)
    if request.method == "POST" and form.is_valid() and _record(request, indicator, form, mended):
        return redirect(_ficha(indicator.action, form, f"causas-{indicator.number}"))
    context = {"indicator": indicator, "form": form, "mended": mended, "result": result, "cut_off": cut_off}
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/judging/cause.html", context, status=status)


def _sign(request: PortalRequest, action: Action, form: AssessmentForm) -> bool:
    """Whether it is signed; if not, the form says why and keeps what was typed."""
    try:
        _, is_new = judging.sign(
            action, form.said, seen=form.cleaned_data["seen"], by=request.user, address=address_of(request)
        )
    except judging.JudgementError as error:
        form.add_error(error.field, error.message)
        last = judging.last_signed(action)
        form.renew(last.pk if last else 0)
        return False
    _tell(request, "Apreciación firmada. Las cifras no cambian.", is_new=is_new)
    return True


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


def _ficha(action: Action, form: CutOffForm, anchor: str) -> str:
    """The ficha at the corte that was spoken of, with what is known now."""
    query = urlencode({"corte": form.cleaned_data["cut_off"].isoformat()})
    return f"{reverse('reports:action', args=[action.code])}?{query}#{anchor}"
