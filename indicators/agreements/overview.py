"""The list of actas with what each set, and the indicators that still have no meta."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from indicators.models import ActionWeight, Indicator, MeansDeadline, Methodology, Responsibility, RetentionRule, Target
from indicators.queries.in_force import indicators_without_target
from plan.models import Agreement, Amendment, Axis, Membership, Plan, SubcommissionMembership, User

#: Annotation, rows, their way to the acta, and how one and several are called.
KINDS = (
    ("targets_set", Target.objects.setting, "agreement", "meta", "metas"),
    ("targets_withdrawn", Target.objects.withdrawals, "agreement", "meta retirada", "metas retiradas"),
    ("duties_set", Responsibility.objects.all, "agreement", "responsabilidad", "responsabilidades"),
    ("duties_ended", Responsibility.objects.all, "ended_under", "término", "términos"),
    ("deadlines_set", MeansDeadline.objects.all, "agreement", "plazo", "plazos"),
    ("weights_set", ActionWeight.objects.all, "agreement", "ponderación", "ponderaciones"),
    ("retention_set", RetentionRule.objects.all, "agreement", "plazo de conservación", "plazos de conservación"),
    (
        "methodologies_set",
        Methodology.objects.all,
        "agreement",
        "versión de la metodología",
        "versiones de la metodología",
    ),
    ("texts_amended", Amendment.objects.all, "agreement", "modificación", "modificaciones"),
    (
        "seats_given",
        Membership.objects.all,
        "agreement",
        "integrante nueva de la Mesa",
        "integrantes nuevas de la Mesa",
    ),
    (
        "seats_ended",
        Membership.objects.all,
        "ended_under",
        "integrante que deja la Mesa",
        "integrantes que dejan la Mesa",
    ),
    (
        "places_given",
        SubcommissionMembership.objects.all,
        "agreement",
        "integrante de subcomisión",
        "integrantes de subcomisión",
    ),
    (
        "places_ended",
        SubcommissionMembership.objects.all,
        "ended_under",
        "salida de subcomisión",
        "salidas de subcomisión",
    ),
)


@dataclass(frozen=True)
class AxisGap:
    """The indicators of an eje without meta."""

    axis: Axis
    indicators: list[Indicator]


def agreements_with_counts(plan: Plan, user: User) -> QuerySet[Agreement]:
    """Those that the person may read, newest first, each with how much it set of every kind."""
    counts = {name: _count(rows, link) for name, rows, link, _, _ in KINDS}
    visible = Agreement.objects.visible_to(user).filter(plan=plan)
    return visible.select_related("subcommission").annotate(**counts).order_by("-agreed_on", "-number", "-pk")


def _count(rows: Callable[[], QuerySet], link: str):
    of_acta = rows().filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(of_acta.annotate(count=Count("pk")).values("count")), 0)


def set_by(agreement: Agreement) -> list[tuple[int, str]]:
    """Of an acta of `agreements_with_counts`: how many of what, leaving out the kinds of which it set none."""
    counts = ((getattr(agreement, name), one, many) for name, _, _, one, many in KINDS)
    return [(count, one if count == 1 else many) for count, one, many in counts if count]


def gaps(plan: Plan) -> list[AxisGap]:
    """Eje by eje, the indicators in force that have no meta."""
    rows = groupby(indicators_without_target(plan), key=lambda row: row.action.objective.axis)
    return [AxisGap(axis, list(missing)) for axis, missing in rows]
