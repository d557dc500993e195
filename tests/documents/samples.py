"""Real PDFs for tests, made with pypdf and Pillow: good ones, odd ones and broken ones."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from ifax_desktop.documents.opening import open_source, picture
from ifax_desktop.documents.protocol import PagePicture

LETTER = (612.0, 792.0)
RUBBISH = bytes(range(256)) * 8
"""No kind of document."""


def shown(document: bytes, page: int = 0, width: int = 306, rotate: int = 0) -> PagePicture:
    """Return a page as grey pixels, drawn in this process."""
    source = open_source(document)
    try:
        drawn = picture(source, page, width, rotate).convert("L")
        return PagePicture(drawn.width, drawn.height, drawn.tobytes())
    finally:
        source.close()


def letter(*texts: str, size: tuple[float, float] = LETTER) -> bytes:
    """Return a PDF with one page for each text, in large Helvetica at the top left; one page saying "Page 1" if none."""
    writer = PdfWriter()
    for text in texts or ("Page 1",):
        add_page(writer, f"BT /F1 36 Tf 60 {size[1] - 90:.0f} Td ({text}) Tj ET", size)
    return finish(writer)


def add_page(writer: PdfWriter, content: str, size: tuple[float, float] = LETTER) -> DictionaryObject:
    """Add a page with this content stream and Helvetica as /F1."""
    page = writer.add_blank_page(*size)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    page[NameObject("/Contents")] = writer._add_object(_stream(content))
    return page


def finish(writer: PdfWriter) -> bytes:
    """Return what the writer holds as a file."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(reader: PdfReader) -> bytes:
    """Return what the reader holds as a file, its page tree as it is."""
    return finish(PdfWriter(clone_from=reader))


def half_black(size: tuple[float, float] = LETTER) -> bytes:
    """Return a page whose left half is black and whose right half is white."""
    writer = PdfWriter()
    add_page(writer, f"0 g 0 0 {size[0] / 2} {size[1]} re f", size)
    return finish(writer)


def grey_steps(levels: Sequence[int] = (0, 64, 128, 192)) -> bytes:
    """Return a page of equal bands from top to bottom, in these greys."""
    writer = PdfWriter()
    height = LETTER[1] / len(levels)
    bands = [
        f"{level / 255:.4f} g 0 {LETTER[1] - (index + 1) * height} {LETTER[0]} {height} re f"
        for index, level in enumerate(levels)
    ]
    add_page(writer, "\n".join(bands))
    return finish(writer)


def standard_fax() -> bytes:
    """Return a received fax of standard quality: 1728 by 1078 pixels of 204 by 98 dpi, a true circle in the middle."""
    image = Image.new("1", (1728, 1078), 1)
    ImageDraw.Draw(image).ellipse((864 - 408, 539 - 196, 864 + 408, 539 + 196), fill=0)
    out = io.BytesIO()
    image.save(out, "PDF", dpi=(204, 98))
    return out.getvalue()


def locked() -> bytes:
    """Return a PDF that asks for a password before it shows anything."""
    writer = PdfWriter()
    add_page(writer, "0 g 0 0 9 9 re f")
    writer.encrypt("open sesame", algorithm="AES-256")
    return finish(writer)


def restricted() -> bytes:
    """Return a PDF that anybody may open, but that is encrypted against changes."""
    writer = PdfWriter()
    add_page(writer, "BT /F1 36 Tf 60 700 Td (Restricted) Tj ET")
    writer.encrypt("", "owner only", algorithm="AES-256")
    return finish(writer)


def no_pages() -> bytes:
    """Return a sound PDF without a page."""
    return finish(PdfWriter())


def truncated() -> bytes:
    """Return the first part of a PDF."""
    whole = letter("A", "B", "C")
    return whole[: len(whole) // 5]


def picture_called_pdf() -> bytes:
    """Return half a PNG, as somebody may have called it letter.pdf."""
    out = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(out, "PNG")
    return out.getvalue()[: out.tell() // 2]


def zero_size() -> bytes:
    """Return a page of no width and no height."""
    return letter("Nothing", size=(0, 0))


def many_pages(count: int) -> bytes:
    """Return a PDF of `count` empty pages."""
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(*LETTER)
    return finish(writer)


def dangerous() -> bytes:
    """Return a page with scripts, actions, an attachment, an outline, a link and metadata."""
    writer = PdfWriter()
    page = add_page(writer, "BT /F1 36 Tf 60 700 Td (Harmless text) Tj ET")
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('evil-script')"),
        }
    )
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    link = _annotation("/Link", (60, 690, 300, 730))
    link[NameObject("/A")] = DictionaryObject(
        {
            NameObject("/S"): NameObject("/URI"),
            NameObject("/URI"): TextStringObject("http://evil-link.example"),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    names = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("start"), script])})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("evil-attachment.txt", b"evil-attachment")
    writer.add_outline_item(title="evil-outline", page_number=0)
    writer.add_metadata({"/Title": "evil-title"})
    return finish(writer)


def filled_form(*, appearance: bool = True) -> bytes:
    """Return a form with a text field, filled with black; with no appearance, the value alone must be drawn."""
    writer = PdfWriter()
    page = add_page(writer, "")
    field = _annotation("/Widget", (100, 500, 500, 600))
    field[NameObject("/FT")] = NameObject("/Tx")
    field[NameObject("/T")] = TextStringObject("name")
    field[NameObject("/V")] = TextStringObject("MMMMMMMM")
    field[NameObject("/DA")] = TextStringObject("/Helv 60 Tf 0 g")
    if appearance:
        _appear(writer, field, "0 g 0 0 400 100 re f", (400, 100))
    reference = writer._add_object(field)
    page[NameObject("/Annots")] = ArrayObject([reference])
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([reference])})
    if not appearance:
        form[NameObject("/NeedAppearances")] = BooleanObject(True)
    writer.root_object[NameObject("/AcroForm")] = form
    return finish(writer)


def stamped() -> bytes:
    """Return a page with a black stamp as an annotation, and no form."""
    writer = PdfWriter()
    page = add_page(writer, "")
    stamp = _annotation("/Stamp", (100, 500, 500, 600))
    _appear(writer, stamp, "0 g 0 0 400 100 re f", (400, 100))
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(stamp)])
    return finish(writer)


def hidden_layer(*, all_but_named: bool = False) -> bytes:
    """Return a page whose black half lies on a layer that is off: by name, or because all are but the named ones."""
    writer = PdfWriter()
    page = add_page(writer, f"/OC /L1 BDC 0 g 0 0 {LETTER[0] / 2} {LETTER[1]} re f EMC")
    layer = writer._add_object(
        DictionaryObject(
            {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Draft")}
        )
    )
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/L1"): layer})
    state = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    if all_but_named:
        state = DictionaryObject(
            {NameObject("/BaseState"): NameObject("/OFF"), NameObject("/ON"): ArrayObject()}
        )
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): state}
    )
    return finish(writer)


def reader_form() -> bytes:
    """Return a form whose pages only Adobe Reader can build."""
    writer = PdfWriter()
    add_page(writer, "BT /F1 36 Tf 60 700 Td (Wait) Tj ET")
    template = writer._add_object(_stream("<xdp:xdp/>"))
    writer.root_object[NameObject("/NeedsRendering")] = BooleanObject(True)
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): template}
    )
    return finish(writer)


def _annotation(kind: str, place: tuple[float, float, float, float]) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/Rect"): ArrayObject([FloatObject(edge) for edge in place]),
            NameObject("/F"): NumberObject(4),
        }
    )


def _appear(writer: PdfWriter, annotation: DictionaryObject, content: str, size: tuple[float, float]) -> None:
    look = _stream(content)
    look[NameObject("/Type")] = NameObject("/XObject")
    look[NameObject("/Subtype")] = NameObject("/Form")
    look[NameObject("/BBox")] = ArrayObject([FloatObject(edge) for edge in (0, 0, *size)])
    annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})


def _stream(content: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content.encode())
    return stream
