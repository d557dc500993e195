"""What a test loses is seen: run in a pytest of their own, careless tests go red and a careful one stays green."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

CARELESS = """
import asyncio
import threading

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    rung = Signal()


async def test_careful():
    await asyncio.create_task(asyncio.sleep(0))


async def test_leaves_a_task_running():
    asyncio.get_running_loop().keep = asyncio.create_task(asyncio.sleep(3600))


async def test_loses_a_task_that_raises():
    async def fails():
        raise ValueError("nobody sees me")

    asyncio.create_task(fails())
    await asyncio.sleep(0)


async def test_raises_in_a_callback():
    asyncio.get_running_loop().call_soon(int, "no number")
    await asyncio.sleep(0)


def test_raises_in_a_slot(qapp):
    bell = Bell()
    bell.rung.connect(lambda: int("no number"))
    bell.rung.emit()


def test_raises_in_a_thread():
    thread = threading.Thread(target=int, args=("no number",))
    thread.start()
    thread.join()


def test_raises_where_nobody_can_catch_it():
    class Sore:
        def __del__(self):
            raise ValueError("ouch")

    Sore()
"""


@pytest.mark.parametrize("room", ["viewmodels", "domain"])
def test_every_loss_fails_its_test(room: str, tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    (tmp_path / "conftest.py").write_bytes((root / "tests" / "conftest.py").read_bytes())
    (tmp_path / room).mkdir()
    (tmp_path / room / "test_careless.py").write_text(CARELESS, encoding="utf-8")
    options = ["-c", str(root / "pyproject.toml"), "--rootdir", str(tmp_path), "-p", "no:cacheprovider"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    red = set(re.findall(r"^(?:FAILED|ERROR) .*::test_(\w+)", ended.stdout, re.MULTILINE))
    written = set(re.findall(r"def test_(\w+)", CARELESS))
    assert written - red == {"careful"}, ended.stdout
