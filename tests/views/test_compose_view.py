"""The New fax window as a person uses it: real widgets over the real store and the real worker."""

import io
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.fax import State
from ifax_desktop.domain.quality import Quality
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.views.drop_veil import DropVeil
from ifax_desktop.views.icons import Icons
from tests.conftest import Clock, Eventually
from tests.desk import Desk, open_desk
from tests.documents import samples
from tests.documents.fake_children import child
from tests.views.composing import LEFT, attached, drag, drop, names, shown, words

CTRL = Qt.KeyboardModifier.ControlModifier
NUMBER = "+1\N{NO-BREAK SPACE}202\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}0143"


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, clock) as made:
        yield made


@pytest.fixture
def letter(desk: Desk) -> Path:
    return desk.file("referral.pdf", samples.letter("One", "Two"))


async def test_drop_type_send(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    assert view.send.text() == "Add a number and a document"
    drop(view, letter)
    qtbot.keyClicks(view.form.number, "202 555 0143")
    qtbot.keyClicks(view.form.name, "Dr. Ames")
    await eventually(lambda: view.send.isEnabled())
    assert view.send.text() == f"Send 2 pages to Dr. Ames  {NUMBER}"
    assert view.windowTitle() == "Fax to Dr. Ames"
    await eventually(lambda: view.preview.canvas.isVisible() and "Page 1 of 2" in words(view))
    with qtbot.assertNotEmitted(desk.notices.changed):
        qtbot.mouseClick(view.send, LEFT)
        await eventually(lambda: not view.isVisible())
    (fax,) = await desk.faxes()
    assert (fax.state, fax.number, fax.name, fax.pages) == (State.QUEUED, "+12025550143", "Dr. Ames", 2)


async def test_while_files_are_dragged_the_whole_window_says_drop_to_add(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    (veil,) = view.findChildren(DropVeil)
    drag(view, [letter])
    assert veil.isVisible()
    assert veil.geometry() == view.rect()
    assert "Drop to add" in words(veil)
    QApplication.sendEvent(view, QDragLeaveEvent())
    assert not veil.isVisible()
    drop(view, letter)
    assert not veil.isVisible()
    await eventually(lambda: view.form.strip.isVisible())


async def test_what_is_no_file_is_not_taken(qtbot: QtBot, icons: Icons, desk: Desk) -> None:
    view = shown(qtbot, icons, desk.form())
    data = QMimeData()
    data.setText("202 555 0143")
    data.setUrls([QUrl("https://example.com/letter.pdf")])
    entering = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    entering.ignore()
    QApplication.sendEvent(view, entering)
    assert not entering.isAccepted()


async def test_no_field_takes_a_dropped_file_as_text(qtbot: QtBot, icons: Icons, desk: Desk) -> None:
    view = shown(qtbot, icons, desk.form())
    form = view.form
    for field in (form.number, form.name, form.cover.to, form.cover.subject, form.cover.message.viewport()):
        assert not field.acceptDrops()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "notes.bin",
            samples.RUBBISH,
            "This program cannot show this kind of file. Save or print it as a PDF and add that.",
        ),
        ("empty.pdf", b"", "This file is empty."),
        ("blank.pdf", samples.no_pages(), "This document has no pages."),
        ("gone.pdf", None, "The file is not there."),
    ],
)
async def test_a_file_that_cannot_be_taken_says_why_below_the_documents_and_nothing_is_lost(
    qtbot: QtBot,
    icons: Icons,
    desk: Desk,
    letter: Path,
    eventually: Eventually,
    name: str,
    content: bytes | None,
    sentence: str,
) -> None:
    view = shown(qtbot, icons, desk.form())
    qtbot.keyClicks(view.form.number, "202 555 0143")
    bad = desk.folder / name if content is None else desk.file(name, content)
    drop(view, letter, bad)
    await eventually(lambda: view.form.refused.isVisible() and not view.form.reading.isVisible())
    assert view.form.refused.text == f"“{name}” cannot be added. {sentence}"
    assert words(view).count(view.form.refused.text) == 1
    assert view.form.number.text() == "202 555 0143"
    assert names(view) == ["referral.pdf"]
    assert view.send.isEnabled()


async def test_a_number_that_is_none_says_so_below_its_field_on_leaving_it(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    drop(view, letter)
    await eventually(lambda: view.form.strip.isVisible())
    qtbot.keyClicks(view.form.number, "202 555 01")
    assert view.form.number_field.problem == ""
    assert view.send.text() == "Check the fax number first"
    assert not view.send.isEnabled()
    qtbot.keyClick(view.form.number, Qt.Key.Key_Tab)
    assert view.form.number_field.problem == "Two digits are missing."
    assert view.form.number.text() == "202 555 01"
    qtbot.keyClicks(view.form.number, "43")
    assert view.form.number_field.problem == ""
    assert view.send.isEnabled()


async def test_ctrl_enter_on_an_empty_form_says_what_is_missing_and_sends_nothing(
    qtbot: QtBot, icons: Icons, desk: Desk
) -> None:
    view = shown(qtbot, icons, desk.form())
    qtbot.keyClick(view.form.number, Qt.Key.Key_Return, CTRL)
    assert view.form.number_field.problem == "Type the fax number."
    assert view.form.refused.text == "Add a document to send."
    assert view.isVisible()
    assert await desk.faxes() == []


async def test_ctrl_enter_sends(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    qtbot.keyClicks(view.form.number, "202 555 0143")
    drop(view, letter)
    await eventually(view.send.isEnabled)
    qtbot.keyClick(view.form.cover.kind.button(CoverKind.NONE), Qt.Key.Key_Return, CTRL)
    await eventually(lambda: not view.isVisible())
    assert [fax.state for fax in await desk.faxes()] == [State.QUEUED]


async def test_the_file_dialog_is_open_beside_the_window_and_adds_what_is_chosen(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    view = shown(qtbot, icons, desk.form())
    qtbot.keyClick(view.form.number, Qt.Key.Key_O, CTRL)
    qtbot.keyClick(view.form.number, Qt.Key.Key_O, CTRL)
    (dialog,) = view.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(letter)])
    dialog.reject()
    await eventually(lambda: names(view) == ["referral.pdf"])
    await eventually(lambda: not view.findChildren(QFileDialog))
    qtbot.mouseClick(view.form.add, LEFT)
    (dialog,) = view.findChildren(QFileDialog)
    dialog.reject()
    await eventually(lambda: not view.findChildren(QFileDialog))


async def test_the_cover_page_appears_with_its_fields_and_in_the_preview(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    view = shown(qtbot, icons, model)
    cover = view.form.cover
    assert not cover.to.isVisible()
    drop(view, letter)
    qtbot.keyClicks(view.form.name, "Dr. Ames")
    qtbot.mouseClick(cover.kind.button(CoverKind.OWN), LEFT)
    assert cover.to.text() == "Dr. Ames"
    qtbot.keyClicks(cover.sender_name, "Front desk")
    qtbot.keyClicks(cover.subject, "Referral")
    qtbot.keyClicks(cover.message, "Here it is.")
    cover.notice.setCurrentIndex(cover.notice.findData("own"))
    cover.notice.activated.emit(cover.notice.currentIndex())
    assert cover.notice_text.isVisible()
    qtbot.keyClicks(cover.notice_text, "For you only.")
    printed = model.state.form.cover
    assert (printed.from_name, printed.subject, printed.message, printed.notice) == (
        "Front desk",
        "Referral",
        "Here it is.",
        "For you only.",
    )
    await eventually(lambda: model.preview.state.pages == 3)
    qtbot.mouseClick(cover.kind.button(CoverKind.SERVICE), LEFT)
    assert cover.to.isVisible()
    assert not cover.notice.isVisible()
    qtbot.mouseClick(cover.kind.button(CoverKind.NONE), LEFT)
    assert not cover.message.isVisible()


async def test_from_offers_our_numbers_and_quality_standard_or_fine(
    qtbot: QtBot, icons: Icons, desk: Desk
) -> None:
    desk.choose(own_number="+12025550199")
    model = desk.form()
    view = shown(qtbot, icons, model)
    field = view.form.own_number
    offered = [field.itemData(place) for place in range(field.count())]
    assert offered == ["+12025550119", "+12025550120", "+12025550199", ""]
    assert field.currentData() == "+12025550199", "a number no longer listed is not changed unasked"
    field.activated.emit(1)
    assert model.state.form.own_number == "+12025550199"
    field.setCurrentIndex(0)
    field.activated.emit(0)
    assert model.state.form.own_number == "+12025550119"
    qtbot.mouseClick(view.form.quality.button(Quality.HD), LEFT)
    assert model.state.form.quality is Quality.HD


async def test_tab_walks_from_to_to_send(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    form = view.form
    drop(view, letter)
    qtbot.keyClicks(form.number, "202 555 0143")
    qtbot.mouseClick(form.cover.kind.button(CoverKind.OWN), LEFT)
    await eventually(lambda: view.send.isEnabled() and view.preview.canvas.isVisible())
    form.number.setFocus(Qt.FocusReason.TabFocusReason)
    stops = [
        form.number,
        form.name,
        form.own_number,
        form.undo,
        form.add,
        form.paste,
        form.strip,
        form.cover.kind.button(CoverKind.OWN),
        form.cover.to,
        form.cover.sender_name,
        form.cover.subject,
        form.cover.message,
        form.cover.notice,
        form.quality.button(Quality.STANDARD),
    ]
    walked = []
    for _ in stops:
        walked.append(view.focusWidget())
        view.focusNextChild()
    assert walked == stops
    after: list[QWidget | None] = []
    while view.focusWidget() is not form.number and len(after) < 20:
        after.append(view.focusWidget())
        view.focusNextChild()
    assert after[-1] is view.send


async def test_closing_keeps_a_draft_first_and_says_so(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    qtbot.keyClicks(view.form.name, "Dr. Ames")
    drop(view, letter)
    await eventually(lambda: view.form.strip.isVisible())
    assert not view.close(), "it closes when the form is kept"
    await eventually(lambda: not view.isVisible())
    assert [fax.name for fax in await desk.faxes(State.DRAFT)] == ["Dr. Ames"]
    assert desk.notices.current is not None
    assert desk.notices.current.text == "The fax to Dr. Ames is kept as a draft in the Outbox."


async def test_a_form_that_cannot_be_kept_says_so_at_the_foot_and_stays(
    qtbot: QtBot, icons: Icons, desk: Desk, eventually: Eventually
) -> None:
    model = desk.form()
    view = shown(qtbot, icons, model)
    qtbot.keyClicks(view.form.name, "Dr. Ames")
    model.save()
    await eventually(lambda: model.state.is_saved)
    assert "Saved as a draft" in words(view)
    (draft,) = await desk.faxes(State.DRAFT)
    await desk.drafts.discard(draft.id)
    qtbot.keyClicks(view.form.name, ", Orthopaedics")
    view.close()
    await eventually(view.problem.isVisible)
    assert view.problem.text.startswith("This draft was sent or discarded in another window.")
    assert view.form.name.text() == "Dr. Ames, Orthopaedics"
    assert view.close()


async def test_two_windows_know_nothing_of_each_other(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    one, two = shown(qtbot, icons, desk.form()), shown(qtbot, icons, desk.form())
    qtbot.keyClicks(one.form.number, "202 555 0143")
    drop(two, letter)
    await eventually(lambda: two.form.strip.isVisible())
    assert two.form.number.text() == ""
    assert not one.form.strip.isVisible()


async def test_a_long_name_is_shortened_on_the_button_and_its_number_is_not(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    view.resize(1024, 700)
    drop(view, letter)
    qtbot.keyClicks(view.form.number, "202 555 0143")
    qtbot.keyClicks(
        view.form.name, "The Honourable Society of & for Very Long Names of Lakeside and Surroundings"
    )
    await eventually(view.send.isEnabled)
    assert view.send.text() == f"Send 2 pages to The Honourable Society of && for…  {NUMBER}"
    assert view.send.width() >= view.send.sizeHint().width()
    assert view.minimumSizeHint().width() <= 1024
    assert view.minimumSizeHint().height() <= 700


async def test_when_it_goes_out_is_chosen_by_keyboard(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, clock: Clock, eventually: Eventually
) -> None:
    model = desk.form()
    view = shown(qtbot, icons, model)
    when = view.form.when
    assert not seen(when.moment)
    now = when.choice.button("now")
    now.setFocus()
    qtbot.keyClick(now, Qt.Key.Key_Right)
    assert seen(when.moment)
    assert "This program must be open" in "".join(part.text() for part in when.findChildren(QLabel))
    at = clock() + timedelta(hours=1)
    assert kept(model) == at
    when.moment.setFocus()
    when.moment.setSelectedSection(QDateTimeEdit.Section.HourSection)
    qtbot.keyClick(when.moment, Qt.Key.Key_Up)
    assert kept(model) == at + timedelta(hours=1)
    when.at_service.setFocus()
    qtbot.keyClick(when.at_service, Qt.Key.Key_Space)
    assert model.state.form.at_service
    assert "even when this program is closed" in "".join(part.text() for part in when.findChildren(QLabel))
    qtbot.keyClick(when.choice.button("later"), Qt.Key.Key_Left)
    assert kept(model) is None
    assert not seen(when.moment)


def seen(widget: QWidget) -> bool:
    """Whether it can be seen now."""
    return widget.isVisible()


def kept(model: ComposeViewModel) -> datetime | None:
    """When it shall go out."""
    return model.state.form.send_at


async def test_a_locked_document_asks_for_its_password_and_is_kept_without_it(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    locked = view.form.locked
    qtbot.keyClicks(view.form.number, "202 555 0143")
    drop(view, letter, desk.file("scan.pdf", samples.locked()))
    await eventually(locked.isVisible)
    assert "“scan.pdf” is locked with a password" in words(view)
    assert view.send.text() == "Unlock the document first"
    assert len(names(view)) == 1

    qtbot.keyClicks(locked.password, "wrong")
    qtbot.keyClick(locked.password, Qt.Key.Key_Return)
    await eventually(lambda: "This is not the password of this document." in words(view))
    assert locked.password.echoMode() is QLineEdit.EchoMode.Password

    locked.password.setFocus()
    locked.password.selectAll()
    qtbot.keyClicks(locked.password, "open sesame")
    qtbot.mouseClick(locked.unlock, Qt.MouseButton.LeftButton)
    await eventually(lambda: len(names(view)) == 2)
    await eventually(lambda: not locked.isVisible())
    assert locked.password.text() == ""
    await eventually(view.send.isEnabled)
    kept = await desk.files.get(attached(view)[1].document)
    assert b"/Encrypt" not in kept


async def test_locked_documents_are_asked_about_one_after_the_other_and_can_be_left_out(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    both = ("one.pdf", "two.pdf")
    drop(view, *(desk.file(name, samples.locked()) for name in both), letter)
    await eventually(lambda: len(names(view)) == 1)
    for name in both:
        await eventually(lambda name=name: f"“{name}” is locked with a password" in words(view))  # type: ignore[misc]
        qtbot.mouseClick(view.form.locked.leave_out, Qt.MouseButton.LeftButton)
    assert not view.form.locked.isVisible()
    assert not view.form.refused.isVisible()


async def test_a_folder_adds_its_files_in_the_order_people_count(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    folder = desk.folder / "scans"
    (folder / "more").mkdir(parents=True)
    for name in ("page 10.pdf", "page 2.pdf", ".hidden.pdf", "more/last.pdf"):
        (folder / name).write_bytes(letter.read_bytes())
    drop(view, folder)
    await eventually(lambda: len(names(view)) == 3)
    assert names(view) == ["last.pdf", "page 2.pdf", "page 10.pdf"]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [(0, "There are no files in this folder."), (101, "There are more than 100 files in this folder.")],
)
async def test_a_folder_of_none_or_too_many_is_told(
    qtbot: QtBot, icons: Icons, desk: Desk, eventually: Eventually, files: int, sentence: str
) -> None:
    view = shown(qtbot, icons, desk.form())
    folder = desk.folder / "scans"
    folder.mkdir()
    for number in range(files):
        (folder / f"{number}.pdf").touch()
    drop(view, folder)
    await eventually(view.form.refused.isVisible)
    assert view.form.refused.text == f"“scans” cannot be added. {sentence}"


def clip(what: str, letter: Path) -> QMimeData:
    """What the clipboard may hold."""
    data = QMimeData()
    if what == "files":
        data.setUrls([QUrl.fromLocalFile(str(letter))])
    elif what == "a picture":
        picture = QImage(600, 300, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.darkBlue)
        data.setImageData(picture)
    else:
        data.setText("Dear Dr. Ames,\nthe results are in.")
    return data


@pytest.mark.parametrize(
    ("what", "name", "pages"),
    [("files", "referral.pdf", 2), ("a picture", "Pasted picture", 1), ("a text", "Pasted text", 1)],
)
@pytest.mark.parametrize("how", ["button", "keys", "drop"])
async def test_what_is_pasted_or_dropped_becomes_a_document(
    qtbot: QtBot,
    icons: Icons,
    desk: Desk,
    letter: Path,
    eventually: Eventually,
    what: str,
    name: str,
    pages: int,
    how: str,
) -> None:
    view = shown(qtbot, icons, desk.form())
    data = clip(what, letter)
    if how == "drop":
        everywhere = (QPointF(310, 300), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
        entering = QDragEnterEvent(QPoint(310, 300), *everywhere[1:])
        QApplication.sendEvent(view, entering)
        QApplication.sendEvent(view, QDropEvent(*everywhere))
    else:
        QApplication.clipboard().setMimeData(data)
        if how == "button":
            qtbot.mouseClick(view.form.paste, LEFT)
        else:
            view.form.add.setFocus()
            qtbot.keyClick(view, Qt.Key.Key_V, CTRL)
    await eventually(lambda: len(names(view)) == 1)
    (added,) = attached(view)
    assert (added.name, added.pages) == (name, pages)


async def test_a_clipboard_of_nothing_useful_adds_nothing(qtbot: QtBot, icons: Icons, desk: Desk) -> None:
    view = shown(qtbot, icons, desk.form())
    QApplication.clipboard().setText("   \n")
    view.paste()
    assert attached(view) == ()
    assert not view.form.refused.isVisible()


async def test_reading_can_be_stopped_and_what_was_read_stays(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    drop(view, letter)
    await eventually(lambda: names(view) == ["referral.pdf"])
    stuck = Renderer(child("request(); time.sleep(60)"))
    view._model._drafts._renderer, kept = stuck, view._model._drafts._renderer
    drop(view, letter, letter)
    await eventually(view.form.stop.isVisible)
    assert view.form.reading.text() == "Reading “referral.pdf”"
    qtbot.mouseClick(view.form.stop, LEFT)
    await eventually(lambda: not view.form.reading.isVisible())
    view._model._drafts._renderer = kept
    await stuck.close()
    assert view._model.state.pages == 2
    drop(view, letter)
    await eventually(lambda: view._model.state.pages == 4)


async def test_a_damaged_page_is_named_at_send(
    qtbot: QtBot, icons: Icons, desk: Desk, letter: Path, eventually: Eventually
) -> None:
    out = io.BytesIO()
    pages = [Image.linear_gradient("L").resize((400, 500)) for _ in range(2)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    view = shown(qtbot, icons, desk.form())
    qtbot.keyClicks(view.form.number, "202 555 0143")
    drop(view, letter, desk.file("scan.tiff", out.getvalue()[:-100_000]))
    await eventually(lambda: view._model.state.pages == 4 and view.send.isEnabled())
    qtbot.mouseClick(view.send, LEFT)
    await eventually(view.problem.isVisible)
    assert view.problem.text.startswith("Page 4 cannot be sent, from “scan.tiff”. ")
    assert view.problem.text.endswith("Leave it out, or add it again.")
    view._model.pages.leave_out([3])
    qtbot.mouseClick(view.send, LEFT)
    await eventually(lambda: not view.isVisible())
    assert [fax.pages for fax in await desk.faxes(State.QUEUED)] == [3]
