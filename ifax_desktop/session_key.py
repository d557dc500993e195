"""The API key of one session: fetched from where it is kept, tried, kept, forgotten; and the wait for one."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from ifax_desktop.backbone import Connection
from ifax_desktop.delivery.line import Line
from ifax_desktop.domain.errors import SignInNeeded
from ifax_desktop.store.proofs import Proofs
from ifax_desktop.store.secrets import KeyringMissing, Secrets

if TYPE_CHECKING:
    import asyncio

NO_KEY = "There is no API key yet. Faxes wait here until there is one."


class Owned(Protocol):
    """What is known of whose rows these are."""

    def renew(self) -> None:
        """Another key is in place: nothing is known of it."""


class SessionKey:
    """Puts the key into the connection, of which it is a part, and takes it out again."""

    def __init__(
        self,
        secrets: Secrets,
        connection: Connection,
        line: Line,
        ownership: Owned,
        resting: Callable[[], AbstractAsyncContextManager[None]],
    ) -> None:
        """Within a block of `resting` nothing is done in the background; after it that begins anew, with the new key."""
        self.connection = connection
        self._secrets = secrets
        self._line = line
        self._ownership = ownership
        self._resting = resting

    @cached_property
    def _there(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    async def fetch(self) -> None:
        """Take the key out of the keyring, unless there is one already."""
        if not self.connection.key:
            self.connection.key = await self._kept()
        if self.connection.key:
            self._there.set()
        else:
            self._line.broke(SignInNeeded(NO_KEY))

    async def wait(self) -> None:
        """Until there is a key, or was one."""
        await self._there.wait()

    async def test(self, key: str) -> str:
        """Try a key; the answer says in words that it works. Raises as `try_key`."""
        count = await try_key(self.connection.address, key)
        if count:
            return "The service accepts this key."
        return "The service accepts this key. It has no fax number yet."

    async def keep(self, key: str) -> str:
        """Use a tested key from now on; the answer says where it is kept.

        What was begun with the old key ends first. Nothing goes on before the new one is known to be of the same account.
        """
        import asyncio

        async with self._resting():
            self.connection.key = key
            self._ownership.renew()
            self._line.key_changed()
            self._there.set()
            try:
                await asyncio.to_thread(self._secrets.keep, key)
            except KeyringMissing as error:
                return str(error)
            return "It is kept in the system keyring."

    async def forget(self) -> None:
        """Use no key any more, and take it out of the keyring. Raises KeyringMissing where that cannot be done."""
        import asyncio

        self.connection.key = ""
        self._line.broke(SignInNeeded(NO_KEY))
        await asyncio.to_thread(self._secrets.forget)
        await asyncio.to_thread(Proofs(self._secrets).forget)

    async def _kept(self) -> str:
        import asyncio

        try:
            return await asyncio.to_thread(self._secrets.read) or ""
        except KeyringMissing:
            return ""  # said when a key is entered; until then there is nothing it could have kept


async def try_key(address: str, key: str) -> int:
    """Ask the service for our numbers with a key; the answer is how many there are.

    Raises SignInNeeded for a key that is refused, and Offline, NoAnswer or Refused.
    """
    from ifax_desktop.api.connection import connect
    from ifax_desktop.api.numbers import FaxNumbers

    async with connect(address, key) as channel:
        return len(await FaxNumbers(channel).owned())
