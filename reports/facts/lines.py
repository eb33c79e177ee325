"""One indicator as a row of the matrix: the same words in PDF, XLSX and CSV."""

from dataclasses import dataclass

from indicators.calculations.results import Figure, IndicatorResult
from plan.templatetags.portal import NO_VALUE, number


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    result: IndicatorResult

    @property
    def formula(self) -> str:
        """Empty where it would only repeat the text, in which the plan writes a quotient as "A / B"."""
        return "" if _squeezed(self.result.formula) == _squeezed(self.result.text) else self.result.formula

    @property
    def target_text(self) -> str:
        """ "60 (año 2016)"; without an overall target, what stands in its place."""
        target = self.result.target
        if target is not None:
            return f"{target.value_text} ({target.window.label})"
        return "; ".join(self._partial_targets()) or "Sin meta acordada"

    @property
    def target_source(self) -> str:
        target = self.result.target
        sources = [target.source_text] if target else [partial.target.source_text for partial in self.result.partials]
        return "; ".join(dict.fromkeys(sources))

    @property
    def fraction_text(self) -> str:
        """Numerator and denominator, "3.464 / 29.050", or "–"."""
        return fraction_text(self.result.verified)

    @property
    def level(self) -> str:
        """The band of the verified figure; empty where the figure already says why it has none."""
        band = self.result.verified.band
        return band.label if band else ""

    @property
    def shows_informed(self) -> bool:
        """Whether the informed figure tells anything besides the verified one."""
        verified, informed = self.result.verified, self.result.informed
        return (informed.value_text, informed.score_text) != (verified.value_text, verified.score_text)

    def _partial_targets(self) -> list[str]:
        targets = [partial.target for partial in self.result.partials]
        return [f"{target.place}: {target.value_text} ({target.window.label})" for target in targets]


def fraction_text(figure: Figure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return NO_VALUE
    return f"{number(figure.numerator)} / {number(figure.denominator)}"


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace("÷", "/")
