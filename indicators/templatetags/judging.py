"""What the reader may say beside the figures: {% load judging %}."""

from datetime import date

from django import template

from indicators import permissions
from indicators.models import Cause
from plan.models import Action

register = template.Library()


@register.simple_tag(takes_context=True)
def may_assess(context: dict, action: Action) -> bool:
    """{% may_assess action as signs %}"""
    return permissions.assessing_duty(context["request"].user, action) is not None


@register.simple_tag(takes_context=True)
def may_propose(context: dict, action: Action) -> bool:
    """{% may_propose action as proposes %}"""
    return permissions.proposing_duty(context["request"].user, action) is not None


@register.simple_tag(takes_context=True)
def may_explain(context: dict, action: Action, cut_off: date) -> set[int]:
    """Indicators of the action whose causes the reader records: {% may_explain action cut_off as explained %}"""
    return set(permissions.explaining_duties(context["request"].user, action, cut_off))


@register.filter
def mended_by(cause: Cause, user) -> bool:
    """{% if cause|mended_by:user %}"""
    return permissions.may_mend(user, cause)
