"""What a coverage is made of: each report and each medio that somebody owes, as lines for one reader."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from indicators.calculations.results import ActionResult, MeansDuty, ReportDuty

COVERAGE_RULE = (
    "Un reporte se debe por cada institución responsable el último día del período, por acción. Los que aún están en "
    "plazo se cuentan aparte. Un medio se debe por cada institución obligada y cada ocasión."
)
ANYBODY = "Cualquiera de las responsables"

#: Whether the lines of an institution are wanted; None is a duty that is nobody's in particular.
Wanted = Callable[[int | None], bool]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A report owed. `report_id` only where the reader may open it; editions frozen before knew neither it nor the
    code of the `action`."""

    institution: str
    period: str
    duty: ReportDuty
    action: str = ""
    report_id: int | None = None

    @property
    def standing(self) -> str:
        if self.duty.is_validated:
            return "Validado"
        if self.duty.is_made:
            return "Informado, sin validar"
        return "En plazo" if self.duty.is_within_term else "Sin informe"

    @property
    def is_late(self) -> bool:
        return self.duty.is_made and not self.duty.is_on_time


@dataclass(frozen=True, slots=True)
class MeansDutyLine:
    """A medio owed on one occasion."""

    means: str
    institution: str
    duty: MeansDuty

    @property
    def standing(self) -> str:
        if not self.duty.is_owed:
            return "Acreditado, aún no exigible" if self.duty.is_accredited else "Aún no exigible"
        return "Acreditado" if self.duty.is_accredited else "Falta acreditar"


@dataclass(frozen=True)
class OwedLines:
    """`readable` are the reports that the reader may open; None for all."""

    institutions: Mapping[int, str]
    periods: Mapping[int, str]
    readable: frozenset[int] | None

    def duties(self, action: ActionResult, is_wanted: Wanted) -> Iterator[DutyLine]:
        for duty in action.duties:
            if is_wanted(duty.institution_id):
                institution, period = self.institutions[duty.institution_id], self.periods[duty.period_id]
                yield DutyLine(institution, period, duty, action.code, self._opened(duty.report_id))

    def means(self, action: ActionResult, is_wanted: Wanted) -> Iterator[MeansDutyLine]:
        for result in action.means:
            for duty in result.duties:
                if is_wanted(duty.institution_id):
                    yield MeansDutyLine(result.reference, self._name(duty.institution_id), duty)

    def _name(self, institution_id: int | None) -> str:
        return ANYBODY if institution_id is None else self.institutions[institution_id]

    def _opened(self, report_id: int | None) -> int | None:
        return report_id if self.readable is None or report_id in self.readable else None
