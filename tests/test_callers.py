"""Listening for calls as the settings say; the secret is made once and kept where the key is."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from ifax_desktop.callers import Callers
from ifax_desktop.domain.errors import ListeningFailed
from ifax_desktop.store.secrets import Kind, MemorySecrets
from ifax_desktop.store.settings import Settings
from tests.keyrings import NoKeyring

ON = Settings(webhook_host="127.0.0.1", webhook_port=0)


class Bell:
    """Notes who rang."""

    def __init__(self) -> None:
        self.received = 0
        self.sent: list[str] = []

    def on_received(self) -> None:
        self.received += 1


def now() -> datetime:
    return datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets("live-key")


@pytest.fixture
async def callers(bell: Bell, secrets: MemorySecrets) -> AsyncIterator[Callers]:
    callers = Callers(secrets, bell.on_received, bell.sent.append, now)
    yield callers
    await callers.close()


async def ring(address: str, **fields: object) -> int:
    async with httpx.AsyncClient(trust_env=False) as http:
        return (await http.post(address, json=fields)).status_code


async def test_nobody_may_call_unless_the_user_wants_it(callers: Callers, secrets: MemorySecrets) -> None:
    assert (await callers.listen(Settings())).address == ""
    assert secrets.beside(Kind.WEBHOOK).read() is None


async def test_a_call_rings(callers: Callers, bell: Bell, secrets: MemorySecrets) -> None:
    listening = await callers.listen(ON)
    assert listening.lasts
    assert listening.address.startswith("http://127.0.0.1:")
    assert await ring(listening.address, jobId=7, transactionId=8, direction="inbound") == 200
    assert await ring(listening.address, jobId=9, direction="outbound", faxStatus="delivered") == 200
    assert bell.received == 1
    kept = secrets.beside(Kind.WEBHOOK).read()
    assert kept
    assert listening.address.endswith(kept)
    assert kept not in repr(listening)
    assert await ring(listening.address[:-1], jobId=7) == 404


async def test_the_address_stays_the_same_and_is_closed_when_it_is_not_wanted(callers: Callers) -> None:
    first = await callers.listen(ON)
    assert await callers.listen(ON) == first
    await callers.listen(Settings())
    with pytest.raises(httpx.ConnectError):
        await ring(first.address)
    again = await callers.listen(ON)
    assert again.address.rpartition("/")[2] == first.address.rpartition("/")[2]


async def test_the_address_from_outside_is_given_to_the_service(callers: Callers) -> None:
    outside = Settings(
        webhook_host="127.0.0.1", webhook_port=0, webhook_address="https://fax.example.com/in/"
    )
    assert (await callers.listen(outside)).address.startswith("https://fax.example.com/in/ifax/")


@pytest.mark.parametrize("place", [MemorySecrets(), "none"])
async def test_the_service_may_have_to_sign_in(bell: Bell, place: MemorySecrets | str) -> None:
    callers = Callers(
        place if isinstance(place, MemorySecrets) else NoKeyring(), bell.on_received, print, now
    )
    signed = Settings(webhook_host="127.0.0.1", webhook_port=0, webhook_user="ifax")
    try:
        with pytest.raises(ListeningFailed, match="password"):
            await callers.listen(signed)
        await callers.keep_password("word-1")
        address = (await callers.listen(signed)).address
        assert await ring(address, jobId=7, transactionId=8) == 401
        async with httpx.AsyncClient(trust_env=False, auth=("ifax", "word-1")) as http:
            assert (await http.post(address, json={"jobId": 7, "transactionId": 8})).status_code == 200
        await callers.keep_password("word-2")
        address = (await callers.listen(signed)).address
        async with httpx.AsyncClient(trust_env=False, auth=("ifax", "word-1")) as http:
            assert (await http.post(address, json={"jobId": 9, "transactionId": 8})).status_code == 401
        assert "word" not in f"{signed!r} {vars(callers)!r}"
    finally:
        await callers.close()


async def test_without_a_keyring_the_address_holds_for_the_session(bell: Bell) -> None:
    callers = Callers(NoKeyring(), bell.on_received, bell.sent.append, now)
    try:
        first = await callers.listen(ON)
        assert first.address
        assert not first.lasts
        await callers.listen(Settings())
        again = await callers.listen(ON)
        assert again.address.rpartition("/")[2] == first.address.rpartition("/")[2]
    finally:
        await callers.close()


async def test_a_port_that_is_taken_is_said(callers: Callers, bell: Bell, tmp_path: Path) -> None:
    taken = httpx.URL((await callers.listen(ON)).address).port
    other = Callers(MemorySecrets(), bell.on_received, bell.sent.append, now)
    with pytest.raises(ListeningFailed, match=f"Port {taken}"):
        await other.listen(Settings(webhook_host="127.0.0.1", webhook_port=taken or 0))
    await other.close()
