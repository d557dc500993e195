"""Handwriting for the practice faxes: letters as a few strokes on a small grid, written a little unevenly.

A glyph is strokes parted by `|`, each a list of `x,y` points; the baseline is 0, small letters reach 6,
capitals 11, tails -5. Points are joined by a smooth curve.
"""

import random
from collections.abc import Sequence

Point = tuple[float, float]
Stroke = list[Point]

SLANT = 0.22
GLYPHS = {
    "a": "5,5 3,6 1,5 0,3 1,0 3,0 5,3 5,6 5,2 6,0",
    "b": "0,12 0,6 0,0|0,4 2,6 4,5 4,2 2,0 0,1",
    "c": "5,5 3,6 1,5 0,3 1,0 3,0 5,1",
    "d": "5,5 3,6 1,5 0,3 1,0 3,0 5,2|5,12 5,3 6,0",
    "e": "0,3 3,3.2 4,5 2,6 0,4 0,2 2,0 5,1",
    "f": "5,11 4,12 2,11 2,6 2,0|0,6 4,6",
    "g": "5,5 3,6 1,5 0,3 1,0 3,0 5,3|5,6 5,-3 3,-5 0,-4",
    "h": "0,12 0,6 0,0|0,4 2,6 4,5 4,2 5,0",
    "i": "0,6 0,2 1,0|0,9 0.4,9.4",
    "j": "2,6 2,-3 0,-5 -1,-4|2,9 2.4,9.4",
    "k": "0,12 0,0|4,6 0,2.5|1,3.3 4.5,0",
    "l": "0,12 0,2 1,0",
    "m": "0,6 0,0|0,4 1.5,6 3,5 3,0|3,4 4.5,6 6,5 6,1 7,0",
    "n": "0,6 0,0|0,4 2,6 4,5 4,1 5,0",
    "o": "2,6 0,4 0,2 2,0 4,2 4,4 2,6 3,6.2",
    "p": "0,6 0,-6|0,4 2,6 4,5 4,2 2,0 0,1",
    "q": "5,5 3,6 1,5 0,3 1,0 3,0 5,3|5,6 5,-6",
    "r": "0,6 0,0|0,4 2,6 4,5.5",
    "s": "4,5 2,6 0,5 1,3.5 3,2.5 4,1 2,0 0,1",
    "t": "2,10 2,2 3,0 5,0.6|0,6.5 4.5,6.5",
    "u": "0,6 0,2 1.5,0 4,2 4,6|4,3 4.3,1 5.5,0",
    "v": "0,6 2,0|2,0 4.5,6",
    "w": "0,6 1.5,0|1.5,0 3,5|3,5 4.5,0|4.5,0 6,6",
    "x": "0,6 4,0|4,6 0,0",
    "y": "0,6 0.3,3 2,1.5 4,4|4.5,6 3.5,-2 1,-5 -0.5,-4",
    "z": "0,6 4,6|4,6 0,0|0,0 4.5,0",
    "A": "0,0 3.5,11.5|3.5,11.5 7,0|1.5,4 6,4",
    "B": "0,11 0,0|0,11 4,11 5,9 3.5,6 0,6|3.5,6 6,4 4.5,0.5 0,0",
    "C": "7,9.5 4.5,11.2 1,9 0,5 1.5,1 4.5,0 7,1.5",
    "D": "0,11 0,0|-0.5,11 4,10.5 6.5,6 4.5,1 -0.5,0",
    "E": "0,11 6,11.3|0,11 0,0|0,6 4.5,6.3|0,0 6,0.2",
    "F": "0,11 6,11.3|0.3,11 0,0|0,6 4.5,6.3",
    "G": "7,9.5 4.5,11.2 1,9 0,5 1.5,1 4.5,0 7,2 7,5|4.5,5 8,5",
    "H": "0,11 0,0|6,11 6,0|0,5.5 6,6",
    "I": "0,11 0,0",
    "J": "5,11 5,2 3,0 0.5,1",
    "K": "0,11 0,0|6,11 0,5|1.5,6 6.5,0",
    "L": "0,11 0,0.5|0,0.3 5.5,0",
    "M": "0,0 0.8,11|0.8,11 4,3|4,3 7.5,11|7.5,11 8,0",
    "N": "0,0 0,11|0,11 6,0|6,0 6.2,11",
    "O": "3.5,11 0.5,8.5 0,4 3,0 6.5,2.5 7,7.5 4,11 3,10.8",
    "P": "0,11 0,0|0,11 4.5,11 5.5,8.5 4,5.5 0,5.2",
    "Q": "3.5,11 0.5,8.5 0,4 3,0 6.5,2.5 7,7.5 4,11 3,10.8|4,3 7.5,-1",
    "R": "0,11 0,0|0,11 4.5,11 5.5,8.5 4,5.5 0,5.2|2.5,5.2 6,0",
    "S": "6,9.5 3.5,11.2 0.8,9.5 1.5,6.5 5,4.5 5.8,1.8 3,0 0,1.5",
    "T": "0,11 7,11.3|3.5,11 3.3,0",
    "U": "0,11 0,3 2.5,0 5.5,2.5 6,11",
    "V": "0,11 3,0|3,0 6.5,11.3",
    "W": "0,11 2.3,0|2.3,0 4.5,8|4.5,8 6.5,0|6.5,0 9.3,11.3",
    "X": "0,11 6,0|6.3,11.3 0,0",
    "Y": "0,11 3,5.5|6.5,11.3 2.5,0",
    "Z": "0,11 6,11|6,11 0,0|0,0 6.5,0.3",
    "0": "2.5,11 0.3,8 0.3,3 2.5,0 4.8,3 4.8,8 2.5,11",
    "1": "0,8.5 2.2,11|2.2,11 2,0",
    "2": "0.3,9 2.5,11 4.7,8.5 3,4.5 0,0.2|0,0.2 5,0",
    "3": "0.3,10 2.5,11 4.5,9 2,6|2,6 5,3.5 3,0 0,1",
    "4": "3.2,11 0,4|0,4 5.5,4.2|4,7 3.8,0",
    "5": "5,11 0.8,11|0.8,11 0.4,6.3 3,7 5,4 3,0 0,0.8",
    "6": "4.3,11 1,7 0.2,3 2.2,0 4.6,2 3.5,5.3 0.6,4",
    "7": "0,11 5,11|5,11 1.8,0",
    "8": "4.5,9.5 2.5,11 0.6,9 2.5,6 4.8,3 2.5,0 0.2,2.8 2.7,6 4.5,9.5",
    "9": "4.5,8.5 2.5,11 0.3,8.5 2.2,5.8 4.6,8.5|4.6,8.5 3.6,0",
    ".": "0,0 0.5,0.4",
    ",": "0.5,0.5 -0.4,-2",
    "!": "1,11.5 0.4,3.5|0,0 0.4,0.5",
    "?": "0,9 2,11.2 4.5,9 2.5,5.5 2.2,3.5|2,0 2.3,0.4",
    "/": "0,-1 4,11.5",
    ":": "0,1 0.4,1.3|0,5 0.4,5.3",
    "-": "0,4.5 3,4.7",
    "'": "0.4,12 0,9.5",
    "+": "0,5 4,5|2,7.2 2,2.8",
    "(": "2,12 0,8 0,3 2,-1",
    ")": "0,12 2,8 2,3 0,-1",
    "%": "0,0 6,11|1,11 0,9.5 1,8 2,9.5 1,11|5,3 4,1.5 5,0 6,1.5 5,3",
    "&": "7,0 2,8 2.5,11 4.5,10 4,8 0.5,4 1,0.5 4,0.5 7,5",
}


def strokes(words: str, x: float, y: float, size: float) -> tuple[list[Stroke], float]:
    """The strokes of `words` written from (x, y) on, in fax dots, and where the hand ends."""
    chance = random.Random(f"{words} {x} {y}")  # noqa: S311  # the same hand every time is the point
    written: list[Stroke] = []
    drift = 0.0
    for letter in words:
        if letter == " ":
            x += size * 4.6
            continue
        drift = max(-0.5, min(0.5, drift + chance.uniform(-0.25, 0.25)))
        scale = size * chance.uniform(0.94, 1.07)
        widest = 0.0
        for stroke in GLYPHS[letter].split("|"):
            points = [_point(pair) for pair in stroke.split()]
            widest = max(widest, *(across for across, _ in points))
            uneven = [_uneven(point, chance) for point in points]
            written.append(
                [(x + (px + py * SLANT) * scale, y - (py + drift) * scale) for px, py in smooth(uneven)]
            )
        x += (widest + 2.1 + chance.uniform(-0.2, 0.4)) * size
    return written, x


def scribble(name: str, x: float, y: float, size: float) -> list[Stroke]:
    """A signature: capitals that can be read and a hurried wave for every small letter."""
    chance = random.Random(name)  # noqa: S311
    written: list[Stroke] = []
    for word in name.split():
        capital, x = strokes(word[0], x, y, size * 1.25)
        written += capital
        wave: Stroke = [(x - size * 2, y - size)]
        for _ in word[1:]:
            high = chance.uniform(2.5, 6.5) if chance.random() < 0.8 else chance.uniform(9, 12)
            wave += [(x + size * 1.2, y - high * size), (x + size * 2, y + chance.uniform(-0.8, 0.6) * size)]
            x += size * chance.uniform(2.2, 3.2)
        wave.append((x + size * 5, y - size * chance.uniform(1, 4)))
        written.append(smooth(wave))
        x += size * 5
    return written


def smooth(points: Sequence[Point], steps: int = 8) -> Stroke:
    """A curve through all points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    curve: Stroke = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            part = step / steps
            curve.append(
                (
                    _between(before[0], start[0], end[0], after[0], part),
                    _between(before[1], start[1], end[1], after[1], part),
                )
            )
    curve.append(points[-1])
    return curve


def _between(before: float, start: float, end: float, after: float, part: float) -> float:
    return 0.5 * (
        2 * start
        + (end - before) * part
        + (2 * before - 5 * start + 4 * end - after) * part**2
        + (3 * start - before - 3 * end + after) * part**3
    )


def _point(pair: str) -> Point:
    across, _, up = pair.partition(",")
    return float(across), float(up)


def _uneven(point: Point, chance: random.Random) -> Point:
    return point[0] + chance.uniform(-0.22, 0.22), point[1] + chance.uniform(-0.22, 0.22)
