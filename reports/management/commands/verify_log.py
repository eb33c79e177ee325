"""manage.py verify_log: is the log still what was sealed, and what the editions printed of it?"""

from django.core.management.base import BaseCommand, CommandError

from plan.seals.checking import LogCheck
from plan.templatetags.portal import number
from reports.editions.verifying import examine_log_heads


class Command(BaseCommand):
    help = (
        "Comprueba la bitácora contra sus sellos, y los sellos contra lo que imprimieron las ediciones. Una línea por "
        "falla: asientos cambiados, que faltan, insertados o sin sellar; termina con 1 si hay alguna."
    )

    def handle(self, *args, **options):
        check, faults, heads = LogCheck(), 0, 0
        for fault in check.faults():
            faults += 1
            self.stdout.write(fault)
        for examined in examine_log_heads():
            heads += 1
            for problem in examined.problems:
                faults += 1
                self.stdout.write(f"{examined.folio}: {problem}.")
        summary = (
            f"Asientos revisados: {number(check.entries)}, de ellos sin sellar: {number(check.unsealed)}; "
            f"sellos: {number(check.seals)}; ediciones: {number(heads)}; fallas: {number(faults)}."
        )
        if faults:
            raise CommandError(summary)
        self.stdout.write(summary)
