"""A PDF page drawn by hand, for the pages of known truth: writing, boxes, lines, pictures.

Places are points of 1/72 inch from the bottom left, greys are 0 for black to 1 for white.
"""

import math
import random
from collections.abc import Sequence

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from tests.documents import samples

_TEXT = (
    "we thank you for the order of last week and confirm that every part will leave our warehouse by Friday the "
    "invoice lists each item with its number weight and price kindly check the address given below because a parcel "
    "that goes back costs both of us time if anything is missing call the office before noon our terms have not "
    "changed since January payment is due within thirty days of the date above goods stay ours until they are paid "
    "questions about quality go to the laboratory which keeps a sample of every batch for five years"
)
_FONTS = {"F1": "Helvetica", "F2": "Times-Roman", "F3": "Helvetica-Bold", "F4": "Courier"}


def prose(lines: int, width: int, seed: int = 1) -> list[str]:
    """Return lines of some `width` characters each, made of plain words."""
    chance, words, rows = random.Random(seed), _TEXT.split(), []
    for _ in range(lines):
        row = chance.choice(words).capitalize()
        while len(row) < width - 8:
            row += " " + chance.choice(words)
        rows.append(row)
    return rows


class Sheet:
    """One page being drawn."""

    def __init__(self, size: tuple[float, float] = samples.LETTER) -> None:
        self._size, self._content = size, list[str]()
        self._pictures: list[Image.Image] = []

    def text(self, x: float, y: float, line: str, points: float = 11, font: str = "F1") -> None:
        """Write one line, its baseline beginning at x and y."""
        line = line.replace("(", r"\(").replace(")", r"\)")
        self._content.append(f"BT /{font} {points} Tf {x:.2f} {y:.2f} Td ({line}) Tj ET")

    def rows(
        self, x: float, y: float, lines: list[str], points: float = 11, font: str = "F1", leading: float = 1.3
    ) -> None:
        """Write lines one below the other."""
        for at, line in enumerate(lines):
            self.text(x, y - at * points * leading, line, points, font)

    def colour(self, *levels: float) -> None:
        """Draw in this grey, or in red, green and blue, from now on."""
        how = ("g", "G") if len(levels) == 1 else ("rg", "RG")
        told = " ".join(f"{level:.3f}" for level in levels)
        self._content.append(f"{told} {how[0]} {told} {how[1]}")

    def box(self, x: float, y: float, width: float, height: float, *, line: float = 0) -> None:
        """Fill a rectangle, or draw its outline `line` points thick."""
        how = f"{line} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S"
        self._content.append(how if line else f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def path(self, places: Sequence[tuple[float, float]], line: float = 0.7) -> None:
        """Draw a line through these places."""
        (x, y), *others = places
        steps = " ".join(f"{across:.2f} {up:.2f} l" for across, up in others)
        self._content.append(f"{line} w {x:.2f} {y:.2f} m {steps} S")

    def unseen(self) -> None:
        """Write in no colour at all from now on, as behind a scan whose writing was recognized."""
        self._content.append("3 Tr")

    def turned(self, degrees: float, x: float, y: float) -> None:
        """Turn what follows, to the left, around a place, which becomes 0 and 0."""
        turn = math.radians(degrees)
        cos, sin = math.cos(turn), math.sin(turn)
        self._content.append(f"q {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x} {y} cm")

    def straight(self) -> None:
        """End a turn."""
        self._content.append("Q")

    def picture(self, image: Image.Image, x: float, y: float, width: float, height: float) -> None:
        """Place a picture."""
        name = f"P{len(self._pictures)}"
        self._pictures.append(image)
        self._content.append(f"q {width} 0 0 {height} {x} {y} cm /{name} Do Q")

    def done(self) -> bytes:
        """Return the PDF."""
        writer = PdfWriter()
        page = samples.add_page(writer, "\n".join(self._content), self._size)
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        resources[NameObject("/Font")] = DictionaryObject(
            {NameObject(f"/{name}"): _font(face) for name, face in _FONTS.items()}
        )
        resources[NameObject("/XObject")] = DictionaryObject(
            {
                NameObject(f"/P{number}"): writer._add_object(_pictured(image))
                for number, image in enumerate(self._pictures)
            }
        )
        return samples.finish(writer)


def _font(face: str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject(f"/{face}"),
        }
    )


def _pictured(image: Image.Image) -> DecodedStreamObject:
    image = image.convert("RGB")
    stream = DecodedStreamObject()
    stream.set_data(image.tobytes())
    for key, value in (("Type", "XObject"), ("Subtype", "Image"), ("ColorSpace", "DeviceRGB")):
        stream[NameObject(f"/{key}")] = NameObject(f"/{value}")
    for key, number in (("Width", image.width), ("Height", image.height), ("BitsPerComponent", 8)):
        stream[NameObject(f"/{key}")] = NumberObject(number)
    return stream


def add_letter(
    sheet: Sheet, *, points: float = 11, top: float = 700, lines: int = 34, left: float = 72
) -> None:
    """Write a letter of some lines in Times."""
    sheet.colour(0)
    rows = prose(lines, round(470 / points / 0.46))
    sheet.rows(left, top, ["Dear Ms. Keller,", "", *rows, "", "Yours sincerely"], points, "F2")
