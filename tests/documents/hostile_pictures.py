"""Pictures that lie about their size, are cut off, or never end."""

import io
import struct
import zlib
from functools import partial
from pathlib import Path
from typing import Final

from PIL import Image

from ifax_desktop.documents.protocol import Reason
from tests.documents import samples
from tests.documents.hostile import Hostile
from tests.documents.raw_pdf import bomb

_HEIC: Final = Path(__file__).parent / "files" / "libheif.heic"


def _saved(form: str, size: tuple[int, int] = (120, 90), **how: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, form, **how)
    return out.getvalue()


def _half(document: bytes) -> bytes:
    return document[: len(document) // 2]


def _half_a(form: str) -> bytes:
    return _half(_saved(form))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, data: bytes, bits: int = 8, colours: int = 2, before: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    body = _chunk(b"IHDR", head) + before + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _white_png(width: int, height: int) -> bytes:
    """A real picture in 1 bit, black as a whole."""
    return _png(width, height, bomb((1 + (width + 7) // 8) * height), 1, 0)


def _tiff(width: int, height: int, following: int, strips: int = 1, data: bytes = b"\0") -> bytes:
    """A page of grey dots; `following` is where the next one stands."""
    return b"II*\0\x08\0\0\0" + _directory(8, width, height, following, strips) + data


def _directory(at: int, width: int, height: int, following: int, strips: int = 1) -> bytes:
    rows = [
        (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
        (273, 4, 8), (278, 4, height), (279, 4, strips),
    ]  # fmt: skip
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in rows)
    return struct.pack("<H", len(rows)) + entries + struct.pack("<I", following)


def _tiff_pages(count: int) -> bytes:
    size = len(_directory(0, 1, 1, 0))
    places = [8 + size * number for number in range(count)]
    return b"II*\0\x08\0\0\0" + b"".join(
        _directory(at, 1, 1, at + size if number + 1 < count else 0) for number, at in enumerate(places)
    )


def _absurd_exif() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 99
    exif[0x011A] = 4e9
    exif[0x010F] = "x" * 20_000
    made = _saved("JPEG", exif=exif)
    # The rational of the resolution becomes one over nothing, and the tables point to each other.
    return made.replace(struct.pack(">II", 4_000_000_000, 1), struct.pack(">II", 1, 0))


def _claims_jpeg(width: int, height: int) -> bytes:
    made = _saved("JPEG")
    at = made.index(b"\xff\xc0") + 5
    return made[:at] + struct.pack(">HH", height, width) + made[at + 4 :]


def _gif_frames(count: int) -> bytes:
    one = _saved("GIF", (1, 1))
    begin = one.index(b"\x2c")
    return one[:begin] + one[begin:-1] * count + b";"


def _claims_gif() -> bytes:
    made = _saved("GIF")
    return made[:6] + b"\xff\xff\xff\xff" + made[10:]


def _animated_webp() -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("RGB", (40, 40), (level, 0, 0)) for level in range(0, 250, 5)]
    pictures[0].save(out, "WEBP", save_all=True, append_images=pictures[1:], lossless=True)
    return out.getvalue()


def _claims_webp() -> bytes:
    words = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + b"\xff\xff\xff" * 2
    return b"RIFF" + struct.pack("<I", 4 + len(words)) + b"WEBP" + words


def _claims_bmp() -> bytes:
    made = _saved("BMP")
    return made[:18] + struct.pack("<ii", 30_000, 30_000) + made[26:]


def _claims_heic() -> bytes:
    made = _HEIC.read_bytes()
    at = made.index(b"ispe") + 8
    return made[:at] + struct.pack(">II", 0x7FFFFFFF, 0x7FFFFFFF) + made[at + 8 :]


def _rubbish_within(form: str) -> bytes:
    made = _saved(form)
    middle = len(made) // 2
    return made[:middle] + samples.RUBBISH[:middle] + made[middle * 2 :]


_DAMAGED: Final = Reason.PICTURE_DAMAGED
_TOO_LARGE: Final = Reason.PICTURE_TOO_LARGE

CUT_OFF: Final = (
    *(
        Hostile(f"half-of-it.{form.lower()}", partial(_half_a, form), _DAMAGED)
        for form in ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")
    ),
    Hostile("half-of-it.heic", lambda: _half(_HEIC.read_bytes()), _DAMAGED),
    Hostile("rubbish-within.jpg", lambda: _rubbish_within("JPEG"), _DAMAGED),
    Hostile("rubbish-within.png", lambda: _rubbish_within("PNG"), _DAMAGED),
    Hostile("only-the-first-bytes.png", lambda: b"\x89PNG\r\n\x1a\n", _DAMAGED),
    Hostile("only-the-first-bytes.tif", lambda: b"II*\0", _DAMAGED),
    Hostile("a-film.heic", lambda: struct.pack(">I", 24) + b"ftypmp42" + bytes(900), _DAMAGED),
)

LIES: Final = (
    Hostile("100000-by-100000.png", lambda: _png(100_000, 100_000, zlib.compress(bytes(999))), _TOO_LARGE),
    Hostile("2147483647-by-2147483647.png", lambda: _png(2**31 - 1, 2**31 - 1, b""), _TOO_LARGE),
    Hostile("40000-by-40000.png", lambda: _white_png(40_000, 40_000), _TOO_LARGE),
    Hostile("6000-by-6000.png", lambda: _white_png(6_000, 6_000), 1),
    Hostile("no-size.png", lambda: _png(0, 0, b""), _DAMAGED),
    Hostile(
        "bomb-in-a-note.png",
        lambda: _png(1, 1, zlib.compress(b"\0abc"), before=_chunk(b"zTXt", b"a\0\0" + bomb(1 << 30))),
        _DAMAGED,
    ),
    Hostile(
        "bomb-in-a-profile.png",
        lambda: _png(1, 1, zlib.compress(b"\0abc"), before=_chunk(b"iCCP", b"a\0\0" + bomb(1 << 30))),
        _DAMAGED,
    ),
    Hostile("1-by-65000.png", lambda: _white_png(1, 65_000), 1),
    Hostile("65000-by-1.png", lambda: _white_png(65_000, 1), 1),
    Hostile("20000-by-20000.jpg", lambda: _claims_jpeg(20_000, 20_000), 1),
    Hostile("65535-by-65535.gif", _claims_gif, _TOO_LARGE),
    Hostile("16777216-by-16777216.webp", _claims_webp, _DAMAGED),
    Hostile("30000-by-30000.bmp", _claims_bmp, _TOO_LARGE),
    Hostile("2147483647-by-2147483647.heic", _claims_heic, _TOO_LARGE),
    Hostile("60000-by-60000.tif", lambda: _tiff(60_000, 60_000, 0), _TOO_LARGE),
    Hostile("strips-beyond-the-end.tif", lambda: _tiff(100, 100, 0, strips=2**32 - 1), _DAMAGED),
    Hostile("absurd-notes.jpg", _absurd_exif, 1),
)

ENDLESS: Final = (
    Hostile("pages-in-a-circle.tif", lambda: _tiff(1, 1, 8), 1),
    Hostile("pages-100000.tif", lambda: _tiff_pages(100_000), Reason.TOO_MANY_PAGES),
    Hostile("pages-2000.tif", lambda: _tiff_pages(2000), 2000),
    Hostile("pictures-100000.gif", lambda: _gif_frames(100_000), 1),
    Hostile("pictures-50.webp", _animated_webp, 1),
)

NAMES: Final = (
    Hostile("is-a-png.jpg", lambda: _saved("PNG"), 1),
    Hostile("is-a-picture.pdf", lambda: _saved("JPEG"), 1),
    Hostile("is-a-pdf.png", samples.letter, 1),
)

FILES: Final = CUT_OFF + LIES + ENDLESS + NAMES
