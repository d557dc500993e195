"""The fax service over a real socket: HTTP/1.1 with keep-alive, on any asyncio loop."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import h11
import httpx

from ifax_desktop.simulator.control import PREFIX, control
from ifax_desktop.simulator.service import FaxService

MOST_HEADER_BYTES = 64 * 1024
MOST_BODY_BYTES = 32 * 1024 * 1024
IDLE_SECONDS = 60.0
"""How long a connection may say nothing."""

LINGER_SECONDS = 2.0
"""How long a refused client may go on talking before it is cut off; less, and it might not hear why."""

PIECE = 32 * 1024


@asynccontextmanager
async def serve(service: FaxService, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve until the block ends; gives the base URL. Port 0 takes a free one. Raises OSError if the
    address cannot be had."""
    loop = asyncio.get_running_loop()
    connections: set[asyncio.Task[None]] = set()

    def ended(task: asyncio.Task[None]) -> None:
        connections.discard(task)
        if not task.cancelled() and (error := task.exception()):
            loop.call_exception_handler(
                {"message": "A connection broke down.", "exception": error, "task": task}
            )

    # A plain function, so that the tasks are ours: asyncio's own complain when they are cancelled.
    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = loop.create_task(_Connection(service, reader, writer).run())
        connections.add(task)
        task.add_done_callback(ended)

    server = await asyncio.start_server(connected, host, port)
    try:
        bound_host, bound_port = server.sockets[0].getsockname()[:2]
        shown = f"[{bound_host}]" if ":" in bound_host else bound_host
        yield f"http://{shown}:{bound_port}"
    finally:
        server.close()
        open_ones = list(connections)
        for task in open_ones:
            task.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)
        await server.wait_closed()


class _Hangup(Exception):
    """The connection is over: the other side left, was silent too long, or a fault cut it."""


class _Connection:
    """One client: request after request until it leaves."""

    def __init__(
        self, service: FaxService, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._service = service
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MOST_HEADER_BYTES)

    async def run(self) -> None:
        try:
            await self._talk()
        except (_Hangup, httpx.TransportError, ConnectionError, h11.LocalProtocolError):
            self._writer.transport.abort()  # a reset, so that the client sees the connection break
        finally:
            self._writer.close()

    async def _talk(self) -> None:
        try:
            while await self._one_request():
                self._http.start_next_cycle()
        except h11.RemoteProtocolError as error:
            await self._refuse(error.error_status_hint)
        except httpx.InvalidURL:
            await self._refuse(400)

    async def _one_request(self) -> bool:
        """Answer one request; whether another may follow on this connection."""
        head = await self._event()
        if not isinstance(head, h11.Request):
            return False
        body = await self._body(head)
        if body is None:
            await self._refuse(413)
            return False
        request = httpx.Request(
            head.method.decode(), self._url(head), headers=list(head.headers.raw_items()), content=body
        )
        await self._send(await self._answer(request), with_body=head.method != b"HEAD")
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.startswith(PREFIX):
            return await self._service(request)
        peer = self._writer.get_extra_info("peername")[0]
        if not ipaddress.ip_address(peer).is_loopback:
            return httpx.Response(403, text="This is for the machine itself.\n")
        return await control(self._service, request)

    async def _body(self, head: h11.Request) -> bytes | None:
        """The body, or None if it is larger than we take."""
        if int(dict(head.headers).get(b"content-length", b"0")) > MOST_BODY_BYTES:
            return None
        body = bytearray()
        while isinstance(event := await self._event(), h11.Data):
            body += event.data
            if len(body) > MOST_BODY_BYTES:
                return None
        return bytes(body)

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
        content = await response.aread()
        headers = [
            (name, value)
            for name, value in response.headers.raw
            if name.lower() not in (b"content-length", b"transfer-encoding")
        ]
        headers.append((b"Content-Length", str(len(content)).encode()))
        reason = response.reason_phrase.encode()
        await self._write(h11.Response(status_code=response.status_code, headers=headers, reason=reason))
        if with_body:
            await self._write(h11.Data(data=content))
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

    async def _write(self, event: h11.Event) -> None:
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
