"""What has to be looked over before an edition is emitted: what stops it, and what whoever signs should know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from indicators.calculations.results import AxisResult, IndicatorResult, PlanResult
from indicators.calculations.terms import Condition
from indicators.models import ProgressReport, ReportingPeriod
from indicators.queries.judged import causes_by_indicator
from plan.models import Axis
from reports.documents.making import Order
from reports.editions.issuing import in_the_way_of
from reports.enums import Gravity
from reports.facts.freezing import Facts
from reports.facts.parts import AxisFacts
from reports.facts.texts import EditionTexts
from reports.models import TextsDraft
from reports.text_drafts import unsaved_in


@dataclass(frozen=True, slots=True)
class Point:
    """One thing looked over; `lines` are its particulars, `path` the page where it is mended."""

    gravity: Gravity
    title: str
    lines: tuple[str, ...] = ()
    path: str = ""
    link_text: str = ""

    @property
    def label(self) -> str:
        return self.gravity.label

    @property
    def stops(self) -> bool:
        return self.gravity == Gravity.STOPS

    @property
    def is_fine(self) -> bool:
        return self.gravity == Gravity.FINE


@dataclass(frozen=True, slots=True)
class CheckList:
    points: tuple[Point, ...]

    @property
    def stops(self) -> bool:
        return any(point.stops for point in self.points)

    @property
    def warns(self) -> bool:
        return any(point.gravity == Gravity.WARNS for point in self.points)


def check_list(order: Order, facts: Facts, *, is_correction: bool) -> CheckList:
    """The points in the order in which they are read. Facts are those of the order."""
    group = facts.axis if isinstance(facts, AxisFacts) else facts.result
    return CheckList(
        (
            _former(order, is_correction),
            _periods(order),
            _reviews(order),
            _not_calculable(group),
            _unexplained(group, facts.result),
            *_texts(facts),
            *_unsaved(order),
            _data(facts),
        )
    )


def _former(order: Order, is_correction: bool) -> Point:
    former = in_the_way_of(order)
    if former is None:
        return Point(Gravity.FINE, "Ninguna edición vigente de este documento")
    if is_correction:
        return Point(Gravity.WARNS, f"La nueva edición reemplazará a {former.folio}, que quedará a la vista como tal")
    path = reverse("reports:edition", args=[former.folio])
    title = f"Ya hay una edición {former.get_state_display().lower()}: {former.folio}"
    return Point(Gravity.STOPS, title, ("Para cambiar lo que dice, emita una fe de erratas.",), path, "Ver esa edición")


def _periods(order: Order) -> Point:
    still_open = ReportingPeriod.objects.for_plan(order.plan).filter(ends_on__lte=order.cut_off, closed_at=None)
    names = tuple(still_open.order_by("ends_on").values_list("name", flat=True))
    if not names:
        return Point(Gravity.FINE, "Todos los períodos hasta el corte están cerrados")
    title = "Períodos terminados que siguen abiertos: los reportes que lleguen no estarán en esta edición"
    return Point(Gravity.WARNS, title, names, reverse("indicators:periods"), "Ver los períodos")


def _reviews(order: Order) -> Point:
    waiting = ProgressReport.objects.for_plan(order.plan).awaiting_review().filter(period__ends_on__lte=order.cut_off)
    query = ""
    if order.axis_number is not None:
        axis = Axis.objects.get(plan=order.plan, number=order.axis_number)
        waiting = waiting.filter(action__objective__axis=axis)
        query = "?" + urlencode({"eje": axis.pk})
    count = waiting.count()
    if not count:
        return Point(Gravity.FINE, "Ningún reporte espera revisión")
    title = f"Reportes que esperan revisión: {count}. Cuentan como informados y no como verificados"
    return Point(Gravity.WARNS, title, (), reverse("indicators:review_queue") + query, "Ver la cola")


def _not_calculable(group: AxisResult | PlanResult) -> Point:
    found = [i for i in group.iter_indicators() if i.verified.condition is Condition.NOT_CALCULABLE]
    if not found:
        return Point(Gravity.FINE, "Ningún indicador no calculable")
    lines = tuple(f"{indicator.reference}: {indicator.verified.reason}" for indicator in found)
    return Point(Gravity.WARNS, "Indicadores no calculables, fuera del cumplimiento", lines)


def _unexplained(group: AxisResult | PlanResult, result: PlanResult) -> Point:
    due = [indicator for indicator in group.iter_indicators() if indicator.explanation_due]
    missing = tuple(_without_cause(due, result))
    if not missing:
        return Point(Gravity.FINE, "Todo valor que exige explicación la tiene")
    return Point(Gravity.WARNS, "Valores que exigen explicación y no tienen causa registrada", missing)


def _without_cause(indicators: Iterable[IndicatorResult], result: PlanResult) -> Iterator[str]:
    indicators = list(indicators)
    causes = causes_by_indicator([indicator.id for indicator in indicators], result.cut_off, result.known_at)
    for indicator in indicators:
        explained = {cause.deviation for cause in causes[indicator.id].standing} if indicator.id in causes else set()
        if not explained.issuperset(indicator.deviations):
            yield f"{indicator.reference}: {indicator.verified.score_text}"


def _texts(facts: Facts) -> Iterator[Point]:
    """What is half written stops; what is missing is printed as missing."""
    told = [texts for texts in (facts.texts, *_texts_of_axes(facts)) if texts is not None]
    drafts = tuple(_slots(told, "drafts"))
    if drafts:
        yield _text_point(Gravity.STOPS, "Textos en borrador: márquelos como listos, o vacíelos", drafts, facts)
    missing = tuple(_slots(told, "missing"))
    if missing:
        yield _text_point(Gravity.WARNS, "Textos que faltan: el documento dirá que no los hay", missing, facts)
    if not drafts and not missing:
        yield Point(Gravity.FINE, "Todos los textos están listos")


def _unsaved(order: Order) -> Iterator[Point]:
    """What somebody has typed and not saved is in no document."""
    drafts = TextsDraft.objects.filter(plan=order.plan, year=order.cut_off.year).exclude(typed={})
    if order.axis_number is not None:
        drafts = drafts.filter(axis_number=order.axis_number)
    waiting = [draft for draft in drafts.select_related("person") if unsaved_in(draft)]
    if waiting:
        lines = tuple(f"{draft.subject}: {draft.person}" for draft in waiting)
        yield Point(Gravity.WARNS, "Textos escritos y sin guardar: no estarán en la edición", lines)


def _texts_of_axes(facts: Facts) -> tuple[EditionTexts, ...]:
    return () if isinstance(facts, AxisFacts) else facts.axis_texts


def _slots(told: Iterable[EditionTexts], state: str) -> Iterator[str]:
    for texts in told:
        whose = "" if texts.axis_number is None else f"Eje {texts.axis_number}: "
        yield from (f"{whose}{slot.label}" for slot in getattr(texts, state))


def _text_point(gravity: Gravity, title: str, lines: tuple[str, ...], facts: Facts) -> Point:
    year = facts.result.cut_off.year
    if isinstance(facts, AxisFacts):
        path = reverse("reports:write_axis_texts", args=[year, facts.axis.number])
    else:
        path = f"{reverse('reports:edition_texts')}?{urlencode({'anio': year})}"
    return Point(gravity, title, lines, path, "Ver los textos")


def _data(facts: Facts) -> Point:
    if not facts.plan.has_demo_data:
        return Point(Gravity.FINE, "Los datos son los del portal")
    return Point(Gravity.WARNS, "Los datos son de demostración y cada página lo dirá")
