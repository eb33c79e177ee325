"""What the log speaks of: how each type of object is named, where its page is, and of which other objects it is part.

A type that is not in the table is told by its name and number.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from indicators.models import ProgressReport, ReportingPeriod, UniverseValue
from plan.models import Agreement, AuditEntry, Plan, User
from reports.models import IssuedReport, ReportJob

PERSON, INSTITUTION, AGREEMENT = "plan.user", "plan.institution", "plan.agreement"
REPORT, PERIOD, UNIVERSE = "indicators.progressreport", "indicators.reportingperiod", "indicators.universe"


@dataclass(frozen=True)
class Subject:
    """`rows` is what labels are read from; `page`, the name of a URL that takes its id, or what else of it `key`
    names.

    `stands_for` is the key of an entry's data that names another object, of the given type, by which it is told.
    `part_of` says by which relation it belongs to objects of other types: their history and filters include it.
    """

    rows: QuerySet | None = None
    page: str = ""
    key: str = "pk"
    stands_for: tuple[str, str] | None = None
    part_of: dict[str, str] = field(default_factory=dict)


OF_A_REPORT = Subject(stands_for=("report", REPORT), part_of={REPORT: "report", INSTITUTION: "report__institution"})
OF_A_SEAT = Subject(stands_for=("agreement", AGREEMENT), part_of={AGREEMENT: "agreement", INSTITUTION: "institution"})
OF_AN_AGREEMENT = Subject(stands_for=("agreement", AGREEMENT), part_of={AGREEMENT: "agreement"})

#: A line of the plan is in the log when an acta adds it.
ADDED = Subject(stands_for=("agreement", AGREEMENT))

SUBJECTS = {
    PERSON: Subject(page="plan:person"),
    "plan.appointment": Subject(stands_for=("person", PERSON), part_of={PERSON: "user", INSTITUTION: "institution"}),
    "plan.invitation": Subject(stands_for=("person", PERSON), part_of={PERSON: "user"}),
    INSTITUTION: Subject(page="plan:institution"),
    "plan.membership": OF_A_SEAT,
    "plan.subcommissionmembership": OF_A_SEAT,
    "plan.plan": Subject(Plan.objects.all()),
    REPORT: Subject(
        ProgressReport.objects.select_related("action", "institution", "period"),
        "indicators:report",
        part_of={INSTITUTION: "institution"},
    ),
    "indicators.submission": OF_A_REPORT,
    "indicators.evidence": OF_A_REPORT,
    "indicators.question": OF_A_REPORT,
    "indicators.storedfile": Subject(part_of={REPORT: "evidence__report", INSTITUTION: "owner"}),
    PERIOD: Subject(ReportingPeriod.objects.all(), "indicators:period"),
    "indicators.periodextension": Subject(
        stands_for=("period", PERIOD), part_of={PERIOD: "period", INSTITUTION: "institution"}
    ),
    AGREEMENT: Subject(Agreement.objects.all(), "indicators:agreement"),
    "indicators.target": OF_AN_AGREEMENT,
    "indicators.responsibility": OF_AN_AGREEMENT,
    "indicators.meansdeadline": OF_AN_AGREEMENT,
    "indicators.actionweight": OF_AN_AGREEMENT,
    "indicators.retentionrule": OF_AN_AGREEMENT,
    "plan.amendment": OF_AN_AGREEMENT,
    **dict.fromkeys(("plan.objective", "plan.action", "indicators.indicator", "indicators.meansofverification"), ADDED),
    "indicators.methodology": OF_AN_AGREEMENT,
    UNIVERSE: Subject(),
    "indicators.universevalue": Subject(
        UniverseValue.objects.select_related("universe", "institution"),
        part_of={UNIVERSE: "universe", INSTITUTION: "institution"},
    ),
    "indicators.cause": Subject(part_of={INSTITUTION: "institution"}),
    "reports.issuedreport": Subject(IssuedReport.objects.all(), "reports:edition", key="folio"),
    "reports.reportjob": Subject(ReportJob.objects.select_related("plan")),
}
UNKNOWN = Subject()


def subject_of(type_name: str) -> Subject:
    return SUBJECTS.get(type_name, UNKNOWN)


def word_for(type_name: str) -> str:
    """ "reporte de avance"; a type that is gone is told as it was written."""
    try:
        return str(apps.get_model(type_name)._meta.verbose_name)
    except (LookupError, ValueError):
        return type_name


def about(type_name: str, pk: int) -> Q:
    """Entries about this object and about its parts."""
    found = Q(object_type=type_name, object_id=str(pk))
    for part, subject in SUBJECTS.items():
        if path := subject.part_of.get(type_name):
            rows = apps.get_model(part)._default_manager.filter(**{path: pk})
            found |= Q(object_type=part, object_id__in=rows.values(pk_text=Cast("pk", CharField())))
    return found


@dataclass(frozen=True)
class Named:
    label: str
    url: str


def named(type_name: str, ids: Iterable[str], reader: User) -> dict[str, Named]:
    """Labels of these objects, and the address of their page for whoever may open it, in one query."""
    subject = subject_of(type_name)
    if subject.rows is None:
        return {}
    rows = subject.rows.filter(pk__in=[pk for pk in ids if pk.isdecimal()])
    manager = subject.rows.model._default_manager
    if hasattr(manager, "visible_to"):
        rows = rows.annotate(may_open=Exists(manager.visible_to(reader).filter(pk=OuterRef("pk"))))
    return {str(row.pk): Named(str(row), _url(subject, row)) for row in rows}


def _url(subject: Subject, row: Model) -> str:
    is_open = subject.page and getattr(row, "may_open", True)
    return reverse(subject.page, args=[getattr(row, subject.key)]) if is_open else ""


def referred(entry: AuditEntry) -> tuple[str, str]:
    """Type and id of the object by which the entry is told: its own, or the one that it stands for."""
    key, type_name = subject_of(entry.object_type).stands_for or ("", "")
    pk = entry.data.get(key) if key else None
    return (type_name, str(pk)) if pk else (entry.object_type, entry.object_id)
