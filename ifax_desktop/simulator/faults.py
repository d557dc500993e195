"""What can go wrong between a client and the service, on demand.

A fault is a coroutine function `(request, answer) -> response`: `answer(request)` is what the service does
without the fault, so a fault decides whether the work is done and what of it is heard. Faults wait in
`FaxService.faults`; each call takes the first one that fits it. A fault that raises an
`httpx.TransportError` reaches a client on the in-process transport as that exception, and a client on a
socket as a connection cut off.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableSequence
from dataclasses import dataclass

import httpx

Answering = Callable[[httpx.Request], Awaitable[httpx.Response]]
Fault = Callable[[httpx.Request, Answering], Awaitable[httpx.Response]]


@dataclass(frozen=True, slots=True)
class On:
    """A fault that waits for a call of one operation, by its name in the wire contract."""

    operation: str
    fault: Fault

    async def __call__(self, request: httpx.Request, answer: Answering) -> httpx.Response:
        return await self.fault(request, answer)


def take(faults: MutableSequence[Fault], operation: str) -> Fault | None:
    """Take the first fault that fits a call of `operation` out of the queue."""
    for place, fault in enumerate(faults):
        if not isinstance(fault, On) or fault.operation == operation:
            del faults[place]
            return fault
    return None


async def accept_then_hang_up(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The work is done and the answer is lost."""
    await answer(request)
    raise httpx.ReadError("The connection was lost after the request.", request=request)


async def hang_up(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The request was handed over and lost: nothing is done and nothing is answered."""
    raise httpx.ReadError("The connection was lost.", request=request)


async def unreachable(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The service cannot be reached. On a socket the connection was made already, so it is cut instead."""
    raise httpx.ConnectError("The connection was refused.", request=request)


async def server_failed(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The server breaks down before it does the work: 500 and a page of HTML."""
    return httpx.Response(500, html="<html><body><h1>500 Internal Server Error</h1></body></html>\n")


async def not_json(request: httpx.Request, answer: Answering) -> httpx.Response:
    """Something in between answers 200 with a page of HTML; the service never saw the call."""
    return httpx.Response(200, html="<html><body><h1>Welcome to the guest network</h1></body></html>\n")


async def accept_then_not_json(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The work is done, but what comes back is a page of HTML."""
    await answer(request)
    return await not_json(request, answer)


def slow(seconds: float) -> Fault:
    """A fault that does the work at once and answers after `seconds`.

    In-process transports know no time-outs, so the one the client asked for is kept here.
    """

    async def wait(request: httpx.Request, answer: Answering) -> httpx.Response:
        response = await answer(request)
        patience = request.extensions.get("timeout", {}).get("read")
        if patience is not None and patience < seconds:
            await asyncio.sleep(patience)
            raise httpx.ReadTimeout("The service did not answer in time.", request=request)
        await asyncio.sleep(seconds)
        return response

    return wait
