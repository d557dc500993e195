"""The key of a session: where it comes from, who waits for it, and what is said where it cannot be kept."""

import asyncio

import pytest

from ifax_desktop.backbone import Connection
from ifax_desktop.delivery.line import Line, LineState
from ifax_desktop.domain.errors import SignInNeeded
from ifax_desktop.session_key import NO_KEY, SessionKey
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.secrets import MemorySecrets
from tests.keyrings import NoKeyring


def session(secrets: MemorySecrets, given: str = "", address: str = "") -> tuple[SessionKey, Line, list[str]]:
    line, rung = Line(), list[str]()
    return SessionKey(secrets, Connection(address, given), line, lambda: rung.append("rung")), line, rung


async def test_the_kept_key_is_used_unless_one_was_given() -> None:
    for given, used in (("", "kept"), ("given", "given")):
        key, _, _ = session(MemorySecrets("kept"), given)
        await key.fetch()
        await key.wait()
        assert key.connection.key == used


@pytest.mark.parametrize("secrets", [MemorySecrets(), NoKeyring()])
async def test_without_a_key_everything_waits_until_there_is_one(secrets: MemorySecrets) -> None:
    key, line, rung = session(secrets)
    await key.fetch()
    assert (line.report.state, line.report.sentence) == (LineState.SIGN_IN, NO_KEY)
    waiting = asyncio.ensure_future(key.wait())
    await asyncio.sleep(0)
    assert not waiting.done()
    said = await key.keep("live-1")
    await waiting
    assert key.connection.key == "live-1"
    assert line.report.state is LineState.UNKNOWN
    assert rung == ["rung"]
    kept = not isinstance(secrets, NoKeyring)
    assert said == ("It is kept in the system keyring." if kept else "This computer has no keyring.")
    assert not kept or secrets.read() == "live-1"


async def test_a_key_that_is_forgotten_is_used_no_more() -> None:
    secrets = MemorySecrets("kept")
    key, line, _ = session(secrets)
    await key.fetch()
    await key.forget()
    assert (key.connection.key, secrets.read()) == ("", None)
    assert line.report.state is LineState.SIGN_IN


async def test_a_key_is_tried_before_it_is_kept() -> None:
    secrets = MemorySecrets()
    async with serve(FaxService()) as url:
        key, _, _ = session(secrets, address=f"{url}/v1")
        assert await key.test("live-1") == "The service accepts this key."
        with pytest.raises(SignInNeeded):
            await key.test("wrong")
    assert (key.connection.key, secrets.read()) == ("", None)
