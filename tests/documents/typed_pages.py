"""Pages of known truth that programs print to PDF or save as text: letters, forms, tables, slides, drawings."""

import math
import random

from PIL import Image

from tests.documents.sheet import Sheet, add_letter, prose


def letter() -> bytes:
    """A letter at 11 pt, with references above the line at 6 pt."""
    sheet = Sheet()
    add_letter(sheet)
    for at in range(3):
        sheet.text(420 + 20 * at, 640 - 100 * at, str(at + 1), 6, "F2")
    return sheet.done()


def letter_with_footnotes(points: float) -> bytes:
    """A letter whose last lines are this small."""
    sheet = Sheet()
    add_letter(sheet, lines=26)
    sheet.path([(72, 150), (220, 150)])
    sheet.rows(72, 138, prose(5, round(470 / points / 0.48), seed=2), points)
    return sheet.done()


def letter_with_grey_boxes() -> bytes:
    """Boxes of three greys with black writing in them."""
    sheet = Sheet()
    add_letter(sheet, lines=12)
    for at, level in enumerate((0.85, 0.7, 0.55)):
        sheet.colour(level)
        sheet.box(72, 380 - 130 * at, 468, 100)
        sheet.colour(0)
        sheet.rows(84, 456 - 130 * at, prose(5, 80, seed=at), 11)
    return sheet.done()


def letter_with_highlights() -> bytes:
    """Yellow, green, pink and orange over some lines."""
    sheet = Sheet()
    for at, colour in enumerate(((1, 0.95, 0.2), (0.5, 1, 0.4), (1, 0.6, 0.75), (1, 0.75, 0.3))):
        sheet.colour(*colour)
        sheet.box(72 + 30 * at, 694.5 - 100.1 * at, 250, 14)
    add_letter(sheet)
    return sheet.done()


def letterhead() -> bytes:
    """A dark bar with white writing and a pale one below it, both off the page at either side."""
    sheet = Sheet()
    sheet.colour(0.15, 0.25, 0.5)
    sheet.box(0, 712, 612, 50)
    sheet.colour(0.84)
    sheet.box(0, 690, 612, 22)
    sheet.box(0, 30, 612, 40)
    sheet.colour(1)
    sheet.text(72, 730, "Northern Instruments Ltd.", 22, "F3")
    sheet.colour(0.1)
    sheet.text(72, 697, "14 Harbour Road, Leith", 10)
    sheet.text(72, 46, "Registered in Scotland, number 445 201", 10)
    add_letter(sheet, top=650, lines=30)
    return sheet.done()


def watermark() -> bytes:
    """A letter over pale grey letters two inches high."""
    sheet = Sheet()
    sheet.colour(0.87)
    sheet.turned(52, 150, 140)
    sheet.text(0, 0, "DRAFT", 170, "F3")
    sheet.straight()
    add_letter(sheet)
    return sheet.done()


def stamp_and_signature() -> bytes:
    """A signature in blue ink, and a red stamp aslant over the writing."""
    sheet = Sheet()
    add_letter(sheet, lines=24)
    sheet.colour(0.1, 0.2, 0.6)
    curve = [(0.6 * at, 26 * math.sin(at / 5.3) * math.cos(at / 31) + at / 9) for at in range(240)]
    sheet.path([(80 + x, 250 + y) for x, y in curve], 1.4)
    sheet.colour(0.8, 0.1, 0.15)
    sheet.turned(14, 330, 330)
    sheet.box(0, 0, 170, 56, line=3)
    sheet.text(16, 28, "RECEIVED", 26, "F3")
    sheet.text(44, 10, "14 March 2025", 11, "F3")
    sheet.straight()
    return sheet.done()


def letter_off_the_left() -> bytes:
    """A letter without a left margin: its first letters lie within 2 mm of the paper's edge."""
    sheet = Sheet()
    add_letter(sheet, left=4)
    return sheet.done()


def form() -> bytes:
    """A ruled form at 9 pt with boxes to tick and a frame."""
    sheet = Sheet()
    sheet.text(60, 735, "Application for a parking permit", 16, "F3")
    sheet.box(54, 60, 504, 660, line=1)
    for row in range(22):
        y = 690 - 30 * row
        sheet.path([(54, y), (558, y)], 0.5)
        sheet.text(60, y + 10, prose(1, 24, seed=row)[0], 9)
        sheet.text(330, y + 10, f"{row * 3517 % 9000} / {row + 1}", 10, "F4")
        for box in range(3):
            sheet.box(460 + 30 * box, y + 9, 9, 9, line=0.6)
    for x in (320, 450):
        sheet.path([(x, 60), (x, 720)], 0.5)
    return sheet.done()


def invoice() -> bytes:
    """A table whose head and every other row are pale grey."""
    sheet = Sheet()
    sheet.text(60, 720, "Invoice 2025-0417", 20, "F3")
    for row in range(20):
        y = 620 - 24 * row
        if row % 2 == 0:
            sheet.colour(0.78 if row == 0 else 0.92)
            sheet.box(60, y - 7, 492, 24)
        sheet.colour(0)
        told = (
            ("Item", "Number", "Price")
            if row == 0
            else (prose(1, 36, seed=row)[0], f"{row}", f"{row * 17}.50")
        )
        for x, word in zip((66, 380, 480), told, strict=True):
            sheet.text(x, y, word, 10, "F3" if row == 0 else "F1")
    sheet.colour(0.2, 0.4, 0.7)
    sheet.box(380, 80, 172, 26)
    sheet.colour(1)
    sheet.text(388, 88, "Total 3,230.00", 13, "F3")
    return sheet.done()


def letter_on_a_background() -> bytes:
    """Sharp writing on a pale picture of 50 dots to the inch that fills the page."""
    sheet, chance = Sheet(), random.Random(3)
    coarse = Image.frombytes("L", (9, 11), bytes(chance.randrange(225, 252) for _ in range(99)))
    sheet.picture(coarse.resize((425, 550), Image.Resampling.BICUBIC), 0, 0, 612, 792)
    add_letter(sheet)
    return sheet.done()


def spreadsheet() -> bytes:
    """A table at 10.5 pt on a lying sheet of 17 by 11 inches, which comes out at 6.8 pt."""
    sheet, chance = Sheet((1224, 792)), random.Random(5)
    for row in range(34):
        y = 730 - 20 * row
        sheet.path([(50, y - 5), (1174, y - 5)], 0.4)
        for column in range(12):
            told = f"Week {column + 1}" if row == 0 else f"{chance.randrange(100, 99999) / 100:.2f}"
            sheet.text(60 + 93 * column, y, told, 10.5, "F3" if row == 0 else "F1")
    return sheet.done()


def large_drawing() -> bytes:
    """A plan of 36 by 24 inches with labels at 12 pt, which come out at 3.7 pt."""
    sheet, chance = Sheet((2592, 1728)), random.Random(6)
    for _ in range(60):
        x, y = chance.randrange(150, 2200), chance.randrange(150, 1500)
        sheet.box(x, y, chance.randrange(60, 300), chance.randrange(40, 160), line=1.5)
        sheet.text(x + 6, y + 8, prose(1, 22, seed=x)[0], 12)
    return sheet.done()


def dark_slide() -> bytes:
    """A lying slide, light writing on a ground that is nearly black."""
    sheet = Sheet((960, 540))
    sheet.colour(0.09, 0.1, 0.16)
    sheet.box(0, 0, 960, 540)
    sheet.colour(0.95)
    sheet.text(60, 440, "Results of the third quarter", 44, "F3")
    sheet.colour(0.55, 0.85, 1)
    sheet.rows(80, 360, prose(5, 44, seed=4), 28, leading=1.7)
    return sheet.done()


def white_on_black() -> bytes:
    """A notice in white on black with a white margin."""
    sheet = Sheet()
    sheet.box(36, 36, 540, 720)
    sheet.colour(1)
    sheet.text(90, 620, "NOTICE", 90, "F3")
    sheet.rows(90, 540, prose(10, 34, seed=8), 22)
    return sheet.done()


def empty() -> bytes:
    """Return a page with nothing on it."""
    return Sheet().done()


def text_we_have_no_letters_for() -> bytes:
    """Return a plain text with Chinese, Hebrew and a picture among its letters."""
    lines = [*prose(14, 70), "", "Ansprechpartner: 王小明, שלום", "Thank you \N{THUMBS UP SIGN}"]
    return "\n".join(lines).encode()


def short_text() -> bytes:
    """Return a plain text of one short line, with letters of several languages."""
    return "Łódź, Größe, Привет, Αθήνα: diese Seite ist absichtlich leer.".encode()


def map_with_contours() -> bytes:
    """Contour lines, a road and a river with names at 9 pt."""
    sheet, chance = Sheet(), random.Random(9)
    for hill, (x, y) in enumerate(((200, 520), (420, 300), (380, 600), (160, 220))):
        for ring in range(1, 11):
            wave = [
                (
                    x + ring * (11 + 2 * math.sin(3 * turn + hill)) * math.cos(turn),
                    y + ring * (9 + 2 * math.cos(2 * turn + ring / 4)) * math.sin(turn),
                )
                for turn in (at * math.tau / 60 for at in range(61))
            ]
            sheet.path(wave, 0.5)
        sheet.text(x - 20, y, f"Hill {hill + 1}", 9)
    road = [(60 + 10 * at, 420 + 40 * math.sin(at / 6)) for at in range(50)]
    sheet.path(road, 3)
    sheet.path([(x, y - 60) for x, y in road], 0.5)
    for at in range(14):
        sheet.text(chance.randrange(70, 480), 120 + 43 * at, f"Parcel {at * 37 + 101}", 9)
    return sheet.done()


def hatched_plan() -> bytes:
    """A floor plan whose walls are hatched with lines half a millimetre apart, and one room with a raster of squares."""
    sheet = Sheet()
    sheet.text(72, 740, "Ground floor 1:100", 14, "F3")
    for x, y, width, height in (
        (90, 150, 430, 14),
        (90, 640, 430, 14),
        (90, 150, 14, 500),
        (506, 150, 14, 500),
    ):
        sheet.box(x, y, width, height, line=0.8)
        for at in range(round((width + height) / 1.5)):
            step = 1.5 * at
            low = (x + min(step, width), y + max(0, step - width))
            high = (x + max(0, step - height), y + min(step, height))
            sheet.path([low, high], 0.5)
    for at in range(40):
        sheet.path([(320, 420 + 2 * at), (440, 420 + 2 * at)], 0.7)
        sheet.path([(320 + 3 * at, 420), (320 + 3 * at, 498)], 0.7)
    for at, room in enumerate(("Kitchen", "Hall", "Office", "Store")):
        sheet.text(140 + 180 * (at % 2), 560 - 200 * (at // 2), room, 12)
    return sheet.done()


def labels_with_codes() -> bytes:
    """Bars and a field of squares, as on parcels, with the numbers they say below them."""
    sheet, chance = Sheet(), random.Random(10)
    for label in range(3):
        x, y = 90.0, 640 - 190 * label
        sheet.text(90, y + 80, prose(1, 30, seed=label)[0], 12, "F3")
        while x < 330:
            wide = chance.choice((1, 1, 2, 3)) * 0.9
            sheet.box(x, y, wide, 60)
            x += wide + chance.choice((1, 1, 2)) * 0.9
        sheet.text(110, y - 14, f"{chance.randrange(10**12, 10**13)}", 12, "F4")
        for row in range(29):
            for column in range(29):
                if chance.random() < 0.5:
                    sheet.box(400 + 3 * column, y - 10 + 3 * row, 3, 3)
    return sheet.done()


def letter_on_grey() -> bytes:
    """A letter on a ground of 30 % grey, as it comes from a coloured sheet."""
    sheet = Sheet()
    sheet.colour(0.7)
    sheet.box(0, 0, 612, 792)
    add_letter(sheet)
    return sheet.done()
