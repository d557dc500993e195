"""Reads what came with a fax-send: the numbers, the attached files, the time, as the service checks them.

The order of the checks is ours; which refusal fits which fault is read from the table of errors.
"""

import base64
import binascii
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ifax_desktop.simulator.answers import (
    ADDRESS_REFUSED,
    CALLER_REFUSED,
    DOCUMENT_UNREADABLE,
    FORMAT_REFUSED,
    NAME_REFUSED,
    NO_DOCUMENTS,
    NUMBER_REFUSED,
    PARAMETER_REFUSED,
    Fields,
    Refusal,
)

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
NORTH_AMERICA = re.compile(r"\+1[2-9][0-9]{9}")
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp"})
OFFICE = frozenset({".doc", ".docx"})
QUALITIES = frozenset({None, "Low", "Standard", "HD"})
COVER_FIELDS = ("templateId", "subject", "from_name", "to_name", "message")
PAGE_RANGE = re.compile(r"\s*([0-9]{1,5})\s*(?:-\s*([0-9]{1,5})\s*)?")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached file, decoded, and the pages wanted of it (all of them if empty)."""

    name: str
    content: bytes
    ranges: tuple[tuple[int, int], ...] = ()

    def pages_of(self, total: int) -> int:
        """How many of `total` pages are wanted; a page named twice counts once."""
        if not self.ranges:
            return total
        wanted: set[int] = set()
        for first, last in self.ranges:
            wanted.update(range(first, min(last, total) + 1))
        return len(wanted)


@dataclass(frozen=True, slots=True)
class Order:
    """A fax-send that passed every check. `starts_at` is unix seconds; `cover` says whether the service
    puts its own cover page in front, which it does if any of the fields for it is filled."""

    number: str
    caller: str
    files: tuple[Attachment, ...]
    starts_at: float
    subject: str
    cover: bool


def read_order(fields: Fields, owned: tuple[str, ...], now: float) -> Order:
    """Check a fax-send as the service would. Raises `Refusal` for the first thing that is wrong."""
    number = _number(fields.get("faxNumber"))
    caller = _caller(fields.get("callerId"), owned)
    if fields.get("faxQuality") not in QUALITIES:
        raise Refusal(*PARAMETER_REFUSED)
    return Order(
        number=number,
        caller=caller,
        files=_attachments(fields.get("faxData")),
        starts_at=_send_at(fields.get("send_at"), now),
        subject=str(fields.get("subject") or ""),
        cover=any(fields.get(name) not in (None, "") for name in COVER_FIELDS),
    )


def _number(value: object) -> str:
    """The number to dial, in E.164 with its plus."""
    if not isinstance(value, str) or not E164.fullmatch(value):
        raise Refusal(*NUMBER_REFUSED)
    if value.startswith("+1") and not NORTH_AMERICA.fullmatch(value):
        raise Refusal(*NUMBER_REFUSED)
    return value


def _caller(value: object, owned: tuple[str, ...]) -> str:
    """The sender number: one of the account's own, the first if none is given."""
    if value in (None, ""):
        return owned[0]
    if not isinstance(value, str) or value not in owned:
        raise Refusal(*CALLER_REFUSED)
    return value


def _attachments(value: object) -> tuple[Attachment, ...]:
    """The attached files, at least one."""
    if not isinstance(value, list) or not value:
        raise Refusal(*NO_DOCUMENTS)
    return tuple(_attachment(item) for item in value)


def _send_at(value: object, now: float) -> float:
    """When to send, in unix seconds: `now`, or the later time `send_at` asks for."""
    if value in (None, ""):
        return now
    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Refusal(*PARAMETER_REFUSED) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(now, moment.timestamp())


def _attachment(item: object) -> Attachment:
    if not isinstance(item, Mapping):
        raise Refusal(*NO_DOCUMENTS)
    name = item.get("fileName")
    if not isinstance(name, str) or not (ending := PurePosixPath(name).suffix.lower()):
        raise Refusal(*NAME_REFUSED)
    if ending != ".pdf" and ending not in IMAGES | OFFICE:
        raise Refusal(*FORMAT_REFUSED)
    content = _content(item)
    if ending == ".pdf" and b"%PDF-" not in content[:1024]:
        raise Refusal(*FORMAT_REFUSED)
    return Attachment(name, content, _ranges(item.get("pages")))


def _content(item: Mapping[str, Any]) -> bytes:
    data = item.get("fileData")
    if data in (None, ""):
        raise Refusal(*(ADDRESS_REFUSED if item.get("fileUrl") else NO_DOCUMENTS))
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise Refusal(*DOCUMENT_UNREADABLE) from error
    if not content:
        raise Refusal(*NO_DOCUMENTS)
    return content


def _ranges(value: object) -> tuple[tuple[int, int], ...]:
    if value in (None, []):
        return ()
    if not isinstance(value, list):
        raise Refusal(*PARAMETER_REFUSED)
    return tuple(_range(str(part)) for part in value)


def _range(text: str) -> tuple[int, int]:
    match = PAGE_RANGE.fullmatch(text)
    if match is None:
        raise Refusal(*PARAMETER_REFUSED)
    first = int(match[1])
    last = int(match[2] or first)
    if not 1 <= first <= last:
        raise Refusal(*PARAMETER_REFUSED)
    return first, last
