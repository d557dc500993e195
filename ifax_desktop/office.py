"""The main session: the window with its view-models on one mode of one profile, at work until it is closed."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from ifax_desktop.backbone import Backbone, Calls, Connection, practice_connection
from ifax_desktop.callers import Callers
from ifax_desktop.desk import Next, bring_forward
from ifax_desktop.domain.errors import AccountMoved, ListeningFailed, ServiceAddressWrong, StorageFailed
from ifax_desktop.models import Models
from ifax_desktop.paths import Paths
from ifax_desktop.profile import LIVE, secrets_for, service_of
from ifax_desktop.session_key import SessionKey
from ifax_desktop.shift import Shift, ended
from ifax_desktop.store.proofs import Proofs
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.settings import SettingsViewModel

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

    from ifax_desktop.desk import Desk
    from ifax_desktop.views.rooms import Rooms
    from ifax_desktop.views.window_frame import WindowFrame


class Office:
    """The main window and everything behind it."""

    def __init__(self, desk: "Desk", paths: Paths, key: str, window: "WindowFrame") -> None:
        """Open the archive and furnish the window. Raises StorageFailed."""
        self.desk = desk
        self.window = window
        self._paths = paths
        self._address = "" if paths.practice else service_of(desk.options)
        self._next: Next | None = None
        self.backbone = back = Backbone(paths, desk.notices.report, write_date=_long_date)
        secrets = secrets_for(desk.options, self._address)
        back.ownership.keep_proofs(Proofs(secrets))
        connection = Connection(self._address, key)
        self.key = SessionKey(secrets, connection, back.line, back.ownership, lambda: self._shift.resting())
        self._shift = Shift(back, self._take_up, self.key.wait, self._move, desk.notices.report)
        self.callers = Callers(secrets, back.receiver.ring, back.tracker.ring, back.now)
        self.models = Models(back, desk.notices, self._save_settings)
        self.rooms = self._furnish()
        if self.backbone.settings_problem:
            desk.notices.post(
                Notice(self.backbone.settings_problem, tone="warn", icon="warning", key="settings")
            )

    @cached_property
    def _over(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    def _furnish(self) -> "Rooms":
        from ifax_desktop.views.rooms import Rooms

        models = self.models
        rooms = Rooms(
            self.window,
            self.desk.icons,
            models.outbox,
            models.inbox,
            models.numbers,
            self.desk.notices,
            models.window,
            models.forms,
            compose=models.compose,
            settings=self.settings,
            compare=models.compare,
        )
        models.undo.taken_back.connect(rooms.edit_fax)
        models.leaving.asked.connect(self._ask_to_leave)
        models.leaving.left.connect(self._leave)
        models.account.asked.connect(self._ask_whose)
        return rooms

    def show(self) -> None:
        """Put the window on the screen, where its frame may be already."""
        self.window.show()

    def come_forward(self, files: "Sequence[Path]") -> None:
        """The program was started once more: show its window, and a new fax for these files."""
        bring_forward(self.window)
        if files:
            self.rooms.new_fax(files)

    def settings(self) -> SettingsViewModel:
        """The state of the settings dialog."""
        return SettingsViewModel(
            self.backbone.settings,
            self._save_settings,
            self.key.test,
            self.key.keep,
            self.key.forget,
            self._address,
            self._paths.practice,
            self._switch,
            self.desk.notices.report,
            own_numbers=self.backbone.numbers.all,
            profile=str(self._paths.profile),
            listen=self.callers.listen,
            keep_call_password=self.callers.keep_password,
            archive=self.models.archive,
            learn_price=self.backbone.prices.of_page,
        )

    async def run(self) -> "Next | None":
        """Work until the window is closed, then close in reverse; the answer is the session that is wanted next.

        Raises a FaxError where nothing can be done here, for instance because the practice service is damaged.
        """
        try:
            await self._work_until_left()
        finally:
            self.window.hide()
            self.window.deleteLater()
        return self._next

    async def _work_until_left(self) -> None:
        import asyncio

        self.window.follow_close(self._close_asked)
        with end_on_signals(self._leave):
            async with AsyncExitStack() as stack:
                stack.push_async_callback(self.backbone.close)
                ways = await stack.enter_async_context(AsyncExitStack())
                await self._shift.begin(ways)
                stack.push_async_callback(self.callers.close)
                stack.push_async_callback(self.models.close)
                await self._let_call()
                work = asyncio.create_task(self._shift.run(), name="work")
                stack.push_async_callback(ended, work)
                self.models.start()
                if files := self.desk.take_files():
                    self.rooms.new_fax(files)
                await self._left()
                self._keep()
                await self._finish(work)
                self.window.hide()

    async def _left(self) -> None:
        """Wait until the user wants to leave and nothing that was filled in would be lost by that."""
        await self._over.wait()
        while not await self.models.forms.leave():
            self._next = None
            self._over.clear()
            await self._over.wait()

    async def _finish(self, work: "asyncio.Task[None]") -> None:
        """Let what is being handed over arrive, and say so: it may take some seconds."""
        self.desk.shut_door()
        if count := self.backbone.sender.in_the_air:
            self.window.follow_close(lambda: None)
            one = self.rooms.tr("Finishing one fax…")
            self.rooms.finish(one if count == 1 else self.rooms.tr("Finishing {0} faxes…").format(count))
        await ended(work)
        self.desk.notices.withdraw("finishing")

    async def _take_up(self, ways: AsyncExitStack) -> Calls:
        await self._prepare()
        return await self._calls(ways, await self._connect())

    async def _prepare(self) -> None:
        """Before anything can be queued; where the disk does not let it, before anything is sent."""
        try:
            await self.backbone.prepare()
        except StorageFailed as error:
            self.desk.notices.report(error)

    async def _connect(self) -> Connection:
        if self._paths.practice:
            self.key.connection = practice_connection(self._paths)
        await self.key.fetch()
        return self.key.connection

    async def _calls(self, stack: AsyncExitStack, connection: Connection) -> Calls:
        """The calls to the service; where a setting of this computer leaves no way to it, faxes wait and the window says why."""
        try:
            return await stack.enter_async_context(self.backbone.connected(connection))
        except ServiceAddressWrong as error:
            from ifax_desktop.api.connection import NoWay

            self.desk.notices.report(error)
            connection.transport = NoWay(str(error))
            return await stack.enter_async_context(self.backbone.connected(connection))

    async def _let_call(self) -> None:
        """Let the service call us, where the user wants that; an address that cannot be had is said."""
        if self._paths.practice:
            return
        try:
            await self.callers.listen(self.backbone.settings())
        except ListeningFailed as error:
            self.desk.notices.report(error)

    def _close_asked(self) -> None:
        """The user closed the window; where the whole system ends, there is no time for questions."""
        if self.desk.application.isSavingSession():
            self._leave()
        else:
            self.models.leaving.ask()

    def _ask_to_leave(self, question: str, facts: str) -> None:
        from ifax_desktop.views.boxes import leaving_box

        bring_forward(self.window)
        leaving = self.models.leaving
        leaving_box(self.window, question, facts, leaving.leave, leaving.stay).open()

    def _ask_whose(self, waiting: str) -> None:
        from ifax_desktop.views.boxes import account_box

        account = self.models.account
        account_box(self.window, waiting, account.same, account.other).open()

    def _leave(self) -> None:
        self._over.set()

    def _move(self, moved: AccountMoved) -> None:
        """Begin anew with the rows of the account that the key belongs to."""
        try:
            self.backbone.accounts.choose(moved.account)
            # A number of the old account is none to send from.
            self.backbone.save_settings(replace(self.backbone.settings(), own_number=""))
        except StorageFailed as error:
            self.desk.notices.report(error)
            return
        self.desk.notices.post(Notice(str(moved), icon="key", key="account moved"))
        self._next = Next(LIVE, self.key.connection.key)
        self._over.set()

    def _keep(self) -> None:
        settings = self.backbone.settings()
        mode, window = self._next.mode if self._next else settings.mode, self.window.geometry_text()
        try:
            self.backbone.save_settings(replace(settings, mode=mode, window=window))
        except StorageFailed as error:
            self.desk.notices.report(error)  # what matters is kept already, and the user wants to leave

    def _save_settings(self, settings: Settings) -> None:
        before = self.backbone.settings()
        self.backbone.save_settings(settings)
        if settings.theme != before.theme:
            self.desk.theme.choose(settings.theme)

    def _switch(self, mode: str) -> None:
        """Go over to practice mode or to the account; the two never share data."""
        self._next = Next(mode)
        self._over.set()


@contextmanager
def end_on_signals(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` on Ctrl+C and on the system's wish to end, where the platform's loop can tell."""
    import asyncio

    loop = asyncio.get_running_loop()
    kinds = (signal.SIGINT, signal.SIGTERM) if sys.platform != "win32" else ()
    for kind in kinds:
        loop.add_signal_handler(kind, end)
    try:
        yield
    finally:
        for kind in kinds:
            loop.remove_signal_handler(kind)


def _long_date(day: datetime) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
