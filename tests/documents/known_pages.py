"""Forty pages of known truth, of the kinds offices fax, and how well the warnings do on them.

What is true of a page follows from how it is made and from the field notes (sections 4.1 and 4.2), never from what the
program says: writing below 8 pt on the paper at standard fineness and below 6 pt at fine is small; dots are a trouble
where writing stands in them; a page that is mostly black is dark; one that is mostly a photograph or dots takes more
than two minutes; what is within 4 mm of either side is lost; a scan below 130 dots to the inch is coarse where writing
depends on it. `python -m tests.documents.known_pages` prints the table.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from ifax_desktop.documents import coding
from ifax_desktop.documents.coding import Scheme
from ifax_desktop.documents.faxing import fax
from ifax_desktop.documents.looking_over import look_over
from ifax_desktop.documents.opening import open_source
from ifax_desktop.domain.findings import Trouble
from ifax_desktop.domain.page import FINE, STANDARD, PageFormat, PageLook, Treatment
from tests.documents import photographs
from tests.documents import scanned_pages as scanned
from tests.documents import typed_pages as typed

FINENESSES = {STANDARD: "standard", FINE: "fine"}
"""Lines to the inch each page is judged at, and what they are called."""

_SMALL, _NOISE, _DARK, _SLOW = Trouble.SMALL_TEXT, Trouble.NOISE, Trouble.DARK, Trouble.SLOW
_BLANK, _COARSE, _EDGE, _LETTERS = Trouble.BLANK, Trouble.COARSE, Trouble.EDGE, Trouble.LETTERS


@dataclass(frozen=True)
class Known:
    """A page, how to make it, and what a careful person would say of it."""

    name: str
    make: Callable[[], bytes]
    troubles: frozenset[Trouble]
    """At every fineness."""
    at_standard: frozenset[Trouble]
    """At standard fineness besides."""
    look: PageLook

    def truth(self, fineness: int) -> frozenset[Trouble]:
        """Return what is wrong with the page at this many lines to the inch."""
        return self.troubles | self.at_standard if fineness == STANDARD else self.troubles


def _known(
    name: str,
    make: Callable[[], bytes],
    *troubles: Trouble,
    at_standard: Iterable[Trouble] = (),
    look: PageLook | None = None,
) -> Known:
    return Known(name, make, frozenset(troubles), frozenset(at_standard), look or PageLook())


PAGES = (
    _known("letter at 11 pt", typed.letter),
    _known("letter with footnotes at 7 pt", partial(typed.letter_with_footnotes, 7), at_standard=[_SMALL]),
    _known("letter with terms at 5 pt", partial(typed.letter_with_footnotes, 5), _SMALL),
    _known("letter with grey boxes", typed.letter_with_grey_boxes),
    _known("letter with highlights", typed.letter_with_highlights),
    _known("letterhead with bars off the page", typed.letterhead),
    _known("letter with a watermark", typed.watermark),
    _known("letter with stamp and signature", typed.stamp_and_signature),
    _known("letter at the left edge", typed.letter_off_the_left, _EDGE),
    _known("letter on a coarse background", typed.letter_on_a_background),
    _known(
        "letter on grey, sent as a photograph",
        typed.letter_on_grey,
        _NOISE,
        _SLOW,
        look=PageLook(treatment=Treatment.PHOTO),
    ),
    _known("form with a ruled table", typed.form),
    _known("invoice with grey rows", typed.invoice),
    _known("lying spreadsheet, shrunk to 6.8 pt", typed.spreadsheet, at_standard=[_SMALL]),
    _known("large drawing, labels shrunk to 3.7 pt", typed.large_drawing, _SMALL),
    _known("dark slide", typed.dark_slide, _DARK),
    _known("notice in white on black", typed.white_on_black, _DARK),
    _known("empty page", typed.empty, _BLANK),
    _known("text with letters we do not have", typed.text_we_have_no_letters_for, _LETTERS),
    _known("text of one line", typed.short_text),
    _known("map with contours", typed.map_with_contours),
    _known("plan with hatching", typed.hatched_plan),
    _known("labels with bar codes", typed.labels_with_codes),
    _known("photograph", partial(photographs.photograph, 200), _SLOW),
    _known("photograph of 96 dpi in a PDF", partial(photographs.photograph, 96, kind="PDF"), _SLOW),
    _known("photograph at dusk", partial(photographs.photograph, 200, dusk=True), _DARK, _SLOW),
    _known("photograph with writing in it", photographs.photograph_with_writing, _NOISE, _SLOW),
    _known("identity card, both sides", scanned.identity_card),
    _known("passport, enlarged", scanned.passport),
    _known("scan, 300 dpi", partial(scanned.scan, 300)),
    _known(
        "scan of grey paper, sent as a photograph",
        partial(scanned.scan, 200, white=175),
        _NOISE,
        _SLOW,
        look=PageLook(treatment=Treatment.PHOTO),
    ),
    _known("scan, 100 dpi", partial(scanned.scan, 100), _COARSE),
    _known("scan in a PDF, 72 dpi", partial(scanned.scan, 72, points=13, lines=26, kind="PDF"), _COARSE),
    _known("scan with small print at 5 pt", partial(scanned.scan_with_small_print, 5), _SMALL),
    _known("scan of columns at 7 pt", partial(scanned.scan_of_columns, 7), at_standard=[_SMALL]),
    _known("scan of a table at 9.5 pt, shadow at the side", scanned.scan_of_a_table),
    _known("scan of a table off the right edge", scanned.table_off_the_right, _EDGE),
    _known("scanned back of a page: specks and shadow", scanned.scanned_back_of_a_page, _BLANK),
    _known("fax that came in with grey in dots", scanned.forwarded_fax),
    _known("letter photographed by phone", scanned.phone_picture),
)


Told = Callable[[Known, int], Collection[Trouble]]
"""What is told of a page at a fineness."""


def by_the_program(page: Known, fineness: int) -> set[Trouble]:
    """Return what the program says of a page."""
    source, form = open_source(_document(page)), PageFormat(fineness=fineness)
    try:
        faxed = fax(source, 0, form, page.look)
        mr_bytes = len(coding.coded(faxed.bits, Scheme.MR))
        return {finding.trouble for finding in look_over(source, 0, form, page.look, faxed, mr_bytes)}
    finally:
        source.close()


@lru_cache(1)
def _document(page: Known) -> bytes:
    return page.make()


def table(told: Told) -> str:
    """Return how well each warning does, as a table in Markdown."""
    rows = ["| warning | fineness | pages | found | missed | false alarms |", "|---|---|---|---|---|---|"]
    judged = {(page, fineness): told(page, fineness) for page in PAGES for fineness in FINENESSES}
    for trouble in Trouble:
        for fineness, name in FINENESSES.items():
            has = [page for page in PAGES if trouble in page.truth(fineness)]
            says = [page for page in PAGES if trouble in judged[page, fineness]]
            missed = [page for page in has if page not in says]
            false = [page for page in says if page not in has]
            cells = (trouble, name, len(has), len(has) - len(missed), _named(missed), _named(false))
            rows.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(rows)


def _named(pages: list[Known]) -> str:
    names = "; ".join(page.name for page in pages)
    return f"{len(pages)}: {names}" if pages else "0"


if __name__ == "__main__":
    print(table(by_the_program))
