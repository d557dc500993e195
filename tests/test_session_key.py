"""The key of a session: where it comes from, who waits for it, and what is said where it cannot be kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ifax_desktop.backbone import Connection
from ifax_desktop.delivery.line import Line, LineState
from ifax_desktop.domain.errors import SignInNeeded
from ifax_desktop.session_key import NO_KEY, SessionKey
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.proofs import Proofs
from ifax_desktop.store.secrets import MemorySecrets
from tests.keyrings import NoKeyring


class Session:
    """A key, and what it tells others in which order."""

    def __init__(self, secrets: MemorySecrets, given: str = "", address: str = "") -> None:
        self.line = Line()
        self.told: list[str] = []
        self.key = SessionKey(secrets, Connection(address, given), self.line, self, self.resting)

    def renew(self) -> None:
        self.told.append(f"new: {self.key.connection.key}")

    @asynccontextmanager
    async def resting(self) -> AsyncIterator[None]:
        self.told.append(f"rest: {self.key.connection.key}")
        yield
        self.told.append("go on")


async def test_the_kept_key_is_used_unless_one_was_given() -> None:
    for given, used in (("", "kept"), ("given", "given")):
        key = Session(MemorySecrets("kept"), given).key
        await key.fetch()
        await key.wait()
        assert key.connection.key == used


@pytest.mark.parametrize("secrets", [MemorySecrets(), NoKeyring()])
async def test_without_a_key_everything_waits_until_there_is_one(secrets: MemorySecrets) -> None:
    session = Session(secrets)
    key = session.key
    await key.fetch()
    report = session.line.report
    assert (report.state, report.sentence) == (LineState.SIGN_IN, NO_KEY)
    waiting = asyncio.ensure_future(key.wait())
    await asyncio.sleep(0)
    assert not waiting.done()
    said = await key.keep("live-1")
    await waiting
    assert key.connection.key == "live-1"
    assert session.line.report.state is LineState.UNKNOWN
    kept = not isinstance(secrets, NoKeyring)
    assert said == ("It is kept in the system keyring." if kept else "This computer has no keyring.")
    assert not kept or secrets.read() == "live-1"


@pytest.mark.parametrize("secrets", [MemorySecrets("old"), NoKeyring("old")])
async def test_another_key_is_used_when_nothing_is_under_way_with_the_old_one(secrets: MemorySecrets) -> None:
    session = Session(secrets, "old")
    await session.key.keep("new")
    assert session.told == ["rest: old", "new: new", "go on"]


async def test_a_key_that_is_forgotten_is_used_no_more() -> None:
    secrets = MemorySecrets("kept")
    Proofs(secrets).keep("kept", "a" * 32)
    session = Session(secrets)
    await session.key.fetch()
    await session.key.forget()
    assert (session.key.connection.key, secrets.read()) == ("", None)
    assert Proofs(secrets).account_of("kept") == ""
    assert session.line.report.state is LineState.SIGN_IN


async def test_a_key_is_tried_before_it_is_kept() -> None:
    secrets = MemorySecrets()
    async with serve(FaxService()) as url:
        key = Session(secrets, address=f"{url}/v1").key
        assert await key.test("live-1") == "The service accepts this key."
        with pytest.raises(SignInNeeded):
            await key.test("wrong")
    assert (key.connection.key, secrets.read()) == ("", None)
