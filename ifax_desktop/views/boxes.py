"""The few boxes there are: each is opened with `open()`, and nothing waits for it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from ifax_desktop import __version__
from ifax_desktop.views.icons import Icons

_PARTS = (
    ("Qt, PySide6", "LGPL 3"),
    ("httpx, h11", "BSD 3-Clause, MIT"),
    ("PDFium, pypdfium2", "BSD 3-Clause, Apache 2.0"),
    ("pypdf", "BSD 3-Clause"),
    ("Pillow", "MIT-CMU"),
    ("phonenumbers", "Apache 2.0"),
    ("qasync", "BSD 2-Clause"),
    ("keyring, truststore, platformdirs", "MIT"),
)


def about_box(icons: Icons, parent: QWidget | None) -> QMessageBox:
    """Help, About: version, licence, and what the program is made with."""
    tr = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setWindowTitle(tr("boxes", "About iFax Desktop"))
    box.setIconPixmap(icons.application_icon().pixmap(64, 64))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"iFax Desktop {__version__}")
    made = tr("boxes", "Free software under the MIT licence. Made with:")
    box.setInformativeText("\n".join([made, "", *(f"{name} ({licence})" for name, licence in _PARTS)]))
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return _with_air(box)


_WIDE = 56
"""Letters in a line of what a question means."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a box asks: the question is its title, its buttons are the answers. Enter and Escape keep things as they are."""

    title: str
    words: str
    yes: str
    no: str


def ask_box(parent: QWidget | None, question: Question, do: Callable[[], None]) -> QMessageBox:
    """Asks before `do` is done."""
    box = QMessageBox(parent)
    box.setProperty("kind", "question")
    box.setWindowTitle(question.title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question.title)
    box.setInformativeText(question.words)
    gone = box.addButton(question.yes, QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(question.no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    gone.clicked.connect(do)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if (words := box.findChild(QLabel, "qt_msgbox_informativelabel")) is not None:
        words.setMinimumWidth(words.fontMetrics().averageCharWidth() * _WIDE)
    return _with_air(box)


def discard_box(parent: QWidget | None, discard: Callable[[], None]) -> QMessageBox:
    """Asks before a draft is discarded."""
    tr = QCoreApplication.translate
    question = Question(
        tr("boxes", "Discard this draft?"),
        tr("boxes", "It cannot be brought back."),
        tr("boxes", "Discard draft"),
        tr("boxes", "Keep it"),
    )
    return ask_box(parent, question, discard)


def delete_box(parent: QWidget | None, delete: Callable[[], None]) -> QMessageBox:
    """Asks before a sent fax is deleted."""
    tr = QCoreApplication.translate
    question = Question(
        tr("boxes", "Delete this fax?"),
        tr(
            "boxes",
            "It is deleted on this computer, with its history, and cannot be brought back. At the service it stays.",
        ),
        tr("boxes", "Delete fax"),
        tr("boxes", "Keep it"),
    )
    return ask_box(parent, question, delete)


def send_anyway_box(parent: QWidget | None, send: Callable[[], None]) -> QMessageBox:
    """Asks before a fax is sent once more that may have arrived."""
    tr = QCoreApplication.translate
    question = Question(
        tr("boxes", "Send this fax once more?"),
        tr(
            "boxes",
            "Nobody knows whether it arrived. If it did, it prints twice there, and is charged twice. To be sure, "
            "ask the recipient first.",
        ),
        tr("boxes", "Send once more"),
        tr("boxes", "Leave it"),
    )
    return ask_box(parent, question, send)


def resend_box(parent: QWidget | None, send: Callable[[], None]) -> QMessageBox:
    """Asks before the service sends its own copy again."""
    tr = QCoreApplication.translate
    question = Question(
        tr("boxes", "Have the service send this fax again?"),
        tr(
            "boxes",
            "Its document is not on this computer. The service sends its own copy to the same number, as long as it "
            "still has it, and charges for it.",
        ),
        tr("boxes", "Have it sent again"),
        tr("boxes", "Leave it"),
    )
    return ask_box(parent, question, send)


def stop_box(parent: QWidget | None, stop: Callable[[], None]) -> QMessageBox:
    """Asks for the consent to stop a fax in a way that nobody has tried with the real service."""
    tr = QCoreApplication.translate
    question = Question(
        tr("boxes", "Ask the service to stop this fax?"),
        tr(
            "boxes",
            "The service says that it can, but nobody knows yet whether it hears it in the way we ask. If it does "
            "not, the fax goes on, and nothing else happens. We remember whether it worked.",
        ),
        tr("boxes", "Ask it to stop"),
        tr("boxes", "Let it go on"),
    )
    return ask_box(parent, question, stop)


def leaving_box(
    parent: QWidget | None, title: str, facts: str, leave: Callable[[], None], stay: Callable[[], None]
) -> QMessageBox:
    """Asks before the program is closed."""
    tr = QCoreApplication.translate
    box = ask_box(parent, Question(title, facts, tr("boxes", "Quit"), tr("boxes", "Stay open")), leave)
    box.rejected.connect(stay)
    return box


def account_box(
    parent: QWidget | None, waiting: str, same: Callable[[], None], other: Callable[[], None]
) -> QMessageBox:
    """Asks whether a key belongs to the account of the faxes kept here."""
    tr = QCoreApplication.translate
    facts = tr("boxes", "With this key the fax service knows none of the numbers and faxes kept here.")
    until = tr("boxes", "Until you answer, nothing is sent and nothing is received.")
    then = tr("boxes", "Another account begins with empty lists. These faxes come back when their key does.")
    question = Question(
        tr("boxes", "Is this the same account?"),
        f"{facts} {until} {waiting}".rstrip() + f"\n\n{then}",
        tr("boxes", "It is the same account"),
        tr("boxes", "Not now"),
    )
    box = ask_box(parent, question, same)
    box.addButton(tr("boxes", "It is another account"), QMessageBox.ButtonRole.AcceptRole).clicked.connect(
        other
    )
    return box


def obstacle_box(icons: Icons, sentence: str, details: str) -> QMessageBox:
    """Says why nothing can be opened."""
    box = QMessageBox()
    box.setWindowTitle("iFax Desktop")
    box.setIconPixmap(icons.pixmap("warning", "warn", 32, box.devicePixelRatioF()))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    if "\n" in sentence and (words := box.findChild(QLabel, "qt_msgbox_label")) is not None:
        words.setMinimumWidth(
            words.fontMetrics().averageCharWidth() * _WIDE
        )  # steps to take are read in lines
    box.setDetailedText(details)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setWindowIcon(icons.application_icon())
    return _with_air(box)


def _with_air(box: QMessageBox) -> QMessageBox:
    """Last of all: Qt lays a box out anew with every text."""
    if (layout := box.layout()) is not None:
        layout.setContentsMargins(20, 20, 20, 16)
    return box
