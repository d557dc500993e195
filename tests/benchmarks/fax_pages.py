"""From PDF to Group 4 pages: ours with two workers, against Ghostscript's `tiffg4`, `pdftoppm -mono` and pdfium drawing alone.

And how well what comes of it can be read, by Tesseract. What is not installed is left out, with a line that says so.
`python -m tests.benchmarks.fax_pages ours|ghostscript FILE [PAGES]` prints the memory at its peak.
"""

import asyncio
import io
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image

from ifax_desktop.documents.press import Press
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.page import ACROSS, FINE, STANDARD, WIDTH, PageFormat
from ifax_desktop.domain.sheet import Sheet
from tests.benchmarks.archives import Archives
from tests.benchmarks.office_files import OfficeFile, letters, scans, slides
from tests.benchmarks.pairs import Comparison, Measured, compare

AIM: Final = 1.0
FLAT: Final = 1.1
READ: Final = 4
"""Pages of each file that are read back."""


@dataclass(frozen=True, slots=True)
class Legibility:
    """The share of words that can be read."""

    title: str
    ours: float
    theirs: float

    def __str__(self) -> str:
        reached = "reached" if self.ours >= self.theirs else "missed"
        return (
            f"{self.title}: {self.ours:.1%} of the words can be read, with Ghostscript {self.theirs:.1%}"
            f" (aim that or more: {reached})"
        )


def run(pairs: int, archives: Archives) -> Iterator[Comparison | Legibility | str]:
    """Pages a second and memory for each kind of file, then legibility."""
    del archives
    if not shutil.which("gs"):
        yield "Ghostscript is not installed: nothing to compare pages with."
        return
    files = (letters("text, 50 pages", 50), scans("scan, 20 pages", 20), slides("slides, 30 pages", 30))
    long = letters("text, 500 pages", 500, seed=9)
    with TemporaryDirectory() as folder:
        for file in (*files, long):
            yield from _speeds(file, Path(folder), max(2, pairs // 5 if file is not long else 2))
        path = _written(long, Path(folder))
        yield compare(
            f"{long.name}: memory at its peak, two workers against Ghostscript",
            None,
            _peak("ours", path),
            _peak("ghostscript", path),
            2,
            unit="MB",
        )
        yield compare(
            "text: memory at its peak, 500 pages against 100",
            FLAT,
            _peak("ours", path),
            _peak("ours", path, "100"),
            2,
            unit="MB",
        )
        yield from _legibility(Path(folder))


def _speeds(file: OfficeFile, folder: Path, pairs: int) -> Iterator[Comparison | str]:
    path = _written(file, folder)

    def ours() -> float:
        return asyncio.run(_print(path))[0]

    yield compare(f"{file.name}: two workers against Ghostscript", AIM, ours, _ghostscript(path), pairs)
    if shutil.which("pdftoppm"):
        command = ["pdftoppm", "-mono", "-rx", str(ACROSS), "-ry", str(FINE), str(path), str(folder / "page")]
        yield compare(f"{file.name}: two workers against pdftoppm -mono", None, ours, _timed(command), pairs)
    yield compare(f"{file.name}: two workers against pdfium drawing alone", None, ours, _drawn(path), pairs)


def _legibility(folder: Path) -> Iterator[Legibility | str]:
    if not shutil.which("tesseract"):
        yield "Tesseract is not installed: nobody reads the pages back."
        return
    kinds = (
        letters("text of 11 points", READ),
        letters("text of 8 points", READ, 8, seed=4),
        letters("text of 6 points", READ, 6, seed=5),
        scans("scan", READ),
        scans("text on dark grey", READ, ground=110, ink=20),
    )
    for file in kinds:
        path = _written(file, folder)
        for fineness in (FINE, STANDARD):
            ours = asyncio.run(_print(path, PageFormat(fineness=fineness)))[1]
            theirs = _ghostscript_pages(path, folder, fineness)
            yield Legibility(
                f"{file.name}, {ACROSS} x {fineness}",
                _read(file, ours, fineness, folder),
                _read(file, theirs, fineness, folder),
            )


def _written(file: OfficeFile, folder: Path) -> Path:
    path = folder / f"{file.name.replace(' ', '-').replace(',', '')}.pdf"
    path.write_bytes(file.pdf)
    return path


async def _print(
    path: Path, form: PageFormat | None = None, pages: int = 0
) -> tuple[float, list[Image.Image]]:
    """Make all pages as they go out, as the outbox has them made; what it took, and the first of them."""
    document = path.read_bytes()

    async def read(_: str) -> bytes:
        return document

    renderer, form = Renderer(), form or PageFormat()
    press = Press(renderer, read)
    began = time.perf_counter()
    first: list[Image.Image] = []
    try:
        async with await renderer.open(document) as opened:
            count = pages or opened.pages
        sheets = [Sheet("document", page) for page in range(count)]
        async with aclosing(press.pages(sheets, form)) as made:
            async for page in made:
                if len(first) < READ:
                    first.append(_uncoded(page.code, page.lines))
        took = time.perf_counter() - began
        if pages >= 0:
            _PEAKS[:] = [_high(child) for child in _children()]
    finally:
        await press.close()
        await renderer.close()
    return took, first


_PEAKS: list[int] = []
"""The most memory each worker had."""


def _children() -> list[int]:
    mine = f"/proc/self/task/{os.getpid()}/children"
    return [int(child) for child in Path(mine).read_text().split()] if Path(mine).exists() else []


def _high(process: int) -> int:
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) * 1024 if "VmHWM" in lines else 0


def _uncoded(code: bytes, lines: int) -> Image.Image:
    """The page of a Group 4 code: a TIFF is put around it."""
    tags = (
        (256, WIDTH),
        (257, lines),
        (258, 1),
        (259, 4),
        (262, 0),
        (273, 8),
        (277, 1),
        (278, lines),
        (279, len(code)),
    )
    directory = b"".join(
        tag.to_bytes(2, "little")
        + (4).to_bytes(2, "little")
        + (1).to_bytes(4, "little")
        + value.to_bytes(4, "little")
        for tag, value in tags
    )
    even = code + b"\0" * (len(code) % 2)
    at = 8 + len(even)
    tiff = b"II*\0" + at.to_bytes(4, "little") + even + len(tags).to_bytes(2, "little") + directory + bytes(4)
    page = Image.open(io.BytesIO(tiff))
    page.load()
    return page


def _gs(path: Path, target: str, fineness: int, *more: str) -> list[str]:
    quiet = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffg4"]
    return [*quiet, f"-r{ACROSS}x{fineness}", *more, f"-sOutputFile={target}", str(path)]


def _ghostscript(path: Path) -> Measured:
    return _timed(_gs(path, str(path.with_suffix(".tif")), FINE))


def _ghostscript_pages(path: Path, folder: Path, fineness: int) -> list[Image.Image]:
    target = folder / "gs-%d.tif"
    subprocess.run(_gs(path, str(target), fineness, f"-dLastPage={READ}"), check=True)
    found = []
    for page in range(1, READ + 1):
        with Image.open(folder / f"gs-{page}.tif") as opened:
            found.append(opened.convert("1"))
    return found


def _timed(command: Sequence[str]) -> Measured:
    def work() -> float:
        began = time.perf_counter()
        subprocess.run(command, check=True)
        return time.perf_counter() - began

    return work


def _drawn(path: Path) -> Measured:
    """pdfium drawing each page in grey, and nothing else, in a process of its own."""
    program = (
        "import sys, pypdfium2\n"
        "for page in pypdfium2.PdfDocument(sys.argv[1]):\n"
        f"    page.render(scale={ACROSS}/72, grayscale=True)\n"
    )
    return _timed([sys.executable, "-c", program, str(path)])


def _read(file: OfficeFile, pages: Sequence[Image.Image], fineness: int, folder: Path) -> float:
    """The share of the words that Tesseract finds on the pages."""
    right = whole = 0
    for page, words in zip(pages, file.pages, strict=False):
        square = page.convert("L").resize((page.width, round(page.height * ACROSS / fineness)))
        square.save(folder / "page.png", dpi=(ACROSS, ACROSS))
        command = ["tesseract", str(folder / "page.png"), "-", "--psm", "6", "--dpi", str(ACROSS)]
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        right += sum((Counter(words) & Counter(found.split())).values())
        whole += len(words)
    return right / whole


def _peak(what: str, path: Path, pages: str = "0") -> Measured:
    command = [sys.executable, "-m", "tests.benchmarks.fax_pages", what, str(path), pages]
    return lambda: float(subprocess.check_output(command, text=True))


def main(what: str, path: Path, pages: int) -> None:
    """Print the bytes of memory at the peak: of all workers together, or of Ghostscript."""
    if what == "ours":
        asyncio.run(_print(path, pages=pages))
        print(sum(_PEAKS))
    else:
        _ghostscript(path)()
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
