"""The parameters of a methodology by name and in words, as every page and document lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.methodology import Methodology
from indicators.calculations.wording import NBSP, number


@dataclass(frozen=True, slots=True)
class Parameter:
    """`name` is that of its field in Methodology; a share is a fraction of one, printed as a percentage."""

    name: str
    label: str
    is_share: bool = True

    def text(self, methodology: Methodology) -> str:
        value = Fraction(getattr(methodology, self.name))
        return f"{number(value * 100)}{NBSP}%" if self.is_share else number(value)


PARAMETERS = (
    Parameter("fulfilled_from", "Cumplido, desde"),
    Parameter("partial_from", "Parcial, desde; menos es Bajo"),
    Parameter("explain_under", "Se explica un resultado menor que"),
    Parameter("explain_over", "Se explica un resultado mayor que"),
    Parameter("conclusive_share", "Parte computable para dar un porcentaje"),
    Parameter("pace_tolerance", "Distancia tolerada al ritmo esperado"),
    Parameter("yearly_product_years_of_grace", "Años de gracia del producto anual", is_share=False),
    Parameter("forecast_periods", "Períodos verificados para proyectar un incremento", is_share=False),
    Parameter("forecast_total_periods", "Períodos verificados para proyectar un acumulado", is_share=False),
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
