"""The operating system lets one in at a time, and knows at once when that one is gone."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.hold import Hold

HOLDING = """
import sys, time
from pathlib import Path
from ifax_desktop.hold import Hold
hold = Hold(Path(sys.argv[1]))
print(hold.take(), flush=True)
time.sleep(600)
"""


def test_one_at_a_time(tmp_path: Path) -> None:
    first, second = Hold(tmp_path / "here" / "lock"), Hold(tmp_path / "here" / "lock")
    assert first.take()
    assert first.take()
    assert (first.is_ours, second.take(), second.is_ours) == (True, False, False)
    first.give_up()
    first.give_up()
    assert second.take()
    second.give_up()


async def test_whoever_waits_gets_it_when_the_other_is_killed(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDING, tmp_path / "lock", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"True\n"
    hold = Hold(tmp_path / "lock")
    assert not hold.take()
    waiting = asyncio.create_task(hold.wait())
    process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    await process.wait()
    async with asyncio.timeout(10):
        await waiting
    assert hold.is_ours
    hold.give_up()


def test_a_place_where_no_lock_works_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed):
        Hold(tmp_path / "file" / "lock").take()
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageFailed):
        Hold(tmp_path / "folder").take()
