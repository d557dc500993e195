"""One call to the fax service: envelope on, envelope off, failures named."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from pathlib import Path
from typing import Any

import httpx

from ifax_desktop.api.body import Attached, Body, Progress
from ifax_desktop.api.document import Elsewhere, check_document, unwrap_document
from ifax_desktop.api.elsewhere import fetch
from ifax_desktop.api.envelope import Answer, is_document, retry_after, unwrap
from ifax_desktop.api.exchange import KEY_HEADER, exchange
from ifax_desktop.api.json_outline import outline
from ifax_desktop.api.operations import BY_NAME, Operation, Policy
from ifax_desktop.api.spool import Spool
from ifax_desktop.domain.errors import ConsentNeeded, NoAnswer, Offline, Refused, SignInNeeded
from ifax_desktop.domain.limits import MOST_REQUEST

SENDING_PATIENCE = 120.0
"""Seconds of silence after a document was handed over, before we say that there is no answer."""
LONGEST_HOLD = 3600.0
"""Seconds for which a service that wants to be left alone (Retry-After) is left alone at most."""
TOO_LARGE = -1063
"""The service's code for a request beyond its limit."""

_KEY = re.compile(r"[!-~]+")

Allows = Callable[[Operation], bool]


def without_consent(operation: Operation) -> bool:
    """What may be called without asking anybody: what is known, and what only reads."""
    return operation.policy is not Policy.ASKS_ONCE


class _Rest:
    """Until when the service wants to be left alone, for all who share a channel."""

    until = 0.0


class Channel:
    """The service over one HTTP client, at most `parallel` calls at a time.

    `key` gives the API key for each call; it goes into that request's header and nowhere else. `operations` is the table
    of paths, `allows` says which of them may be called, and `elsewhere` opens a client without a key for a document that
    is kept at another address. Nothing is tried again here, as only the sender knows whether a fax may already be on
    its way; but while the service wants to be left alone (Retry-After), nothing is asked of it.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        key: Callable[[], str],
        *,
        operations: Mapping[str, Operation] = BY_NAME,
        allows: Allows = without_consent,
        elsewhere: Callable[[str], httpx.AsyncClient] | None = None,
        parallel: int = 4,
        patience: float = SENDING_PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._key = key
        self._operations = operations
        self._allows = allows
        self._elsewhere = elsewhere
        self._free = asyncio.Semaphore(parallel)
        self._patience = patience
        self._clock = clock
        self._check: Callable[[], None] = lambda: None
        self._rest = _Rest()

    def guarded(self, check: Callable[[], None]) -> "Channel":
        """The same channel, but before each call `check` may raise the FaxError that keeps it from going out."""
        channel = copy(self)
        channel._check = check
        return channel

    def trying(self, operation: Operation) -> "Channel":
        """The same channel with another row of the table for one operation: a path that may be the right one."""
        channel = copy(self)
        channel._operations = {**self._operations, operation.name: operation}
        return channel

    def row(self, operation: Operation) -> Operation:
        """What the channel's own table says of an operation."""
        return self._operations.get(operation.name, operation)

    async def call(
        self,
        operation: Operation,
        fields: Mapping[str, Any],
        *,
        document: Attached | None = None,
        before_last_piece: Callable[[], Awaitable[None]] | None = None,
        progress: Progress | None = None,
    ) -> Any:
        """Return the `data` of the answer.

        Offline: the service cannot have the whole request. NoAnswer: it may have it. SignInNeeded and Refused: it, or
        the limit of its requests, said no. ConsentNeeded: the user was not asked yet. StorageFailed: the document
        cannot be read; as with a FaxError of `before_last_piece`, which comes out as it is, nothing was sent.
        """
        body = Body(fields, document, before_last_piece, progress)
        async with self._free:
            key = self._checked(operation, body)
            answer = await self._answer(operation, body, key)
        try:
            return unwrap(answer, key=key)
        except NoAnswer as error:
            if body.handed_over:
                raise
            words = "The fax service broke off before everything was handed over. Nothing was sent."
            raise Offline(words, error.detail) from error

    async def save(self, operation: Operation, fields: Mapping[str, Any], into: Path) -> int:
        """Write the PDF of a download to the file `into`, whole or not at all; the answer is its size in bytes.

        Raises as `call` does; NoAnswer also for an empty, tiny or other file, which means: ask again later. Raises
        StorageFailed where the disk does not take it. The memory it needs does not grow with the document.
        """
        body = Body(fields)
        with Spool(into, "answer") as spool, Spool(into, "pdf") as document:
            async with self._free:
                key = self._checked(operation, body)
                answer = await self._answer(operation, body, key, spool)
                await spool.flush()
            if is_document(answer):
                return await asyncio.to_thread(_kept, spool, into)
            found = await asyncio.to_thread(_unwrapped, answer, spool, key, document)
            if found is not None:
                await fetch(self._elsewhere, found.address, document)
                await document.flush()
            return await asyncio.to_thread(_kept, document, into)

    def _checked(self, operation: Operation, body: Body) -> str:
        """The key for a call that may go out. Raises what `check` does, ConsentNeeded, Refused or SignInNeeded for one that may not."""
        self._check()
        if not self._allows(self.row(operation)):
            raise ConsentNeeded(
                "Nobody has tried this with the real fax service yet, so it is not done without your consent.",
                operation.name,
            )
        if len(body) > MOST_REQUEST:
            raise _too_large(len(body))
        if (wait := self._rest.until - self._clock()) > 0:
            raise Refused("The fax service asks us to wait a moment.", retry_after=wait)
        key = self._key()
        if not _KEY.fullmatch(key):
            raise SignInNeeded(
                "There is no key yet." if not key else "The key holds a character that no key has."
            )
        return key

    async def _answer(self, operation: Operation, body: Body, key: str, spool: Spool | None = None) -> Answer:
        request = self._request(self.row(operation), body, key)
        answer = await exchange(self._http, request, body, key, spool)
        if answer.status in (429, 503):
            hold = min(retry_after(answer.headers), LONGEST_HOLD)
            self._rest.until = max(self._rest.until, self._clock() + hold)
        return answer

    def _request(self, operation: Operation, body: Body, key: str) -> httpx.Request:
        timeout = self._http.timeout
        if body.has_document:
            timeout = httpx.Timeout(
                connect=timeout.connect, read=self._patience, write=timeout.write, pool=timeout.pool
            )
        headers = {
            KEY_HEADER: key,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }
        return self._http.build_request(
            operation.method, operation.path, headers=headers, content=body.stream, timeout=timeout
        )


def _unwrapped(answer: Answer, spool: Spool, key: str, document: Spool) -> Elsewhere | None:
    """Take the document out of an answer on the disk. Blocks."""
    try:
        data = unwrap(answer, key=key, read=lambda: outline(spool.file))
        return unwrap_document(data, document.write)
    except RecursionError as error:
        raise NoAnswer("The fax service gave an answer that we do not understand.") from error


def _kept(spool: Spool, into: Path) -> int:
    size = check_document(spool.file)
    spool.keep_as(into)
    return size


def _too_large(size: int) -> Refused:
    megabytes = -(-size // (1024 * 1024))
    return Refused(
        f"This fax is too large: it would be {megabytes} MB on its way, and the fax service takes 20 MB at most.",
        f"{size} bytes",
        code=TOO_LARGE,
    )
