"""Draws the faxes that arrive by themselves in practice mode: `python -m resources.practice.make_practice_faxes`.

They look as the service's real ones do: a PDF of one Group 4 picture a page, 1728 dots wide, 204x196 dots an
inch (one of them 204x98). Run it from the project's folder, with the development environment; the same
versions of Pillow and of the fonts give the same bytes again. Writes the PDFs and `letters.json` beside this
file, or into a folder given as the first argument; with file names after it, only those faxes. `letters.json` says
whom each is from and what can be read on its pages.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ifax_desktop.simulator.fax_pdf import DOTS_DOWN_FINE, DOTS_DOWN_STANDARD, fax_pdf
from ifax_desktop.simulator.trial_fax import coded
from resources.practice import clinic_letters, office_letters
from resources.practice.practice_fax import PracticeFax

FAXES = (
    clinic_letters.ames_report,
    office_letters.north_bay_authorization,
    office_letters.county_court_notice,
    clinic_letters.riverside_referral,
    clinic_letters.hill_street_refill,
    clinic_letters.fallow_creek_results,
    office_letters.calder_invoice,
    clinic_letters.old_quay_appointment,
    office_letters.morgan_hale_request,
    office_letters.town_hall_permit,
    clinic_letters.elm_court_note,
)


def pdf_of(fax: PracticeFax) -> bytes:
    """Scan every sheet and put the pages into a PDF."""
    dots_down = DOTS_DOWN_FINE if fax.fine else DOTS_DOWN_STANDARD
    pages = []
    for number, (header, sheet) in enumerate(zip(headers_of(fax), fax.sheets, strict=True), start=1):
        picture = sheet.scanned(header, f"{fax.file} {number}", fine=fax.fine)
        pages.append(coded(picture, dots_down))
    return fax_pdf(pages)


def headers_of(fax: PracticeFax) -> list[str]:
    """The line the sender's machine prints on each page."""
    pages = len(fax.sheets)
    return [fax.header.format(page=number, pages=pages) for number in range(1, pages + 1)]


def text_of(fax: PracticeFax) -> list[str]:
    """What can be read on each page, the machine's own line first."""
    return [
        "\n".join([header, *sheet.lines]) for header, sheet in zip(headers_of(fax), fax.sheets, strict=True)
    ]


def main(folder: Path, wanted: Sequence[str] = ()) -> None:
    """Write the faxes and the list of them."""
    rows = []
    for make in FAXES:
        fax = make()
        if wanted and fax.file not in wanted:
            continue
        (folder / fax.file).write_bytes(pdf_of(fax))
        rows.append(
            {
                "file": fax.file,
                "from": fax.sender,
                "name": fax.name,
                "to": fax.receiver,
                "pages": len(fax.sheets),
                "text": text_of(fax),
            }
        )
    text = json.dumps({"letters": rows}, indent=2, ensure_ascii=False) + "\n"
    (folder / "letters.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent, sys.argv[2:])
