"""One page of a document as the page of a fax: fitted, black and white, coded, and looked over.

Only the worker imports this.
"""

from dataclasses import dataclass

from PIL import Image

from ifax_desktop.documents import coding, protocol
from ifax_desktop.documents.black_and_white import black_and_white
from ifax_desktop.documents.coding import Scheme
from ifax_desktop.documents.fitting import HEADER, Place, place
from ifax_desktop.documents.protocol import PagePicture, Reason, Refusal
from ifax_desktop.documents.source import Source
from ifax_desktop.domain.page import WIDTH, PageFormat, PageLook

_INK = 128


@dataclass(frozen=True, slots=True)
class Faxed:
    """A page as it goes out."""

    bits: bytes
    code: bytes
    """MMR, as it stands in the document that is transmitted."""
    drawn: Image.Image
    """The page in black and white, and the grey one it was made of."""
    grey: Image.Image
    where: Place


def fax(source: Source, page: int, form: PageFormat, look: PageLook) -> Faxed:
    """Return a page, counted from 0, as a fax page; Refusal if it cannot be drawn."""
    if page >= source.pages:
        raise Refusal(Reason.PAGE_DAMAGED, f"there is no page {page}")
    size = source.sizes()[page]
    where = place(size, form, look)
    grey = _laid_out(source, page, form, where)
    if not look.inset and _is_under_header(grey, form):
        where = place(size, form, look, below_header=True)
        grey = _laid_out(source, page, form, where)
    drawn = black_and_white(grey, form.fineness, look.treatment)
    bits = coding.packed(drawn)
    return Faxed(bits, coding.coded(bits, Scheme.MMR), drawn, grey, where)


def thumbnail(drawn: Image.Image, form: PageFormat) -> PagePicture:
    """Return a page in black and white small, in greys and in the shape it has on paper."""
    size = (protocol.THUMBNAIL_WIDTH, protocol.thumbnail_height(form))
    return PagePicture(*size, drawn.convert("L").resize(size, Image.Resampling.BOX).tobytes())


def _laid_out(source: Source, page: int, form: PageFormat, where: Place) -> Image.Image:
    drawn = source.draw(page, where.across, where.down, where.turn)
    if drawn.mode != "L":
        drawn = drawn.convert("L")
    if drawn.size == (WIDTH, form.lines):
        return drawn
    whole = Image.new("L", (WIDTH, form.lines), 255)
    whole.paste(drawn, (where.left, where.top))
    return whole


def _is_under_header(grey: Image.Image, form: PageFormat) -> bool:
    """Whether something is printed where the service's own line goes."""
    band = grey.crop((0, 0, WIDTH, round(HEADER * form.fineness / 72)))
    return band.getextrema()[0] < _INK  # type: ignore[operator]
