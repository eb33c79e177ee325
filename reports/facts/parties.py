"""Which institutions answer for the actions of a document, and how they kept their duty to report."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from indicators.calculations.results import AxisResult, Coverage, PlanResult, ReportDuty
from indicators.enums import ResponsibilityKind
from indicators.models import Responsibility
from plan.models import Institution, Plan
from reports.facts.parts import InstitutionDuty


class Parties:
    """Responsables and colaboradoras on the corte under the actas known; read once, asked by action."""

    def __init__(self, plan: Plan, result: PlanResult):
        self.names = _names(result)
        self._short_names = dict(Institution.objects.values_list("pk", "acronym"))
        #: What each covers, by institution; empty where that is everything.
        self._limits: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
        known = Responsibility.objects.known_in_force(result.cut_off, result.known_at)
        for row in known.filter(agreement__plan=plan).prefetch_related("indicators", "means"):
            self._limits[row.action_id, row.kind][row.institution_id] = row.limits

    def responsible(self, action_id: int) -> tuple[str, ...]:
        return tuple(self._in_order(self._limits[action_id, ResponsibilityKind.RESPONSIBLE]))

    def collaborators(self, action_id: int) -> tuple[str, ...]:
        return tuple(self._in_order(self._limits[action_id, ResponsibilityKind.COLLABORATOR]))

    def _in_order(self, limits: Mapping[int, str]) -> Iterator[str]:
        """ "DT", or "DT (solo el indicador I2, todos los medios)"."""
        for pk, name in self.names.items():
            if pk in limits:
                short_name = self._short_names[pk] or name
                yield f"{short_name} ({limits[pk]})" if limits[pk] else short_name


def duties_in(result: PlanResult, axis: AxisResult) -> Iterator[InstitutionDuty]:
    """The institutions that had something to report in the eje, in the plan's order."""
    by_institution = defaultdict(list)
    for action in axis.iter_actions():
        for duty in action.duties:
            by_institution[duty.institution_id].append(duty)
    for institution in result.institutions:
        if duties := by_institution.get(institution.id):
            yield InstitutionDuty(institution.name, _coverage(duties))


def duties_of_plan(result: PlanResult) -> Iterator[InstitutionDuty]:
    for institution in result.institutions:
        if institution.coverage.owed or institution.coverage.within_term:
            yield InstitutionDuty(institution.name, institution.coverage)


def _coverage(duties: Iterable[ReportDuty]) -> Coverage:
    owed = [duty for duty in duties if duty.is_owed]
    return Coverage(
        owed=len(owed),
        made=sum(duty.is_made for duty in owed),
        validated=sum(duty.is_validated for duty in owed),
        on_time=sum(duty.is_on_time for duty in owed),
        returned=sum(duty.is_returned for duty in owed),
        within_term=sum(duty.is_within_term for duty in duties),
    )


def _names(result: PlanResult) -> dict[int, str]:
    """Every institution by id: those of the plan first and in its order, as they were called."""
    names = {institution.id: institution.name for institution in result.institutions}
    others = Institution.objects.exclude(pk__in=names).values_list("pk", "name")
    return names | dict(others)
