"""Cobertura: duties counted, each with its denominator (COMPLIANCE, Three numbers: c)."""

from collections.abc import Iterable

from indicators.calculations.results import Coverage, MeansDuty, MeansResult, ReportDuty


def coverage_of(duties: Iterable[ReportDuty], means: Iterable[MeansResult]) -> Coverage:
    """The coverage of one action; the plan's own list counts the medios in force."""
    results = list(means)
    in_force = [result for result in results if result.in_force]
    return _counts(
        list(duties),
        [duty for result in results for duty in result.duties],
        plan_means=len(in_force),
        plan_means_accredited=sum(result.all_accredited for result in in_force),
    )


def coverage_of_institution(duties: Iterable[ReportDuty], means: Iterable[MeansDuty]) -> Coverage:
    """What one institution owes; a medio that any responsable may answer is nobody's in particular."""
    return _counts(list(duties), list(means))


def _counts(
    duties: list[ReportDuty], means: list[MeansDuty], plan_means: int = 0, plan_means_accredited: int = 0
) -> Coverage:
    owed = [duty for duty in duties if duty.is_owed]
    return Coverage(
        owed=len(owed),
        made=sum(duty.is_made for duty in owed),
        validated=sum(duty.is_validated for duty in owed),
        on_time=sum(duty.is_on_time for duty in owed),
        returned=sum(duty.is_returned for duty in owed),
        within_term=len(duties) - len(owed),
        means_owed=sum(duty.is_owed for duty in means),
        means_accredited=sum(duty.is_owed and duty.is_accredited for duty in means),
        plan_means=plan_means,
        plan_means_accredited=plan_means_accredited,
    )


def total(coverages: Iterable[Coverage]) -> Coverage:
    rows = list(coverages)
    names = Coverage.__dataclass_fields__
    return Coverage(**{name: sum(getattr(row, name) for row in rows) for name in names})
