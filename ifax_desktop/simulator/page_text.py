"""The part of the child process that reads text: that of a PDF's own letters, page by page.

What comes on stdin is a line of JSON and then the document. The line says what a trial fax would have on its pages
(`from`, `to`, `pages`), or nothing: trial faxes are pictures, but ours. Other pictures stay unread, as there is no
text recognition here. Writes a list of texts, one for each page, as JSON.
"""

import io
import json
import sys
from typing import Any

from ifax_desktop.simulator.trial_fax import is_trial_fax, words

MOST_OF_A_PAGE = 20_000
"""Letters; what a page holds beyond them is left out."""


def write_text(given: bytes) -> int:
    """Read the document and write its text. Returns the exit status."""
    line, _, document = given.partition(b"\n")
    try:
        pages = _pages(document, json.loads(line))
    except Exception as error:  # noqa: BLE001  # parsers raise anything; all of it means "cannot be read"
        sys.stderr.write(f"{type(error).__name__}\n")
        return 1
    sys.stdout.buffer.write(json.dumps([page[:MOST_OF_A_PAGE] for page in pages]).encode())
    return 0


def _pages(document: bytes, hint: dict[str, Any]) -> list[str]:
    if b"%PDF-" not in document[:1024]:
        return _of_pictures(document)
    texts = _of_pdf(document)
    if not any(texts) and hint and is_trial_fax(document, hint["from"], hint["to"], hint["pages"]):
        total = len(texts)
        return ["\n".join(words(hint["from"], hint["to"], page, total)) for page in range(1, total + 1)]
    return texts


def _of_pdf(document: bytes) -> list[str]:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(document))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise PermissionError("password")
    return [page.extract_text().strip() for page in reader.pages]


def _of_pictures(document: bytes) -> list[str]:
    from PIL import Image

    with Image.open(io.BytesIO(document)) as image:
        return [""] * int(getattr(image, "n_frames", 1))
