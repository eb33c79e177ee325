"""Draws the charts of `reports.charts` as SVG with presentation attributes: the same on pages and on paper.

Each chart needs a `name` of its own on the page: patterns are referred to by id.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from django import template

from indicators.calculations.results import ActionResult, IndicatorResult, StateCounts
from reports.charts import compliance, fills, pace, states
from reports.charts.fills import Fill
from reports.charts.region_map import RegionMap

register = template.Library()


@register.inclusion_tag("reports/charts/pattern.html")
def pattern(fill: Fill, name: str, suffix: str) -> dict:
    """The definition that `paint` refers to; nothing for a plain fill."""
    return {"fill": fill, "id": _pattern_id(name, suffix)}


@register.simple_tag
def paint(fill: Fill, name: str, suffix: str) -> str:
    """Value of a fill attribute: the pattern, or the plain colour."""
    return f"url(#{_pattern_id(name, suffix)})" if fill.motif else fill.ground


@register.inclusion_tag("reports/charts/state_bar.html")
def state_bar(counts: StateCounts, name: str) -> dict:
    """{% state_bar axis.states name="eje-1" %}: one stacked bar of the actions by state."""
    return {"chart": states.state_bar(counts), "name": name}


@register.inclusion_tag("reports/charts/state_chart.html")
def state_chart(groups: Sequence[tuple[str, StateCounts]], name: str) -> dict:
    """Stacked bars of several groups with one legend; `groups` are pairs of label and counts."""
    return {"chart": states.state_chart(groups), "name": name}


@register.inclusion_tag("reports/charts/double_bar.html")
def double_bar(verified: Fraction | None, informed: Fraction | None, title: str, name: str) -> dict:
    """One bar: verified over informed. `title` says both figures in words."""
    chart = compliance.double_bar(verified, informed, title)
    return {"chart": chart, "name": name, "hatch": fills.INFORMED, "solid": fills.VERIFIED, "empty": fills.EMPTY}


@register.inclusion_tag("reports/charts/compliance_chart.html")
def compliance_chart(actions: Iterable[ActionResult], name: str) -> dict:
    """Compliance by action, in code order."""
    chart = compliance.compliance_chart(actions)
    return {"chart": chart, "name": name, "hatch": fills.INFORMED, "solid": fills.VERIFIED}


@register.inclusion_tag("reports/charts/pace_chart.html")
def pace_chart(indicators: Iterable[IndicatorResult], name: str) -> dict:
    """Advance of the targets not yet due against the expected pace."""
    chart = pace.pace_chart(indicators)
    return {"chart": chart, "name": name, "hatch": fills.INFORMED, "solid": fills.VERIFIED}


@register.inclusion_tag("reports/charts/region_map.html")
def region_map(chart: RegionMap, name: str) -> dict:
    """A map of Chile whose legend is drawn apart, with a swatch for each of its looks."""
    return {"chart": chart, "name": name}


@register.inclusion_tag("reports/charts/swatch.html")
def swatch(fill: Fill, name: str, suffix: str) -> dict:
    """What a fill looks like, beside its words in a legend."""
    return {"fill": fill, "name": name, "suffix": suffix}


def _pattern_id(name: str, suffix: str) -> str:
    return f"{name}-{suffix}"
