"""What the desk must know about people, wherever it works: {% load people %}{% people_alerts %}."""

from django import template
from django.urls import reverse

from plan.models import Plan
from plan.roster import vacant

register = template.Library()


@register.inclusion_tag("plan/alerts.html")
def people_alerts() -> dict:
    return {"count": len(vacant(Plan.objects.current())), "url": reverse("plan:institutions")}
