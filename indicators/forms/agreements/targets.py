"""The metas of an eje as a grid: as many lines for each indicator as it needs; a line left empty is no meta."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, partial
from itertools import pairwise
from typing import cast

from django import forms

from indicators.agreements.targets import Goal, TargetSheet
from indicators.enums import Direction, Entry, IndicatorKind, TargetScope
from indicators.forms.agreements.sheet import REASON_NEEDED, ReasonField, SheetForm
from indicators.forms.agreements.withdrawals import GONE, WithdrawalLine, ticked, withdrawal_lines
from indicators.forms.fields import DayField, PercentField, WholeNumberField
from indicators.models import Indicator, Target
from plan.models import Institution, Plan, Region

WHOLE = "Total del indicador"
#: Above what anybody types; the page adds lines one by one.
MOST_LINES = 40


class Places:
    """What a meta may be partial of, read once for the whole page."""

    def __init__(self, plan: Plan):
        members = Institution.objects.ever_seated_in(plan)
        self.regions = {f"r{region.pk}": region for region in Region.objects.all()}
        self.institutions = {f"i{institution.pk}": institution for institution in members}

    @property
    def choices(self) -> list[tuple]:
        institutions = [(key, str(place)) for key, place in self.institutions.items()]
        regions = [(key, str(place)) for key, place in self.regions.items()]
        return [("", WHOLE), ("Solo de una institución", institutions), ("Solo de una región", regions)]


def scopes_of(indicator: Indicator, plan: Plan) -> list[tuple[str, str]]:
    """The windows that a meta of the indicator may have (COMPLIANCE, Score; Fine print: running totals)."""
    cumulative = (TargetScope.CUMULATIVE, "Acumulada a una fecha")
    whole = (TargetScope.WHOLE_PLAN, "Todo el plan")
    if indicator.kind == IndicatorKind.PRODUCT:
        return [(TargetScope.CUMULATIVE, "A una fecha"), whole]
    years = [(str(year), f"Año {year}") for year in plan.years if indicator.is_asked_in(year)]
    if indicator.kind == IndicatorKind.YEAR_COUNT:
        return years
    return [cumulative, whole] if indicator.entry == Entry.RUNNING_TOTAL else [*years, cumulative, whole]


class TargetLine(forms.Form):
    """One meta of one indicator."""

    scope = forms.ChoiceField(
        label="Alcance", required=False, error_messages={"invalid_choice": "Este indicador no tiene ese alcance."}
    )
    due_on = DayField(label="Fecha, si es acumulada", required=False)
    value = forms.Field(label="Valor", required=False)
    place = forms.ChoiceField(label="De quién", required=False)
    baseline = forms.Field(label="Línea de base", required=False)
    reason = ReasonField()

    def __init__(self, indicator: Indicator, sheet: TargetSheet, places: Places, **kwargs):
        super().__init__(**kwargs)
        self.indicator, self.sheet, self.places = indicator, sheet, places
        choices = [("", "Sin cambio"), *scopes_of(indicator, sheet.plan)]
        cast(forms.ChoiceField, self.fields["scope"]).choices = choices
        cast(forms.ChoiceField, self.fields["place"]).choices = places.choices
        self.fields["value"] = _number_field(indicator, label="Valor")
        self.fields["baseline"] = _number_field(indicator, label="Línea de base")
        if indicator.kind == IndicatorKind.PRODUCT:
            del self.fields["value"], self.fields["place"]
        if indicator.direction != Direction.DESCENDING:
            del self.fields["baseline"]

    @property
    def is_empty(self) -> bool:
        return not self.has_changed()

    def clean(self):
        super().clean()
        if not self.is_empty:
            self._check_window()
            self._check_value()
        return self.cleaned_data

    def _check_window(self) -> None:
        scope, due_on = self.cleaned_data.get("scope"), self.cleaned_data.get("due_on")
        if scope == "":
            self.add_error("scope", "Elija el alcance.")
        elif scope == TargetScope.CUMULATIVE:
            self._check_date(due_on)
        elif scope and due_on:
            self.add_error("due_on", "Solo una meta acumulada lleva fecha.")

    def _check_date(self, due_on) -> None:
        plan = self.sheet.plan
        if due_on is None:
            if "due_on" not in self.errors:
                self.add_error("due_on", "Falta la fecha.")
        elif not plan.starts_on <= due_on <= plan.ends_on:
            self.add_error("due_on", f"Elija una fecha del plan, entre {plan.start_year} y {plan.end_year}.")

    def _check_value(self) -> None:
        value, baseline = self.cleaned_data.get("value"), self.cleaned_data.get("baseline")
        if "value" in self.fields and value is None and "value" not in self.errors:
            self.add_error("value", "Falta el valor.")
        if "value" not in self.fields or value is None:
            return
        if self.indicator.direction == Direction.ASCENDING and value == 0:
            self.add_error("value", "Una meta que se alcanza subiendo es mayor que 0.")
        if self.indicator.bounded and self.indicator.is_ratio and value > 1:
            self.add_error("value", "No puede pasar de 100 %: el numerador es parte del denominador.")
        if "baseline" in self.fields and "baseline" not in self.errors and (baseline is None or baseline <= value):
            self.add_error("baseline", "Escriba la línea de base, mayor que la meta.")

    @property
    def goal(self) -> Goal:
        """Of a valid line that is not empty."""
        data = self.cleaned_data
        year = int(data["scope"]) if data["scope"].isdecimal() else None
        return Goal(
            indicator=self.indicator,
            value=Decimal(data["value"]) if "value" in data else Decimal(1),
            scope=TargetScope.YEAR if year else data["scope"],
            year=year,
            due_on=data["due_on"],
            region=self.places.regions.get(data.get("place", "")),
            institution=self.places.institutions.get(data.get("place", "")),
            baseline=data.get("baseline"),
            reason=data["reason"],
        )


def _number_field(indicator: Indicator, label: str) -> forms.Field:
    field = PercentField if indicator.is_ratio else WholeNumberField
    return field(label=label, required=False)


class Row:
    """An indicator with its lines and the metas that it has."""

    def __init__(self, form: "TargetsForm", indicator: Indicator, lines: list[TargetLine]):
        self.indicator, self.lines = indicator, lines
        targets: list[Target] = form.sheet.in_force[indicator.pk]
        #: The metas in force, each with the line that withdraws it where this acta can.
        self.targets = withdrawal_lines(form.sheet, targets, form.data if form.is_bound else None, form.typed)
        self.count_name = f"i{indicator.pk}-lines"

    @property
    def is_dated_elsewhere(self) -> bool:
        """The product of a year has a date, which stands among the plazos."""
        return self.indicator.kind == IndicatorKind.YEARLY_PRODUCT

    @property
    def withdrawals(self) -> list[WithdrawalLine]:
        return [line for _, line in self.targets if line]

    @property
    def all_lines(self) -> list[forms.Form]:
        return [*self.lines, *self.withdrawals]

    @cached_property
    def goals(self) -> list[tuple[TargetLine, Goal]]:
        """What is typed, line by line, where every line is right by itself."""
        return [(line, line.goal) for line in self.lines if not line.is_empty]


class TargetsForm(SheetForm):
    """The grid. `goals` are those typed, for a valid form only."""

    sheet: TargetSheet

    def __init__(self, sheet: TargetSheet, data=None):
        """With "more" in the data only a line is added: what was typed comes back unjudged."""
        self.wants_more = data is not None and "more" in data
        self.typed = data or {}
        given = {name: data.get(name) for name in ("seen", "reason")} if self.wants_more else {"seen": sheet.seen}
        super().__init__(sheet, None if self.wants_more else data, initial=given)
        self.places = Places(sheet.plan)

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(self, indicator, list(self._lines(indicator))) for indicator in self.sheet.indicators]

    def _lines(self, indicator: Indicator) -> Iterator[TargetLine]:
        if indicator.kind == IndicatorKind.YEARLY_PRODUCT:
            return
        for number in range(self._count(indicator)):
            prefix = f"i{indicator.pk}-{number}"
            line = partial(TargetLine, indicator, self.sheet, self.places, prefix=prefix)
            yield line(data=self.data) if self.is_bound else line(initial=self._typed_in(prefix))

    def _typed_in(self, prefix: str) -> dict:
        return {name: self.typed.get(f"{prefix}-{name}", "") for name in TargetLine.base_fields}

    def _count(self, indicator: Indicator) -> int:
        """Lines on the page, and one more where that was asked for."""
        posted = self.typed.get(f"i{indicator.pk}-lines", "")
        shown = int(posted) if posted.isdecimal() and len(posted) < 3 else 1
        return max(1, min(MOST_LINES, shown + (self.typed.get("more") == str(indicator.pk))))

    def is_valid(self) -> bool:
        """Every line by itself first, then the lines of an indicator together."""
        lines = [line for row in self.rows for line in row.all_lines]
        if not super().is_valid() or not all(line.is_valid() for line in lines):
            return False
        for row in self.rows:
            self._check_together(row)
            self._check_reasons(row)
            self._check_withdrawals(row)
        if ticked(self.data) - {str(line.prefix) for line in lines}:
            self.add_error(None, GONE)
        elif not self.goals:
            self.add_error(None, "No escribió ninguna meta.")
        return not self.errors and not any(line.errors for line in lines)

    @property
    def goals(self) -> list[Goal]:
        common = self.cleaned_data.get("reason", "")
        typed = [goal for row in self.rows for _, goal in row.goals]
        return [*self.withdrawn, *(replace(goal, reason=goal.reason or common) for goal in typed)]

    @property
    def withdrawn(self) -> list[Goal]:
        common = self.cleaned_data.get("reason", "")
        goals = (line.goal(common) for row in self.rows for line in row.withdrawals)
        return [goal for goal in goals if goal]

    @property
    def wrong(self) -> int:
        """Cells that carry an error."""
        return sum(len(line.errors) for row in self.rows for line in row.all_lines)

    def _check_together(self, row: Row) -> None:
        """One scope at a time, and one meta for each window (COMPLIANCE, Score)."""
        for (_, one), (line, other) in pairwise(row.goals):
            if one.scope != other.scope:
                line.add_error("scope", "Un indicador tiene un solo alcance: de años, acumulada o de todo el plan.")
        windows: set[tuple] = set()
        for line, goal in row.goals:
            if goal.window in windows:
                line.add_error("scope", "Esta meta está dos veces.")
            windows.add(goal.window)

    def _check_reasons(self, row: Row) -> None:
        for line, goal in row.goals:
            changed = self.sheet.new([goal]) and self.sheet.replaced(goal)
            if changed and not goal.reason and not self.cleaned_data.get("reason"):
                line.add_error("reason", REASON_NEEDED)

    def _check_withdrawals(self, row: Row) -> None:
        for line in row.withdrawals:
            line.refuse_without_reason(self.cleaned_data.get("reason", ""))
            line.refuse_beside([goal for _, goal in row.goals], self.sheet)
