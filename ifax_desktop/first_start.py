"""The sessions before the main window: the first start, and an obstacle that must be said before anything can open."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from ifax_desktop.desk import Next, bring_forward
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.paths import Paths
from ifax_desktop.profile import LIVE, PRACTICE, secrets_for, service_of
from ifax_desktop.store.secrets import KeyringMissing
from ifax_desktop.store.settings import SettingsFile
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.start import StartViewModel
from ifax_desktop.views.boxes import obstacle_box
from ifax_desktop.views.start_view import StartView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ifax_desktop.desk import Desk


class StartSession:
    """Paste the key, or try practice mode."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._over: asyncio.Future[tuple[str, str]] | None = None
        self.model = StartViewModel(self._connect, self._practice, desk.notices.report)
        self.view = StartView(desk.icons, self.model, on_close=self._leave)

    def show(self) -> None:
        """Put the window on the screen."""
        self.view.show()

    def come_forward(self, files: "Sequence[Path]") -> None:
        """Show the window; the files wait for the one that can take them."""
        self._desk.keep_files(files)
        bring_forward(self.view)

    async def run(self) -> Next | None:
        """Wait for the choice; closing the window chooses nothing."""
        from ifax_desktop.office import end_on_signals

        self._over = asyncio.get_running_loop().create_future()
        with end_on_signals(self._leave):
            mode, key = await self._over
        await self.model.close()
        self.view.hide()
        self.view.deleteLater()
        return Next(mode, key) if mode else None

    async def _connect(self, key: str) -> None:
        """Test the key and keep it. Raises what the test found: SignInNeeded, Offline, ..."""
        from ifax_desktop.session_key import try_key

        address = service_of(self._desk.options)
        await try_key(address, key)
        kept = await keep_key(self._desk, address, key)
        self._choose(LIVE, "" if kept else key)

    def _practice(self) -> None:
        self._choose(PRACTICE, "")

    def _choose(self, mode: str, key: str) -> None:
        file = SettingsFile(Paths(self._desk.profile).settings)
        file.save(replace(file.load(), mode=mode))
        self._end(mode, key)

    def _leave(self) -> None:
        self._end("", "")

    def _end(self, mode: str, key: str) -> None:
        if self._over is not None and not self._over.done():
            self._over.set_result((mode, key))


async def keep_key(desk: "Desk", address: str, key: str) -> bool:
    """Keep a tested key in the keyring; False, said in a notice, where this computer has none."""
    try:
        await asyncio.to_thread(secrets_for(desk.options, address).keep, key)
    except KeyringMissing as error:
        desk.notices.post(Notice(str(error), tone="warn", icon="key", key="keyring"))
        return False
    return True


class Obstacle:
    """Nothing can be opened: say why in words, and end."""

    def __init__(self, desk: "Desk", error: FaxError) -> None:
        self._over: asyncio.Event | None = None
        self.box = obstacle_box(desk.icons, str(error), error.detail)
        self.box.finished.connect(self._leave)

    def show(self) -> None:
        """Put the message on the screen."""
        self.box.open()

    def come_forward(self, files: "Sequence[Path]") -> None:
        """Show the message: there is nothing that could take files."""
        bring_forward(self.box)

    async def run(self) -> None:
        """Wait until the message was read."""
        self._over = asyncio.Event()
        await self._over.wait()
        self.box.deleteLater()

    def _leave(self) -> None:
        if self._over is not None:
            self._over.set()
