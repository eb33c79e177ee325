"""Days and moments. Every moment is aware; a day begins and ends in Santiago."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SANTIAGO = ZoneInfo("America/Santiago")


def end_of_day(day: date) -> datetime:
    """The last moment of a day in Santiago: where clocks are set back at midnight, that of the second time round."""
    return datetime.combine(day, time.max.replace(fold=1), tzinfo=SANTIAGO)


def as_moment(known_at: date | datetime) -> datetime:
    """A bare date means the end of that day (COMPLIANCE, Fine print). Raises ValueError for a naive datetime."""
    if not isinstance(known_at, datetime):
        return end_of_day(known_at)
    if known_at.tzinfo is None:
        raise ValueError("known_at needs a time zone")
    return known_at


def local_day(moment: datetime) -> date:
    return moment.astimezone(SANTIAGO).date()
