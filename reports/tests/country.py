"""A plan with figures by region, as the page of the territory tells them.

Five regions, of which Ñuble begins on 06-09-2018 and comes from Biobío. Carabineros told of 2016, which is approved.
"""

from dataclasses import dataclass
from datetime import date

from indicators.enums import Breakdown
from indicators.models import Indicator, ReportingPeriod
from plan.models import Action, Institution, Plan, Region, RegionalBoard
from reports.tests import world

BEGINS_ON = date(2018, 9, 6)
NAMES = {"XV": "Arica", "I": "Tarapacá", "XVI": "Ñuble", "VIII": "Biobío", "XII": "Magallanes"}


@dataclass(frozen=True, slots=True)
class Country:
    plan: Plan
    action: Action
    counted: Indicator
    period: ReportingPeriod
    police: Institution
    regions: dict[str, Region]

    def send(self, amounts: dict, indicator: Indicator | None = None, **whole):
        """What the police told of 2016 by region; `whole` where the indicator has no value of its own."""
        indicator = indicator or self.counted
        return send(self, self.period, indicator, amounts, **whole)

    def tell(self, amounts: dict, indicator: Indicator | None = None, **whole) -> None:
        world.approve(self.send(amounts, indicator, **whole))

    def ratio(self, **fields) -> Indicator:
        """Of an action of its own: trained officers among all of them."""
        action = world.make_action(self.plan, "1.1.2", "Formar a funcionarios")
        return world.make_flow_ratio(action, breakdown=Breakdown.REGION, **fields)


def send(country: Country, period: ReportingPeriod, indicator: Indicator, amounts: dict, **whole):
    rows = [{"region": country.regions[code], **_figures(amount)} for code, amount in amounts.items()]
    value = whole or {"value": sum(amounts.values())}
    return world.submit(indicator.action, country.police, period, {indicator: value}, rows)


def _figures(amount) -> dict:
    if isinstance(amount, tuple):
        return dict(zip(("numerator", "denominator"), amount, strict=True))
    return {"value": amount}


def found() -> Country:
    plan = world.make_plan()
    regions = {
        code: Region.objects.create(code=code, name=name, order=order)
        for order, (code, name) in enumerate(NAMES.items(), 1)
    }
    Region.objects.filter(code="XVI").update(valid_from=BEGINS_ON, predecessor=regions["VIII"])
    RegionalBoard.objects.create(plan=plan, region=regions["I"], since_year=2015)
    action = world.make_action(plan, text="Enviar guías")
    counted = world.make_count(action, text="Número de guías", unit_label="guías", breakdown=Breakdown.REGION)
    police = world.make_institution("Carabineros de Chile", plan=plan)
    return Country(plan, action, counted, world.make_period(plan), police, regions)
