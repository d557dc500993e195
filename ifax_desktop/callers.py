"""Whether the service may call us, as the settings say: opens and closes the listener, and keeps its secret."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ifax_desktop.domain.errors import ListeningFailed
from ifax_desktop.store.secrets import KeyringMissing, Kind, MemorySecrets, Secrets

if TYPE_CHECKING:
    from ifax_desktop.delivery.webhooks import Basic, Webhooks
    from ifax_desktop.store.settings import Settings


@dataclass(frozen=True, slots=True)
class Listening:
    """At which address the service can call; empty for at none."""

    address: str = field(default="", repr=False)
    """It holds the secret."""
    lasts: bool = True
    """The address is the same after the next start, as the secret in it is kept."""


class Callers:
    """Listens for calls of the service while the settings want that. A call only makes us ask (see `delivery.webhooks`)."""

    def __init__(
        self,
        secrets: Secrets,
        on_received: Callable[[], None],
        on_sent: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._secrets = secrets
        self._spare = MemorySecrets()
        self._on_received = on_received
        self._on_sent = on_sent
        self._now = now
        self._webhooks: Webhooks | None = None
        self._as_wanted = ("", 0, "", "")
        self._lasts = True

    async def listen(self, settings: "Settings") -> Listening:
        """Listen as the settings say, or no more; gives the address for the service.

        Raises ListeningFailed where this computer cannot listen there, or a name has no password.
        """
        wanted = (
            settings.webhook_host,
            settings.webhook_port,
            settings.webhook_address,
            settings.webhook_user,
        )
        if self._webhooks is not None and wanted == self._as_wanted:
            return Listening(self._webhooks.url, self._lasts)
        await self.close()
        if not settings.webhook_host:
            return Listening()
        from ifax_desktop.delivery.webhooks import Webhooks  # HTTP and forms: most users never need them

        secret = await self._secret()
        basic = await self._basic(settings.webhook_user)
        webhooks = Webhooks(
            secret,
            self._on_received,
            self._on_sent,
            self._now,
            basic=basic,
            outside=settings.webhook_address,
        )
        await webhooks.open(settings.webhook_host, settings.webhook_port)
        self._webhooks, self._as_wanted = webhooks, wanted
        return Listening(webhooks.url, self._lasts)

    async def keep_password(self, password: str) -> None:
        """Let the service sign in with this password; the next `listen` wants it."""
        import asyncio

        await self.close()
        try:
            await asyncio.to_thread(self._secrets.beside(Kind.WEBHOOK_PASSWORD).keep, password)
        except KeyringMissing:
            self._spare.beside(Kind.WEBHOOK_PASSWORD).keep(password)

    async def close(self) -> None:
        """Listen no more."""
        webhooks, self._webhooks = self._webhooks, None
        if webhooks is not None:
            await webhooks.close()

    async def _secret(self) -> str:
        """The secret in the address: made once, and kept in the keyring or, without one, for the session."""
        import asyncio

        try:
            secret = await asyncio.to_thread(_kept, self._secrets.beside(Kind.WEBHOOK))
            self._lasts = True
        except KeyringMissing:
            secret = _kept(self._spare)
            self._lasts = False
        return secret

    async def _basic(self, user: str) -> "Basic | None":
        """What the service signs in with, if the user wants that."""
        import asyncio

        from ifax_desktop.delivery.webhooks import Basic

        if not user:
            return None
        password = self._spare.beside(Kind.WEBHOOK_PASSWORD).read()
        with suppress(KeyringMissing):
            kept = await asyncio.to_thread(self._secrets.beside(Kind.WEBHOOK_PASSWORD).read)
            password = kept or password
        if not password:
            raise ListeningFailed("Type a password too, or take the name away.")
        return Basic(user, password)


def _kept(place: Secrets) -> str:
    from ifax_desktop.delivery.webhooks import new_secret

    secret = place.read()
    if not secret:
        secret = new_secret()
        place.keep(secret)
    return secret
