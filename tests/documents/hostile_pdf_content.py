"""PDFs whose pages are sound to open and terrible to draw."""

import zlib
from typing import Final

from ifax_desktop.documents.protocol import MEGABYTE, Reason
from tests.documents import samples
from tests.documents.hostile import TOO_LONG, Hostile
from tests.documents.raw_pdf import WORDS, bomb, deflated, drawing, one_page, stream

_FLATE: Final = b"/Filter/FlateDecode"
_FORM: Final = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
_GIGABYTE: Final = 1024 * MEGABYTE


def _content_bomb(size: int) -> bytes:
    return one_page(stream(bomb(size, ord(" ")), _FLATE))


def _bomb_in_a_bomb() -> bytes:
    twice = zlib.compress(zlib.compress(bomb(_GIGABYTE, ord(" ")), 9), 9)
    return one_page(stream(twice, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def _hundred_filters() -> bytes:
    data = WORDS
    for _ in range(100):
        data = zlib.compress(data, 0)
    return one_page(stream(data, b"/Filter[" + b"/FlateDecode" * 100 + b"]"))


def _run_length_bomb() -> bytes:
    lengths = b"\x81 " * (400 * MEGABYTE // 128)
    return one_page(stream(zlib.compress(lengths, 9), b"/Filter[/FlateDecode/RunLengthDecode]"))


def _wide_predictor() -> bytes:
    words = b"/DecodeParms<</Predictor 15/Colors 2147483647/BitsPerComponent 16/Columns 2147483647>>"
    return one_page(deflated(WORDS, words))


def _image(data: bytes, words: bytes, *more: bytes) -> bytes:
    return drawing(
        b"q 612 0 0 792 0 0 cm /I Do Q",
        stream(data, b"/Type/XObject/Subtype/Image" + words),
        *more,
        resources=b"/XObject<</I 6 0 R>>",
    )


def _image_bomb(side: int, bits: int, space: bytes, bands: int) -> bytes:
    size = (side * bits * bands + 7) // 8 * side
    words = b"/Width %d/Height %d/BitsPerComponent %d/ColorSpace/%s" % (side, side, bits, space)
    return _image(zlib.compress(bomb(size, 0x55), 9), words + b"/Filter[/FlateDecode/FlateDecode]")


def _coded_junk(coder: bytes) -> bytes:
    return _image(
        samples.RUBBISH, b"/Width 1000/Height 1000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/" + coder
    )


def _masks_in_a_circle() -> bytes:
    words = b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 6 0 R"
    return _image(bytes(81), words)


def _form_in_itself() -> bytes:
    form = stream(b"/X Do", _FORM + b"/Resources<</XObject<</X 6 0 R>>>>")
    return drawing(b"/X Do", form, resources=b"/XObject<</X 6 0 R>>")


def _ten_forms_in_ten(levels: int) -> bytes:
    """Each form draws the next one ten times."""
    forms = [
        stream(b"/X Do " * 10, _FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % (number + 1))
        for number in range(6, 6 + levels)
    ]
    return drawing(b"/X Do", *forms, stream(b"0 0 9 9 re f", _FORM), resources=b"/XObject<</X 6 0 R>>")


def _groups_in_groups(levels: int) -> bytes:
    """Transparent groups of the size of the page, each in the next."""
    group = _FORM + b"/Group<</S/Transparency/I true/K true>>"
    forms = [
        stream(
            b"/G gs /X Do", group + b"/Resources<</ExtGState<</G<</ca .5>>>>/XObject<</X %d 0 R>>>>" % (n + 1)
        )
        for n in range(6, 6 + levels)
    ]
    return drawing(b"/X Do", *forms, stream(b"0 0 9 9 re f", group), resources=b"/XObject<</X 6 0 R>>")


def _soft_mask_of_itself() -> bytes:
    state = b"<</Type/ExtGState/SMask<</S/Luminosity/G 7 0 R>>>>"
    form = stream(
        b"/G gs 0 0 600 700 re f",
        _FORM + b"/Group<</S/Transparency/CS/DeviceGray>>/Resources<</ExtGState<</G 6 0 R>>>>",
    )
    return drawing(b"/G gs 0 0 600 700 re f", state, form, resources=b"/ExtGState<</G 6 0 R>>")


def _pattern(content: bytes, step: bytes, box: bytes) -> bytes:
    words = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox%s/XStep %s/YStep %s" % (
        box,
        step,
        step,
    )
    return drawing(
        b"/Pattern cs /P scn 0 0 612 792 re f",
        stream(content, words + b"/Resources<</Pattern<</P 6 0 R>>>>"),
        resources=b"/Pattern<</P 6 0 R>>",
    )


def _font(words: bytes, *more: bytes) -> bytes:
    content = b"BT /F2 36 Tf 60 700 Td (Words) Tj ET"
    return drawing(content, b"<</Type/Font%s>>" % words, *more, resources=b"/Font<</F2 6 0 R>>")


def _broken_font(key: bytes) -> bytes:
    return _font(
        b"/Subtype/TrueType/BaseFont/Broken/FontDescriptor 7 0 R",
        b"<</Type/FontDescriptor/FontName/Broken/Flags 4/%s 8 0 R>>" % key,
        deflated(b"\0\1\0\0\0\x20" + samples.RUBBISH * 20),
    )


def _type3_in_itself() -> bytes:
    return _font(
        b"/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 7 0 R>>"
        b"/Encoding<</Differences[0"
        + b"/a" * 255
        + b"]>>/FirstChar 0/LastChar 254/Widths["
        + b"1 " * 255
        + b"]"
        b"/Resources<</Font<</F2 6 0 R>>>>",
        stream(b"1 0 d0 BT /F2 1 Tf (aaaaaaaaaa) Tj ET"),
    )


def _odd_names() -> bytes:
    name = "/Fo\N{RIGHT-TO-LEFT OVERRIDE}nt\N{PILE OF POO}#00#ff".encode() + b"\xff\xfe\x00"[:2]
    return drawing(
        b"BT " + name + b" 36 Tf 60 700 Td (Words) Tj ET", resources=b"/Font<<" + name + b" 5 0 R>>"
    )


def _notes(count: int) -> bytes:
    note = b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]/F 4/AP<</N 7 0 R>>>>"
    look = stream(b"/X Do", _FORM + b"/Resources<</XObject<</X 7 0 R>>>>")
    return one_page(stream(WORDS), note, look, page=b"/Annots[" + b"6 0 R " * count + b"]")


def _fields_in_a_circle() -> bytes:
    field = b"<</FT/Tx/T(a)/V(b)/DA(/F1 9 Tf)/Kids[6 0 R 6 0 R]/Parent 6 0 R/Type/Annot/Subtype/Widget/Rect[0 0 9 9]>>"
    form = b"/AcroForm<</Fields[6 0 R]/NeedAppearances true>>"
    return one_page(stream(WORDS), field, catalog=form, page=b"/Annots[6 0 R]")


def _launches() -> bytes:
    action = b"/OpenAction<</S/Launch/F(calc.exe)/Win<</F(calc.exe)/P(/c)>>>>/AA<</O<</S/GoToR/F(\\\\\\\\evil\\\\x)>>>>"
    return one_page(stream(WORDS), catalog=action)


def _calculated_shading() -> bytes:
    """A colour for each dot, from a program in loops of 100,000 steps."""
    program = b"{" + b"dup mul 0.5 add " * 100_000 + b"}"
    shading = (
        b"<</ShadingType 1/ColorSpace/DeviceGray/Domain[0 1 0 1]/Matrix[612 0 0 792 0 0]/Function 7 0 R>>"
    )
    function = deflated(program, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]")
    return drawing(b"/S sh", shading, function, resources=b"/Shading<</S 6 0 R>>")


BOMBS: Final = (
    Hostile("content-of-1-gb.pdf", lambda: _content_bomb(_GIGABYTE), 1, Reason.STOPPED),
    Hostile("content-of-100-mb.pdf", lambda: _content_bomb(100 * MEGABYTE), 1),
    Hostile("bomb-in-a-bomb.pdf", _bomb_in_a_bomb, 1, Reason.STOPPED),
    Hostile("hundred-filters.pdf", _hundred_filters, 1),
    Hostile("run-length-bomb.pdf", _run_length_bomb, 1),
    Hostile("wide-predictor.pdf", _wide_predictor, 1),
    Hostile("picture-of-50000-by-50000.pdf", lambda: _image_bomb(50_000, 1, b"DeviceGray", 1), 1),
    Hostile("picture-of-12000-by-12000-in-16-bits.pdf", lambda: _image_bomb(12_000, 16, b"DeviceRGB", 3), 1),
    Hostile("picture-jbig2-junk.pdf", lambda: _coded_junk(b"JBIG2Decode"), 1),
    Hostile("picture-jpx-junk.pdf", lambda: _coded_junk(b"JPXDecode"), 1),
    Hostile("picture-jpeg-junk.pdf", lambda: _coded_junk(b"DCTDecode"), 1),
    Hostile("picture-g4-junk.pdf", lambda: _coded_junk(b"CCITTFaxDecode"), 1),
    Hostile("picture-masked-by-itself.pdf", _masks_in_a_circle, 1),
)

DRAWINGS: Final = (
    Hostile("million-lines.pdf", lambda: drawing(b"0 0 m 612 792 l S\n" * 1_000_000), 1, TOO_LONG, slow=True),
    Hostile("million-unknown-words.pdf", lambda: drawing(b"1 2 foo " * 1_000_000), 1),
    Hostile("million-states-deep.pdf", lambda: drawing(b"q " * 1_000_000 + WORDS), 1),
    Hostile("million-lists-deep.pdf", lambda: drawing(b"[" * 1_000_000), 1),
    Hostile("string-of-5-mb.pdf", lambda: drawing(b"BT /F1 9 Tf (" + b"W" * 5_000_000 + b") Tj ET"), 1),
    Hostile("dashes-of-nothing.pdf", lambda: drawing(b"[0.00001] 0 d 0 0 m 612 792 l S " * 20), 1),
    Hostile("clips-in-clips.pdf", lambda: drawing(b"0 0 612 792 re W n " * 300_000), 1),
    Hostile("form-in-itself.pdf", _form_in_itself, 1),
    Hostile("forms-ten-in-ten.pdf", lambda: _ten_forms_in_ten(9), 1, Reason.STOPPED),
    Hostile("groups-in-groups.pdf", lambda: _groups_in_groups(200), 1),
    Hostile("mask-of-itself.pdf", _soft_mask_of_itself, 1),
    Hostile(
        "pattern-in-itself.pdf",
        lambda: _pattern(b"/Pattern cs /P scn 0 0 9 9 re f", b"9", b"[0 0 9 9]"),
        1,
        TOO_LONG,
        slow=True,
    ),
    Hostile(
        "pattern-of-nothing.pdf",
        lambda: _pattern(b"0 0 1 1 re f", b"0.001", b"[0 0 1 1]"),
        1,
        TOO_LONG,
        slow=True,
    ),
    Hostile("pattern-of-a-mile.pdf", lambda: _pattern(b"0 0 1 1 re f", b"1e9", b"[0 0 1e9 1e9]"), 1),
    Hostile("shading-by-a-program.pdf", _calculated_shading, 1, TOO_LONG, slow=True),
)

FONTS: Final = (
    Hostile("font-missing.pdf", lambda: drawing(b"BT /Nowhere 36 Tf 60 700 Td (Words) Tj ET"), 1),
    Hostile("font-by-name-only.pdf", lambda: _font(b"/Subtype/TrueType/BaseFont/NobodyHasThisFont"), 1),
    Hostile("font-truetype-broken.pdf", lambda: _broken_font(b"FontFile2"), 1),
    Hostile("font-type1-broken.pdf", lambda: _broken_font(b"FontFile"), 1),
    Hostile("font-cff-broken.pdf", lambda: _broken_font(b"FontFile3"), 1),
    Hostile("font-in-itself.pdf", _type3_in_itself, 1),
    Hostile("font-of-odd-name.pdf", _odd_names, 1),
)

EXTRAS: Final = (
    Hostile("scripts-and-attachments.pdf", samples.dangerous, 1),
    Hostile("launches-a-program.pdf", _launches, 1),
    Hostile("form-for-a-reader.pdf", samples.reader_form, Reason.READER_FORM),
    Hostile("notes-500.pdf", lambda: _notes(500), 1),
    Hostile("fields-in-a-circle.pdf", _fields_in_a_circle, 1),
)

FILES: Final = BOMBS + DRAWINGS + FONTS + EXTRAS
