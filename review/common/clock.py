"""The only clock: instants are aware UTC, days are Shanghai days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This instant, aware, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Shanghai."""
    return datetime.now(SHANGHAI).date()


def local(instant: datetime) -> datetime:
    """An aware instant in Shanghai time, for showing."""
    return instant.astimezone(SHANGHAI)
