"""Pictures of the Archive page of Settings: at rest, at work, and with what came of it."""

from datetime import UTC, datetime
from typing import NoReturn, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ifax_desktop.delivery.upkeep import Upkeep
from ifax_desktop.domain.errors import ImportRefused, StorageFailed
from ifax_desktop.domain.fax import Direction
from ifax_desktop.store.bundle_check import DAMAGED
from ifax_desktop.store.exporting import Exported
from ifax_desktop.store.importing import Imported
from ifax_desktop.store.integrity import Affected, Findings
from ifax_desktop.store.settings import Settings
from ifax_desktop.store.sqlite_words import DAMAGED as DAMAGED_ARCHIVE
from ifax_desktop.store.words import FULL
from ifax_desktop.viewmodels import archive_words
from ifax_desktop.viewmodels.archive_doing import Doing
from ifax_desktop.viewmodels.archive_settings import ArchiveState, ArchiveViewModel
from ifax_desktop.viewmodels.settings import SettingsViewModel
from ifax_desktop.views.boxes import Question, ask_box, obstacle_box
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import column, pane, row
from ifax_desktop.views.settings_dialog import SettingsDialog
from tests.gallery_scene import Scene, still

_DAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _never(*_: object) -> NoReturn:
    raise AssertionError("a picture does nothing")


async def _key(_: str) -> str:
    return ""


async def _forget() -> None:
    return None


def page(state: ArchiveState) -> Scene:
    """Settings at this page, in this state."""

    def build(icons: Icons) -> QWidget:
        kept = Settings(keep_years=state.keep_years)
        archive = ArchiveViewModel(
            cast(Upkeep, None), _never, lambda: kept, _never, lambda: _DAY, _never, _never
        )
        archive.state = state
        model = SettingsViewModel(
            lambda: kept,
            _never,
            _key,
            _key,
            _forget,
            "https://api.ifaxapp.com/v1",
            False,
            _never,
            _never,
            archive=archive,
        )
        dialog = SettingsDialog(icons, model, "archive")
        model.setParent(dialog)
        archive.setParent(dialog)
        return dialog

    return still(build)


def _affected() -> Findings:
    named = (
        (Direction.RECEIVED, "+12025550143", "Dr. Ames, Orthopaedics", False),
        (Direction.SENT, "+12025550166", "County Court, Registry", True),
        (Direction.RECEIVED, "+16285550170", "", False),
    )
    return Findings(
        faxes=1204,
        documents=980,
        affected=tuple(
            Affected(place, direction, number, name, _DAY.replace(day=place + 3), is_there)
            for place, (direction, number, name, is_there) in enumerate(named)
        ),
    )


_RESULTS = {
    "exported": archive_words.exported(Exported(1204, 980, 0), "Faxes 2026-11-23.zip"),
    "exported-with-holes": archive_words.exported(Exported(1204, 978, 2), "Faxes 2026-11-23.zip"),
    "imported": archive_words.imported(Imported(1150, 54, 3, 2, 1, 0, 960)),
    "not-exported": archive_words.did_not_work(Doing.EXPORT, StorageFailed(FULL)),
    "not-imported": archive_words.did_not_work(Doing.IMPORT, ImportRefused(DAMAGED, "other rows than it says")),
    "sound": archive_words.looked_through(Findings(1204, 980)),
    "documents-gone": archive_words.looked_through(_affected()),
    "damaged": archive_words.looked_through(Findings(damage=("*** in database main ***", "Page 17: btreeInitPage() returns error code 11"))),
}  # fmt: skip


def questions(icons: Icons) -> QWidget:
    """What the page asks, side by side as parts of one sheet."""
    archive = ArchiveViewModel(cast(Upkeep, None), _never, Settings, _never, lambda: _DAY, _never, _never)
    tr = archive.tr
    asked = (
        Question(
            tr("Delete 312 faxes now?"),
            tr(
                "They ended more than 2 years ago. They are deleted on this computer, with their documents, and cannot "
                "be brought back; later ones follow when they are as old. At the service they stay. Unread faxes, "
                "drafts, and faxes that are on their way or not certain are never deleted by this."
            ),
            tr("Delete them"),
            tr("Keep them"),
        ),
        Question(
            tr("Import 1204 faxes of 23 Nov 2026?"),
            tr(
                "Faxes that are here already are left out, and nothing is sent by itself: what waited comes back as a "
                "draft, what was on its way as not certain."
            ),
            tr("Import"),
            tr("Leave it"),
        ),
    )
    made = [ask_box(None, question, lambda: None) for question in asked]
    for box in made:
        box.setWindowFlags(Qt.WindowType.Widget)
    sheet = pane(column(row(*made, spacing=24), None, margins=(24, 24, 24, 24)), "canvas")
    sheet.resize(1100, 360)
    archive.setParent(sheet)
    for box in made:
        box.show()
    return sheet


def obstacle(icons: Icons) -> QWidget:
    """A start with a damaged archive: what can be done."""
    way_back = (
        "There is a copy from before an update: “archive.version-1.sqlite3” of 3 March 2026. To go back to it:\n"
        "1. Put every file whose name begins with “archive.sqlite3” into another folder.\n"
        "2. Give the copy the name “archive.sqlite3”.\n\n"
        "Without the second step the program begins with an empty archive, fetches the received faxes that the service "
        "still has, and takes in a file that you exported.\n\nFolder: /home/r.olsen/.local/share/iFax Desktop/account"
    )
    box = obstacle_box(
        icons, f"{DAMAGED_ARCHIVE}\n\n{way_back}", "SQLITE_CORRUPT database disk image is malformed"
    )
    box.setWindowFlags(Qt.WindowType.Widget)
    sheet = pane(column(row(box, None), None, margins=(24, 24, 24, 24)), "canvas")
    sheet.resize(760, 360)
    box.show()
    return sheet


PICTURES: dict[str, Scene] = {
    "settings-archive": page(ArchiveState(keep_years=5)),
    "settings-archive-at-work": page(ArchiveState(doing=Doing.EXPORT, done=520, whole=1204)),
    "settings-archive-looking": page(ArchiveState(doing=Doing.CHECK)),
    **{f"settings-archive-{name}": page(ArchiveState(outcome=outcome)) for name, outcome in _RESULTS.items()},
    "settings-archive-questions": still(questions),
    "obstacle-damaged": still(obstacle),
}
