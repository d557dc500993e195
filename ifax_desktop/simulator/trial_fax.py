"""The child process that draws a plain fax for a trial: a wish in JSON on stdin, a PDF on stdout.

The wish is `{"from": number, "to": number, "pages": count}`. Each page says which one it is. Started as
`python -I -m ifax_desktop.simulator.trial_fax`, so that no image library is loaded into the program.
"""

import io
import json
import sys
from typing import TYPE_CHECKING

from ifax_desktop.simulator.fax_pdf import CodedPage, fax_pdf

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 1728, 2156
ROWS_PER_STRIP, STRIP_OFFSETS, STRIP_LENGTHS = 278, 273, 279  # TIFF tags


def coded(image: "Image.Image", dots_down: int = 196) -> CodedPage:
    """Code a black-and-white picture (mode "1") as Group 4."""
    from PIL import Image, ImageChops

    # Pillow writes "0 is black" files, in which libtiff codes the ones as black: so the marks must be ones.
    # (Its own invert leaves pictures of mode "1" with values that are neither 0 nor 255.)
    inverted = ImageChops.logical_xor(image, Image.new("1", image.size, 1))
    file = io.BytesIO()
    inverted.save(file, "TIFF", compression="group4", tiffinfo={ROWS_PER_STRIP: image.height})
    file.seek(0)
    with Image.open(file) as written:
        tags = written.tag_v2  # type: ignore[attr-defined]  # only pictures read from TIFF have it
        offset, length = tags[STRIP_OFFSETS][0], tags[STRIP_LENGTHS][0]
    return CodedPage(file.getvalue()[offset : offset + length], image.width, image.height, dots_down)


def draw(sender: str, receiver: str, pages: int) -> bytes:
    """The PDF of a trial fax."""
    return fax_pdf([_page(sender, receiver, number, pages) for number in range(1, pages + 1)])


def words(sender: str, receiver: str, number: int, pages: int) -> tuple[str, str, str]:
    """The three lines that stand on a page."""
    return f"FROM {sender}   TO {receiver}   PAGE {number}/{pages}", "Trial fax", f"Page {number} of {pages}"


def is_trial_fax(content: bytes, sender: str, receiver: str, pages: int) -> bool:
    """Whether a PDF is the trial fax of these numbers: its first page is drawn again and looked for."""
    return pages > 0 and _page(sender, receiver, 1, pages).data in content


def _page(sender: str, receiver: str, number: int, pages: int) -> CodedPage:
    from PIL import Image, ImageDraw, ImageFont

    header, title, count = words(sender, receiver, number, pages)
    image = Image.new("1", (WIDTH, HEIGHT), 1)
    pen = ImageDraw.Draw(image)
    pen.text((80, 40), header, 0, ImageFont.load_default(28))
    pen.text((160, 320), title, 0, ImageFont.load_default(96))
    pen.text((160, 480), count, 0, ImageFont.load_default(64))
    pen.rectangle((160, 620, WIDTH - 160, HEIGHT - 200), outline=0, width=4)
    for line in range(number):
        pen.rectangle((220, 700 + line * 40, 620, 720 + line * 40), fill=0)
    return coded(image)


def main() -> int:
    """Draw the fax wished for on stdin."""
    wish = json.load(sys.stdin)
    sys.stdout.buffer.write(draw(str(wish["from"]), str(wish["to"]), int(wish["pages"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
