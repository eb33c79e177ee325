"""manage.py verify_reports: is every edition still what was emitted? For a timer, or for whoever has a doubt."""

from django.core.management.base import BaseCommand, CommandError

from reports.editions.verifying import Examined, examine_all


class Command(BaseCommand):
    help = (
        "Comprueba las ediciones emitidas: archivos, huellas, códigos, fotografías de los datos, copias firmadas y "
        "folios, contra la bitácora. Una línea por edición; termina con 1 si algo está mal."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--render", action="store_true", help="además imprime cada edición de nuevo y compara los bytes"
        )

    def handle(self, *, render, **options):
        wrong = checked = 0
        for examined in examine_all(prints_again=render):
            checked += 1
            wrong += bool(examined.problems)
            self.stdout.write(_line(examined))
        summary = f"Folios revisados: {checked}; en orden: {checked - wrong}; con problemas: {wrong}."
        if wrong:
            raise CommandError(summary)
        self.stdout.write(summary)


def _line(examined: Examined) -> str:
    return f"{examined.folio}: {'; '.join(examined.problems) or 'en orden'}."
