"""One PDF in the worker: opened, measured, drawn and made clean with pdfium.

Only the worker imports this. pdfium is built without a JavaScript engine, so nothing inside a document runs.
"""

import ctypes
import io
import math

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from ifax_desktop.documents import protocol
from ifax_desktop.documents.protocol import Reason, Refusal

LETTER = (612.0, 792.0)
"""Points; what a page without a usable size counts as."""

_WHITE = 0xFFFFFFFF
_GREY = ("L", raw.FPDFBitmap_Gray, "L")
_COLOURS = ("RGB", raw.FPDFBitmap_BGRx, "BGRX")
_TURNS = {0: 0, 90: 1, 180: 2, 270: 3}
_REFUSED_BY_PDFIUM = {
    raw.FPDF_ERR_PASSWORD: Reason.LOCKED,
    raw.FPDF_ERR_SECURITY: Reason.LOCKED,
    raw.FPDF_ERR_SUCCESS: Reason.NO_PAGES,
}


class Pdf:
    """A PDF, opened. Raises Refusal if it cannot be."""

    def __init__(self, document: bytes, password: str = "") -> None:
        self._bytes = document  # pdfium reads from these as long as the document is open
        handle = raw.FPDF_LoadMemDocument64(document, len(document), password.encode() or None)
        if not handle:
            _refuse(raw.FPDF_GetLastError(), password)
        self._pdf = pypdfium2.PdfDocument(handle)
        try:
            self._check()
            self._pdf.init_forms()
        except BaseException:
            self._pdf.close()
            raise
        self.pages = len(self._pdf)
        self._sizes = [self._size(page) for page in range(self.pages)]

    def close(self) -> None:
        """Let go of everything."""
        self._pdf.close()

    def sizes(self) -> list[tuple[float, float]]:
        """Return width and height of each page as shown, in points."""
        return self._sizes

    def draw(self, page: int, width: int, height: int, turn: int, *, colour: bool = False) -> Image.Image:
        """Return a page as it looks on the screen, notes and filled fields included: grey, or in colours.

        The size is that after a turn by `turn` degrees clockwise; its dots need not be square.
        """
        if not 0 <= page < self.pages:
            raise Refusal(Reason.PAGE_DAMAGED, f"there is no page {page}")
        sheet = self._load(page)
        try:
            kind, form, mode = _COLOURS if colour else _GREY
            stride = width * len(mode)
            dots = (ctypes.c_ubyte * (stride * height))()
            bitmap = raw.FPDFBitmap_CreateEx(width, height, form, dots, stride)
            if not bitmap:
                raise Refusal(Reason.PAGE_DAMAGED, f"no picture of {width} by {height}")
            target = (bitmap, sheet, 0, 0, width, height, _TURNS[turn], raw.FPDF_ANNOT)
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
            raw.FPDF_RenderPageBitmap(*target)
            if self._pdf.formenv:
                raw.FPDF_FFLDraw(self._pdf.formenv, *target)
            raw.FPDFBitmap_Destroy(bitmap)
        finally:
            sheet.close()
        return Image.frombuffer(kind, (width, height), memoryview(dots).cast("B"), "raw", mode, 0, 1)  # type: ignore[arg-type]

    def flattened(self) -> bytes:
        """Return the document written anew: notes and fields drawn into the pages, no encryption, damage mended.

        What `render` shows is what this keeps: fields and notes visible on the screen.
        """
        for page in range(self.pages):
            sheet = self._load(page)
            if raw.FPDFPage_GetAnnotCount(sheet) > 0:
                done = raw.FPDFPage_Flatten(sheet, raw.FLAT_NORMALDISPLAY)
                if done == raw.FLATTEN_FAIL:
                    raise Refusal(Reason.DAMAGED, f"the notes on page {page + 1} cannot be drawn")
            sheet.close()
        return self.unlocked()

    def unlocked(self) -> bytes:
        """Return the document written anew without encryption."""
        written = _Written()
        self._pdf.save(written, flags=raw.FPDF_REMOVE_SECURITY)
        return written.whole()

    def _check(self) -> None:
        pages = len(self._pdf)
        if pages < 1:
            raise Refusal(Reason.NO_PAGES)
        if pages > protocol.MAX_PAGES:
            raise Refusal(Reason.TOO_MANY_PAGES, f"{pages} pages")
        if self._pdf.get_formtype() == raw.FORMTYPE_XFA_FULL:
            raise Refusal(Reason.READER_FORM, "an XFA form whose pages hold no content")

    def _size(self, page: int) -> tuple[float, float]:
        size = raw.FS_SIZEF()
        raw.FPDF_GetPageSizeByIndexF(self._pdf, page, size)
        if not all(math.isfinite(length) and length > 0 for length in (size.width, size.height)):
            return LETTER
        return min(size.width, protocol.MAX_POINTS), min(size.height, protocol.MAX_POINTS)

    def _load(self, page: int) -> pypdfium2.PdfPage:
        try:
            return self._pdf[page]
        except pypdfium2.PdfiumError as error:
            raise Refusal(Reason.PAGE_DAMAGED, f"page {page + 1}: {error}") from error


class _Written:
    """What pdfium writes. It calls from C, which knows no exceptions, so a write that fails has to be remembered."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._lost: MemoryError | None = None

    def write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except MemoryError as error:
            self._lost = error
            raise

    def whole(self) -> bytes:
        """Return everything that was written; MemoryError if it was more than fits."""
        if self._lost:
            raise MemoryError("the document does not fit while it is written anew") from self._lost
        return self._file.getvalue()


def _refuse(code: int, password: str) -> None:
    reason = _REFUSED_BY_PDFIUM.get(code, Reason.DAMAGED)
    if reason is Reason.LOCKED and password:
        reason = Reason.NOT_ITS_PASSWORD
    raise Refusal(reason, f"pdfium says {code}")
