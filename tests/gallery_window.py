"""Pictures of the main window, of Settings and of the first start, over a real archive with real pages."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ifax_desktop.delivery.earlier import Progress
from ifax_desktop.domain.errors import Offline
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store.awaited import AwaitedFax
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.awaited_faxes import present
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.preview import PreviewViewModel
from ifax_desktop.viewmodels.settings import CallState, SettingsViewModel
from ifax_desktop.viewmodels.start import StartState, StartViewModel
from ifax_desktop.views.boxes import about_box, discard_box, obstacle_box
from ifax_desktop.views.drop_veil import DropVeil
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import column, pane, row
from ifax_desktop.views.rooms import INBOX, NUMBERS, OUTBOX
from ifax_desktop.views.settings_dialog import SettingsDialog
from ifax_desktop.views.start_view import StartView
from tests.gallery_scene import Scene, gone_after, still
from tests.main_window import MainWindow
from tests.office_day import OURS, Day, Desk, fill

Made = dict[str, int]
Prepare = Callable[[MainWindow, Desk, Made], None]
Arrange = Callable[[Day, Made], Awaitable[None]]


async def _as_it_is(day: Day, made: Made) -> None:
    """Nothing more than the usual day."""


def picture(
    prepare: Prepare, *, filled: bool = True, practice: bool = False, arrange: Arrange = _as_it_is
) -> Scene:
    """A picture of the main window after `prepare`; its archive is there as long as it is shown.

    `arrange` brings the archive of the day into the state wanted.
    """

    @contextmanager
    def scene(icons: Icons) -> Iterator[QWidget]:
        with TemporaryDirectory() as folder:
            day = Day(Path(folder))
            try:
                with gone_after(
                    asyncio.run(_window(icons, day, prepare, filled, practice, arrange))
                ) as window:
                    yield window
            finally:
                asyncio.run(day.backbone.close())

    return scene


async def _window(
    icons: Icons, day: Day, prepare: Prepare, filled: bool, practice: bool, arrange: Arrange
) -> MainWindow:
    made = await fill(day) if filled else {}
    if filled:
        await arrange(day, made)
        day.backbone.save_settings(replace(day.backbone.settings(), own_number=OURS))
    async with Desk(day, practice=practice) as desk:
        window = MainWindow(
            icons,
            desk.outbox,
            desk.inbox,
            desk.numbers,
            desk.notices,
            desk.window,
            compose=_never,
            settings=_never,
            on_close=lambda: None,
        )
        window.desk = desk  # type: ignore[attr-defined]
        window.show()
        desk.start()
        await until(lambda: desk.is_loaded)
        day.backbone.line.checked(day.now())
        prepare(window, desk, made)
        for preview in desk.previews:
            await until(lambda preview=preview: is_drawn(preview))  # type: ignore[misc]
        await asyncio.sleep(0.1)
    return window


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            QApplication.processEvents()
            await asyncio.sleep(0.01)


def is_drawn(preview: PreviewViewModel) -> bool:
    state = preview.state
    return not state.loading and (state.picture is not None or state.pages == 0)


def _never() -> NoReturn:
    raise AssertionError("no other window belongs to this picture")


def sent(which: str) -> Scene:
    """The Outbox with one of its faxes chosen."""
    return picture(lambda window, desk, made: desk.outbox.select(made[which]))


def _failed(window: MainWindow, desk: Desk, made: Made) -> None:
    desk.outbox.select(made["failed"])
    words = "The service is slow to answer today. Faxes go out, but later than usual."
    desk.notices.post(Notice(words, "Show status"))


def _offline(window: MainWindow, desk: Desk, made: Made) -> None:
    desk.outbox.select(made["busy"])
    desk.day.backbone.line.broke(Offline("The fax service cannot be reached."))


def _inbox(window: MainWindow, desk: Desk, made: Made) -> None:
    window.rooms.show_tab(INBOX)
    desk.inbox.select(made["report"])


def _awaited(count: int, *, given_up: bool = False) -> Prepare:
    """Some faxes are still at the service."""

    def prepare(window: MainWindow, desk: Desk, made: Made) -> None:
        window.rooms.show_tab(INBOX)
        if made:
            desk.inbox.select(made["report"])
        now = desk.day.now()
        words = (
            "The fax service has no whole document for this fax yet.",
            "The fax service says: “File not found”.",
        )
        faxes = [
            AwaitedFax(
                ReceivedReport(
                    str(place), "", ("+13125550188", "")[place % 2], OURS, now - timedelta(minutes=9)
                ),
                now,
                1,
                None if given_up else now + timedelta(minutes=2),
                words[place % 2],
            )
            for place in range(count)
        ]
        desk.inbox._update(awaited=present(faxes, now))

    return prepare


def _earlier(window: MainWindow, desk: Desk, made: Made) -> None:
    _inbox(window, desk, made)
    earlier = desk.day.backbone.receiver.earlier
    earlier._say(Progress(at_work=True, faxes=1))
    earlier._say(Progress(at_work=True, faxes=1240))


def _needs_you(window: MainWindow, desk: Desk, made: Made) -> None:
    desk.outbox.choose_filter("needs you")
    desk.outbox.select(made["doubtful"])


def _drop(window: MainWindow, desk: Desk, made: Made) -> None:
    for veil in window.findChildren(DropVeil):
        veil.cover()


def _stranger(window: MainWindow, desk: Desk, made: Made) -> None:
    window.rooms.show_tab(INBOX)
    desk.inbox.select(made["stranger"])


def _not_found(window: MainWindow, desk: Desk, made: Made) -> None:
    desk.outbox.select(made["delivered"])
    window.rooms.bar.search.setText("harpr")


CALLED = CallState("https://fax.northbay.example/ifax/kT0c5Vb8oQ2mJx4uR7ySw1EzNaHdLfPgU9iX6tC3qMk")
TAKEN = CallState(problem="Port 8741 is used by another program. Choose another port.")


def settings(page: str, calls: CallState | None = None) -> Scene:
    """Settings at one of its pages; with `calls` the service may call."""

    def build(icons: Icons) -> QWidget:
        kept = [
            Settings(
                own_number="+12025550119",
                webhook_host="127.0.0.1" if calls else "",
                webhook_user="ifax" if calls else "",
            )
        ]
        address = "https://api.ifaxapp.com/v1"
        model = SettingsViewModel(
            lambda: kept[-1],
            kept.append,
            _key,
            _key,
            _forget,
            address,
            False,
            _switch,
            _raise,
            profile=str(Path("home") / "r.olsen" / ".local" / "share" / "ifax-desktop"),
        )
        model.state = replace(model.state, calls=calls or CallState())
        dialog = SettingsDialog(icons, model, page)
        model.setParent(dialog)
        return dialog

    return still(build)


async def _key(key: str) -> str:
    return key


async def _forget() -> None:
    return None


def _switch(mode: str) -> None:
    raise AssertionError(mode)


def _raise(error: BaseException) -> None:
    raise error


def first_start(icons: Icons, problem: str = "") -> QWidget:
    """The window of the first start, after a key that was refused if there is a `problem`."""

    async def connect(key: str) -> None:
        raise AssertionError(key)

    model = StartViewModel(connect, lambda: None, _raise)
    model.state = StartState(problem=problem)
    view = StartView(icons, model, on_close=lambda: None)
    model.setParent(view)
    return view


def boxes(icons: Icons) -> QWidget:
    """The boxes, side by side as parts of one sheet."""
    made = (
        about_box(icons, None),
        discard_box(None, lambda: None),
        obstacle_box(
            icons, "iFax Desktop is open already but does not answer. Wait a moment and start it again.", ""
        ),
    )
    for box in made:
        box.setWindowFlags(Qt.WindowType.Widget)
    sheet = pane(column(row(*made, spacing=24), None, margins=(24, 24, 24, 24)), "canvas")
    sheet.resize(1240, 460)
    for box in made:
        box.show()
    return sheet


PICTURES: dict[str, Scene] = {
    "outbox-busy": sent("busy"),
    "outbox-practice": picture(lambda window, desk, made: desk.outbox.select(made["busy"]), practice=True),
    "outbox-not-delivered": picture(_failed),
    "outbox-not-certain": picture(_needs_you),
    "outbox-offline": picture(_offline),
    **{
        f"outbox-{state}": sent(state)
        for state in ("sending", "delivered", "broke", "draft", "later", "canceled")
    },
    "outbox-not-found": picture(_not_found),
    "outbox-drop": picture(_drop),
    "outbox-empty": picture(lambda window, desk, made: window.rooms.show_tab(OUTBOX), filled=False),
    "inbox": picture(_inbox),
    "inbox-not-chosen": picture(lambda window, desk, made: window.rooms.show_tab(INBOX)),
    "inbox-stranger": picture(_stranger),
    "inbox-awaited": picture(_awaited(1)),
    "inbox-awaited-many": picture(_awaited(14, given_up=True)),
    "inbox-awaited-first": picture(_awaited(2), filled=False),
    "inbox-earlier": picture(_earlier),
    "inbox-empty": picture(lambda window, desk, made: window.rooms.show_tab(INBOX), filled=False),
    "numbers": picture(lambda window, desk, made: window.rooms.show_tab(NUMBERS)),
    "numbers-empty": picture(lambda window, desk, made: window.rooms.show_tab(NUMBERS), filled=False),
    "settings-account": settings("account"),
    "settings-sending": settings("sending"),
    "settings-receiving": settings("receiving"),
    "settings-calls": settings("receiving", CALLED),
    "settings-calls-taken": settings("receiving", TAKEN),
    "settings-appearance": settings("appearance"),
    "settings-advanced": settings("advanced"),
    "first-start": still(first_start),
    "first-start-refused": still(
        lambda icons: first_start(icons, "The service did not accept this key. Paste it again.")
    ),
    "boxes": still(boxes),
}
