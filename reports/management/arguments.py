"""Arguments that commands share: days, moments and the plan."""

from argparse import ArgumentTypeError
from datetime import date, datetime

from django.core.management.base import CommandError
from django.utils import timezone

from indicators.calculations.moments import as_moment
from plan.models import Plan


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


def add_dates_and_plan(parser) -> None:
    parser.add_argument("--as-of", type=a_day, required=True, metavar="FECHA", help="corte: 2016-12-31")
    parser.add_argument("--known-at", type=a_moment, metavar="MOMENTO", help="con lo resuelto hasta; si no, ahora")
    parser.add_argument("--plan", metavar="CÓDIGO", help="código del plan; si no, el vigente")


def the_plan(code: str | None, cut_off: date) -> Plan:
    """CommandError where there is none, or where the corte lies outside its years."""
    plan = Plan.objects.filter(code=code).first() if code else Plan.objects.current()
    if plan is None:
        raise CommandError(f"No existe el plan {code}." if code else "No hay un plan vigente; indique --plan.")
    if not plan.starts_on <= cut_off <= plan.ends_on:
        raise CommandError(f"El corte debe estar entre {plan.starts_on:%d-%m-%Y} y {plan.ends_on:%d-%m-%Y}.")
    return plan
