"""Draws the charts of `reports.charts` as SVG: one template for each, which the style sheets of pages and of paper
colour by its classes.

Each chart needs a `name` of its own on the page: patterns are referred to by id.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.calculations.results import ActionResult, Advance, IndicatorResult, StateCounts
from reports.charts import compliance, double, pace, states
from reports.charts.fills import Fill
from reports.charts.region_map import RegionMap

register = template.Library()


@register.inclusion_tag("reports/charts/pattern.html")
def pattern(fill: Fill, name: str) -> dict:
    """The definition that `paint` refers to; nothing for a plain fill."""
    return {"fill": fill, "id": _pattern_id(fill, name)}


@register.simple_tag
def paint(fill: Fill, name: str) -> SafeString:
    """The attribute that fills a shape: with the pattern, or plain with the class of its ground."""
    if fill.motif:
        return format_html('fill="url(#{})"', _pattern_id(fill, name))
    return format_html('class="k-{}"', fill.look)


@register.inclusion_tag("reports/charts/state_bar.html")
def state_bar(counts: StateCounts, name: str) -> dict:
    """{% state_bar axis.states name="eje-1" %}: one stacked bar of the actions by state."""
    return {"chart": states.state_bar(counts), "name": name}


@register.inclusion_tag("reports/charts/state_chart.html")
def state_chart(groups: Sequence[tuple[str, StateCounts]], name: str) -> dict:
    """Stacked bars of several groups with one legend; `groups` are pairs of label and counts."""
    return {"chart": states.state_chart(groups), "name": name}


@register.inclusion_tag("reports/charts/double_bar.html")
def double_bar(verified: Fraction | None, informed: Fraction | None, title: str, name: str, height: int = 14) -> dict:
    """One bar: verified over informed. `title` says both figures in words."""
    return {"chart": double.double_bar(verified, informed, title), "name": name, "height": height}


@register.inclusion_tag("reports/charts/compliance_chart.html")
def compliance_chart(actions: Iterable[ActionResult], name: str) -> dict:
    """Compliance by action, in code order."""
    return {"chart": compliance.compliance_chart(actions), "name": name}


@register.inclusion_tag("reports/charts/pace_chart.html")
def pace_chart(advances: Iterable[tuple[IndicatorResult, Advance]], name: str) -> dict:
    """Advance of the targets not yet due against the expected pace."""
    return {"chart": pace.pace_chart(advances), "name": name}


@register.inclusion_tag("reports/charts/region_map.html")
def region_map(chart: RegionMap, name: str) -> dict:
    """A map of Chile whose legend is drawn apart, with a swatch for each of its looks."""
    return {"chart": chart, "name": name}


@register.inclusion_tag("reports/charts/swatch.html")
def swatch(fill: Fill, name: str) -> dict:
    """What a fill looks like, beside its words in a legend."""
    return {"fill": fill, "name": name}


def _pattern_id(fill: Fill, name: str) -> str:
    return f"{name}-{fill.look}"
