"""Faults of the line between client and service: nobody there, cut off, slow.

Each is a fault or makes one; its first line says what was done and what the client hears. A client on a
socket hears a reset where one in process gets an exception of httpx.
"""

import asyncio
from collections.abc import AsyncIterator

import httpx

from ifax_desktop.simulator.faults.rules import Answering, Fault


def refuse(seconds: float = 0.0) -> Fault:
    """Nothing is done: the connection is refused, and so is every other for `seconds`.

    Without `seconds` the socket server is still there: it resets the connection when the head of the request
    has told it that this is no wish for the control, and reads nothing of the body.
    """

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        if seconds:
            answer.truth.outage.begin(seconds)
        raise httpx.ConnectError("The connection was refused.", request=request)

    return fault


async def reset_before(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The request was handed over whole and lost: nothing is done, and the connection is reset."""
    await request.aread()
    raise httpx.ReadError("The connection was lost.", request=request)


async def reset_after(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The work is done and the answer is lost: the connection is reset."""
    await answer(request)
    raise httpx.ReadError("The connection was lost after the request.", request=request)


async def half_answer(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The work is done; the head promises the whole answer, half of it comes, and the connection is reset."""
    response = await answer(request)
    content = await response.aread()
    half = BreaksOff(content[: len(content) // 2])
    return httpx.Response(response.status_code, headers=response.headers, stream=half)


class BreaksOff(httpx.AsyncByteStream):
    """A body that ends too early, with the exception a client's transport would raise."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content
        raise httpx.ReadError("The connection was lost in the middle of the answer.")


def slow(seconds: float) -> Fault:
    """The work is done at once, the answer comes `seconds` later."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        response = await answer(request)
        if not await _waited(request, seconds):
            raise _out_of_time(request)
        return response

    return fault


def slow_before(seconds: float) -> Fault:
    """The request is read at once, the work is done `seconds` later, and then the answer comes.

    A client that gave up meanwhile was heard all the same: its work is done when the time has come; in
    process with the first call after that.
    """

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        await request.aread()
        patience = _patience(request)
        if not await _waited(request, seconds):
            answer.leave_for(request, seconds - (patience or 0.0))
            raise _out_of_time(request)
        return await answer(request)

    return fault


async def _waited(request: httpx.Request, seconds: float) -> bool:
    """Wait; False if the client has left before the time was over.

    In-process transports know no time-outs, so the one the client asked for is kept here.
    """
    patience = _patience(request)
    is_over = patience is not None and patience < seconds
    await asyncio.sleep(patience if patience is not None and is_over else seconds)
    return not is_over


def _patience(request: httpx.Request) -> float | None:
    patience: float | None = request.extensions.get("timeout", {}).get("read")
    return patience


def _out_of_time(request: httpx.Request) -> httpx.ReadTimeout:
    return httpx.ReadTimeout("The service did not answer in time.", request=request)
