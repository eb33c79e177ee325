"""Another time of day for demonstration data: what happened in 2016 is recorded in 2016."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest import mock

from django.utils import timezone


@contextmanager
def clock_at(day: date, hour: int = 12) -> Iterator[None]:
    """Let the server's clock stand on `day` at `hour`, in Santiago, until the block ends."""
    moment = timezone.make_aware(datetime.combine(day, time(hour)))

    class StandingClock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    with mock.patch.object(timezone, "datetime", StandingClock):
        yield
