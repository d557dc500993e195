"""What may go wrong with a page, in words, and the repair that is offered for it."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.findings import Finding, Trouble
from ifax_desktop.domain.page import PageLook, Treatment
from ifax_desktop.domain.quality import Quality
from ifax_desktop.viewmodels.wording import minutes

translate = QCoreApplication.translate


class Repair(StrEnum):
    """What can be done about a page."""

    FINER = "finer"
    AS_TEXT = "as text"
    LIGHTER = "lighter"
    DARKER = "darker"
    SMALLER = "smaller"
    LEAVE_OUT = "leave out"
    PUT_BACK = "put back"
    OTHER_FILE = "other file"
    """Add the document once more in another form: the user chooses it."""


@dataclass(frozen=True, slots=True)
class PageWarning:
    """One thing to know about one page."""

    title: str
    sentence: str
    repair: Repair | None
    finding: Finding


def warnings(
    findings: tuple[Finding, ...], number: int, quality: Quality, look: PageLook, *, is_cover: bool
) -> list[PageWarning]:
    """What is to be said of page `number`, the worst first. Of a cover page of ours only its fineness can be changed."""
    found = []
    for finding in findings:
        title, sentence = _words(finding, number)
        repair = _repair(finding, quality, look)
        if is_cover and repair is not Repair.FINER:
            repair = None
        found.append(PageWarning(title, sentence, repair, finding))
    return found


def treatment_words() -> list[tuple[Treatment, str]]:
    """The ways a page can become black and white."""
    return [
        (Treatment.AUTO, translate("compose", "Automatic")),
        (Treatment.TEXT, translate("compose", "As writing")),
        (Treatment.PHOTO, translate("compose", "As a photograph")),
        (Treatment.DARKER, translate("compose", "Darker")),
        (Treatment.LIGHTER, translate("compose", "Lighter")),
    ]


def repair_words(repair: Repair, quality: Quality) -> str:
    """What its button says."""
    finer = (
        translate("compose", "Send in fine quality")
        if quality.finer is Quality.HD
        else translate("compose", "Send in superfine quality")
    )
    return {
        Repair.FINER: finer,
        Repair.AS_TEXT: translate("compose", "Remove the grey"),
        Repair.LIGHTER: translate("compose", "Make it lighter"),
        Repair.DARKER: translate("compose", "Make it darker"),
        Repair.SMALLER: translate("compose", "Make the page smaller"),
        Repair.LEAVE_OUT: translate("compose", "Leave it out"),
        Repair.PUT_BACK: translate("compose", "Put it back"),
        Repair.OTHER_FILE: translate("compose", "Add another file"),
    }[repair]


def _repair(finding: Finding, quality: Quality, look: PageLook) -> Repair | None:
    """What helps and was not done yet."""
    as_text = None if look.treatment is Treatment.TEXT else Repair.AS_TEXT
    match finding.trouble:
        case Trouble.SMALL_TEXT:
            return Repair.FINER if quality is not quality.finer else None
        case Trouble.NOISE | Trouble.SLOW:
            return as_text
        case Trouble.DARK:
            return Repair.LIGHTER if look.treatment is not Treatment.LIGHTER else as_text
        case Trouble.BLANK:
            return Repair.LEAVE_OUT
        case Trouble.COARSE:
            return Repair.DARKER if look.treatment is not Treatment.DARKER else None
        case Trouble.EDGE:
            return Repair.SMALLER if not look.inset else None
        case Trouble.LETTERS:
            return Repair.OTHER_FILE


def _words(finding: Finding, number: int) -> tuple[str, str]:
    match finding.trouble:
        case Trouble.SMALL_TEXT:
            title = translate("compose", "The writing on page {0} is small")
            sentence = translate("compose", "Letters of {0} points may not be readable on paper.")
            return title.format(number), sentence.format(f"{finding.value:n}")
        case Trouble.NOISE:
            title = translate("compose", "The grey on page {0} will print as dots")
            sentence = translate(
                "compose", "Writing on it is hard to read, and the page takes longer to send."
            )
            return title.format(number), sentence
        case Trouble.DARK:
            title = translate("compose", "Page {0} is very dark")
            sentence = translate(
                "compose", "It takes long to send, and the other side prints it with much toner."
            )
            return title.format(number), sentence
        case Trouble.SLOW:
            title = translate("compose", "Page {0} takes {1}")
            sentence = translate("compose", "Pictures and grey grounds take long, and long calls break off.")
            return title.format(number, minutes(finding.value * 60)), sentence
        case Trouble.BLANK:
            title = translate("compose", "Page {0} is blank")
            return title.format(number), translate("compose", "It would be sent as an empty page.")
        case Trouble.COARSE:
            title = translate("compose", "The scan on page {0} is coarse")
            sentence = translate(
                "compose", "It has {0} dots to the inch. Scanned again with 200 or more it is readable."
            )
            return title.format(number), sentence.format(f"{finding.value:.0f}")
        case Trouble.EDGE:
            title = translate("compose", "Page {0} goes to the edge")
            sentence = translate("compose", "Fax machines cut off what is marked here.")
            return title.format(number), sentence
        case Trouble.LETTERS:
            title = translate("compose", "Page {0} has letters we cannot print")
            sentence = translate("compose", "In place of {0} there are boxes. Add the document as a PDF.")
            return title.format(number), sentence.format(" ".join(finding.text[:8]))
