"""From an order to the bytes of its document: what the task, the command and the preview have in common."""

from dataclasses import dataclass
from datetime import date, datetime

from indicators.queries import compliance
from plan.models import Plan
from reports.documents.pages import annual_page, axis_page
from reports.documents.printing import Tell, print_pdf, silent
from reports.facts.gather import annual_facts, axis_facts

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


def make_document(order: Order, tell: Tell = silent) -> bytes:
    """The PDF of an order; `tell` hears how far it has come. Raises PrintingError, Axis.DoesNotExist."""
    page = page_of(order)
    tell(GATHERED)
    return print_pdf(page, lambda percent: tell(GATHERED + (LAID_OUT - GATHERED) * percent // 100))


def page_of(order: Order) -> str:
    """The HTML of an order's document."""
    result = compliance(order.plan, order.cut_off, order.known_at)
    if order.axis_number is not None:
        return axis_page(axis_facts(order.plan, result, order.axis_number))
    return annual_page(annual_facts(order.plan, result, order.year or order.cut_off.year))
