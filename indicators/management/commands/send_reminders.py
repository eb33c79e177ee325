from django.core.management.base import BaseCommand
from django.utils import timezone

from indicators.models import ReportingPeriod
from indicators.reminders import Reminded, remind_all
from indicators.scheduling import announce_opened
from plan.models import Plan
from plan.notices import sweep


class Command(BaseCommand):
    help = (
        "Anuncia los períodos que abrieron, recuerda a los puntos focales lo que deben informar y vuelve a intentar "
        "los correos que no salieron. Para correr una vez al día; repetirlo no envía nada de nuevo."
    )

    def handle(self, *args, **options):
        mails = sweep()
        for period in ReportingPeriod.objects.accepting(timezone.localdate()):
            announce_opened(period)
        self.stdout.write(_summary(remind_all()))
        self.stdout.write(f"Correos de antes puestos de nuevo en la cola: {mails}.")


def _summary(reminded: Reminded) -> str:
    if Plan.objects.current() is None:
        return "No hay un plan vigente: no hay nada que recordar."
    if not reminded.people:
        return "No hay recordatorios que enviar hoy."
    return f"Recordatorios enviados: {reminded.people}; reportes que recuerdan: {reminded.reports}."
