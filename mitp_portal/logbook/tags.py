"""The history of one object, for the foot of its page. Available in every template without a load tag."""

from django import template
from django.db.models import Model

from mitp_portal.logbook.directory import read_directory
from mitp_portal.logbook.lines import lines_of
from mitp_portal.logbook.subjects import about
from plan import access
from plan.models import AuditEntry

register = template.Library()

#: The newest acts; the rest is a link away.
SHOWN = 12


@register.inclusion_tag("log/history.html", takes_context=True)
def object_history(context, obj: Model) -> dict:
    """What was done with the object and its parts, for whoever reads the log: {% object_history report %}."""
    reader, type_name = context["user"], obj._meta.label_lower
    if not access.reads_people(reader):
        return {"lines": None}
    entries = list(AuditEntry.objects.visible_to(reader).filter(about(type_name, obj.pk)).newest_first()[: SHOWN + 1])
    return {
        "lines": lines_of(entries[:SHOWN], reader, read_directory()) if entries else [],
        "has_more": len(entries) > SHOWN,
        "own": (type_name, str(obj.pk)),
    }
