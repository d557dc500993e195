"""One call to the fax service: envelope on, envelope off, failures named. The only place that sees HTTP."""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from ifax_desktop.api import detail
from ifax_desktop.api.body import Attached, Body
from ifax_desktop.api.envelope import Answer, unwrap
from ifax_desktop.api.operations import Operation
from ifax_desktop.domain.errors import FaxError, NoAnswer, Offline, Refused, SignInNeeded

MOST_BYTES = 20 * 1024 * 1024
"""The documented limit of a whole request (wire contract, section 6)."""
MOST_ANSWER_BYTES = 64 * 1024 * 1024
"""More than any fax; an answer without end shall not fill the memory."""
SENDING_PATIENCE = 120.0
"""Seconds of silence after a document was handed over, before we say that there is no answer."""
LONGEST_ANSWER = 600.0
"""Seconds that one answer may take from its first byte to its last."""
TOO_LARGE = -1063
"""The service's code for a request beyond its limit."""

_KEY_HEADER = "accessToken"
_KEY = re.compile(r"[!-~]+")
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class Channel:
    """The service over one HTTP client, at most `parallel` calls at a time.

    `key` gives the API key for each call; it goes into that request's header and nowhere else. Nothing is tried again
    here, as only the sender knows whether a fax may already be on its way.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        key: Callable[[], str],
        *,
        parallel: int = 4,
        patience: float = SENDING_PATIENCE,
    ) -> None:
        self._http = http
        self._key = key
        self._free = asyncio.Semaphore(parallel)
        self._patience = patience

    async def call(
        self,
        operation: Operation,
        fields: Mapping[str, Any],
        *,
        document: Attached | None = None,
        before_last_piece: Callable[[], Awaitable[None]] | None = None,
    ) -> Any:
        """Return the `data` of the answer; bytes where the operation gives a document and the answer is one.

        Offline: the service cannot have the whole request. NoAnswer: it may have it. SignInNeeded and Refused: it, or
        the limit of its requests, said no. A FaxError of `before_last_piece` comes out as it is, and nothing was sent.
        """
        body = Body(fields, document, before_last_piece)
        if len(body) > MOST_BYTES:
            raise _too_large(len(body))
        key = self._key()
        if not _KEY.fullmatch(key):
            raise SignInNeeded(
                "There is no key yet." if not key else "The key holds a character that no key has."
            )
        async with self._free:
            answer = await self._answer(self._request(operation, body, key), body, key)
        return unwrap(answer, gives_document=operation.gives_document, key=key)

    def _request(self, operation: Operation, body: Body, key: str) -> httpx.Request:
        timeout = self._http.timeout
        if body.has_document:
            timeout = httpx.Timeout(
                connect=timeout.connect, read=self._patience, write=timeout.write, pool=timeout.pool
            )
        headers = {
            _KEY_HEADER: key,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }
        return self._http.build_request(
            "POST", operation.path, headers=headers, content=body.pieces(), timeout=timeout
        )

    async def _answer(self, request: httpx.Request, body: Body, key: str) -> Answer:
        try:
            response = await self._http.send(request, auth=None, follow_redirects=False, stream=True)
            try:
                return await _read(response)
            finally:
                await response.aclose()
        except (httpx.RequestError, httpx.StreamError, OSError) as error:
            # TimeoutError of LONGEST_ANSWER is an OSError too.
            raise _named(error, body, key) from error
        finally:
            request.headers.pop(_KEY_HEADER, None)  # exceptions and responses hold on to their request


async def _read(response: httpx.Response) -> Answer:
    """The answer up to its end. What is compressed although we asked otherwise stays as it is: no small answer grows."""
    content = bytearray()
    response.headers.pop("content-encoding", None)
    try:
        async with asyncio.timeout(LONGEST_ANSWER):
            async for piece in response.aiter_bytes():
                content += piece
                if len(content) > MOST_ANSWER_BYTES:
                    break
    except (httpx.RequestError, OSError):
        if not 300 <= response.status_code < 500:  # there the status alone says it all
            raise
    if len(content) > MOST_ANSWER_BYTES:
        raise httpx.ReadError("The answer is too long.")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, bytes(content))


def _named(error: Exception, body: Body, key: str) -> FaxError:
    """What a break on the way means: before the last piece nothing can have been done, after it everything can."""
    raw = detail.of_exception(error, key)
    if isinstance(error, httpx.ProxyError):
        return Offline("The proxy of this network does not let us through to the fax service.", raw)
    if isinstance(error, _NEVER_LEFT):
        return Offline(_why_unreachable(error), raw)
    if not body.handed_over:
        return Offline("The connection broke before everything was handed over. Nothing was sent.", raw)
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return NoAnswer("The fax service did not answer in time.", raw)
    return NoAnswer("The connection broke before the fax service answered.", raw)


def _why_unreachable(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "The fax service could not prove that it is the fax service. Nothing was sent."
        cause = cause.__cause__ or cause.__context__
    return "The fax service cannot be reached."


def _too_large(size: int) -> Refused:
    megabytes = -(-size // (1024 * 1024))
    return Refused(
        f"This fax is too large: it would be {megabytes} MB on its way, and the fax service takes 20 MB at most.",
        f"{size} bytes",
        code=TOO_LARGE,
    )
