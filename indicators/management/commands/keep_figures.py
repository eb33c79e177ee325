"""manage.py keep_figures: after a release, before anybody looks."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from indicators.calculations.wording import plural
from indicators.queries.records import Records
from plan.models import Plan


class Command(BaseCommand):
    help = (
        "Calcula y guarda las cifras de cada plan al término de cada período. Para correr al instalar una versión: "
        "quien abra primero el tablero no espera a que se lean todos los reportes. Si nada cambió no calcula nada."
    )

    def handle(self, *args, **options):
        today = timezone.localdate()
        for plan in Plan.objects.order_by("code"):
            records = Records(plan)
            ended = [row.ends_on for row in records.shared.periods if row.ends_on <= today]
            records.briefs(ended)
            periods = plural(len(ended), "período terminado", "períodos terminados")
            self.stdout.write(f"{plan.code}: cifras guardadas de {periods}.")
