"""Single values as the service may write them, read without guessing (wire contract, sections 5 and 7)."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

_WHOLE = re.compile(r"[+-]?[0-9]{1,16}(\.0*)?", re.ASCII)
_AMOUNT = re.compile(r"[^\d.,+-]{0,4}([+-]?\d{1,12}(?:\.\d{1,12})?)", re.ASCII)
_MOST = 2**53
_FORMATS = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y")
_MILLISECONDS_FROM = 10**11
"""Unix time above this is in milliseconds: as seconds it would be the year 5138."""


def text(value: object) -> str:
    """Text, or a whole number as text with every digit; empty for anything else."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().strip()  # half a surrogate pair cannot be stored
    if isinstance(value, float) and value.is_integer() and abs(value) <= _MOST:
        value = int(
            value
        )  # beyond that the last digits are lost, and an id that is nearly right is another one
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def number(value: object) -> int | None:
    """A whole number from a number, a truth value or digits in a string; None for anything else or too large."""
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        value = int(value.strip().partition(".")[0])
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    return int(value) if isinstance(value, int) and abs(value) <= _MOST else None


def count(value: object) -> int | None:
    """A number that cannot be less than nothing: pages, seconds."""
    read = number(value)
    return read if read is not None and read >= 0 else None


def amount(value: object) -> Decimal | None:
    """Money as it was written, with or without a currency sign before it; None for anything else."""
    written = text(value) or (repr(value) if isinstance(value, float) else "")
    if not (found := _AMOUNT.fullmatch(written)):
        return None
    return Decimal(found[1])


def moment(value: object) -> datetime | None:
    """A time as ISO 8601, MM/DD/YYYY or unix time in seconds or milliseconds; without a zone read as UTC."""
    seconds = number(value)
    if seconds is not None:
        return _unix(seconds)
    written = text(value)
    try:
        return _utc(datetime.fromisoformat(written))
    except (ValueError, OverflowError):
        return next((read for form in _FORMATS if (read := _parsed(written, form))), None)


def first(row: Mapping[str, Any], *names: str) -> Any:
    """The value of the first of these fields that has one; None if none has. Case and underscores do not count."""
    plain = {_plain(name): value for name, value in row.items() if value not in (None, "")}
    return next((plain[_plain(name)] for name in names if _plain(name) in plain), None)


@lru_cache(maxsize=512)
def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _unix(seconds: int) -> datetime | None:
    if seconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _parsed(written: str, form: str) -> datetime | None:
    try:
        return _utc(datetime.strptime(written, form))
    except (ValueError, OverflowError):
        return None


def _utc(read: datetime) -> datetime:
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
