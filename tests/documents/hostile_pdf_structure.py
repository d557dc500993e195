"""PDFs that are locked, cut off, or built in circles."""

import io
import zlib
from functools import partial
from typing import Final

from pypdf import PdfWriter

from ifax_desktop.documents.protocol import Reason
from tests.documents import samples
from tests.documents.hostile import Hostile, Outcome
from tests.documents.raw_pdf import LETTER, WORDS, one_page, pdf, stream, tree

_LETTER: Final = samples.letter("One", "Two", "Three")


def _locked(algorithm: str, user: str = "open sesame") -> bytes:
    writer = PdfWriter()
    samples.add_page(writer, "BT /F1 36 Tf 60 700 Td (Secret) Tj ET")
    writer.encrypt(user, "of the owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _cut_off(percent: int) -> bytes:
    return _LETTER[: len(_LETTER) * percent // 100]


def _unknown_lock() -> bytes:
    encrypt = b"/Encrypt<</Filter/Nobody.Knows/V 99/R 99/Length 128>>/ID[<00><00>]"
    return one_page(stream(WORDS), trailer=b"/Root 1 0 R" + encrypt)


def _deep_tree(levels: int) -> bytes:
    """A page at the end of a long line of nodes with one kid each."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, levels)]
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox%s>>" % LETTER)


def _wide_tree() -> bytes:
    """Ten nodes in ten in ten, six times, all the same node: a million pages in a small file."""
    nodes = [b"<</Type/Pages/Kids[%s]/Count 1000000>>" % (b"%d 0 R " % (n + 1) * 10) for n in range(2, 8)]
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox%s>>" % LETTER)


def _earlier_table_is_this_one() -> bytes:
    made = one_page(stream(WORDS))
    start = made.rindex(b"xref\n0")
    return made.replace(b"trailer\n<<", b"trailer\n<</Prev %d " % start)


def _objects_in_a_circle() -> bytes:
    """A stream of objects that holds itself, and extends itself."""
    inside = b"4 0 5 30 <</Type/Catalog/Pages 5 0 R>>   <</Type/Pages/Kids[4 0 R]/Count 1>>"
    held = zlib.compress(inside)
    words = b"/Type/ObjStm/N 2/First 9/Extends 1 0 R/Filter/FlateDecode"
    out = b"%PDF-1.7\n"
    first = len(out)
    out += b"1 0 obj\n" + stream(held, words) + b"\nendobj\n"
    start = len(out)
    rows = [(0, 0, 0), (1, first, 0), (1, start, 0), (0, 0, 0), (2, 1, 0), (2, 1, 1), (2, 6, 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([at]) for kind, place, at in rows)
    return (
        out
        + b"2 0 obj\n"
        + stream(table, b"/Type/XRef/Size 7/W[1 4 1]/Root 4 0 R/Prev %d" % start)
        + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    )


def _length_in_a_circle() -> bytes:
    content = b"<</Length 4 0 R>>\nstream\n" + WORDS + b"\nendstream"
    return one_page(content)


def _nested(opening: bytes, closing: bytes, depth: int) -> bytes:
    return one_page(stream(WORDS), catalog=b"/Deep " + opening * depth + closing * depth)


def _linear_junk() -> bytes:
    words = b"<</Linearized 1/L 99999999/H[1 99999999]/O 77/E 5/N 4294967295/T 8>>"
    return pdf(words, *[b"null"] * 3).replace(b"/Root 1 0 R", b"/Root 9 0 R")


def _box(box: bytes, page: bytes = b"") -> bytes:
    return one_page(stream(WORDS), box=box, page=page)


def _lies_about_pages() -> bytes:
    return tree([b"3 0 R"], count=-5)


_DAMAGED: Final = Reason.DAMAGED
_PAGE: Final = Reason.PAGE_DAMAGED
_CUTS: Final[dict[int, Outcome]] = {
    1: _DAMAGED,
    10: _DAMAGED,
    40: _DAMAGED,
    70: _DAMAGED,
    90: _DAMAGED,
    99: 3,
}
"""How much of a PDF is left in percent, and what can still be read of it."""

LOCKED: Final = (
    *(
        Hostile(f"locked-{algorithm.lower()}.pdf", partial(_locked, algorithm), Reason.LOCKED)
        for algorithm in ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")
    ),
    Hostile("locked-for-changes-rc4.pdf", lambda: _locked("RC4-40", ""), 1),
    Hostile("locked-for-changes-aes.pdf", lambda: _locked("AES-256", ""), 1),
    Hostile("locked-by-nobody-knows.pdf", _unknown_lock, Reason.LOCKED),
)

CUT_OFF: Final = (
    *(
        Hostile(f"cut-off-at-{part}-percent.pdf", partial(_cut_off, part), comes)
        for part, comes in _CUTS.items()
    ),
    Hostile("empty.pdf", bytes, Reason.EMPTY),
    Hostile("only-a-header.pdf", lambda: b"%PDF-1.7\n", _DAMAGED),
    Hostile("only-the-end.pdf", lambda: b"%PDF-1.7\nstartxref\n9\n%%EOF", _DAMAGED),
    Hostile("header-late.pdf", lambda: b"\r\n" * 400 + _LETTER, 3),
    Hostile("table-shifted.pdf", lambda: tree([b"3 0 R"]).replace(b"0000000", b"0000009"), 1),
    Hostile("table-of-rubbish.pdf", lambda: tree([b"3 0 R"])[:-400] + samples.RUBBISH + b"%%EOF", _DAMAGED),
    Hostile("no-catalog.pdf", lambda: tree([b"3 0 R"]).replace(b"/Root 1 0 R", b"/Root 99 0 R"), _DAMAGED),
)

CIRCLES: Final = (
    Hostile("pages-in-a-circle.pdf", lambda: tree([b"2 0 R", b"3 0 R"]), 2),
    Hostile("pages-their-own-parent.pdf", lambda: tree([b"3 0 R"], pages=b"/Parent 2 0 R"), 1),
    Hostile("pages-10000-deep.pdf", lambda: _deep_tree(10_000), 1, _PAGE),
    Hostile("pages-ten-in-ten.pdf", _wide_tree, Reason.TOO_MANY_PAGES),
    Hostile("pages-100000-claimed.pdf", lambda: tree([b"3 0 R"], count=100_000), Reason.TOO_MANY_PAGES),
    Hostile("pages-100000-real.pdf", lambda: tree([b"3 0 R"] * 100_000), Reason.TOO_MANY_PAGES),
    Hostile("pages-2000-shared.pdf", lambda: tree([b"3 0 R"] * 2000), 2000),
    Hostile("pages-less-than-none.pdf", _lies_about_pages, 1),
    Hostile("pages-are-no-pages.pdf", lambda: tree([b"5 0 R", b"1 0 R"]), 2, _PAGE),
    Hostile("table-in-a-circle.pdf", _earlier_table_is_this_one, 1),
    Hostile("objects-in-a-circle.pdf", _objects_in_a_circle, 1, _PAGE),
    Hostile("length-in-a-circle.pdf", _length_in_a_circle, 1),
    Hostile("lists-100000-deep.pdf", lambda: _nested(b"[", b"]", 100_000), 1),
    Hostile("words-100000-deep.pdf", lambda: _nested(b"<</A", b">>", 100_000), 1),
    Hostile("linear-junk.pdf", _linear_junk, _DAMAGED),
)

SIZES: Final = (
    Hostile("1-by-200-inches.pdf", lambda: _box(b"[0 0 72 14400]"), 1),
    Hostile("200-by-1-inches.pdf", lambda: _box(b"[0 0 14400 72]"), 1),
    Hostile("no-size.pdf", lambda: _box(b"[0 0 0 0]"), 1),
    Hostile("upside-down-box.pdf", lambda: _box(b"[612 792 0 0]"), 1),
    Hostile("negative-box.pdf", lambda: _box(b"[-1e5 -1e5 -99388 -99208]"), 1),
    Hostile("box-of-no-numbers.pdf", lambda: _box(b"[nan -inf 1e999 (x)]"), 1),
    Hostile("box-of-1e9.pdf", lambda: _box(b"[0 0 1000000000 1000000000]"), 1),
    Hostile("box-of-1e-9.pdf", lambda: _box(b"[0 0 0.000000001 0.000000001]"), 1),
    Hostile("box-1e9-wide.pdf", lambda: _box(b"[0 0 1000000000 1]"), 1),
    Hostile("box-1e9-high.pdf", lambda: _box(b"[0 0 1 1000000000]"), 1),
    Hostile("units-of-a-mile.pdf", lambda: _box(LETTER, b"/UserUnit 4561920"), 1),
    Hostile("turned-by-45.pdf", lambda: _box(LETTER, b"/Rotate 45"), 1),
    Hostile("turned-by-1e9.pdf", lambda: _box(LETTER, b"/Rotate 1000000090"), 1),
    Hostile("crop-box-outside.pdf", lambda: _box(LETTER, b"/CropBox[9000 9000 9100 9100]"), 1),
)

FILES: Final = LOCKED + CUT_OFF + CIRCLES + SIZES
