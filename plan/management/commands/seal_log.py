"""manage.py seal_log: for a timer, each minute."""

from django.core.management.base import BaseCommand

from plan.seals.sealing import seal_log
from plan.templatetags.portal import number


class Command(BaseCommand):
    help = (
        "Encadena con una huella lo nuevo de la bitácora. Para correr cada minuto; sin nada nuevo no escribe nada, y "
        "correrlo dos veces a la vez no hace daño."
    )

    def handle(self, *args, **options):
        head = seal_log()
        if head is None:
            self.stdout.write("La bitácora está vacía: no hay nada que sellar.")
        else:
            self.stdout.write(f"Sello {number(head.number)}, {number(head.total)} asientos: {head.digest}")
