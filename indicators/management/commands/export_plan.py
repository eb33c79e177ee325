import hashlib

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from indicators.plan_file import dump
from indicators.queries.presence import amended_today
from plan import audit
from plan.enums import Verb
from plan.models import Plan


class Command(BaseCommand):
    help = "Escribe un plan cargado, como se decretó, en el archivo JSON que load_plan lee."

    def add_arguments(self, parser):
        parser.add_argument("--plan", metavar="CÓDIGO", help="código del plan; si no se indica, el plan vigente")

    def handle(self, *args, plan: str | None, **options):
        chosen = _chosen(plan)
        text = dump(chosen)
        with transaction.atomic():
            audit.record(Verb.EXPORTED, chosen, by=None, sha256=hashlib.sha256(text.encode()).hexdigest())
        self.stdout.write(text, ending="")
        if added := amended_today(chosen).added:
            self.stderr.write(
                f"El archivo trae el plan como se decretó, sin lo que agregaron actas: {', '.join(added)}."
            )


def _chosen(code: str | None) -> Plan:
    plan = Plan.objects.filter(code=code).first() if code else Plan.objects.current()
    if plan is None:
        missing = f"No hay un plan con el código {code}." if code else "No hay un plan vigente: indique --plan."
        codes = ", ".join(Plan.objects.values_list("code", flat=True)) or "ninguno"
        raise CommandError(f"{missing} Planes cargados: {codes}.")
    return plan
