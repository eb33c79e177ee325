"""An action that is far from its target, and what may be said of it."""

from datetime import date, timedelta

from django.utils import timezone

from indicators.enums import CauseKind, Deviation, ProposalKind, RiskLevel, TargetScope
from indicators.judging import Explained, Judged, Proposed
from indicators.models import ReportingPeriod, Target
from indicators.tests.world import World

CUT_OFF = date(2016, 12, 31)
WORDS = Judged(CUT_OFF, RiskLevel.NEEDS_SUPPORT, "Faltan dos regiones por capacitar.")
PROPOSED = Proposed(
    2016, ProposalKind.MODIFY, "Capacitar a todos los inspectores.", "El texto deja fuera a dos regiones."
)
CAUSE = Explained(
    CUT_OFF,
    Deviation.UNDER,
    CauseKind.STAFF,
    "La unidad quedó sin relatores.",
    "Contratar dos relatores.",
    "Jefatura de Capacitación, DT",
    date(2017, 6, 30),
)


def set_far(world: World) -> World:
    """The indicator of 1.1.1 owed 100 things in 2016, the period is over, and nobody told of any."""
    ReportingPeriod.objects.update(due_on=timezone.localdate() - timedelta(1))
    fields = {"scope": TargetScope.YEAR, "year": 2016, "agreement": world.agreement}
    Target.objects.create(indicator=world.indicator, value=100, **fields)
    return world
