"""The parameters of a methodology by name and in words, as every page and document lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from indicators.calculations.methodology import Methodology
from indicators.calculations.wording import NBSP, number, plural


class Unit(Enum):
    """In which a parameter is written. A share and a distance between two shares are both kept as a fraction of one."""

    PERCENT = "percent"
    POINTS = "points"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Parameter:
    """`name` is that of its field in Methodology."""

    name: str
    label: str
    unit: Unit = Unit.PERCENT

    def text(self, methodology: Methodology) -> str:
        value = Fraction(getattr(methodology, self.name))
        if self.unit is Unit.POINTS:
            return plural(value * 100, "punto porcentual", "puntos porcentuales")
        return f"{number(value * 100)}{NBSP}%" if self.unit is Unit.PERCENT else number(value)


PARAMETERS = (
    Parameter("fulfilled_from", "Cumplido, desde"),
    Parameter("partial_from", "Parcial, desde; menos es Bajo"),
    Parameter("explain_under", "Se explica un resultado menor que"),
    Parameter("explain_over", "Se explica un resultado mayor que"),
    Parameter("conclusive_share", "Parte computable para dar un porcentaje"),
    Parameter("pace_tolerance", "Distancia tolerada al ritmo esperado", Unit.POINTS),
    Parameter("yearly_product_years_of_grace", "Años de gracia del producto anual", Unit.COUNT),
    Parameter("forecast_periods", "Períodos verificados para proyectar un incremento", Unit.COUNT),
    Parameter("forecast_total_periods", "Períodos verificados para proyectar un acumulado", Unit.COUNT),
)
LABELS = {parameter.name: parameter.label for parameter in PARAMETERS}


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter of a version in words; `before` is what another version had, empty where it is the same."""

    label: str
    text: str
    before: str = ""


def lines(methodology: Methodology, before: Methodology | None = None) -> tuple[Line, ...]:
    """Every parameter, held against those of the version before where one is given."""
    return tuple(_lines(methodology, before or methodology))


def _lines(methodology: Methodology, before: Methodology) -> Iterator[Line]:
    for parameter in PARAMETERS:
        now, then = parameter.text(methodology), parameter.text(before)
        yield Line(parameter.label, now, "" if now == then else then)
