"""¿Cómo se calculó? the times of review of a period or of a person: each with its rule, and the rounds behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from indicators.models import Submission
from indicators.queries.review_times import Round, Rounds
from plan.templatetags.portal import number

FIRST_ANSWERS = "Se cuenta el primer envío de cada reporte del período; lo retirado y lo anulado no cuenta."
EVERY_ANSWER = "Se cuenta cada respuesta de la persona, en todas sus rondas; lo retirado y lo anulado no cuenta."
DAYS = (
    "Los días van desde el del envío hasta el de la respuesta. El plazo de un período son los días entre su "
    "vencimiento y su plazo de revisión."
)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One submission, and how long its answer took or has been waited for."""

    action: str
    institution: str
    period: str
    number: int
    sent_on: date
    answered_on: date | None
    round: Round


@dataclass(frozen=True, slots=True)
class ReviewFigure:
    """`whole` is what it is a part of, None where it is of nothing."""

    label: str
    text: str
    whole: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class ReviewCalculation:
    """`counted` are the rounds behind the figures of answers; `waiting` those without one, in any round, the
    longest wait first."""

    label: str
    known_at: datetime
    rule: str
    figures: tuple[ReviewFigure, ...]
    counted: tuple[RoundLine, ...]
    waiting: tuple[RoundLine, ...]


def review_calculation(label: str, rule: str, rounds: Rounds, known_at: datetime) -> ReviewCalculation:
    """Of one period or person; one query."""
    rows = [*rounds.counted, *rounds.waiting]
    sent = Submission.objects.filter(pk__in={row.submission_id for row in rows})
    related = ("report__action", "report__institution", "report__period", "decision")
    by_id = {row.pk: row for row in sent.select_related(*related).defer("report__draft")}
    return ReviewCalculation(
        label=label,
        known_at=known_at,
        rule=f"{rule} {DAYS}",
        figures=_figures(rounds),
        counted=_lines(sorted(rounds.counted, key=lambda row: (not row.is_answered, row.days)), by_id),
        waiting=_lines(sorted(rounds.waiting, key=lambda one: -one.days), by_id),
    )


def _figures(rounds: Rounds) -> tuple[ReviewFigure, ...]:
    times = rounds.times
    middle = "El del medio de los respondidos, que abajo están en el orden de sus días; entre dos, su promedio"
    return (
        ReviewFigure("Recibidos", number(times.received), None, "Envíos contados"),
        ReviewFigure("Respondidos", number(times.resolved), times.received, "Los que ya tienen respuesta"),
        ReviewFigure("En plazo", number(times.within_term), times.resolved, "Respondidos en no más días que el plazo"),
        ReviewFigure("Mediana, días", number(times.median_days), None, middle),
        ReviewFigure("El más largo, días", number(times.longest_days), None, "El mayor de los días de respuesta"),
        ReviewFigure("Esperan", number(times.waiting), None, "Envíos sin respuesta, de cualquier ronda"),
        ReviewFigure("Sobre el plazo", number(times.overdue), times.waiting, "Esperan ya más días que el plazo"),
    )


def _lines(rounds: Iterable[Round], submissions: dict[int, Submission]) -> tuple[RoundLine, ...]:
    return tuple(_line(row, submissions[row.submission_id]) for row in rounds)


def _line(row: Round, sent: Submission) -> RoundLine:
    report = sent.report
    return RoundLine(
        action=report.action.code,
        institution=report.institution.short_name,
        period=report.period.name,
        number=sent.number,
        sent_on=timezone.localdate(sent.submitted_at),
        answered_on=timezone.localdate(sent.decision.decided_at) if row.is_answered else None,
        round=row,
    )
