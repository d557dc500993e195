"""The main session: the window with its view-models on one mode of one profile, at work until it is closed."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from PySide6.QtCore import QDate, QLocale

from ifax_desktop.backbone import Backbone, Calls, Connection, practice_connection
from ifax_desktop.callers import Callers
from ifax_desktop.delivery.drafts import Queued
from ifax_desktop.desk import Next
from ifax_desktop.domain.errors import ListeningFailed, ServiceAddressWrong, StorageFailed
from ifax_desktop.domain.number import show
from ifax_desktop.paths import Paths
from ifax_desktop.profile import secrets_for, service_of
from ifax_desktop.session_key import SessionKey
from ifax_desktop.store import private
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.closing import OpenModels
from ifax_desktop.viewmodels.inbox import InboxViewModel
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.numbers import NumbersViewModel
from ifax_desktop.viewmodels.outbox import OutboxViewModel
from ifax_desktop.viewmodels.preview import PreviewViewModel
from ifax_desktop.viewmodels.settings import SettingsViewModel
from ifax_desktop.viewmodels.undo import UndoViewModel
from ifax_desktop.viewmodels.window import WindowViewModel

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.desk import Desk
    from ifax_desktop.viewmodels.compose import ComposeViewModel
    from ifax_desktop.views.window_frame import WindowFrame


_SECOND_WIND = 10.0
"""Seconds before the background work is taken up again after it broke off."""


class Office:
    """The main window and everything behind it."""

    def __init__(self, desk: "Desk", paths: Paths, key: str, window: "WindowFrame") -> None:
        """Open the archive and furnish the window. Raises StorageFailed, also when the profile is in use."""
        self.desk = desk
        self.window = window
        self._paths = paths
        self._address = "" if paths.practice else service_of(desk.options)
        self._next = ""
        self._lock = _locked(paths)
        report = desk.notices.report
        try:
            self.backbone = Backbone(paths, report, write_date=_long_date)
        except BaseException:
            self._lock.release()
            raise
        back = self.backbone
        secrets = secrets_for(desk.options, self._address)
        self.key = SessionKey(secrets, Connection(self._address, key), back.line, back.receiver.ring)
        self.callers = Callers(secrets, back.receiver.ring, back.tracker.ring, back.now)
        self._furnish(desk)
        if self.backbone.settings_problem:
            desk.notices.post(
                Notice(self.backbone.settings_problem, tone="warn", icon="warning", key="settings")
            )

    @cached_property
    def _over(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    def _furnish(self, desk: "Desk") -> None:
        back = self.backbone
        report = desk.notices.report
        self.outbox = OutboxViewModel(
            back.archive,
            back.sender,
            back.doubts,
            back.drafts,
            back.changes,
            back.catalogue,
            self._preview(),
            back.now,
            report,
        )
        self.inbox = InboxViewModel(
            back.archive, back.receiver, back.changes, self._preview(), back.now, report, read=back.files.get
        )
        self.numbers = NumbersViewModel(
            back.numbers, back.receiver.refresh_numbers, back.settings, self._save_settings, report
        )
        self.forms = OpenModels(report)
        self.undo = UndoViewModel(back.drafts, desk.notices, back.now)
        self.model = WindowViewModel(
            self.outbox,
            self.inbox,
            back.line,
            back.receiver,
            desk.notices,
            back.now,
            practice=self._paths.practice,
        )
        from ifax_desktop.views.rooms import Rooms

        self.rooms = Rooms(
            self.window,
            desk.icons,
            self.outbox,
            self.inbox,
            self.numbers,
            desk.notices,
            self.model,
            self.forms,
            compose=self.compose,
            settings=self.settings,
        )
        self.undo.taken_back.connect(self.rooms.edit_fax)
        # Our numbers are asked for together with received faxes.
        self._unsubscribe = back.line.subscribe(lambda _: self.numbers.reload())

    def show(self) -> None:
        """Put the window on the screen, where its frame may be already."""
        self.window.show()

    def compose(self) -> "ComposeViewModel":
        """The state of one more New fax window."""
        from ifax_desktop.viewmodels.compose import ComposeViewModel

        back = self.backbone
        notices = self.desk.notices
        model = ComposeViewModel(
            back.drafts, self._preview(), back.numbers.all, back.settings, notices.report, notices.post
        )
        model.queued.connect(self._offer_undo)
        return model

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
        return Next(self._next) if self._next else None

    async def _work_until_left(self) -> None:
        import asyncio

        self.window.follow_close(self._leave)
        with end_on_signals(self._leave):
            async with AsyncExitStack() as stack:
                stack.callback(self._lock.release)
                stack.push_async_callback(self.backbone.close)
                await self._prepare()
                connection = await self._connect()
                calls = await self._calls(stack, connection)
                stack.push_async_callback(self.callers.close)
                stack.push_async_callback(self._close_models)
                await self._let_call()
                work = asyncio.create_task(self._work(calls), name="work")
                stack.push_async_callback(_ended, work)
                for model in (self.outbox, self.inbox, self.numbers):
                    model.start()
                await self._left()
                self._keep()
                self.window.hide()

    async def _left(self) -> None:
        """Wait until the user wants to leave and nothing that was filled in would be lost by that."""
        await self._over.wait()
        while not await self.forms.leave():
            self._next = ""
            self._over.clear()
            await self._over.wait()

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

    async def _work(self, calls: Calls) -> None:
        """Send and receive as soon as there is a key, until cancelled."""
        import asyncio

        await self.key.wait()
        while True:
            try:
                await self.backbone.work(calls)
            except StorageFailed as error:
                self.desk.notices.report(error)
            except ExceptionGroup as group:
                # A full disk, for instance: said once, and taken up again, since nothing that waits may be forgotten.
                self.desk.notices.report(group.exceptions[0])
            await asyncio.sleep(_SECOND_WIND)

    async def _close_models(self) -> None:
        self._unsubscribe()
        await self.forms.close()
        for model in (self.undo, self.model, self.outbox, self.inbox, self.numbers):
            await model.close()
        for preview in (self.outbox.preview, self.inbox.preview):
            await preview.close()

    def _offer_undo(self, queued: Queued) -> None:
        for fax in self.backbone.archive.rows([queued.fax]):
            self.undo.offer(queued, fax.name or show(fax.number))

    def _leave(self) -> None:
        self._over.set()

    def _preview(self) -> PreviewViewModel:
        return PreviewViewModel(self.backbone.renderer, self.backbone.files.get, self.desk.notices.report)

    def _keep(self) -> None:
        settings = self.backbone.settings()
        mode, window = self._next or settings.mode, self.window.geometry_text()
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
        self._next = mode
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


async def _ended(task: "asyncio.Task[None]") -> None:
    import asyncio

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _locked(paths: Paths) -> FileLock:
    """The lock of the one process that sends and receives here. StorageFailed while another one has it."""
    private.make_folder(paths.home)
    lock = FileLock(paths.lock)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise StorageFailed("iFax Desktop is open already. Look for its window.", str(error)) from error
    return lock


def _long_date(day: datetime) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
