from django.core.management.base import BaseCommand
from django.utils import timezone

from indicators.models import ReportingPeriod
from indicators.releasing import release_abandoned
from indicators.reminders import Reminded, remind_all
from indicators.scheduling import announce_opened
from plan.models import Plan
from plan.notices import sweep


class Command(BaseCommand):
    help = (
        "Anuncia los períodos que abrieron, recuerda a los puntos focales lo que deben informar, libera las revisiones "
        "de quien dejó el cargo y vuelve a intentar los correos que no salieron. Para correr una vez al día; repetirlo "
        "no envía nada de nuevo."
    )

    def handle(self, *args, **options):
        mails = sweep()
        for period in ReportingPeriod.objects.accepting(timezone.localdate()):
            announce_opened(period)
        released = release_abandoned()
        self.stdout.write(_summary(remind_all()))
        self.stdout.write(f"Correos de antes puestos de nuevo en la cola: {mails}.")
        if released:
            self.stdout.write(f"Reportes que volvieron a la cola de revisión: {released}.")


def _summary(reminded: Reminded) -> str:
    if Plan.objects.current() is None:
        return "No hay un plan vigente: no hay nada que recordar."
    if not reminded.people:
        return "No hay recordatorios que enviar hoy."
    return f"Recordatorios enviados: {reminded.people}; reportes que recuerdan: {reminded.reports}."
