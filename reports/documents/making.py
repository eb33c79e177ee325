"""From an order to the bytes of its document: what the task, the command and the preview have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from indicators.queries import compliance
from plan.models import Plan
from reports.documents.pages import annual_page, axis_page
from reports.documents.printing import print_pdf
from reports.facts.gather import annual_facts, axis_facts
from reports.plan_pages.calculation import WHOLE_PLAN, axis_reference
from reports.plan_pages.evolution import Evolution, evolution

#: How far a document has come, in percent, when its facts are gathered and when it is laid out.
GATHERED, LAID_OUT = 15, 90


@dataclass(frozen=True, slots=True)
class Order:
    """One document: of an eje where `axis_number` is given, else of the plan in `year`. `known_at` is aware."""

    plan: Plan
    cut_off: date
    known_at: datetime
    axis_number: int | None = None
    year: int | None = None


def _silent(percent: int) -> None:
    """For those who wait."""


def make_document(order: Order, tell: Callable[[int], None] = _silent) -> bytes:
    """The PDF of an order; `tell` hears how far it has come. Raises PrintingError, Axis.DoesNotExist."""
    page = page_of(order)
    tell(GATHERED)
    pdf = print_pdf(page)
    tell(LAID_OUT)
    return pdf


def page_of(order: Order) -> str:
    """The HTML of an order's document."""
    result = compliance(order.plan, order.cut_off, order.known_at)
    if order.axis_number is not None:
        facts = axis_facts(order.plan, result, order.axis_number)
        return axis_page(facts, _evolution(order, axis_reference(facts.axis)))
    facts_of_year = annual_facts(order.plan, result, order.year or order.cut_off.year)
    return annual_page(facts_of_year, _evolution(order, WHOLE_PLAN))


def _evolution(order: Order, reference: str) -> Evolution:
    return evolution(order.plan, order.cut_off, order.known_at, reference)
