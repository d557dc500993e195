"""One client on a socket: HTTP/1.1 with keep-alive, request after request until it leaves.

A body is read when the service asks for it, so that a fault can cut the line before. What a fault raises
while it answers, or while its answer is on the way, resets the connection.
"""

import asyncio
import ipaddress
import socket
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import h11
import httpx

from ifax_desktop.simulator.control import PREFIX, control
from ifax_desktop.simulator.faults.replies import http_date
from ifax_desktop.simulator.service import FaxService

MOST_HEADER_BYTES = 64 * 1024
MOST_BODY_BYTES = 32 * 1024 * 1024
IDLE_SECONDS = 60.0
"""How long a connection may say nothing."""

LINGER_SECONDS = 2.0
"""How long a refused client may go on talking before it is cut off; less, and it might not hear why."""

PIECE = 32 * 1024
AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""SO_LINGER: closing resets the connection and waits for nothing."""


class _Hangup(Exception):
    """The connection is over: the other side left, or was silent too long."""


class _TooLarge(Exception):
    """The body is larger than we take."""


class Connection:
    """One client. `in_control` says that a wish for the control is being answered."""

    def __init__(
        self, service: FaxService, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.in_control = False
        self._service = service
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MOST_HEADER_BYTES)
        writer.transport.set_write_buffer_limits(0)  # so that what is written has left before a reset

    async def run(self) -> None:
        """Answer until the client leaves; `leave` comes after it, also where it never began."""
        try:
            await self._talk()
        except (_Hangup, httpx.TransportError, ConnectionError, h11.LocalProtocolError):
            self._reset()

    def leave(self) -> None:
        """Close the connection."""
        self._writer.close()

    def _reset(self) -> None:
        """Cut the connection so that the client sees it break, and does not take it for an end."""
        connected: socket.socket | None = self._writer.get_extra_info("socket")
        if connected is not None:
            with suppress(OSError):  # of a client that has left already
                connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self._writer.transport.abort()

    async def _talk(self) -> None:
        try:
            while await self._one_request():
                self._http.start_next_cycle()
        except h11.RemoteProtocolError as error:
            await self._refuse(error.error_status_hint)
        except httpx.InvalidURL:
            await self._refuse(400)
        except _TooLarge:
            await self._refuse(413)

    async def _one_request(self) -> bool:
        """Answer one request; whether another may follow on this connection."""
        head = await self._event()
        if not isinstance(head, h11.Request):
            return False
        if int(dict(head.headers).get(b"content-length", b"0")) > MOST_BODY_BYTES:
            raise _TooLarge
        request = httpx.Request(
            head.method.decode(), self._url(head), headers=list(head.headers.raw_items()), stream=_Body(self)
        )
        self.in_control = request.url.path.startswith(PREFIX)
        try:
            response = await self._answer(request)
            await request.aread()  # what nobody wanted to know, or the next request would begin with it
            await self._send(response, with_body=head.method != b"HEAD")
        finally:
            self.in_control = False
        is_whole = self._http.our_state is h11.DONE and self._http.their_state is h11.DONE
        return is_whole and not self._service.outage.left

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if not self.in_control:
            return await self._service(request)
        await request.aread()
        if not self._is_from_here(request):
            return httpx.Response(403, text="This is for programs of the machine itself.\n")
        return await control(self._service, request)

    def _is_from_here(self, request: httpx.Request) -> bool:
        """Whether a program of this machine asks, and not a page of some site in a browser on it, which would
        name its origin, or have found the address under a name of its own."""
        peer = ipaddress.ip_address(self._writer.get_extra_info("peername")[0])
        named = httpx.URL(f"http://{request.headers.get('Host', '')}").host
        try:
            is_named_so = named == "localhost" or ipaddress.ip_address(named).is_loopback
        except ValueError:
            is_named_so = False
        return peer.is_loopback and is_named_so and "Origin" not in request.headers

    async def body(self) -> AsyncIterator[bytes]:
        """The body of the present request, piece by piece. Raises `_TooLarge`."""
        size = 0
        while isinstance(event := await self._event(), h11.Data):
            size += len(event.data)
            if size > MOST_BODY_BYTES:
                raise _TooLarge
            yield bytes(event.data)

    async def _event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                await self._write(h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue"))
            try:
                async with asyncio.timeout(IDLE_SECONDS):
                    data = await self._reader.read(PIECE)
            except TimeoutError as error:
                raise _Hangup from error
            self._http.receive_data(data)
        return event

    async def _send(self, response: httpx.Response, *, with_body: bool) -> None:
        if "Content-Length" not in response.headers:
            response.headers["Content-Length"] = str(len(await response.aread()))
        response.headers.setdefault("Date", http_date(self._service.now()))
        headers = [
            (name, value) for name, value in response.headers.raw if name.lower() != b"transfer-encoding"
        ]
        reason = response.reason_phrase.encode()
        await self._write(h11.Response(status_code=response.status_code, headers=headers, reason=reason))
        if with_body:
            assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - no other is made here
            async for piece in response.stream:
                await self._write(h11.Data(data=piece))
        await self._write(h11.EndOfMessage())

    async def _refuse(self, status: int) -> None:
        """Answer a request that is no good HTTP, or too large, and take nothing more."""
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            headers = [(b"Content-Length", b"0"), (b"Connection", b"close")]
            await self._write(h11.Response(status_code=status, headers=headers))
            await self._write(h11.EndOfMessage())
            with suppress(OSError):  # of a client that has left already
                self._writer.write_eof()
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER_SECONDS):
                    while await self._reader.read(PIECE):
                        pass

    async def _write(self, event: Any) -> None:
        if data := self._http.send(event):
            self._writer.write(data)
            await self._writer.drain()

    def _url(self, head: h11.Request) -> str:
        target = head.target.decode("ascii")
        if not target.startswith("/"):
            raise httpx.InvalidURL("Only a path is served.")
        host, port = self._writer.get_extra_info("sockname")[:2]
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{port}{target}"


class _Body(httpx.AsyncByteStream):
    """A request's body that stays on the line until somebody reads it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._connection.body()
