"""PDFs written byte by byte, as no library would write them."""

import zlib
from collections.abc import Sequence

_CHUNK = 1 << 20
_ADLER = 65521

LETTER = b"[0 0 612 792]"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F1 36 Tf 60 700 Td (Words) Tj ET"


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R", shift: int = 0) -> bytes:
    """Return a file of these objects, numbered from 1; the table at its end is wrong by `shift` bytes."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out) + shift)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out) + shift
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, words: bytes = b"", length: int | None = None) -> bytes:
    """Return a stream object; `length` is what it claims to be long."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (
        words,
        len(data) if length is None else length,
        data,
    )


def deflated(data: bytes, words: bytes = b"") -> bytes:
    """Return a compressed stream object."""
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + words)


def one_page(
    content: bytes,
    *more: bytes,
    resources: bytes = b"/Font<</F1 5 0 R>>",
    box: bytes = LETTER,
    page: bytes = b"",
    catalog: bytes = b"",
    trailer: bytes = b"/Root 1 0 R",
) -> bytes:
    """Return a file of one page; `content` is its stream object, number 4; 5 is Helvetica, `more` begins at 6."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<<%s>>%s>>" % (box, resources, page),
        content,
        HELVETICA,
        *more,
        trailer=trailer,
    )


def drawing(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """Return a file of one page with this content, compressed."""
    return one_page(deflated(content), *more, resources=b"/Font<</F1 5 0 R>>" + resources)


def tree(kids: Sequence[bytes], *more: bytes, count: int | None = None, pages: bytes = b"") -> bytes:
    """Return a file whose page tree has these kids; 3 is a page, `more` begins at 6."""
    claimed = len(kids) if count is None else count
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d%s>>" % (b" ".join(kids), claimed, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % LETTER,
        stream(WORDS),
        HELVETICA,
        *more,
    )


def bomb(size: int, byte: int = 0) -> bytes:
    """Return what zlib unpacks to `size` times the same byte, 1000 times as long, without ever holding that."""
    chunk = bytes([byte]) * _CHUNK
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    whole, rest = divmod(size, _CHUNK)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    end = packer.compress(chunk[:rest]) + packer.flush(zlib.Z_FINISH)
    low = (1 + byte * size) % _ADLER
    high = (size + byte * size * (size + 1) // 2) % _ADLER
    return b"\x78\xda" + piece * whole + end + ((high << 16) | low).to_bytes(4, "big")
