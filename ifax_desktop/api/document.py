"""A document out of a download's answer: base64, data URI, the file itself, or an object that holds one of them.

The variants are those public clients guard against (wire contract, section 7). Hexadecimal is none of them.
"""

import base64
import binascii

from ifax_desktop.api.detail import of_shape
from ifax_desktop.api.values import first
from ifax_desktop.domain.errors import NoAnswer, Refused

SMALLEST = 100
"""Bytes; the service has been seen to give out empty files (wire contract, section 8)."""
_ADDRESS = ("http://", "https://")


def document(data: object) -> bytes:
    """The PDF of a download.

    Raises NoAnswer for an empty, tiny or other file, which means: ask again later. Raises Refused for an address
    elsewhere, as the key may not go there.
    """
    if isinstance(data, dict):
        data = first(data, "fileData", "file", "data", "pdf", "content", "base64", "fileUrl", "url")
    if isinstance(data, str):
        data = _decoded(data.strip())
    if not isinstance(data, bytes) or len(data) < SMALLEST:
        raise NoAnswer("The fax service has no whole document for this fax yet.", of_shape(data))
    if b"%PDF" not in data[:1024]:
        raise NoAnswer("What the fax service gave for this fax is no PDF document.", of_shape(data))
    return data


def _decoded(written: str) -> bytes:
    if written.lower().startswith(_ADDRESS):
        raise Refused("The fax service keeps this document at another address, where we do not fetch it.")
    if written.lower().startswith("data:"):
        written = written.partition(",")[2]
    plain = "".join(written.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
