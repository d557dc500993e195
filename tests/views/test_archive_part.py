"""The Archive page of Settings, driven by its own widgets over a real archive."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.store.finding import Query
from ifax_desktop.viewmodels.archive_doing import Doing
from ifax_desktop.viewmodels.archive_settings import ArchiveViewModel
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.settings import SettingsViewModel
from ifax_desktop.views.archive_part import ArchivePart
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.paragraph import Paragraph
from ifax_desktop.views.settings_dialog import SettingsDialog
from tests.conftest import Eventually
from tests.office_day import NOON, Day


async def _nothing(*_: object) -> str:
    return ""


async def _forget() -> None:
    return None


def _raise(error: BaseException) -> NoReturn:
    raise error


@pytest.fixture(autouse=True)
def stays_open(qapp: QApplication) -> Iterator[None]:
    """The end of the last window is not the end of the program; there it is the same."""
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(True)


@dataclass
class Page:
    """Settings opened at their page Archive."""

    day: Day
    model: ArchiveViewModel
    settings: SettingsViewModel
    dialog: SettingsDialog
    posted: list[Notice]

    @property
    def part(self) -> ArchivePart:
        assert self.dialog.archive is not None
        return self.dialog.archive

    def words(self) -> list[str]:
        """What the card says."""
        return [words.text() for words in self.part.card.findChildren(Paragraph) if words.text()]

    def button(self, words: str, within: QWidget | None = None) -> QPushButton:
        where = within or self.dialog
        return next(button for button in where.findChildren(QPushButton) if button.text() == words)

    def box(self) -> QMessageBox:
        return next(box for box in self.dialog.findChildren(QMessageBox) if box.isVisible())

    def files(self) -> QFileDialog:
        return next(dialog for dialog in self.dialog.findChildren(QFileDialog) if dialog.isVisible())

    async def faxes(self) -> int:
        return sum([len(await self.day.backbone.archive.ids(Query(direction))) for direction in Direction])


def open_page(icons: Icons, day: Day) -> Page:
    back = day.backbone
    posted: list[Notice] = []
    model = ArchiveViewModel(
        back.upkeep,
        lambda: back.bundles,
        back.settings,
        back.save_settings,
        day.now,
        posted.append,
        day.reported.append,
    )
    settings = SettingsViewModel(
        back.settings, back.save_settings, _nothing, _nothing, _forget, "", True, print, _raise, archive=model
    )
    dialog = SettingsDialog(icons, settings, "archive")
    dialog.open()
    return Page(day, model, settings, dialog, posted)


async def close(page: Page) -> None:
    page.dialog.accept()
    await page.settings.close()
    await page.model.close()
    page.dialog.deleteLater()


@pytest.fixture
async def page(icons: Icons, day: Day, made: dict[str, int]) -> AsyncIterator[Page]:
    page = open_page(icons, day)
    yield page
    await close(page)


async def ended(page: Page, eventually: Eventually) -> None:
    await eventually(lambda: page.model.state.doing is Doing.NOTHING and page.model.state.outcome)


async def test_everything_goes_into_a_file_and_comes_out_of_it(
    page: Page, icons: Icons, tmp_path: Path, eventually: Eventually
) -> None:
    assert page.part.card.isHidden()
    page.part.export.click()
    dialog = page.files()
    assert Path(dialog.selectedFiles()[0]).name == "Faxes 2026-11-23.zip"
    dialog.fileSelected.emit(str(tmp_path / "all.zip"))
    dialog.reject()
    await ended(page, eventually)
    assert page.words()[0] == "Exported into “all.zip”"
    assert page.part.card.property("card") == "ok"
    faxes = await page.faxes()
    async with Day(tmp_path / "new") as day:
        new = open_page(icons, day)
        new.part.take_in.click()
        dialog = new.files()
        dialog.fileSelected.emit(str(tmp_path / "all.zip"))
        dialog.reject()
        await eventually(lambda: new.model.question)
        box = new.box()
        assert box.text() == f"Import {faxes} faxes of 23 Nov 2026?"
        assert [button.text() for button in box.buttons()] == ["Import", "Leave it"]
        new.button("Import", box).click()
        await ended(new, eventually)
        assert new.words()[0] == f"{faxes} faxes imported"
        assert await new.faxes() == faxes
        await close(new)


async def test_enter_and_escape_import_nothing(
    page: Page, tmp_path: Path, eventually: Eventually, qtbot: QtBot
) -> None:
    page.model.export_to(tmp_path / "all.zip")
    await ended(page, eventually)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        page.model.open_file(tmp_path / "all.zip")
        await eventually(lambda: page.model.question)
        box = page.box()
        qtbot.keyClick(box, key)
        assert page.model.question is None
        assert page.model.state.doing is Doing.NOTHING


async def test_whose_file_it_is_has_three_answers(
    page: Page, icons: Icons, tmp_path: Path, eventually: Eventually
) -> None:
    page.model.export_to(tmp_path / "all.zip")
    await ended(page, eventually)
    async with Day(tmp_path / "new") as day:
        await day.backbone.numbers.replace([OwnNumber("+442079460000", "9", "9")], NOON)
        new = open_page(icons, day)
        new.model.open_file(tmp_path / "all.zip")
        await eventually(lambda: new.model.question)
        box = new.box()
        words = {button.text() for button in box.buttons()}
        assert words == {"It is of this account", "Of another account", "Leave it"}
        new.button("Of another account", box).click()
        await ended(new, eventually)
        assert "Of another account" in new.words()[1]
        assert await new.faxes() == 0
        await close(new)


async def test_the_way_is_shown_and_can_be_left_by_the_keyboard(
    page: Page, tmp_path: Path, eventually: Eventually, qtbot: QtBot
) -> None:
    page.part.check.setFocus()
    page.model.export_to(tmp_path / "all.zip")
    assert page.words() == ["Exporting everything"]
    [bar] = page.dialog.findChildren(QProgressBar)
    assert bar.accessibleName() == "Exporting everything"
    assert not page.part.check.isEnabled()
    assert page.part.check.toolTip() == "One at a time: something is under way."
    leave = page.button("Cancel", page.part.card)
    leave.setFocus(Qt.FocusReason.TabFocusReason)
    await eventually(lambda: page.model.state.percent is None or page.model.state.percent >= 0)
    qtbot.keyClick(leave, Qt.Key.Key_Space)
    assert page.model.state.doing is Doing.NOTHING
    assert page.part.card.isHidden()
    assert page.part.check.isEnabled()


async def test_the_focus_stays_on_cancel_while_it_goes_on(
    page: Page, tmp_path: Path, eventually: Eventually
) -> None:
    page.model.export_to(tmp_path / "all.zip")
    leave = page.button("Cancel", page.part.card)
    told: list[QPushButton] = []
    page.model.changed.connect(lambda: told.extend(page.part.card.findChildren(QPushButton)))
    await ended(page, eventually)
    while_it_went_on = told[:-1]
    assert len(while_it_went_on) > 2
    assert {id(button) for button in while_it_went_on[:3]} == {id(leave)}


async def test_what_is_wrong_is_said_and_unfolds(page: Page, eventually: Eventually, qtbot: QtBot) -> None:
    documents = page.day.backbone.paths.documents
    for document in documents.rglob("*"):
        if document.is_file():
            document.unlink()
    qtbot.mouseClick(page.part.check, Qt.MouseButton.LeftButton)
    await ended(page, eventually)
    title, sentences = page.words()
    assert title.endswith("faxes miss their document")
    assert "Import a file that you exported earlier" in sentences
    assert page.part.card.property("card") == "bad"
    page.button("Details", page.part.card).click()
    raw = page.part.card._raw
    assert raw is not None
    assert raw.isVisibleTo(page.part.card)
    assert "County Court, Registry" in raw.toPlainText()


async def test_a_rule_asks_before_it_deletes(page: Page, eventually: Eventually) -> None:
    keep: QComboBox = page.part.keep
    choices = [keep.itemText(place) for place in range(keep.count())]
    assert choices == ["For ever", "1 year", "2 years", "5 years", "10 years"]
    before = await page.faxes()

    def choose(words: str) -> None:
        keep.setCurrentIndex(keep.findText(words))
        keep.activated.emit(keep.currentIndex())

    choose("1 year")
    await eventually(lambda: page.model.question)
    box = page.box()
    assert box.text() == "Delete 2 faxes now?"
    page.button("Keep them", box).click()
    assert keep.currentText() == "For ever"
    assert await page.faxes() == before
    choose("1 year")
    await eventually(lambda: page.model.question)
    page.button("Delete them", page.box()).click()
    assert keep.currentText() == "1 year"
    assert page.day.backbone.settings().keep_years == 1


async def test_a_rule_of_another_version_is_shown(icons: Icons, day: Day) -> None:
    from dataclasses import replace

    day.backbone.save_settings(replace(day.backbone.settings(), keep_years=7))
    page = open_page(icons, day)
    assert page.part.keep.currentText() == "7 years"
    await close(page)


async def test_work_goes_on_when_settings_are_closed(
    page: Page, tmp_path: Path, eventually: Eventually
) -> None:
    page.model.export_to(tmp_path / "all.zip")
    page.dialog.accept()
    await ended(page, eventually)
    assert (tmp_path / "all.zip").exists()
    [notice] = page.posted
    assert notice.text.startswith("Exported into “all.zip”.")


async def test_the_page_can_be_found_and_walked(page: Page, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.dialog.search, "backup")
    assert [key for key, button in page.dialog._nav.items() if button.isVisible()] == ["archive"]
    assert page.part.export.isVisible()
    assert not page.part.check.isVisible()
    page.dialog.search.clear()
    walked: list[QWidget | None] = []
    page.part.keep.setFocus()
    for _ in range(4):
        walked.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert walked == [page.part.keep, page.part.export, page.part.take_in, page.part.check]
    assert [part.accessibleName() for part in walked if part is not None] == [
        "Keep faxes",
        "Export everything",
        "Import a file",
        "Check the archive",
    ]


def test_without_an_archive_there_is_no_such_page(icons: Icons, day: Day) -> None:
    model = SettingsViewModel(
        day.backbone.settings, print, _nothing, _nothing, _forget, "", True, print, _raise
    )
    dialog = SettingsDialog(icons, model)
    assert "archive" not in dialog._nav
    dialog.deleteLater()
