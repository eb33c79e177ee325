"""What changed between two texts: {% load differences %}."""

from django import template

from indicators.differences import differences

register = template.Library()


@register.inclusion_tag("components/changes.html")
def changes(before: str, now: str) -> dict:
    """{% changes version.before version.row.body %}"""
    return {"pieces": differences(before, now)}
