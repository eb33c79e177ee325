"""From an order, or from what an edition froze, to the bytes of its document: what the tasks, the command and the
preview have in common."""

from dataclasses import dataclass
from datetime import date, datetime

from indicators.queries import compliance
from plan.models import Plan
from reports.documents.pages import annual_page, axis_page
from reports.documents.printing import Tell, print_pdf, silent
from reports.facts.freezing import Facts
from reports.facts.gather import annual_facts, axis_facts
from reports.facts.parts import AxisFacts
from reports.models import document_title

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

    @property
    def title(self) -> str:
        return document_title(self.axis_number, self.year)


def make_document(order: Order, tell: Tell = silent) -> bytes:
    """The draft of an order; `tell` hears how far it has come. Raises PrintingError, Axis.DoesNotExist."""
    return print_facts(facts_of(order), tell=tell)


def print_facts(facts: Facts, fingerprint: str = "", tell: Tell = silent) -> bytes:
    """The PDF of these facts. `fingerprint` is the digest of the snapshot that an edition was frozen into."""
    page = page_of(facts, fingerprint)
    tell(GATHERED)
    return print_pdf(page, lambda percent: tell(GATHERED + (LAID_OUT - GATHERED) * percent // 100))


def facts_of(order: Order) -> Facts:
    """What an order's document tells. Raises Axis.DoesNotExist."""
    result = compliance(order.plan, order.cut_off, order.known_at)
    if order.axis_number is not None:
        return axis_facts(order.plan, result, order.axis_number)
    return annual_facts(order.plan, result, order.year or order.cut_off.year)


def page_of(facts: Facts, fingerprint: str = "") -> str:
    """The HTML of a document."""
    return axis_page(facts, fingerprint) if isinstance(facts, AxisFacts) else annual_page(facts, fingerprint)
