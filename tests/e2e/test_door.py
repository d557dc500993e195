"""Who knocks at the door of a running window is heard, if it is the same user and what is said makes sense."""

import asyncio
import json
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.door import MOST_AT_ONCE, MOST_BYTES, Door, Knock, knock_once, read_knock
from tests.conftest import Eventually

LETTER = Path(Path.cwd().anchor, "letters", "réferral 1.pdf").absolute()


class House:
    """A door, and what was heard at it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.heard: list[Knock] = []
        self.door = Door(folder, self.heard.append)

    @property
    def address(self) -> str:
        return (self.folder / "door-address").read_text()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "home")
    assert house.door.open()
    yield house
    house.door.close()
    house.door.deleteLater()


async def knock(folder: Path, knock: Knock) -> bool | None:
    return await asyncio.to_thread(knock_once, folder, knock.written())


async def answer(house: House, said: bytes, eventually: Eventually) -> bytes:
    """What comes back until the door is shut again."""
    socket = QLocalSocket()
    socket.connectToServer(house.address)
    await eventually(lambda: socket.state() == QLocalSocket.LocalSocketState.ConnectedState)
    socket.write(said)
    await eventually(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    return bytes(socket.readAll().data())


async def test_files_are_handed_over(house: House) -> None:
    assert await knock(house.folder, Knock((LETTER,), "token-1"))
    assert await knock(house.folder, Knock())
    assert house.heard == [Knock((LETTER,), "token-1"), Knock()]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file")
async def test_only_this_user_gets_in(house: House) -> None:
    for file in (Path(house.address), house.folder / "door-address", house.folder):
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


async def test_a_path_that_is_too_long_for_a_socket_has_its_door_elsewhere(tmp_path: Path) -> None:
    house = House(tmp_path / ("very long " * 12))
    assert house.door.open()
    try:
        assert not Path(house.address).is_relative_to(tmp_path)
        assert await knock(house.folder, Knock((LETTER,)))
    finally:
        house.door.close()
        house.door.deleteLater()
    assert house.heard == [Knock((LETTER,))]


async def test_what_a_killed_program_left_is_replaced(house: House, tmp_path: Path) -> None:
    left = house.address
    other = House(house.folder)
    house.door.blockSignals(True)
    assert other.door.open()
    try:
        assert await knock(house.folder, Knock((LETTER,)))
    finally:
        other.door.close()
        other.door.deleteLater()
    assert (house.heard, other.heard) == ([], [Knock((LETTER,))])
    assert left


async def test_without_a_door_nobody_is_there_yet(tmp_path: Path, house: House) -> None:
    assert await knock(tmp_path / "nowhere", Knock()) is None
    house.door.close()
    assert await knock(house.folder, Knock()) is None
    (house.folder / "door-address").write_text("nobody-listens-here")
    assert await knock(house.folder, Knock()) is None


@pytest.mark.parametrize(
    "said",
    [
        b"nonsense\n",
        b"\n",
        b"\xff\xfe\n",
        b"[]\n",
        b'{"files": []}\n',
        b'{"files": "all", "token": ""}\n',
        b'{"files": [7], "token": ""}\n',
        b'{"files": ["relative.pdf"], "token": ""}\n',
        b'{"files": ["/a\\u0000b"], "token": ""}\n',
        b'{"files": [], "token": 7}\n',
        json.dumps({"files": [], "token": "t" * 600}).encode() + b"\n",
        b"[" * 100_000 + b"\n",
        b"x" * (MOST_BYTES + 2),
    ],
)
async def test_what_makes_no_sense_is_ignored(house: House, said: bytes, eventually: Eventually) -> None:
    assert await answer(house, said, eventually) == b""
    assert house.heard == []
    assert await knock(house.folder, Knock((LETTER,)))


async def test_somebody_who_says_nothing_is_in_nobodys_way(house: House, eventually: Eventually) -> None:
    silent = [QLocalSocket() for _ in range(MOST_AT_ONCE - 1)]
    for socket in silent:
        socket.connectToServer(house.address)
        socket.write(b'{"files"')
    await eventually(
        lambda: all(one.state() == QLocalSocket.LocalSocketState.ConnectedState for one in silent)
    )
    assert await knock(house.folder, Knock((LETTER,)))
    assert len(house.heard) == 1


def test_a_token_nobody_gives_is_left_out() -> None:
    assert read_knock(b'{"files": [], "token": "a\\nb"}') == Knock()


def test_more_files_than_one_can_send_are_said() -> None:
    with pytest.raises(StorageFailed, match="too many"):
        Knock(tuple(LETTER for _ in range(20_000))).written()


def test_files_stay_out_of_logs() -> None:
    assert "letters" not in repr(Knock((LETTER,), "token"))
