"""What a plan file must say of what is already loaded."""

from collections.abc import Iterator

from indicators.plan_file.node import Node
from indicators.plan_file.problems import Problem
from plan.models import Plan, Region


def broken_standing_rules(document: dict) -> Iterator[Problem]:
    """The antecessor is loaded, and no region is left out: the regions of Chile are the same for every plan."""
    root = Node("", document)
    plan = root.child("plan")
    if plan.text("predecessor") and not Plan.objects.filter(code=plan.text("predecessor")).exists():
        sentence = f"no hay un plan cargado con el código «{plan.text('predecessor')}»"
        yield Problem(plan.at("predecessor"), sentence)
    codes = {region.text("code") for region in root.rows("regions")}
    missing = [str(region) for region in Region.objects.exclude(code__in=codes)]
    if missing:
        yield Problem(
            "regions", f"faltan regiones que ya están cargadas y que todo plan comparte: {', '.join(missing)}"
        )
