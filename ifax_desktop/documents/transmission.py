"""The document that is transmitted: a PDF of ours that holds nothing but the pages of the fax, dot by dot.

Every page is one Group 4 picture (PDF 32000-1, 7.4.6) and as large on paper as a fax machine prints it, so that the
service has nothing left to decide. The same pages give the same bytes.
"""

from collections.abc import Callable
from typing import Final

from ifax_desktop.domain.page import WIDTH, PageFormat

_CATALOG: Final = 1
_PAGES: Final = 2
_FIRST: Final = 3
_OBJECTS_A_PAGE: Final = 3


class Transmission:
    """Written page by page, so that a fax of any length takes the memory of one page."""

    def __init__(self, write: Callable[[bytes], object], form: PageFormat) -> None:
        """`write` takes the next bytes of the file."""
        self._write = write
        self._form = form
        self._at = 0
        self._places: list[int] = []
        self.pages = 0
        self._put(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._at

    def add(self, code: bytes) -> None:
        """Add a page by its MMR code."""
        page = _FIRST + _OBJECTS_A_PAGE * self.pages
        width, height = (f"{length:.3f}" for length in self._form.size)
        self.pages += 1
        self._object(
            f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox[0 0 {width} {height}]"
            f"/Resources<</XObject<</I {page + 2} 0 R>>>>/Contents {page + 1} 0 R>>"
        )
        drawing = f"{width} 0 0 {height} 0 0 cm/I Do"
        self._object(f"<</Length {len(drawing)}>>", drawing.encode())
        lines = self._form.lines
        self._object(
            f"<</Type/XObject/Subtype/Image/Width {WIDTH}/Height {lines}/ColorSpace/DeviceGray/BitsPerComponent 1"
            f"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {WIDTH}/Rows {lines}>>/Length {len(code)}>>",
            code,
        )

    def finish(self) -> None:
        """Write what a reader needs to find the pages. ValueError if there are none."""
        if not self.pages:
            raise ValueError("a fax without pages")
        pages = " ".join(f"{_FIRST + _OBJECTS_A_PAGE * page} 0 R" for page in range(self.pages))
        catalog = self._at
        self._put(f"{_CATALOG} 0 obj\n<</Type/Catalog/Pages {_PAGES} 0 R>>\nendobj\n".encode())
        tree = self._at
        self._put(f"{_PAGES} 0 obj\n<</Type/Pages/Count {self.pages}/Kids[{pages}]>>\nendobj\n".encode())
        table = self._at
        rows = "".join(f"{place:010} 00000 n \n" for place in (catalog, tree, *self._places))
        count = len(self._places) + _FIRST
        self._put(f"xref\n0 {count}\n0000000000 65535 f \n{rows}".encode())
        self._put(f"trailer\n<</Size {count}/Root {_CATALOG} 0 R>>\nstartxref\n{table}\n%%EOF\n".encode())

    def _object(self, dictionary: str, stream: bytes | None = None) -> None:
        self._places.append(self._at)
        self._put(f"{_FIRST + len(self._places) - 1} 0 obj\n{dictionary}\n".encode())
        if stream is not None:
            self._put(b"stream\n")
            self._put(stream)
            self._put(b"\nendstream\n")
        self._put(b"endobj\n")

    def _put(self, piece: bytes) -> None:
        self._write(piece)
        self._at += len(piece)
