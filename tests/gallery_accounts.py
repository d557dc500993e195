"""Pictures of what is asked about an account and before the program is closed, and of what the notice bar says of both."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from ifax_desktop.viewmodels.notices import Notice, Rank
from ifax_desktop.views.boxes import account_box, leaving_box
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import column, pane, row
from tests.gallery_scene import Scene, still
from tests.gallery_window import Made, picture
from tests.main_window import MainWindow
from tests.office_day import Desk

tr = QCoreApplication.translate


def _nothing() -> None:
    """Nobody presses anything in a picture."""


def whose(icons: Icons) -> QWidget:
    """The two questions, side by side as parts of one sheet."""
    facts = " ".join(
        (
            tr("LeavingViewModel", "They go out only while iFax Desktop is open."),
            tr("LeavingViewModel", "The first one is due {0}.").format("tomorrow at 8:00 AM"),
        )
    )
    title = tr("LeavingViewModel", "Quit with {0} faxes waiting?").format(3)
    waiting = tr("OwnershipViewModel", "{0} wait here.").format("3 faxes")
    boxes = (
        account_box(None, waiting, _nothing, _nothing),
        leaving_box(None, title, facts, _nothing, _nothing),
    )
    for box in boxes:
        box.setWindowFlags(Qt.WindowType.Widget)
    sheet = pane(column(row(*boxes, None, spacing=24), None, margins=(24, 24, 24, 24)), "canvas")
    sheet.resize(1240, 360)
    for box in boxes:
        box.show()
    return sheet


def _asked(window: MainWindow, desk: Desk, made: Made) -> None:
    desk.outbox.select(made["later"])
    one = tr("OwnershipViewModel", "This key may belong to another account.")
    words = f"{one} {tr('OwnershipViewModel', '{0} wait here.').format('3 faxes')}"
    desk.notices.post(
        Notice(words, tr("OwnershipViewModel", "Answer"), "warn", "key", "ownership", Rank.ACCOUNT)
    )


def _finishing(window: MainWindow, desk: Desk, made: Made) -> None:
    desk.outbox.select(made["sending"])
    window.rooms.finish(tr("Rooms", "Finishing one fax…"))


PICTURES: dict[str, Scene] = {
    "questions-account": still(whose),
    "account-asked": picture(_asked),
    "finishing": picture(_finishing),
}
