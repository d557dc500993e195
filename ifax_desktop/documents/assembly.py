"""The documents of one fax, put together into one clean PDF with pypdf.

Only the worker imports this, and only when a fax is assembled: pypdf takes 0.1 s to load. Nothing but pages is
carried over: no scripts, actions, attachments, outlines, links, forms or metadata. Layers that are switched off stay
off, or hidden text would be sent.
"""

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from ifax_desktop.documents import protocol
from ifax_desktop.documents.black_and_white import black_and_white
from ifax_desktop.documents.pdf import Pdf
from ifax_desktop.documents.pictures import Pictures
from ifax_desktop.documents.protocol import Reason, Refusal
from ifax_desktop.documents.source import Source
from ifax_desktop.domain.page import ACROSS, FINE

_SHARP: Final = 200
"""Dots to the inch of a page that is a picture: what the finest fax machines most offices have can show."""
_GOOD: Final = 85
_KEPT_OF_A_PAGE = {
    "/Type",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/Contents",
    "/Group",
    "/UserUnit",
    "/Parent",
}


class Assembly:
    """Pages, added in the order they are to be sent."""

    def __init__(self) -> None:
        self._writer = PdfWriter()
        self._writer.metadata = None
        self._layers = _Layers()

    def add(self, source: Source, picks: Sequence[tuple[int, int]] = ()) -> int:
        """Add pages of a document, each with its turn in degrees clockwise, or all of them; return how many.

        Refusal if they cannot be taken over.
        """
        reader = PdfReader(io.BytesIO(_as_pdf(source)))
        picks = picks or [(page, 0) for page in range(len(reader.pages))]
        if len(self._writer.pages) + len(picks) > protocol.MAX_PAGES:
            raise Refusal(Reason.TOO_MANY_PAGES, f"more than {protocol.MAX_PAGES} pages together")
        if any(page >= len(reader.pages) for page, _ in picks):
            raise Refusal(Reason.PAGE_DAMAGED, f"a page beyond the {len(reader.pages)} there are")
        for page in reader.pages:
            _strip(page)
        for number, turn in picks:
            self._writer.add_page(reader.pages[number]).rotate(turn)
        self._layers.add(reader, self._writer)
        return len(picks)

    def finish(self) -> bytes:
        """Return the one PDF. The same pages give the same bytes."""
        if not self._writer.pages:
            raise Refusal(Reason.NO_PAGES, "nothing was added")
        self._layers.write(self._writer)
        written = io.BytesIO()
        self._writer.write(written)
        if written.tell() > protocol.LIMITS[protocol.Kind.ASSEMBLED]:
            raise Refusal(Reason.TOO_LARGE, f"{written.tell()} bytes together")
        return written.getvalue()


class _Layers:
    """Which layers of all parts are shown, and which are not."""

    def __init__(self) -> None:
        self._all = ArrayObject()
        self._hidden = ArrayObject()
        self._rules = ArrayObject()

    def add(self, reader: PdfReader, writer: PdfWriter) -> None:
        layers = _part(reader.root_object, "/OCProperties")
        groups = _list(layers, "/OCGs")
        shown_by_rule = _part(layers, "/D")
        hidden = _list(shown_by_rule, "/OFF")
        if shown_by_rule.get("/BaseState") == "/OFF":
            hidden = ArrayObject(group for group in groups if group not in _list(shown_by_rule, "/ON"))
        self._all.extend(groups.clone(writer))
        self._hidden.extend(hidden.clone(writer))
        self._rules.extend(_list(shown_by_rule, "/AS").clone(writer))

    def write(self, writer: PdfWriter) -> None:
        if self._all:
            shown_by_rule = DictionaryObject(
                {
                    NameObject("/Name"): TextStringObject("Default"),
                    NameObject("/OFF"): self._hidden,
                    NameObject("/AS"): self._rules,
                }
            )
            writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
                {NameObject("/OCGs"): self._all, NameObject("/D"): shown_by_rule}
            )


def _as_pdf(source: Source) -> bytes:
    """Return a document as a PDF: one that is none has a picture of itself on every page."""
    if isinstance(source, Pdf):
        return source.flattened()
    written = io.BytesIO()
    if isinstance(source, Pictures):
        first, *rest = (_drawn(source, page, _SHARP, _SHARP) for page in range(source.pages))
        first.save(written, "PDF", save_all=True, append_images=rest, resolution=_SHARP, quality=_GOOD)
    else:
        sheets = (_drawn(source, page, ACROSS, FINE).convert("L") for page in range(source.pages))
        first, *rest = (black_and_white(sheet, FINE) for sheet in sheets)
        first.save(written, "PDF", save_all=True, append_images=rest, dpi=(ACROSS, FINE))
    return written.getvalue()


def _drawn(source: Source, page: int, across: int, down: int) -> Image.Image:
    """Return a page with so many dots to the inch."""
    width, height = source.sizes()[page]
    return source.draw(page, max(1, round(width * across / 72)), max(1, round(height * down / 72)), 0)


def _strip(page: PageObject) -> None:
    for key in set(page) - _KEPT_OF_A_PAGE:
        del page[key]


def _part(of: DictionaryObject, key: str) -> DictionaryObject:
    value = of.get(key)
    value = value.get_object() if value is not None else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _list(of: DictionaryObject, key: str) -> ArrayObject:
    value = of.get(key)
    value = value.get_object() if value is not None else None
    return value if isinstance(value, ArrayObject) else ArrayObject()
