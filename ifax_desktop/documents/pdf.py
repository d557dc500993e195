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
from ifax_desktop.documents.source import Letter

LETTER = (612.0, 792.0)
"""Points; what a page without a usable size counts as."""

_WHITE = 0xFFFFFFFF
_MOST_LETTERS = 400
_MOST_OBJECTS = 500
"""Looked at on one page."""
_BLANKS = 32
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

    def letters(self, page: int, width: int, height: int, turn: int) -> list[Letter]:
        """Return letters of a page drawn in this size, a few hundred at most, evenly taken."""
        sheet = self._load(page)
        text = raw.FPDFText_LoadPage(sheet)
        try:
            count = max(0, raw.FPDFText_CountChars(text))
            step = max(1, count // _MOST_LETTERS)
            found = (_letter(sheet, text, at, (width, height, turn)) for at in range(0, count, step))
            return [letter for letter in found if letter]
        finally:
            raw.FPDFText_ClosePage(text)
            sheet.close()

    def largest_picture(self, page: int) -> tuple[float, float]:
        """Return the share of the page its largest picture takes, and that one's dots to the inch; 0 and 0 for none."""
        sheet = self._load(page)
        width, height = self._sizes[page]
        try:
            count = min(raw.FPDFPage_CountObjects(sheet), _MOST_OBJECTS)
            things = (raw.FPDFPage_GetObject(sheet, number) for number in range(count))
            pictures = [
                _picture(sheet, thing)
                for thing in things
                if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE
            ]
        finally:
            sheet.close()
        area, resolution = max(pictures, default=(0.0, 0.0))
        return area / (width * height), resolution

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


def _letter(
    sheet: pypdfium2.PdfPage, text: raw.FPDF_TEXTPAGE, at: int, drawn: tuple[int, int, int]
) -> Letter | None:
    """Return one letter; nothing for a blank, what pdfium put in between, or the unseen writing behind a scan."""
    if raw.FPDFText_GetUnicode(text, at) <= _BLANKS or raw.FPDFText_IsGenerated(text, at) == 1:
        return None
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, at))
    if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return None
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetCharBox(text, at, left, right, bottom, top) or not raw.FPDFText_GetMatrix(
        text, at, matrix
    ):
        return None
    points = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    width, height, turn = drawn
    spots = []
    for x, y in ((left.value, top.value), (right.value, bottom.value)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(sheet, 0, 0, width, height, _TURNS[turn], x, y, across, down)
        spots.append((across.value, down.value))
    (x0, x1), (y0, y1) = (sorted(side) for side in zip(*spots, strict=True))
    return Letter(points, x0, y0, x1, y1) if points > 0 and math.isfinite(points) else None


def _picture(sheet: pypdfium2.PdfPage, thing: raw.FPDF_PAGEOBJECT) -> tuple[float, float]:
    """Return the square points a picture takes and its dots to the inch, between those across and down."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    about = raw.FPDF_IMAGEOBJ_METADATA()
    if not raw.FPDFPageObj_GetBounds(
        thing, left, bottom, right, top
    ) or not raw.FPDFImageObj_GetImageMetadata(thing, sheet, about):
        return 0.0, 0.0
    area = (right.value - left.value) * (top.value - bottom.value)
    resolution = math.sqrt(abs(about.horizontal_dpi * about.vertical_dpi))
    return (area, resolution) if math.isfinite(area) and math.isfinite(resolution) else (0.0, 0.0)


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
