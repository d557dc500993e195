"""Times between the domain (aware UTC datetimes) and SQLite (integers, milliseconds since 1970 UTC)."""

from datetime import UTC, datetime, timedelta

_START = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Round down, so that nothing falls due later than it was asked for. A time without a zone is a TypeError."""
    return (moment - _START) // _UNIT


def from_ms(number: int) -> datetime:
    """Return the moment in UTC."""
    return _START + number * _UNIT


def maybe_to_ms(moment: datetime | None) -> int | None:
    """As `to_ms`; None stays None."""
    return None if moment is None else to_ms(moment)


def maybe_from_ms(number: int | None) -> datetime | None:
    """As `from_ms`; None stays None."""
    return None if number is None else from_ms(number)
