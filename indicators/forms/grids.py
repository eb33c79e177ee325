"""Figures broken down by región, unidad, or región × institución."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from indicators.content import RowFigures, indicator_figures
from indicators.enums import Breakdown
from indicators.forms.fields import WholeNumberField
from indicators.forms.figures import FigureForm, above_denominator
from plan.models import Unit
from plan.templatetags.portal import number


def not_the_sum(total: int, of_rows: int) -> str:
    return f"El total ({number(total)}) no es la suma de las filas ({number(of_rows)}). Corrija el total o las filas."


@dataclass(frozen=True)
class GridRow:
    """A line of the grid: its name, its field, what was said before and its denominator."""

    key: str
    name: str
    code: str = ""
    region_id: int | None = None
    unit_id: int | None = None
    previous: int | None = None
    denominator: int | None = None


class GridForm(FigureForm):
    """One number for each row; the total may be left to the portal, and where it is typed it has to add up."""

    template = "indicators/figures/grid.html"
    guide = "Una fila sin actividad lleva 0; vacía, falta el dato. Si deja el total vacío, el portal lo suma."
    total = WholeNumberField(label="Total", required=False)

    def build(self):
        self.rows = list(self._rows())
        for row in self.rows:
            self.fields[row.key] = WholeNumberField(label=row.name)

    def _rows(self) -> Iterator[GridRow]:
        past = self._past()
        stock = {(u.region_id, u.unit_id): u for u in self.context.stock_of(self.indicator) if u.region_id or u.unit_id}
        for place in self._places(stock):
            kind = "u" if isinstance(place, Unit) else "r"
            region, unit = (None, place.pk) if kind == "u" else (place.pk, None)
            code = "" if kind == "u" else place.code
            denominator = stock[region, unit].value if (region, unit) in stock else None
            before = past.get((region, unit))
            yield GridRow(f"{kind}{place.pk}", place.name, code, region, unit, before, denominator)

    def _places(self, stock) -> list:
        """Units of the institution; regions of its universe where it has one, else all that are in force."""
        if self.indicator.breakdown == Breakdown.UNIT:
            return self.context.units
        day = self.context.report.period.ends_on
        own = [row.region for row in stock.values() if row.region and row.region.is_in_force(day)]
        return sorted(own, key=lambda region: region.order) or self.context.regions

    @property
    def left_out(self) -> list[str]:
        """Regions in force that have no row, because the institution's universe has none."""
        if self.indicator.breakdown == Breakdown.UNIT:
            return []
        asked = {row.region_id for row in self.rows}
        return [region.name for region in self.context.regions if region.pk not in asked]

    def _past(self) -> dict[tuple, int]:
        """The numbers of the period before, by place."""
        return dict(self.previous.rows) if self.previous else {}

    def amounts_before(self):
        return {row.key: row.previous for row in self.rows}

    @property
    def amount_label(self) -> str:
        label = self.indicator.numerator_label or self.indicator.unit_label or "valor"
        return label[0].upper() + label[1:]

    @property
    def has_denominators(self) -> bool:
        return self.indicator.is_ratio

    @property
    def denominator_total(self) -> int | None:
        known = [row.denominator for row in self.rows if row.denominator is not None]
        return sum(known) if known else None

    def lines(self):
        """Rows with their bound fields and what is asked about them, for the template."""
        doubts = self.doubts()
        return [(row, self[row.key], doubts.get(row.key, "")) for row in self.rows]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        numbers: list[int] = [cleaned[row.key] for row in self.rows if cleaned.get(row.key) is not None]
        self._check_bounds(cleaned)
        total = cleaned.get("total")
        if total is not None and len(numbers) == len(self.rows) and total != sum(numbers):
            self.add_error("total", not_the_sum(total, sum(numbers)))
        return cleaned

    def _check_bounds(self, cleaned) -> None:
        for row in self.rows:
            amount = cleaned.get(row.key)
            if self.indicator.bounded and (error := above_denominator(amount, row.denominator)):
                self.add_error(row.key, error)

    def figures(self):
        amount = "numerator" if self.indicator.is_ratio else "value"
        rows = tuple(
            RowFigures(region_id=row.region_id, unit_id=row.unit_id, **{amount: self.cleaned_data[row.key]})
            for row in self.rows
        )
        total = sum(getattr(row, amount) for row in rows)
        return indicator_figures(self.indicator, rows=rows, **{amount: total})


class CrossGridForm(FigureForm):
    """Región × institución: empty cells mean that nothing went there."""

    template = "indicators/figures/cross_grid.html"
    guide = "Una celda vacía vale 0. Si deja el total vacío, el portal lo suma."
    total = WholeNumberField(label="Total", required=False)

    def build(self):
        for region in self.context.regions:
            for member in self.context.members:
                label = f"{region.name}, {member.name}"
                self.fields[_cell(region, member)] = WholeNumberField(label=label, required=False)

    def lines(self):
        members = self.context.members
        return [(region, [self[_cell(region, member)] for member in members]) for region in self.context.regions]

    def _filled(self) -> tuple[RowFigures, ...]:
        cells = ((region, member) for region in self.context.regions for member in self.context.members)
        return tuple(
            RowFigures(region_id=region.pk, institution_id=member.pk, value=self.cleaned_data[_cell(region, member)])
            for region, member in cells
            if self.cleaned_data.get(_cell(region, member)) is not None
        )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        rows, total = self._filled(), cleaned.get("total")
        filled = sum(row.value or 0 for row in rows)
        if not rows and total != 0 and not self.errors:
            message = "Falta el desglose; si no hubo entregas, escriba 0 en el total."
            self.add_error("total", forms.ValidationError(message, code="required"))
        elif rows and total is not None and total != filled:
            self.add_error("total", not_the_sum(total, filled))
        return cleaned

    def amounts_before(self):
        return {"total": self.previous.amount} if self.previous else {}

    def figures(self):
        rows = self._filled()
        return indicator_figures(self.indicator, rows=rows, value=sum(row.value or 0 for row in rows))


def _cell(region, member) -> str:
    return f"r{region.pk}m{member.pk}"
