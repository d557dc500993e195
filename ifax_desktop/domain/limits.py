"""How large a fax may be (wire contract, section 6)."""

from typing import Final

MOST_REQUEST: Final = 20 * 1024 * 1024
"""Bytes of a whole request: a documented limit of the service."""
_FIELDS: Final = 64 * 1024
"""Bytes left for what goes along with the document."""
MOST_DOCUMENT: Final = (MOST_REQUEST - _FIELDS) // 4 * 3
"""Bytes of the document: on its way it is base64, four bytes for three."""


def too_large(size: int) -> str:
    """Why a document of `size` bytes cannot go out, and what can be done; empty for one that can."""
    if size <= MOST_DOCUMENT:
        return ""
    here, most = (f"{count / 1_000_000:.1f}" for count in (size, MOST_DOCUMENT))
    advice = "Choose a lower quality, leave pages out, or send it as two faxes."
    return f"This fax is too large: it has {here} MB, and the fax service takes {most} MB. {advice}"
