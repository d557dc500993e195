"""50 faxes of 2 MB each coming in at once while the Inbox is on the screen: how long the window stands still meanwhile.

The receiver, the archive with all its faxes listed, and the window are the program's own, on Qt's offscreen platform; the
service is the practice service in a process of its own. What is measured are all gaps between two turns of the window's
loop from the question for new faxes until the last one is listed, against 10 ms for 99 in 100 of them and 16 ms for all.
"""

import asyncio
import base64
import gc
import os
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import httpx

from ifax_desktop.app import LONGEST_TURN
from ifax_desktop.simulator.fax_pdf import CodedPage, fax_pdf
from tests.benchmarks.archives import Archives
from tests.benchmarks.listing import placed
from tests.benchmarks.pairs import Comparison
from tests.benchmarks.transfer import KEY, service

if TYPE_CHECKING:
    from ifax_desktop.backbone import Backbone
    from tests.office_day import Desk

FAXES: Final = 50
SIZE: Final = 2_000_000
OURS: Final = "+12025550119"
P99, WORST = 0.010, 0.016
_TICK: Final = 0.001


def run(pairs: int, archives: Archives) -> Iterator[Comparison]:
    """The usual gap at its longest and the longest of all, in some runs."""
    turns = max(3, pairs // 3)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    for faxes in (min(archives.sizes), max(archives.sizes)):
        with (
            TemporaryDirectory() as folder,
            service() as address,
            asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
        ):
            profile = placed(archives.of(faxes), Path(folder))
            gaps = runner.run(_gaps(profile, address, turns))
        title = f"{FAXES} downloads with {faxes:,} faxes listed"
        usual = tuple(sorted(one)[int(len(one) * 0.99)] for one in gaps)
        yield Comparison(f"{title}, stall 99 in 100", 1.0, usual, (P99,) * len(usual))
        yield Comparison(f"{title}, longest stall", 1.0, tuple(map(max, gaps)), (WORST,) * len(gaps))


async def _gaps(profile: Path, address: str, turns: int) -> list[list[float]]:
    """Seconds between two turns of the loop, for each time that faxes come."""
    from ifax_desktop.backbone import Connection
    from ifax_desktop.paths import resources
    from ifax_desktop.views.icons import Icons
    from ifax_desktop.views.inbox_view import InboxView
    from ifax_desktop.views.theme import Theme
    from tests.office_day import Day, Desk

    async with AsyncExitStack() as stack:
        day = await stack.enter_async_context(Day(profile))
        day.time = datetime.now(UTC)
        desk = await stack.enter_async_context(Desk(day))
        await stack.enter_async_context(day.backbone.connected(Connection(address, KEY)))
        theme = Theme(resources(), profile / "cache", contrast=False)
        theme.choose("light")
        view = InboxView(Icons(theme, resources() / "icons"), desk.inbox)
        view.resize(1360, 760)
        view.show()
        desk.start()
        await _until(lambda: desk.is_loaded)
        gc.collect()
        gc.freeze()  # as the program does when its window stands
        sys.setswitchinterval(LONGEST_TURN)
        await day.backbone.ownership.same()  # whose faxes these are is not what is measured
        found = [await _coming(day.backbone, desk, address) for _ in range(turns + 1)]
        view.hide()
        view.deleteLater()
        return found[1:]


async def _coming(backbone: "Backbone", desk: "Desk", address: str) -> list[float]:
    await _send(address)
    wanted = desk.inbox.table.rowCount() + FAXES
    return await _while(backbone.receiver.check(), lambda: desk.inbox.table.rowCount() == wanted)


async def _while(work: Coroutine[Any, Any, object], is_over: Callable[[], bool]) -> list[float]:
    """The gaps between the turns of the loop while this goes on."""
    gaps: list[float] = []

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_TICK)
            gaps.append(time.perf_counter() - began - _TICK)

    ticking = asyncio.create_task(tick())
    await work
    await _until(is_over)
    ticking.cancel()
    return gaps


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - whatever it is tells nobody
            await asyncio.sleep(0.01)


async def _send(address: str) -> None:
    """Let faxes arrive at the service."""
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        for _ in range(FAXES):
            letter = fax_pdf([CodedPage(os.urandom(SIZE), 1728, 2156)])
            wish = {"from": "+13125550188", "to": OURS, "pdf": base64.b64encode(letter).decode()}
            answer = await http.post(f"{address.removesuffix('/v1')}/_simulator/inbound", json=wish)
            answer.raise_for_status()
