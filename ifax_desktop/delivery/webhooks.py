"""Calls of the service to us, where the user wants them: whoever knows the secret in the path may ring the doorbell.

There is no signature, so a call sets no state and files no document. It makes us ask the service, whose answer counts.
"""

import base64
import binascii
import hmac
import math
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ifax_desktop.api.callbacks import Callback
from ifax_desktop.delivery.call import Head, Intake, Limits, TurnedAway
from ifax_desktop.delivery.doorbell import Doorbell
from ifax_desktop.delivery.intake import intake
from ifax_desktop.delivery.listening import LOOPBACK, Listener
from ifax_desktop.delivery.pace import Pace

PAUSE = 5.0
"""Seconds between two rings, however many events there are."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{22,}", re.ASCII)


def new_secret() -> str:
    """A secret for the path of the address, which nobody guesses."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Basic:
    """What the service signs in with, if the user wants that too."""

    user: str = field(repr=False)
    password: str = field(repr=False)


class CallAddress(str):
    """The address to give to the service. As it holds the secret, its representation is cut off."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{self.rpartition('/')[0]}/…>"


@dataclass(slots=True)
class Tally:
    """How many calls came since the start."""

    heard: int = 0
    repeated: int = 0
    """Of those heard: told of an event that was known."""
    turned_away: int = 0


class Webhooks:
    """Listens for calls between `open` and `close`; `on_received` and `on_sent` make us ask the service."""

    def __init__(
        self,
        secret: str,
        on_received: Callable[[], None],
        on_sent: Callable[[str], None],
        now: Callable[[], datetime],
        *,
        basic: Basic | None = None,
        outside: str = "",
        limits: Limits | None = None,
        pause: float = PAUSE,
    ) -> None:
        """`outside` is how the service reaches us, where a router or another server passes its calls on."""
        if not _SECRET.fullmatch(secret):
            raise ValueError("The secret is not one that new_secret() made.")
        self._secret = secret
        self._now = now
        self._basic = basic
        self._outside = outside.rstrip("/")
        self._limits = limits or Limits()
        self._pace = Pace(self._limits.a_minute, now)
        self._doorbell = Doorbell(on_received, on_sent, pause)
        self._listener = Listener(self, self._limits)
        self._inside = ""
        self.last_call_at: datetime | None = None
        """When a call was heard last."""
        self.tally = Tally()

    @property
    def url(self) -> CallAddress:
        """The address to copy into the settings of the service; empty while nobody listens."""
        return CallAddress(f"{self._outside or self._inside}/ifax/{self._secret}" if self._inside else "")

    async def open(self, host: str = LOOPBACK, port: int = 0) -> None:
        """Listen at an address of this computer. Raises ListeningFailed."""
        taken = await self._listener.open(host, port)
        self._inside = f"http://{f'[{host}]' if ':' in host else host}:{taken}"

    async def close(self) -> None:
        """Listen no more, and ring no more."""
        self._inside = ""
        await self._listener.close()
        self._doorbell.silence()

    def admit(self, head: Head) -> Intake:
        """Where the body of a call goes to. Raises TurnedAway."""
        told = head.target.partition("?")[0].rpartition("/")[2]
        if not _same(told, self._secret):
            raise TurnedAway(404)
        # Only those who know the secret use the bucket up: a stranger cannot keep the service out with it.
        if wait := self._pace.take():
            raise TurnedAway(429, ((b"Retry-After", str(math.ceil(wait)).encode()),))
        if head.method != "POST":
            raise TurnedAway(405, ((b"Allow", b"POST"),))
        if not self._signs_in(head.headers.get("authorization", "")):
            raise TurnedAway(401, ((b"WWW-Authenticate", b'Basic realm="iFax Desktop", charset="UTF-8"'),))
        length = int(head.headers.get("content-length", "0"))  # the listener saw that it is a number
        return intake(head.headers.get("content-type", ""), length, self._limits)

    def hear(self, callback: Callback) -> None:
        """A call was understood: ring, unless it told of a known event."""
        self.last_call_at = self._now()
        self.tally.heard += 1
        self.tally.repeated += not self._doorbell.press(callback)

    def turned_away(self) -> None:
        """A call was not heard."""
        self.tally.turned_away += 1

    def _signs_in(self, authorization: str) -> bool:
        if self._basic is None:
            return True
        scheme, _, told = authorization.partition(" ")
        try:
            user, _, password = base64.b64decode(told.strip(), validate=True).partition(b":")
        except (binascii.Error, ValueError):
            return False
        # Both are compared, whatever the first says: the time taken tells nothing.
        right = [_same(user, self._basic.user), _same(password, self._basic.password)]
        return scheme.lower() == "basic" and all(right)


def _same(told: str | bytes, known: str) -> bool:
    """Whether they are the same, in a time that does not tell how far they agree."""
    return hmac.compare_digest(told.encode() if isinstance(told, str) else told, known.encode())
