"""The documents of one fax, put together into one clean PDF with pypdf.

Only the worker imports this, and only when a fax is assembled: pypdf takes 0.1 s to load. Nothing but pages is
carried over: no scripts, actions, attachments, outlines, links, forms or metadata. Layers that are switched off stay
off, or hidden text would be sent.
"""

import io

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from ifax_desktop.documents import protocol
from ifax_desktop.documents.pdf import Pdf
from ifax_desktop.documents.protocol import Reason, Refusal

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

    def add(self, document: bytes) -> int:
        """Add every page of a document and return how many there were; Refusal if it cannot be read."""
        pdf = Pdf(document)
        try:
            clean = pdf.flattened()
        finally:
            pdf.close()
        reader = PdfReader(io.BytesIO(clean))
        if len(self._writer.pages) + len(reader.pages) > protocol.MAX_PAGES:
            raise Refusal(Reason.TOO_MANY_PAGES, f"more than {protocol.MAX_PAGES} pages together")
        for page in reader.pages:
            _strip(page)
            self._writer.add_page(page)
        self._layers.add(reader, self._writer)
        return len(reader.pages)

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
