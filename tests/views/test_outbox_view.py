"""The Outbox with its real view-model over a real archive."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.form import Form
from ifax_desktop.viewmodels.outbox import Show
from ifax_desktop.viewmodels.verdict import Act
from ifax_desktop.views.card import Card
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.outbox_view import OutboxView
from ifax_desktop.views.retry_bars import RetryBars
from tests.conftest import Eventually
from tests.office_day import Day, Desk, heard


async def shown(view: OutboxView, eventually: Eventually) -> OutboxView:
    view.resize(1360, 760)
    view.show()
    await eventually(lambda: view.isVisible() and view.list.viewport().width() > 100)
    return view


@pytest.fixture
async def view(icons: Icons, desk: Desk, eventually: Eventually) -> AsyncIterator[OutboxView]:
    made = await shown(OutboxView(icons, desk.outbox), eventually)
    yield made
    made.hide()
    made.deleteLater()
    await asyncio.sleep(0)


@pytest.fixture
async def empty(icons: Icons, bare_desk: Desk) -> AsyncIterator[OutboxView]:
    made = OutboxView(icons, bare_desk.outbox)
    made.show()
    yield made
    made.hide()
    made.deleteLater()
    await asyncio.sleep(0)


def words(widget: QWidget) -> list[str]:
    """Everything said in labels and buttons that can be seen."""
    parts: list[QLabel | QPushButton] = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return [part.text() for part in parts if part.isVisible() and part.text()]


def row_of(view: OutboxView, index: QModelIndex) -> int | None:
    return view._model.table.id_at(index.row())


async def test_the_arrow_keys_walk_the_faxes(
    view: OutboxView, desk: Desk, made: dict[str, int], qtbot: QtBot
) -> None:
    assert row_of(view, view.list.currentIndex()) == made["draft"]
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert desk.outbox.selected == made["sending"]
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert desk.outbox.selected == made["busy"]


async def test_a_busy_fax_shows_its_plan_and_only_then(
    view: OutboxView, desk: Desk, made: dict[str, int]
) -> None:
    desk.outbox.select(made["busy"])
    assert {"Dr. Ames, Orthopaedics", "The line is busy", "Try 2 of 6", "Try now", "Stop trying"} <= set(
        words(view)
    )
    [bars] = view.findChildren(RetryBars)
    assert bars.accessibleName().startswith("Try 1, ")
    desk.outbox.select(made["failed"])
    assert "This number is not in service" in words(view)
    assert not any(bars.isVisible() for bars in view.findChildren(RetryBars))


async def test_the_button_of_the_card_acts(
    view: OutboxView, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["busy"])
    [card] = view.findChildren(Card)
    card.link_clicked.emit()
    await eventually(lambda: desk.outbox.state.fax and desk.outbox.state.fax.state == "canceled")
    asked = heard(desk.outbox.edit_asked)
    card.acted.emit()
    assert asked == [(made["busy"],)]


async def test_only_what_is_possible_is_offered(view: OutboxView, desk: Desk, made: dict[str, int]) -> None:
    def offered() -> set[str]:
        return {action.text() for action in view.acts.values() if action.isVisible()}

    expected = {
        "busy": {"Try now", "Stop trying"},
        "later": {"Send now", "Cancel fax"},
        "failed": {"Try again", "Edit number and send", "Contact support", "Delete…"},
        "broke": {"Send again", "Contact support", "Delete…"},
        "doubtful": {"Look again now", "Send again…", "Cancel fax"},
        "sending": {"Cancel fax"},
        "delivered": {"Send again", "Delete…"},
        "draft": {"Open draft", "Discard draft…"},
    }
    for which, acts in expected.items():
        desk.outbox.select(made[which])
        assert offered() == acts, which
    view.set_active(False)
    assert offered() == set()
    assert not view.copy.isVisible()


async def test_a_draft_opens_by_enter_and_asks_before_it_is_thrown_away(
    view: OutboxView, desk: Desk, made: dict[str, int], qtbot: QtBot, eventually: Eventually
) -> None:
    asked = heard(desk.outbox.draft_asked)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert asked == [(made["draft"],)]
    view.acts[Act.DISCARD].trigger()
    [question] = view.findChildren(QMessageBox)
    keep = next(button for button in question.buttons() if button.text() == "Keep it")
    keep.click()
    assert desk.outbox.selected == made["draft"]
    await asyncio.sleep(0)
    view.acts[Act.DISCARD].trigger()
    question = view.findChildren(QMessageBox)[-1]
    next(button for button in question.buttons() if button.text() == "Discard draft").click()
    await eventually(lambda: desk.outbox.selected == made["sending"])
    assert row_of(view, view.list.currentIndex()) == made["sending"]


def answer(view: OutboxView, words: str) -> str:
    """Press a button of the box that is open; the answer is what the box asked."""
    question = view.findChildren(QMessageBox)[-1]
    next(button for button in question.buttons() if button.text() == words).click()
    return question.text()


async def test_a_fax_that_has_left_is_stopped_only_with_consent(
    view: OutboxView, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["sending"])
    view.acts[Act.CANCEL].trigger()
    assert answer(view, "Let it go on") == "Ask the service to stop this fax?"
    assert "The service is asked to stop this fax" not in words(view)
    await asyncio.sleep(0)
    view.acts[Act.CANCEL].trigger()
    answer(view, "Ask it to stop")
    await eventually(lambda: "The service is asked to stop this fax" in words(view))


async def test_a_doubtful_fax_is_sent_again_only_after_a_warning(
    view: OutboxView, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["doubtful"])
    [card] = view.findChildren(Card)
    card.link_clicked.emit()
    assert answer(view, "Leave it") == "Send this fax once more?"
    await asyncio.sleep(0)
    assert desk.outbox.state.fax
    assert desk.outbox.state.fax.state == "uncertain"
    card.link_clicked.emit()
    answer(view, "Send once more")
    await eventually(lambda: desk.outbox.state.fax and desk.outbox.state.fax.state == "waiting")


async def test_a_fax_is_deleted_after_a_question(
    view: OutboxView, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["failed"])
    before = desk.outbox.table.rowCount()
    view.acts[Act.DELETE].trigger()
    assert answer(view, "Keep it") == "Delete this fax?"
    await asyncio.sleep(0)
    view.acts[Act.DELETE].trigger()
    answer(view, "Delete fax")
    await eventually(lambda: desk.outbox.table.rowCount() == before - 1)


async def test_without_its_document_the_service_is_asked_after_a_question(
    view: OutboxView, day: Day, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    [row] = day.backbone.archive.rows([made["failed"]])
    day.backbone.files.path(row.document).unlink()
    desk.outbox.select(made["failed"])
    [card] = view.findChildren(Card)
    card.acted.emit()
    assert answer(view, "Have it sent again") == "Have the service send this fax again?"
    await eventually(lambda: desk.outbox.state.waiting == 3)


async def test_filters_are_pills_with_counts(
    view: OutboxView, desk: Desk, qtbot: QtBot, eventually: Eventually
) -> None:
    pill = view.side.filters.button(Show.NEEDS_YOU)
    assert pill.text() == "Needs you  3"
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    await eventually(lambda: desk.outbox.table.rowCount() == 3)
    assert pill.isChecked()


async def test_what_is_not_found_is_named(view: OutboxView, desk: Desk, eventually: Eventually) -> None:
    desk.outbox.search("harpr")
    await eventually(lambda: "Nothing found for “harpr”" in words(view))
    cleared = heard(view.search_cleared)
    view._not_found.acted.emit()
    assert cleared == [()]


async def test_an_empty_filter_leads_back(empty: OutboxView, bare_desk: Desk, eventually: Eventually) -> None:
    assert "Drop a PDF here to send your first fax" in words(empty)
    asked = heard(empty.file_asked)
    empty.drop_area.acted.emit()
    assert asked == [()]
    bare_desk.outbox.choose_filter(Show.NEEDS_YOU)
    await eventually(lambda: "Nothing needs you" in words(empty))
    bare_desk.outbox.choose_filter(Show.IN_PROGRESS)
    await eventually(lambda: "Nothing is on its way" in words(empty))
    empty._filtered.acted.emit()
    await eventually(lambda: "Drop a PDF here to send your first fax" in words(empty))


async def test_choice_and_place_stay_while_faxes_come_in(
    view: OutboxView, day: Day, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    view.resize(1200, 420)
    await asyncio.sleep(0)
    desk.outbox.select(made["delivered"])
    bar = view.list.verticalScrollBar()
    await eventually(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    top = row_of(view, view.list.indexAt(view.list.viewport().rect().topLeft()))
    before = desk.outbox.table.rowCount()
    await day.backbone.outbox.save_draft(Form(name="New"), day.now())
    await eventually(lambda: desk.outbox.table.rowCount() == before + 1)
    assert row_of(view, view.list.indexAt(view.list.viewport().rect().topLeft())) == top
    assert row_of(view, view.list.currentIndex()) == made["delivered"]
    await day.backbone.outbox.discard(made["draft"])
    await eventually(lambda: desk.outbox.table.row_of(made["draft"]) == -1)
    assert row_of(view, view.list.indexAt(view.list.viewport().rect().topLeft())) == top
    assert row_of(view, view.list.currentIndex()) == made["delivered"]
    assert desk.outbox.selected == made["delivered"]


async def test_a_fax_that_is_shown_from_elsewhere_comes_into_sight(
    view: OutboxView, desk: Desk, eventually: Eventually
) -> None:
    view.resize(1000, 380)
    last = view._model.table.id_at(view._model.table.rowCount() - 1)
    desk.outbox.select(last)
    index = view.list.currentIndex()
    assert row_of(view, index) == last
    await eventually(lambda: view.list.viewport().rect().contains(view.list.visualRect(index)))


async def test_at_the_top_the_list_stays_at_the_top(
    view: OutboxView, day: Day, desk: Desk, eventually: Eventually
) -> None:
    draft = await day.backbone.outbox.save_draft(Form(name="New"), day.now())
    await eventually(lambda: desk.outbox.table.id_at(0) == draft)
    assert view.list.verticalScrollBar().value() == 0


async def test_in_a_narrow_window_the_strip_of_pages_goes(
    view: OutboxView, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["busy"])
    await eventually(lambda: view.preview.thumbnails.isVisible() and view.preview.thumbnails.height() > 40)
    wide = view.side.width()
    view.set_narrow(True)
    await eventually(lambda: view.preview.thumbnails.height() == 0)
    assert view.side.width() < wide
    view.set_narrow(False)
    await eventually(lambda: view.preview.thumbnails.height() > 40)
    assert view.side.width() == wide


async def test_copy_is_beside_the_number(
    view: OutboxView, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    for fax, number in (("unnamed", "+14155550126"), ("busy", "+12025550143")):
        desk.outbox.select(made[fax])
        await eventually(lambda: copy_beside_a_number(view))
        copy = copy_beside_a_number(view)
        assert copy is not None
        copy.click()
        assert QApplication.clipboard().text() == number


def copy_beside_a_number(view: OutboxView) -> QPushButton | None:
    """The one copy button there is to see, if a number ends right before it."""
    buttons = [button for button in view.findChildren(QPushButton) if button.isVisible()]
    [copy] = [button for button in buttons if button.accessibleName() == "Copy number"]
    numbers = [words for words in view.findChildren(QLabel) if "555" in words.text()]
    return copy if any(is_beside(words, copy) for words in numbers) else None


def is_beside(words: QLabel, button: QPushButton) -> bool:
    middle = button.mapTo(words.window(), button.rect().center())
    place = QRect(words.mapTo(words.window(), QPoint()), words.size())
    return (
        words.isVisible()
        and place.top() < middle.y() < place.bottom()
        and 0 < middle.x() - place.right() < 40
    )
