"""What institutions answer for and owe: {% load duties %}."""

from django import template

from indicators.models import ReportingPeriod, Responsibility
from indicators.queries.owed import owed_address
from plan.models import Institution

register = template.Library()


@register.inclusion_tag("indicators/duties.html")
def institution_duties(institution: Institution) -> dict:
    """What the actas assign to it, on its page."""
    rows = Responsibility.objects.ever_in_force().filter(institution=institution).select_related("action", "agreement")
    rows = rows.prefetch_related("indicators", "means")
    ordered = rows.order_by("action__objective__axis__number", "action__objective__position", "action__position")
    return {"duties": ordered}


@register.simple_tag
def owed_list(period: ReportingPeriod, trait: str = "", institution: Institution | None = None) -> str:
    """{% owed_list period "informado" %}: where the reports of a count are listed."""
    return owed_address(period=period.pk, institution=institution.pk if institution else None, trait=trait)
