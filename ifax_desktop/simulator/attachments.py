"""Reads the files that came with a fax-send: their names, their bytes, and the pages wanted of each.

A file comes as base64 in `fileData`, as an address in `fileUrl`, or as part of a form. The order of the checks is
ours; which refusal fits which fault is read from the table of errors.
"""

import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ifax_desktop.simulator.answers import (
    DOCUMENT_UNREADABLE,
    FORMAT_REFUSED,
    NAME_REFUSED,
    NO_DOCUMENTS,
    PARAMETER_REFUSED,
    Fields,
    Refusal,
)

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp"})
OFFICE = frozenset({".doc", ".docx"})
PAGE_RANGE = re.compile(r"\s*([0-9]{1,5})\s*(?:-\s*([0-9]{1,5})\s*)?")

Fetch = Callable[[str], Awaitable[bytes]]
"""Gets the document at an address. Raises `Refusal`."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came as part of a form, and the name it came under."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached file, decoded, and the pages wanted of it (all of them if empty)."""

    name: str
    content: bytes
    ranges: tuple[tuple[int, int], ...] = ()


def wanted_pages(ranges: tuple[tuple[int, int], ...], total: int) -> list[int]:
    """Which of `total` pages are wanted, counted from 1; a page named twice counts once."""
    if not ranges:
        return list(range(1, total + 1))
    return sorted({page for first, last in ranges for page in range(first, min(last, total) + 1)})


async def read_attachments(fields: Fields, fetch: Fetch) -> tuple[Attachment, ...]:
    """The attached files, at least one. Raises `Refusal`."""
    given = fields.get("faxData")
    items = list(given) if isinstance(given, list) else []
    uploads = fields.get("file")
    for upload in uploads if isinstance(uploads, list) else [uploads]:
        if isinstance(upload, Upload):
            items.append({"file": upload})
    if not items:
        raise Refusal(*NO_DOCUMENTS)
    return tuple([await _attachment(item, fetch) for item in items])


async def _attachment(item: object, fetch: Fetch) -> Attachment:
    if not isinstance(item, Mapping):
        raise Refusal(*NO_DOCUMENTS)
    upload = next((value for value in item.values() if isinstance(value, Upload)), None)
    name = item.get("fileName") or (upload.name if upload else None)
    if not isinstance(name, str) or not (ending := PurePosixPath(name).suffix.lower()):
        raise Refusal(*NAME_REFUSED)
    if ending != ".pdf" and ending not in IMAGES | OFFICE:
        raise Refusal(*FORMAT_REFUSED)
    ranges = _ranges(item.get("pages"))
    content = upload.content if upload else await _content(item, fetch)
    if not content:
        raise Refusal(*NO_DOCUMENTS)
    if ending == ".pdf" and b"%PDF-" not in content[:1024]:
        raise Refusal(*FORMAT_REFUSED)
    return Attachment(name, content, ranges)


async def _content(item: Mapping[str, Any], fetch: Fetch) -> bytes:
    data, address = item.get("fileData"), item.get("fileUrl")
    if data in (None, ""):
        if not address:
            raise Refusal(*NO_DOCUMENTS)
        return await fetch(str(address))
    try:
        return base64.b64decode("".join(data.split()), validate=True)  # some clients break it into lines
    except (binascii.Error, ValueError, TypeError, AttributeError) as error:
        raise Refusal(*DOCUMENT_UNREADABLE) from error


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
