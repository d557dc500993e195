"""One HTTP exchange with the fax service: the request out, the answer in, and a name for every break between."""

import asyncio
import ssl
from typing import Protocol

import httpx

from ifax_desktop.api import detail
from ifax_desktop.api.body import Body
from ifax_desktop.api.envelope import Answer
from ifax_desktop.domain.errors import FaxError, NoAnswer, Offline

MOST_ANSWER_BYTES = 64 * 1024 * 1024
"""More than any fax; an answer without end shall fill neither memory nor disk."""
LONGEST_ANSWER = 600.0
"""Seconds that one answer may take from its first byte to its last."""
KEY_HEADER = "accessToken"

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_IN_MEMORY = 64 * 1024


class WayBarred(httpx.ProxyError):
    """A setting leaves no way to the service; the sentence says which."""


class Keeping(Protocol):
    """Something that keeps an answer which is too large for the memory."""

    async def add(self, piece: bytes) -> None:
        """Take the next piece."""


async def exchange(
    http: httpx.AsyncClient, request: httpx.Request, body: Body, key: str, keep: Keeping | None = None
) -> Answer:
    """Send the request and read its answer; with `keep` only the beginning of it stays in memory.

    Raises Offline where the service cannot have the whole request, and NoAnswer where it may have it.
    """
    try:
        response = await http.send(request, auth=None, follow_redirects=False, stream=True)
        try:
            return await _read(response, keep)
        finally:
            await response.aclose()
    except (httpx.RequestError, httpx.StreamError, OSError) as error:
        # TimeoutError of LONGEST_ANSWER is an OSError too.
        raise _named(error, body, key) from error
    finally:
        request.headers.pop(KEY_HEADER, None)  # exceptions and responses hold on to their request
        await body.close()


async def _read(response: httpx.Response, keep: Keeping | None) -> Answer:
    """The answer up to its end. What is compressed although we asked otherwise stays as it is: no small answer grows."""
    content = bytearray()
    size = 0
    response.headers.pop("content-encoding", None)
    try:
        async with asyncio.timeout(LONGEST_ANSWER):
            async for piece in response.aiter_bytes():
                size += len(piece)
                if size > MOST_ANSWER_BYTES:
                    break
                if keep:
                    await keep.add(piece)
                    piece = piece[: max(0, _IN_MEMORY - len(content))]
                content += piece
    except (httpx.RequestError, OSError):
        if not 300 <= response.status_code < 500:  # there the status alone says it all
            raise
    if size > MOST_ANSWER_BYTES:
        raise httpx.ReadError("The answer is too long.")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, bytes(content))


def _named(error: Exception, body: Body, key: str) -> FaxError:
    """What a break on the way means: before the last piece nothing can have been done, after it everything can."""
    raw = detail.of_exception(error, key)
    if isinstance(error, httpx.ProxyError):
        return Offline(_of_the_proxy(error), raw)
    if isinstance(error, _NEVER_LEFT):
        return Offline(_why_unreachable(error), raw)
    if not body.handed_over:
        return Offline("The connection broke before everything was handed over. Nothing was sent.", raw)
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return NoAnswer("The fax service did not answer in time.", raw)
    return NoAnswer("The connection broke before the fax service answered.", raw)


def _of_the_proxy(error: httpx.ProxyError) -> str:
    if isinstance(error, WayBarred):
        return str(error)
    if str(error).startswith("407"):
        return "The proxy of this network asks for a name and a password."
    return "The proxy of this network does not let us through to the fax service."


def _why_unreachable(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "The fax service could not prove that it is the fax service. Nothing was sent."
        cause = cause.__cause__ or cause.__context__
    return "The fax service cannot be reached."
