"""What the desk must know about people, wherever it works: {% load people %}{% people_alerts portal.plan %}."""

from django import template
from django.urls import reverse

from plan.models import Plan
from plan.roster import count_vacant

register = template.Library()


@register.inclusion_tag("plan/alerts.html")
def people_alerts(plan: Plan | None) -> dict:
    return {"count": count_vacant(plan), "url": reverse("plan:institutions")}
