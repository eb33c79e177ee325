"""One action with figures, as the pages of the plan tell it.

Of the 120 people of 2016, Carabineros trained 90, which are approved: 3 of them in one region. PDI told of 14 more,
which wait for review. The second indicator has no target.
"""

from dataclasses import dataclass

from indicators.enums import Breakdown
from indicators.models import Indicator, ProgressReport, ReportingPeriod
from plan.models import Action, Institution, Plan, Region
from reports.tests import world

ROWS = {"Arica": 3, "Tarapacá": 77, "Antofagasta": 10}


@dataclass(frozen=True, slots=True)
class Story:
    plan: Plan
    action: Action
    counted: Indicator
    period: ReportingPeriod
    police: Institution
    detectives: Institution

    def report_of(self, institution: Institution) -> ProgressReport:
        return ProgressReport.objects.get(action=self.action, institution=institution, period=self.period)


def tell() -> Story:
    plan = world.make_plan()
    Region.objects.all().delete()
    regions = [Region.objects.create(code=name[:2], name=name, order=i) for i, name in enumerate(ROWS, 1)]
    action = world.make_action(plan, text="Capacitar a funcionarios")
    counted = world.make_count(action, breakdown=Breakdown.REGION)
    world.make_count(action, number=2, text="Número de jornadas", unit_label="jornadas")
    lists = world.make_means(action, "Lista de asistencia", lists_people=True)
    acta = world.make_agreement(plan, number=9)
    world.make_target(counted, 120, acta)
    period = world.make_period(plan)
    police = world.make_institution("Carabineros de Chile", plan=plan)
    detectives = world.make_institution("Policía de Investigaciones", "PDI", plan=plan)
    for institution in (police, detectives):
        world.make_responsible(action, institution, acta)
    rows = [{"region": region, "value": ROWS[region.name]} for region in regions]
    approved = world.submit(action, police, period, {counted: {"value": 90}}, rows)
    world.approve(approved, accredited=[lists])
    waiting = [{"region": regions[1], "value": 14}]
    world.submit(action, detectives, period, {counted: {"value": 14}}, waiting)
    return Story(plan, action, counted, period, police, detectives)
