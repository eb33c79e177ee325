"""manage.py render_report: a document from the command line, by the same road as from the browser."""

import hashlib
from contextlib import suppress
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from plan import audit
from plan.enums import Verb
from reports.documents.making import Order, make_document
from reports.documents.printing import PrintingError
from reports.management.arguments import add_dates_and_plan, the_plan


class Command(BaseCommand):
    help = "Escribe en un archivo el informe de cumplimiento de un eje o el estado anual del plan (PDF, borrador)."

    def add_arguments(self, parser):
        document = parser.add_mutually_exclusive_group(required=True)
        document.add_argument("--axis", type=int, metavar="N", help="informe de cumplimiento del eje N")
        document.add_argument("--annual", type=int, metavar="AÑO", help="estado anual del plan")
        add_dates_and_plan(parser)
        parser.add_argument("--output", type=Path, required=True, metavar="ARCHIVO", help="dónde escribir el PDF")

    def handle(self, *, axis, annual, as_of, known_at, plan, output, **options):
        order = Order(the_plan(plan, as_of), as_of, known_at or timezone.now(), axis, annual)
        _check(order)
        try:
            pdf = make_document(order)
        except PrintingError as error:
            raise CommandError(str(error)) from error
        with transaction.atomic():
            digest = hashlib.sha256(pdf).hexdigest()
            audit.record(
                Verb.EXPORTED, order.plan, by=None, axis=axis, year=annual, cut_off=as_of.isoformat(), hash=digest
            )
            _write(output, pdf)
        self.stdout.write(f"{output}: {len(pdf)} bytes")


def _check(order: Order) -> None:
    plan = order.plan
    if order.axis_number is not None and not plan.axes.filter(number=order.axis_number).exists():
        raise CommandError(f"El plan {plan.code} no tiene eje {order.axis_number}.")
    if order.year is not None and order.year != order.cut_off.year:
        raise CommandError(f"El corte de un estado anual {order.year} debe ser de ese año.")


def _write(output: Path, pdf: bytes) -> None:
    """Whole or not at all: a reader never finds half a document under its name."""
    partial = output.with_name(f".{output.name}.partial")
    try:
        partial.write_bytes(pdf)
        partial.replace(output)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise CommandError(f"No se puede escribir {output}: {error.strerror}.") from error
