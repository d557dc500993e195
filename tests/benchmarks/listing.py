"""The Outbox of the window over a big archive: what its thread has to do at once, against the 16 ms of one frame.

All is the program's own, from the archive to the painting on Qt's offscreen platform; the service is left out. Work is
the processor's time of the window's thread between two turns of its loop; a stall is what the clock on the wall says,
waiting for other threads and programs included.
"""

import asyncio
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.benchmarks.archives import ACCOUNT, NOW, Archives
from tests.benchmarks.pairs import Comparison, compare

FRAME: Final = 0.016
PATIENCE: Final = 60.0
_TICK: Final = 0.001
_NEW = f"""
    INSERT INTO fax (account, direction, state, number, digits, name, created_at)
    VALUES ('{ACCOUNT}', 'sent', 'draft', '+12025550143', '12025550143', 'Ames', ?) RETURNING id
"""  # noqa: S608 - our own words


def run(pairs: int, archives: Archives) -> Iterator[Comparison]:
    """What happens to faxes while they are listed, a jump, and a search being typed."""
    for faxes in archives.sizes:
        with TemporaryDirectory() as folder:
            profile = placed(archives.of(faxes), Path(folder))
            yield from _measured(profile, faxes, pairs)


def placed(archive: Path, profile: Path) -> Path:
    """A profile whose archive is a copy of this one."""
    home = profile / "account"
    home.mkdir(parents=True)
    shutil.copy(archive, home / "archive.sqlite3")
    (home / "account-id").write_text(ACCOUNT)
    return profile


def _measured(profile: Path, faxes: int, pairs: int) -> Iterator[Comparison]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        window = runner.run(_opened(profile))
        try:
            for title, work in window.works():
                ours = _at_once(runner, window, work, time.thread_time)
                yield compare(
                    f"{faxes:,} faxes, {title}: work at once, of a frame", 1.0, ours, _a_frame, pairs
                )
            for title, work in window.works()[-2:]:
                ours = _at_once(runner, window, work, time.perf_counter)
                yield compare(
                    f"{faxes:,} faxes, {title}: longest stall, of a frame", 1.0, ours, _a_frame, pairs
                )
        finally:
            runner.run(window.close())


def _at_once(
    runner: asyncio.Runner, window: "Window", work: Callable[[], None], clock: Callable[[], float]
) -> Callable[[], float]:
    return lambda: runner.run(window.at_once(work, clock))


def _a_frame() -> float:
    return FRAME


async def _opened(profile: Path) -> "Window":
    window = Window(profile)
    await window.open()
    return window


class Window:
    """The Outbox on the screen, and somebody beside it who writes into the archive."""

    def __init__(self, profile: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from ifax_desktop.paths import resources
        from ifax_desktop.views.icons import Icons
        from ifax_desktop.views.outbox_view import OutboxView
        from ifax_desktop.views.theme import Theme
        from tests.office_day import Day, Desk

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme = Theme(resources(), profile / "cache", contrast=False)
        theme.choose("light")
        theme.apply(application)
        self._day = Day(profile)
        self._desk = Desk(self._day)
        self._view = OutboxView(Icons(theme, resources() / "icons"), self._desk.outbox)
        self._table = self._desk.outbox.table
        self._writer = sqlite3.connect(self._day.backbone.database.path, isolation_level=None)
        self._writer.execute("PRAGMA synchronous = OFF")  # the writing is not what is measured
        self._writer.execute("PRAGMA foreign_keys = ON")
        self._dice = random.Random(1)
        self._minutes = 0

    async def open(self) -> None:
        """Show it and wait for its rows."""
        self._view.resize(1360, 760)
        self._view.show()
        self._desk.start()
        await self._settled()

    async def close(self) -> None:
        """End all of it."""
        self._writer.close()
        self._view.hide()
        self._view.deleteLater()
        await self._desk.__aexit__(None, None, None)
        await self._day.__aexit__(None, None, None)

    def works(self) -> list[tuple[str, Callable[[], None]]]:
        """What is measured."""
        return [
            ("a new fax on top", self._comes),
            ("a fax in sight goes on", self._goes_on),
            ("a fax somewhere goes on", self._goes_on_somewhere),
            ("an older fax is brought in", self._is_brought_in),
            ("the newest draft is discarded", self._is_discarded),
            ("a jump to any place", self._jump),
            *(
                (f"a search typed: {text}", partial(self._search, text))
                for text in ("a", "am", "ame", "ames")
            ),
            ("all faxes again", partial(self._search, "")),
        ]

    async def at_once(self, work: Callable[[], None], clock: Callable[[], float]) -> float:
        """The longest time by this clock between two turns of the loop because of this, until all is read and painted."""
        longest, is_over = 0.0, False
        tick_takes = _TICK if clock is time.perf_counter else 0.0

        async def tick() -> None:
            nonlocal longest
            while not is_over:
                began = clock()
                await asyncio.sleep(_TICK)
                longest = max(longest, clock() - began - tick_takes)

        ticking = asyncio.create_task(tick())
        await asyncio.sleep(3 * _TICK)
        work()
        await self._settled()
        is_over = True
        await ticking
        return longest

    def _comes(self) -> None:
        self._minutes += 1
        self._announce(self._written(self._minutes))

    def _goes_on(self) -> None:
        self._changed(self._table.id_at(3))

    def _goes_on_somewhere(self) -> None:
        self._changed(self._table.id_at(self._dice.randrange(self._table.rowCount())))

    def _is_brought_in(self) -> None:
        self._announce(self._written(-self._dice.randrange(100_000)))

    def _is_discarded(self) -> None:
        fax = self._table.id_at(0)
        self._writer.execute("DELETE FROM fax WHERE id = ?", (fax,))
        self._announce(fax)

    def _jump(self) -> None:
        bar = self._view.list.verticalScrollBar()
        bar.setValue(self._dice.randrange(bar.maximum()))

    def _search(self, text: str) -> None:
        self._desk.outbox.search("x" if text == self._desk.outbox.state.text else "")
        self._desk.outbox.search(text)

    def _written(self, minutes: int) -> int:
        at = int(NOW.timestamp() * 1000) + minutes * 60_000
        (fax,) = self._writer.execute(_NEW, (at,)).fetchone()
        return int(fax)

    def _changed(self, fax: int | None) -> None:
        self._writer.execute("UPDATE fax SET pages_done = coalesce(pages_done, 0) + 1 WHERE id = ?", (fax,))
        self._announce(fax)

    def _announce(self, fax: int | None) -> None:
        self._day.backbone.changes.announce({fax or 0})

    async def _settled(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while not self._table.is_loaded:  # noqa: ASYNC110 - whatever it is tells nobody
                await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)  # painted
