"""One child process: started, asked one thing at a time, and ended at the first surprise.

Every way a child can go wrong (silence, death, a frame that breaks the protocol) ends in the same two things: the
process is killed, and the caller gets a DocumentUnreadable.
"""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process, SubprocessStreamProtocol
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from ifax_desktop.documents import protocol
from ifax_desktop.documents.protocol import BadFrame, Kind, Reason, Refusal
from ifax_desktop.domain.errors import DocumentLocked, DocumentUnreadable

T = TypeVar("T")

_PIECE = protocol.MEGABYTE
_SHOWN_DETAIL = 40
_FLAGS = 0x08000000 | 0x00004000 if sys.platform == "win32" else 0
# CREATE_NO_WINDOW, as a console would flash up for every document, and BELOW_NORMAL_PRIORITY_CLASS: the window goes first.

_STOPPED = "This document cannot be read."

SENTENCES = {
    Reason.EMPTY: "This file is empty.",
    Reason.UNKNOWN_KIND: "This program cannot show this kind of file. Save or print it as a PDF and add that.",
    Reason.LOCKED: "This PDF is locked with a password. Save a copy without the password and add that.",
    Reason.NOT_ITS_PASSWORD: "This is not the password of this PDF.",
    Reason.PICTURE_DAMAGED: "This picture is damaged and cannot be read.",
    Reason.PICTURE_TOO_LARGE: "This picture is too large to be read. Save it in a smaller size and add that.",
    Reason.DAMAGED: "This PDF is damaged and cannot be read.",
    Reason.NO_PAGES: "This document has no pages.",
    Reason.TOO_LARGE: "This file is larger than 100 MB.",
    Reason.TOO_HEAVY: "This document needs too much memory to be read. Save it in a smaller size and add that.",
    Reason.TOO_MANY_PAGES: f"This is more than {protocol.MAX_PAGES} pages, too many for one fax.",
    Reason.READER_FORM: "This PDF is a form that only Adobe Reader can show. Print it to a new PDF and add that.",
    Reason.PAGE_DAMAGED: "This page is damaged and cannot be shown.",
    Reason.LETTERS: "The cover page cannot print some of its characters: {detail}",
    Reason.STOPPED: _STOPPED,
}


class Child:
    """A running worker. Requests wait for each other; one that is cancelled is finished unseen, so frames stay in step."""

    def __init__(self, transport: asyncio.SubprocessTransport, process: Process, deadline: float) -> None:
        self._transport = transport
        self._process = process
        self._stdin = cast(asyncio.StreamWriter, process.stdin)  # there is one: it was started with a pipe
        self._stdout = cast(asyncio.StreamReader, process.stdout)
        self._deadline = deadline
        self._turn = asyncio.Lock()
        self._exchanges: set[asyncio.Task[Any]] = set()
        self._ended = False

    @classmethod
    async def start(cls, command: Sequence[str], deadline: float) -> "Child":
        """Start a child with an empty environment; DocumentUnreadable if the system will not.

        A caller who leaves meanwhile waits until it has started, and is ended again: cut off in the middle, asyncio may
        hear of the end of the process before it has heard of its beginning.
        """
        starting = asyncio.create_task(cls._start(command, deadline), name="document reader")
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            while not starting.done():  # whoever is told to end twice waits too
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.wait([starting])
            if not starting.exception():
                await starting.result().close()
            raise

    @classmethod
    async def _start(cls, command: Sequence[str], deadline: float) -> "Child":
        loop = asyncio.get_running_loop()
        try:
            # As asyncio.create_subprocess_exec does, but with the transport in hand, so that it can be closed.
            transport, streams = await loop.subprocess_exec(
                lambda: SubprocessStreamProtocol(limit=_PIECE, loop=loop),
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=_environment(),
                creationflags=_FLAGS,
            )
        except OSError as error:
            raise DocumentUnreadable(
                "The part of this program that reads documents did not start.", repr(error)
            ) from error
        return cls(transport, Process(transport, streams, loop), deadline)

    @property
    def ended(self) -> bool:
        """The process has been told to end, and answers no more."""
        return self._ended

    async def ask(self, kind: Kind, payload: Sequence[bytes], decode: Callable[[bytes], T]) -> T:
        """Send a request and return its reply, decoded; DocumentUnreadable if it is refused or anything goes wrong."""
        await self._turn.acquire()
        exchange = asyncio.create_task(self._exchange(kind, payload, decode), name=f"document {kind.name}")
        self._exchanges.add(exchange)
        exchange.add_done_callback(self._exchanged)
        await asyncio.wait([exchange])
        return exchange.result()

    async def close(self) -> None:
        """End the process and wait until it and its pipes are gone."""
        await self._end()
        if self._exchanges:
            await asyncio.wait(self._exchanges)

    def _exchanged(self, exchange: asyncio.Task[Any]) -> None:
        self._exchanges.discard(exchange)
        self._turn.release()
        if not exchange.cancelled():
            exchange.exception()  # looked at here: whoever asked may have left

    async def _exchange(self, kind: Kind, payload: Sequence[bytes], decode: Callable[[bytes], T]) -> T:
        if self._ended:
            raise DocumentUnreadable(_STOPPED, "the reader has ended")
        try:
            async with asyncio.timeout(self._deadline):
                await self._send(kind, payload)
                return decode(await self._receive(protocol.REPLY_TO[kind]))
        except Refusal as refusal:
            if refusal.reason is Reason.STOPPED:
                await self._end()
            sentence = SENTENCES[refusal.reason].format(detail=refusal.detail[:_SHOWN_DETAIL])
            locked = refusal.reason in (Reason.LOCKED, Reason.NOT_ITS_PASSWORD)
            failure = DocumentLocked if locked else DocumentUnreadable
            raise failure(sentence, str(refusal)) from refusal
        except TimeoutError as error:
            await self._end()
            detail = f"no answer to {kind.name} in {self._deadline:g} s"
            raise DocumentUnreadable("Reading this document took too long.", detail) from error
        except (BadFrame, OSError, EOFError) as error:
            await self._end()
            detail = f"{kind.name}: {error!r}, the reader ended with {self._process.returncode}"
            raise DocumentUnreadable(_STOPPED, detail) from error

    async def _send(self, kind: Kind, payload: Sequence[bytes]) -> None:
        self._stdin.write(protocol.header(kind, sum(map(len, payload))))
        for part in payload:
            for start in range(0, len(part), _PIECE):
                self._stdin.write(part[start : start + _PIECE])
                await self._stdin.drain()

    async def _receive(self, expected: Kind) -> bytes:
        kind, length = protocol.read_header(await self._stdout.readexactly(protocol.HEADER_SIZE))
        if kind not in (expected, Kind.REFUSED):
            raise BadFrame(f"{kind.name} instead of {expected.name}")
        payload = await self._stdout.readexactly(length)
        if kind is Kind.REFUSED:
            raise protocol.unpack_refusal(payload)
        return payload

    async def _end(self) -> None:
        self._ended = True
        with contextlib.suppress(ProcessLookupError):  # it is over already
            self._transport.kill()
        # The process counts as gone when its pipes are: they are cut, whoever else may hold their other ends.
        if not self._stdin.is_closing():
            self._stdin.transport.abort()
        if answers := self._transport.get_pipe_transport(1):
            answers.close()
        try:
            await self._process.wait()
            # Looked at here, or asyncio of Python 3.11.2 reports it as a failure that nobody saw.
            with contextlib.suppress(OSError):
                await self._stdin.wait_closed()
        finally:
            self._transport.close()


def _environment() -> Mapping[str, str]:
    # Windows cannot load its own libraries without SYSTEMROOT.
    return {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if sys.platform == "win32" else {}
