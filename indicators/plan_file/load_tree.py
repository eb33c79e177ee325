from collections.abc import Iterable

from django.db.models import QuerySet

from indicators.models import Indicator, MeansOfVerification, Universe
from indicators.plan_file import columns
from indicators.plan_file.ledger import Ledger
from indicators.plan_file.problems import Problem, below
from indicators.queries.presence import amended_today
from plan.models import Action, Axis, Objective, Plan, Subcommission

Line = Objective | Action | Indicator | MeansOfVerification

#: What gives a reported figure its shape: it cannot change under figures already reported.
SHAPE = ("kind", "derived_from", "lists_names", "breakdown")


def load_tree(plan: Plan, items: list[dict], universes: dict[str, Universe], ledger: Ledger) -> None:
    """Ejes, objetivos, acciones, indicadores and medios of the file; what actas added stays as it is."""
    loader = _TreeLoader(plan, universes, ledger)
    axes = [loader.axis(plan, item, f"axes[{position}]") for position, item in enumerate(items)]
    ledger.keep_only(plan.axes.all(), axes, "axes")
    loader.link_dependencies()


class _TreeLoader:
    def __init__(self, plan: Plan, universes: dict[str, Universe], ledger: Ledger):
        self.amended = amended_today(plan)
        self.universes = universes
        self.ledger = ledger
        self.indicators: dict[str, Indicator] = {}
        self.depends_on: dict[str, str] = {}

    def axis(self, plan: Plan, item: dict, place: str) -> Axis:
        axis = self.ledger.put_item(columns.AXIS, item, plan=plan)
        if item["subcommission"]:
            self.ledger.put(Subcommission, {"name": item["subcommission"]}, axis=axis)
        children = below(place, "objectives")
        objectives = [
            self.objective(axis, position, objective, below(children, position))
            for position, objective in enumerate(item["objectives"])
        ]
        self._keep_only(axis.objectives.all(), objectives, children)
        return axis

    def objective(self, axis: Axis, position: int, item: dict, place: str) -> Objective:
        more = {"position": position + 1}
        objective = self.ledger.put_item(columns.OBJECTIVE, item, by="code", more=more, axis=axis)
        children = below(place, "actions")
        actions = [
            self.action(objective, number, action, below(children, number))
            for number, action in enumerate(item["actions"])
        ]
        self._keep_only(objective.actions.all(), actions, children)
        return objective

    def action(self, objective: Objective, position: int, item: dict, place: str) -> Action:
        more = {"position": position + 1}
        action = self.ledger.put_item(columns.ACTION, item, by="code", more=more, objective=objective)
        children = below(place, "indicators")
        indicators = [
            self.indicator(action, indicator, below(children, number))
            for number, indicator in enumerate(item["indicators"])
        ]
        self._keep_only(action.indicators.all(), indicators, children)
        self._means(action, indicators, item["means_of_verification"], below(place, "means_of_verification"))
        return action

    def indicator(self, action: Action, item: dict, place: str) -> Indicator:
        self._refuse_new_shape(action, item, place)
        more = {"universe": self.universes.get(item["universe"])}
        indicator = self.ledger.put_item(columns.INDICATOR, item, more=more, action=action)
        self.indicators[indicator.reference] = indicator
        self.depends_on[indicator.reference] = item["depends_on"]
        return indicator

    def link_dependencies(self) -> None:
        """Last, because an indicator may take its denominator from one that the file tells later."""
        for reference, source in self.depends_on.items():
            indicator = self.indicators[reference]
            values = {"depends_on": self.indicators.get(source)}
            self.ledger.put(Indicator, values, pk=indicator.pk)

    def _means(self, action: Action, indicators: list[Indicator], items: list[dict], place: str) -> None:
        by_number = {indicator.number: indicator for indicator in indicators}
        kept = []
        for item in items:
            means = self.ledger.put_item(columns.MEANS, item, action=action)
            self.ledger.relate(means, "indicators", [by_number[number] for number in item["indicators"]])
            kept.append(means)
        self._keep_only(action.means.all(), kept, place)

    def _keep_only(self, rows: QuerySet, kept: Iterable[Line], place: str) -> None:
        """What an acta added is not the file's to remove, nor its code the file's to use."""
        added = [row for row in rows if self.amended.is_added(row.lineage[-1])]
        for row in set(kept) & set(added):
            self.ledger.problems.append(Problem(place, f"un acta ya agregó {row.lineage[-1]} al plan"))
        self.ledger.keep_only(rows, [*kept, *added], place)

    def _refuse_new_shape(self, action: Action, item: dict, place: str) -> None:
        indicator = action.indicators.filter(number=item["number"], reported_values__isnull=False).first()
        for key in SHAPE if indicator else ():
            if getattr(indicator, key) != item[key]:
                sentence = "no puede cambiar: ya hay valores informados de este indicador"
                self.ledger.problems.append(Problem(below(place, key), sentence))
