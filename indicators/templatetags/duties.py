"""What an institution answers for, on its page: {% load duties %}{% institution_duties institution %}."""

from django import template

from indicators.models import Responsibility
from plan.models import Institution

register = template.Library()


@register.inclusion_tag("indicators/duties.html")
def institution_duties(institution: Institution) -> dict:
    rows = Responsibility.objects.ever_in_force().filter(institution=institution).select_related("action", "agreement")
    rows = rows.prefetch_related("indicators", "means")
    ordered = rows.order_by("action__objective__axis__number", "action__objective__position", "action__position")
    return {"duties": ordered}
