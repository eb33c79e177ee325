"""manage.py compliance: the figures of a plan at two dates, down to each indicator, as a table or as JSON."""

import json
from collections.abc import Iterator

from django.core.management.base import BaseCommand

from indicators.models import ReportingPeriod
from indicators.queries import compliance
from reports.exports import calculations as as_json
from reports.management.arguments import add_dates_and_plan, the_plan
from reports.plan_pages.calculation import Calculation, Calculations
from reports.plan_pages.discretion import Discretion


class Command(BaseCommand):
    help = "Cumplimiento del plan a dos fechas, con la traza de cada cifra (--json) o en una línea por parte."

    def add_arguments(self, parser):
        add_dates_and_plan(parser)
        parser.add_argument("--json", action="store_true", help="todo, con trazas, para programas")

    def handle(self, *, as_of, known_at, plan, **options):
        plan = the_plan(plan, as_of)
        result = compliance(plan, as_of, known_at)
        periods = dict(ReportingPeriod.objects.for_plan(plan).values_list("pk", "name"))
        whole = Calculations(result, Discretion.of_the_house(plan, result), periods).plan()
        if options["json"]:
            self.stdout.write(json.dumps(as_json.document(result, whole), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{result.dates_text} · Metodología {result.methodology}")
        for line in _lines(whole):
            self.stdout.write(line)


def _lines(node: Calculation, depth: int = 0) -> Iterator[str]:
    state = f" · {node.state.label}" if node.state else ""
    yield f"{'  ' * depth}{node.label}: {node.verified.text} verificado, {node.informed.text} informado{state}"
    for part in node.parts:
        yield from _lines(part, depth + 1)
