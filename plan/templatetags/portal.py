"""How figures, dates and states are written in Spanish pages. Available in every template without a load tag."""

from django import template

register = template.Library()
