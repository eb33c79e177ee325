"""Historia de lo acordado: every meta, responsable, plazo, ponderación and change of text that an action ever had."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import F, Model, Q
from django.utils import timezone

from indicators.agreements.targets import window_of
from indicators.agreements.weights import in_force_weights
from indicators.models import ActionWeight, Indicator, MeansDeadline, Responsibility, Target
from indicators.queries.in_force import counting, deadlines_in_force, ruling
from indicators.templatetags.figures import target_value, target_window
from plan.enums import Verb
from plan.models import Action, Agreement, Amendment, AuditEntry, User
from plan.templatetags.portal import day, number


@dataclass(frozen=True)
class Agreed:
    """One thing agreed: of what, what, under which acta, entered when, by whom and why."""

    subject: str
    what: str
    agreement: Agreement | None
    recorded_at: datetime
    by: User | None
    reason: str
    is_in_force: bool
    #: Of a meta, the acta that took it back.
    withdrawn_by: Agreement | None = None


@dataclass(frozen=True)
class Chapter:
    title: str
    lines: list[Agreed]


def kinds_of(rows: Iterable[Model]) -> set[str]:
    """How the log calls them."""
    return {row._meta.label_lower for row in rows}


class History:
    """Of one action, read once; oldest acta first."""

    def __init__(self, action: Action):
        self.action = action
        self.plan = action.objective.axis.plan
        self.today = min(timezone.localdate(), self.plan.ends_on)

    def chapters(self) -> list[Chapter]:
        return [
            Chapter("Metas", list(self._targets())),
            Chapter("Responsables y colaboradoras", list(self._duties())),
            Chapter("Plazos de medios", list(self._deadlines())),
            Chapter("Ponderación en el eje", list(self._weights())),
            Chapter("Cambios del texto", list(self._amendments())),
        ]

    # Rows

    @cached_property
    def indicators(self) -> list[Indicator]:
        return list(self.action.indicators.select_related("action"))

    @cached_property
    def targets(self) -> list[Target]:
        rows = Target.objects.filter(indicator__in=self.indicators)
        around = rows.select_related("indicator__action", "agreement", "region", "institution")
        return list(around.order_by("indicator__number", "agreement__agreed_on", "recorded_at", "pk"))

    @cached_property
    def duties(self) -> list[Responsibility]:
        rows = Responsibility.objects.filter(action=self.action)
        around = rows.select_related("institution", "agreement", "ended_under").prefetch_related("indicators", "means")
        return list(around.order_by(F("valid_from").asc(nulls_first=True), "institution"))

    @cached_property
    def deadlines(self) -> list[MeansDeadline]:
        rows = MeansDeadline.objects.filter(means__action=self.action).select_related("means__action", "agreement")
        return list(rows.order_by("means__number", "agreement__agreed_on", "recorded_at"))

    @cached_property
    def weights(self) -> list[ActionWeight]:
        return list(self.action.weights.select_related("agreement").order_by("agreement__agreed_on", "recorded_at"))

    @cached_property
    def amendments(self) -> list[Amendment]:
        of_action = Q(object_reference=self.action.code) | Q(object_reference__startswith=f"{self.action.code}.")
        return list(Amendment.objects.filter(of_action, agreement__plan=self.plan).select_related("agreement"))

    @cached_property
    def authors(self) -> dict[tuple[str, str, str], User]:
        """By verb, kind of row and identifier, as the log has them; what was loaded has nobody."""
        about = Q(pk__in=[])
        for rows in (self.targets, self.duties, self.deadlines, self.weights, self.amendments):
            about |= Q(object_type__in=kinds_of(rows), object_id__in=[str(row.pk) for row in rows])
        entries = AuditEntry.objects.filter(about, verb__in=(Verb.CREATED, Verb.CHANGED), user__isnull=False)
        return {(e.verb, e.object_type, e.object_id): e.user for e in entries.select_related("user") if e.user}

    def _author(self, row: Model, verb: Verb = Verb.CREATED) -> User | None:
        return self.authors.get((verb, row._meta.label_lower, str(row.pk)))

    # Lines

    def _targets(self) -> Iterator[Agreed]:
        counted = counting(self.plan, self.indicators, self.targets).values()
        in_force = ruling(self.plan, self.indicators, self.targets) | {row.pk for rows in counted for row in rows}
        withdrawn = self._withdrawn
        set_by = {withdrawal.pk: row for row, withdrawal in withdrawn.items()}
        for row in self.targets:
            line = self._line(row, row.indicator.reference, _told(row, set_by.get(row.pk)), row.pk in in_force)
            yield replace(line, withdrawn_by=withdrawn[row].agreement if row in withdrawn else None)

    @property
    def _withdrawn(self) -> dict[Target, Target]:
        """Metas, each with the row that took it back: that of the same window which comes next in time."""
        found: dict[Target, Target] = {}
        newest: dict[tuple, Target] = {}
        for row in self.targets:
            window = (row.indicator_id, *window_of(row))
            if row.is_withdrawal and window in newest:
                found[newest[window]] = row
            newest[window] = row
        return found

    def _duties(self) -> Iterator[Agreed]:
        for row in self.duties:
            since = f" desde el {day(row.valid_from)}" if row.valid_from else ""
            planned = f" hasta el {day(row.valid_to)}" if row.valid_to and not row.ended_under else ""
            limits = f", {row.limits}" if row.limits else ""
            what = f"{row.get_kind_display()}{since}{planned}{limits}"
            yield self._line(row, str(row.institution), what, row.is_in_force(self.today))
            if row.ended_under:
                yield Agreed(
                    str(row.institution),
                    f"Término el {day(row.valid_to)}" if row.was_ever_in_force else "Queda sin efecto desde su inicio",
                    row.ended_under,
                    row.end_recorded_at or row.recorded_at,
                    self._author(row, Verb.CHANGED),
                    row.end_reason,
                    not row.is_in_force(self.today),
                )

    def _deadlines(self) -> Iterator[Agreed]:
        in_force = deadlines_in_force(self.plan, self.deadlines)
        for row in self.deadlines:
            yield self._line(row, row.means.reference, f"Vence el {day(row.due_on)}", row == in_force[row.means_id])

    def _weights(self) -> Iterator[Agreed]:
        actions = Action.objects.filter(objective__axis=self.action.objective.axis_id)
        in_force = in_force_weights(self.plan, list(actions)).get(self.action.pk)
        for row in self.weights:
            yield self._line(row, self.action.code, f"Pondera {number(row.value)}", row == in_force)

    def _amendments(self) -> Iterator[Agreed]:
        for row in self.amendments:
            what = f"{row.get_decision_display()} desde el {day(row.effective_on)}"
            text = f"{what}: «{row.new_text}»" if row.new_text else what
            yield self._line(row, row.object_reference, text, row.effective_on <= self.today)

    def _line(self, row, subject: str, what: str, is_in_force: bool) -> Agreed:
        reason = getattr(row, "reason", "")
        return Agreed(subject, what, row.agreement, row.recorded_at, self._author(row), reason, is_in_force)


def _told(row: Target, taken_back: Target | None) -> str:
    """ "120 de 2016, Región de Arica"; of what took one back, that one with its acta."""
    if taken_back is not None:
        return f"Se retira la meta {_told(taken_back, None)}, que fijó el {taken_back.agreement}"
    place = row.region or row.institution
    value = f"{target_value(row, row.indicator)} {target_window(row)}"
    return f"{value}, {place}" if place else value
