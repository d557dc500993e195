"""One call over HTTP: a head, a body, an answer, and limits on what anybody on the network can cost us.

Which calls are heard and what they mean is up to the door. Nothing of a call goes into a log.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

import h11

from ifax_desktop.api.callbacks import Callback

PIECE = 32 * 1024
Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call, and all of them together, may take."""

    head_bytes: int = 16 * 1024
    text_bytes: int = 64 * 1024
    """Of a body without a file, and of all there is beside the file in one that has it."""
    body_bytes: int = 32 * 1024 * 1024
    """Of a body with a file, which is thrown away as it comes."""
    seconds: float = 30.0
    """For a whole call."""
    linger: float = 2.0
    """Seconds a caller may go on talking after the answer; cut off at once, it might not hear the answer."""
    at_once: int = 16
    """Connections."""
    a_minute: int = 120
    """Calls that know the secret."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a call begins with. Its target and headers hold secrets."""

    method: str
    target: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    """Names in lower case."""


class TurnedAway(Exception):
    """A call that is answered with this status and not heard any further."""

    def __init__(self, status: int, headers: Headers = ()) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers


class Intake(Protocol):
    """Takes the body of one call piece by piece."""

    def feed(self, piece: bytes) -> None:
        """The next piece. Raises TurnedAway."""

    def callback(self) -> Callback:
        """What the whole body said. Raises TurnedAway if that is not understood."""


class Door(Protocol):
    """Decides about calls."""

    def admit(self, head: Head) -> Intake:
        """Where the body goes to. Raises TurnedAway."""

    def hear(self, callback: Callback) -> None:
        """A call was understood and has its answer."""

    def turned_away(self) -> None:
        """A call was not heard, or not to its end."""


class Call:
    """One connection: a head, a body, an answer."""

    def __init__(
        self, door: Door, limits: Limits, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._door = door
        self._limits = limits
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=limits.head_bytes)

    async def run(self) -> None:
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._take()
            await self._linger()
        except OSError:  # it stalled, or it left: there is nobody to answer
            self._door.turned_away()
        finally:
            self._writer.transport.abort()  # what is said was handed to the system long ago
            with suppress(OSError):
                await self._writer.wait_closed()

    async def _take(self) -> None:
        try:
            head = await self._event()
            if not isinstance(head, h11.Request):
                return  # it left without a word
            intake = self._door.admit(_head(head))
            async for piece in self._body():
                intake.feed(piece)
            callback = intake.callback()
        except TurnedAway as error:
            self._door.turned_away()
            self.answer(error.status, error.headers)
        except h11.RemoteProtocolError:
            self._door.turned_away()
            self.answer(400)
        else:
            self.answer(200)
            self._door.hear(callback)

    async def _body(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self._event(), h11.Data):
            yield bytes(event.data)

    async def _event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                self._write(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(await self._reader.read(PIECE))
        return event

    def answer(self, status: int, headers: Headers = ()) -> None:
        """Say the status and nothing else, as the last word on this connection."""
        closing = [(b"Content-Length", b"0"), (b"Connection", b"close")]
        reason = HTTPStatus(status).phrase.encode()
        self._write(h11.Response(status_code=status, reason=reason, headers=[*headers, *closing]))
        self._write(h11.EndOfMessage())

    def _write(self, event: h11.Event) -> None:
        self._writer.write(self._http.send(event) or b"")

    async def _linger(self) -> None:
        """Hear the caller out for a moment, without listening."""
        with suppress(OSError):  # that the moment is over, too
            self._writer.write_eof()
            async with asyncio.timeout(self._limits.linger):
                while await self._reader.read(PIECE):
                    pass


def _head(request: h11.Request) -> Head:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers}
    return Head(request.method.decode("latin-1"), request.target.decode("latin-1"), headers)
