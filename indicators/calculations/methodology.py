"""Bands, thresholds and assumptions: parameters of a version, which an acta may replace (COMPLIANCE, Words)."""

from dataclasses import dataclass
from fractions import Fraction

from indicators.enums import Deviation

#: Printed with the others, and said beside every forecast.
FORECAST_ASSUMPTION = (
    "La proyección supone que lo verificado sigue creciendo como hasta el corte, lo mismo cada día, desde el primero "
    "hasta el último de la ventana; una razón crece en su numerador sobre el último denominador, o en ambos si los dos "
    "se suman."
)


@dataclass(frozen=True, slots=True)
class Methodology:
    """Thresholds are fractions of one: 0.9 is 90 %. `forecast_periods` and `forecast_total_periods`: how many periods
    must be verified before an increment, and a running total, is continued. `source` is the acta that sets it.

    The values given here are those of the portal's own document, which hold wherever no acta says otherwise.
    """

    version: str = "1.0"
    source: str = "Documento del portal"
    fulfilled_from: Fraction = Fraction(9, 10)
    partial_from: Fraction = Fraction(3, 4)
    explain_under: Fraction = Fraction(3, 4)
    explain_over: Fraction = Fraction(6, 5)
    conclusive_share: Fraction = Fraction(1, 2)
    pace_tolerance: Fraction = Fraction(1, 10)
    yearly_product_years_of_grace: int = 1
    forecast_periods: int = 1
    forecast_total_periods: int = 2

    def __str__(self) -> str:
        return self.version

    @property
    def assumptions(self) -> tuple[str, ...]:
        return (
            f"El producto de un año sin fecha acordada vence el 31 de diciembre {self._grace}, y a más tardar al "
            "término del plan.",
            "Un producto sin fecha acordada vence al término del plan.",
            "Un medio no se exige mientras el reporte que puede probarlo está en plazo.",
            "El ritmo esperado crece de manera lineal durante la ventana de la meta.",
            FORECAST_ASSUMPTION,
        )

    @property
    def _grace(self) -> str:
        named = {0: "de ese mismo año", 1: "del año siguiente"}
        years = self.yearly_product_years_of_grace
        return named.get(years, f"de {years} años después")

    def deviation(self, raw: Fraction | None) -> Deviation | None:
        """To which side an uncapped score has to be explained (COMPLIANCE, Score); None where it has not."""
        if raw is None or self.explain_under <= raw <= self.explain_over:
            return None
        return Deviation.UNDER if raw < self.explain_under else Deviation.OVER


#: The version that holds for all dates before the first acta about it.
FIRST = Methodology()
