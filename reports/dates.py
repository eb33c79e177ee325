"""The corte that pages and documents take where nobody chose one."""

from datetime import date

from django.db.models import Max

from indicators.models import ReportingPeriod
from plan.models import Plan


def default_cut_off(plan: Plan, today: date) -> date:
    """The last day of the newest period that has ended, and the plan's last day at the latest.

    While no period has ended: today, moved into the years of the plan.
    """
    ended = ReportingPeriod.objects.for_plan(plan).filter(ends_on__lt=today)
    newest = ended.aggregate(newest=Max("ends_on"))["newest"] or max(today, plan.starts_on)
    return min(newest, plan.ends_on)
