"""manage.py render_report: a document from the command line, by the same road as from the browser."""

import hashlib
from argparse import ArgumentTypeError
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from indicators.calculations.moments import as_moment
from plan import audit
from plan.enums import Verb
from plan.models import Plan
from reports.documents.making import Order, make_document
from reports.documents.printing import PrintingError


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"«{text}» no es una fecha; escríbala como 2016-12-31.") from None


def a_moment(text: str) -> datetime:
    """A bare date means the end of that day; a moment without zone is Santiago's."""
    try:
        if len(text) == len("2016-12-31"):
            return as_moment(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"«{text}» no es un momento; escríbalo como 2017-02-28T18:00.") from None
    return moment if moment.tzinfo else timezone.make_aware(moment)


class Command(BaseCommand):
    help = "Escribe en un archivo el informe de cumplimiento de un eje o el estado anual del plan (PDF, borrador)."

    def add_arguments(self, parser):
        document = parser.add_mutually_exclusive_group(required=True)
        document.add_argument("--axis", type=int, metavar="N", help="informe de cumplimiento del eje N")
        document.add_argument("--annual", type=int, metavar="AÑO", help="estado anual del plan")
        parser.add_argument("--as-of", type=a_day, required=True, metavar="FECHA", help="corte: 2016-12-31")
        parser.add_argument("--known-at", type=a_moment, metavar="MOMENTO", help="con lo resuelto hasta; si no, ahora")
        parser.add_argument("--plan", metavar="CÓDIGO", help="código del plan; si no, el vigente")
        parser.add_argument("--output", type=Path, required=True, metavar="ARCHIVO", help="dónde escribir el PDF")

    def handle(self, *, axis, annual, as_of, known_at, plan, output, **options):
        order = Order(_plan(plan), as_of, known_at or timezone.now(), axis, annual)
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


def _plan(code: str | None) -> Plan:
    plan = Plan.objects.filter(code=code).first() if code else Plan.objects.current()
    if plan is None:
        raise CommandError(f"No existe el plan {code}." if code else "No hay un plan vigente; indique --plan.")
    return plan


def _check(order: Order) -> None:
    plan = order.plan
    if not plan.starts_on <= order.cut_off <= plan.ends_on:
        raise CommandError(f"El corte debe estar entre {plan.starts_on:%d-%m-%Y} y {plan.ends_on:%d-%m-%Y}.")
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
