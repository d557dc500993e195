"""The documents the page benchmarks work on, made by chance from a seed: letters, scans, slides, and what is on each page.

The words of every page are known, so that what is printed of it can be read back and counted.
"""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

_ROOT: Final = Path(__file__).parents[2]
_FONT: Final = _ROOT / "resources" / "fonts" / "NotoSans-Regular.ttf"
_WORDS: Final = tuple(
    word
    for word in (_ROOT / "CONTRIBUTING.md").read_text("utf-8").split()
    if word.isalpha() and word.isascii() and len(word) > 1
)
_LETTER: Final = (612, 792)
_DPI: Final = 300


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A PDF and the words on each of its pages."""

    name: str
    pdf: bytes
    pages: tuple[tuple[str, ...], ...]


def letters(name: str, pages: int, points: float = 11, seed: int = 1) -> OfficeFile:
    """Pages full of writing."""
    chance, made = random.Random(seed), _Pdf()
    leading = points * 1.35
    truth = []
    for _ in range(pages):
        lines = _lines(chance, int(640 / leading), int(470 / (points * 3.4)))
        truth.append(_words(lines))
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        made.add(f"BT /F1 {points:g} Tf {leading:g} TL 72 720 Td {shown} ET")
    return OfficeFile(name, made.finish(), tuple(truth))


def scans(name: str, pages: int, *, ground: int | None = None, ink: int = 45, seed: int = 2) -> OfficeFile:
    """Pages from a scanner: a little crooked, blurred and noisy, darker towards the foot; perhaps on a grey `ground`."""
    chance, made = random.Random(seed), _Pdf()
    truth = []
    for _ in range(pages):
        lines = _lines(chance, 40, 13)
        truth.append(_words(lines))
        made.add("q 612 0 0 792 0 0 cm /I Do Q", picture=_scan(chance, lines, ground, ink))
    return OfficeFile(name, made.finish(), tuple(truth))


def slides(name: str, pages: int, seed: int = 3) -> OfficeFile:
    """Lying pages with a dark title, a chart of coloured bars, and a photograph on every other one."""
    chance, made = random.Random(seed), _Pdf()
    truth = []
    for page in range(pages):
        lines = _lines(chance, 6, 6)
        truth.append(_words(lines))
        shown = " ".join(f"({line}) Tj T*" for line in lines[1:])
        content = (
            "0.12 0.2 0.45 rg 0 440 960 100 re f 0.93 0.95 1 rg 0 0 960 440 re f"
            f" 1 g BT /F1 34 Tf 40 475 Td ({lines[0]}) Tj ET"
            f" 0.1 g BT /F1 22 Tf 34 TL 40 380 Td {shown} ET "
        )
        for bar in range(6):
            colour = " ".join(f"{chance.random():.2f}" for _ in range(3))
            content += f"{colour} rg {60 + 70 * bar} 40 60 {chance.randint(30, 140)} re f "
        photo = _photo(chance) if page % 2 == 0 else None
        made.add(content + ("q 400 0 0 300 530 40 cm /I Do Q" if photo else ""), (960, 540), photo)
    return OfficeFile(name, made.finish(), tuple(truth))


def _lines(chance: random.Random, lines: int, words: int) -> list[str]:
    return [" ".join(chance.choice(_WORDS) for _ in range(words)) for _ in range(lines)]


def _words(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


def _scan(chance: random.Random, lines: Sequence[str], ground: int | None, ink: int) -> Image.Image:
    size = (2550, 3300)
    page = Image.new("L", size, 235)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(_FONT), 11 * _DPI / 72)
    if ground is not None:
        draw.rectangle((200, 200, size[0] - 200, size[1] - 200), fill=ground)
    for number, line in enumerate(lines):
        draw.text((300, 300 + number * 11 * 1.35 * _DPI / 72), line, fill=ink, font=font)
    turned = page.rotate(chance.uniform(-0.7, 0.7), Image.Resampling.BICUBIC, fillcolor=235)
    noisy = ImageChops.add(turned.filter(ImageFilter.GaussianBlur(1.2)), Image.effect_noise(size, 5), 1, -128)
    shade = Image.linear_gradient("L").resize(size).point([255 - value // 8 for value in range(256)])
    return ImageChops.multiply(noisy, shade).convert("RGB")


def _photo(chance: random.Random) -> Image.Image:
    size = (1200, 900)
    shape = Image.effect_mandelbrot(size, (-1.5 + chance.random() * 0.2, -1, 0.5, 1), 60).convert("L")
    light = Image.radial_gradient("L").resize(size)
    grain = Image.effect_noise(size, 30).filter(ImageFilter.GaussianBlur(3))
    bands = (Image.blend(shape, light, 0.6), Image.blend(light, grain, 0.5), Image.blend(shape, grain, 0.6))
    return Image.merge("RGB", bands).filter(ImageFilter.GaussianBlur(2))


class _Pdf:
    """A PDF with its font in it."""

    def __init__(self) -> None:
        self._writer = PdfWriter()
        self._font = self._add_font()

    def add(self, content: str, size: tuple[int, int] = _LETTER, picture: Image.Image | None = None) -> None:
        """Add a page that draws `content`, with the picture as /I."""
        page = self._writer.add_blank_page(*size)
        resources = {"/Font": _dictionary({"/F1": self._font})}
        if picture is not None:
            resources["/XObject"] = _dictionary({"/I": self._add_picture(picture)})
        page[NameObject("/Resources")] = _dictionary(resources)
        stream = DecodedStreamObject()
        stream.set_data(content.encode("latin-1"))
        page[NameObject("/Contents")] = self._writer._add_object(stream.flate_encode())

    def finish(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._writer.write(out)
        return out.getvalue()

    def _add_picture(self, picture: Image.Image) -> IndirectObject:
        coded = io.BytesIO()
        picture.save(coded, "JPEG", quality=80)
        stream = StreamObject()
        stream._data = coded.getvalue()
        stream.update(
            _dictionary(
                {
                    "/Type": NameObject("/XObject"),
                    "/Subtype": NameObject("/Image"),
                    "/Width": NumberObject(picture.width),
                    "/Height": NumberObject(picture.height),
                    "/ColorSpace": NameObject("/DeviceRGB"),
                    "/BitsPerComponent": NumberObject(8),
                    "/Filter": NameObject("/DCTDecode"),
                }
            )
        )
        return self._writer._add_object(stream)

    def _add_font(self) -> IndirectObject:
        data = _FONT.read_bytes()
        measured = ImageFont.truetype(str(_FONT), 1000)
        stream = DecodedStreamObject()
        stream.set_data(data)
        packed = stream.flate_encode()
        packed[NameObject("/Length1")] = NumberObject(len(data))
        descriptor = _dictionary(
            {
                "/Type": NameObject("/FontDescriptor"),
                "/FontName": NameObject("/NotoSans"),
                "/Flags": NumberObject(32),
                "/FontBBox": ArrayObject([NumberObject(value) for value in (-600, -400, 3000, 1200)]),
                "/ItalicAngle": NumberObject(0),
                "/Ascent": NumberObject(1069),
                "/Descent": NumberObject(-293),
                "/CapHeight": NumberObject(714),
                "/StemV": NumberObject(80),
                "/FontFile2": self._writer._add_object(packed),
            }
        )
        letters_ = [bytes([code]).decode("cp1252", "replace") for code in range(32, 256)]
        widths = ArrayObject([NumberObject(round(measured.getlength(letter))) for letter in letters_])
        return self._writer._add_object(
            _dictionary(
                {
                    "/Type": NameObject("/Font"),
                    "/Subtype": NameObject("/TrueType"),
                    "/BaseFont": NameObject("/NotoSans"),
                    "/FirstChar": NumberObject(32),
                    "/LastChar": NumberObject(255),
                    "/Widths": widths,
                    "/Encoding": NameObject("/WinAnsiEncoding"),
                    "/FontDescriptor": self._writer._add_object(descriptor),
                }
            )
        )


def _dictionary(entries: object) -> DictionaryObject:
    assert isinstance(entries, dict)
    return DictionaryObject({NameObject(name): value for name, value in entries.items()})
