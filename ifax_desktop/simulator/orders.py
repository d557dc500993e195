"""Reads what a fax-send asks for besides its files: the two numbers, the time, the quality, the cover page.

The order of the checks is ours; which refusal fits which fault is read from the table of errors.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ifax_desktop.simulator.account import Account
from ifax_desktop.simulator.answers import (
    CALLER_REFUSED,
    CALLER_UNVERIFIED,
    NUMBER_REFUSED,
    PARAMETER_REFUSED,
    US_AND_CANADA_ONLY,
    Fields,
    Refusal,
)

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
NORTH_AMERICA = re.compile(r"\+1[2-9][0-9]{9}")
QUALITIES = ("Low", "Standard", "HD")
COVER_FIELDS = ("templateId", "subject", "from_name", "to_name", "message")


@dataclass(frozen=True, slots=True)
class Order:
    """What to do with a fax, checked. `starts_at` is unix seconds; `cover` says whether the service puts its own
    cover page in front, which it does if any of the fields for it is filled."""

    number: str
    caller: str
    starts_at: float
    quality: str = "Standard"
    subject: str = ""
    cover: bool = False


def read_order(fields: Fields, account: Account, owned: Sequence[str], now: float) -> Order:
    """Check a fax-send as the service would. Raises `Refusal` for the first thing that is wrong."""
    number, caller = read_numbers(fields, account, owned)
    return Order(
        number=number,
        caller=caller,
        starts_at=_send_at(fields.get("send_at"), now),
        quality=_quality(fields.get("faxQuality")),
        subject=str(fields.get("subject") or ""),
        cover=any(fields.get(name) not in (None, "") for name in COVER_FIELDS),
    )


def read_numbers(fields: Fields, account: Account, owned: Sequence[str]) -> tuple[str, str]:
    """The number to dial and the sender's, which is the first own one if none is given. Raises `Refusal`."""
    number = fields.get("faxNumber")
    if not isinstance(number, str) or not E164.fullmatch(number):
        raise Refusal(*NUMBER_REFUSED)
    if number.startswith("+1") and not NORTH_AMERICA.fullmatch(number):
        raise Refusal(*NUMBER_REFUSED)
    if not account.reaches(number):
        raise Refusal(*US_AND_CANADA_ONLY)
    caller = fields.get("callerId")
    return number, check_caller(owned[0] if caller in (None, "") and owned else caller, account, owned)


def check_caller(caller: object, account: Account, owned: Sequence[str]) -> str:
    """The sender's number: one of the account's own, verified. Raises `Refusal`."""
    if not isinstance(caller, str) or caller not in owned:
        raise Refusal(*CALLER_REFUSED)
    if caller in account.unverified:
        raise Refusal(*CALLER_UNVERIFIED)
    return caller


def _quality(value: object) -> str:
    if value in (None, ""):
        return "Standard"
    if value not in QUALITIES:
        raise Refusal(*PARAMETER_REFUSED)
    return str(value)


def _send_at(value: object, now: float) -> float:
    """When to send, in unix seconds: `now`, or the later time `send_at` asks for."""
    if value in (None, ""):
        return now
    try:
        moment = dt.datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        return max(now, moment.timestamp())
    except (ValueError, OverflowError) as error:
        raise Refusal(*PARAMETER_REFUSED) from error
