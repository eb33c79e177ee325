"""Answering a report as a reviewer does: names of fields as the page has them."""

from django.urls import reverse

from indicators.models import ProgressReport


def page_of(report: ProgressReport, name: str = "review") -> str:
    return reverse(f"indicators:{name}", args=[report.pk])


def value_of(report: ProgressReport):
    return report.latest_submission.values.get()


def answer_to(report: ProgressReport, **changes) -> dict:
    """What the page of a review posts: approved, all medios accredited, all figures as reported, but for `changes`."""
    told = {"version": report.version, "round": report.latest_submission.pk, "outcome": "approved", "reason": ""}
    told |= {f"v{means.pk}-verdict": "accredited" for means in report.action.means.all()}
    for value in report.latest_submission.values.all():
        told |= {f"f{value.pk}-value": value.value} if value.value is not None else {}
        told |= {f"f{value.pk}-row{row.pk}": row.value for row in value.rows.all()}
    return told | changes
