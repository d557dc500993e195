"""The practice service as an eye-witness: what came in, what was answered, and places on the wire to kill at."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from pypdf import PdfReader

from ifax_desktop.domain.failures import is_not_final
from ifax_desktop.simulator.faults.network import BreaksOff
from ifax_desktop.simulator.faults.rules import Answering, Fault, On
from ifax_desktop.simulator.service import FaxService
from tests.crash.truth import Heard, Sending


async def count_pages(document: bytes) -> int:
    """The pages of a document of ours, counted in this process: a child for each would cost most of the run."""
    return len(PdfReader(io.BytesIO(document)).pages)


class Witness(FaxService):
    """The practice service, which remembers of every fax-send call what was heard of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_pages=count_pages, **options)
        self.sendings: dict[str, Sending] = {}

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/fax-send"):
            return await super().__call__(request)
        response: httpx.Response | None = None
        try:
            response = await super().__call__(request)
        finally:
            name = _file_name(request)
            if name:
                self.sendings[name] = Sending(name, _heard(response))
        return response


def _file_name(request: httpx.Request) -> str:
    try:
        return str(json.loads(request.content)["faxData"][0]["fileName"])
    except (httpx.RequestNotRead, httpx.StreamConsumed, ValueError, LookupError, TypeError):
        return ""  # it never came in whole


def _heard(response: httpx.Response | None) -> Heard:
    if response is None or isinstance(response.stream, BreaksOff | _Hangs):
        return Heard.LOST
    if 300 <= response.status_code < 500:
        return Heard.REFUSED
    try:
        answer = json.loads(response.content)
        refused = int(float(answer["status"])) != 1
        if refused:
            return Heard.UNCLEAR if is_not_final(int(float(answer["code"]))) else Heard.REFUSED
        return Heard.GOOD if _has_job(answer) else Heard.LOST
    except (ValueError, LookupError, TypeError):
        return Heard.LOST


def _has_job(answer: dict[str, Any]) -> bool:
    places = [answer, answer["data"]] if isinstance(answer.get("data"), dict) else [answer]
    return any(isinstance(place.get(name), int | str | float) for place in places for name in ("jobId", "id"))


@dataclass(slots=True)
class Reached:
    """Tells that a call has come to the place where the program is to be killed, and holds it there until then."""

    service: FaxService
    place: asyncio.Event = field(default_factory=asyncio.Event)
    dead: asyncio.Event = field(default_factory=asyncio.Event)

    async def hold(self, request: httpx.Request) -> httpx.Response:
        """Say so, and never answer."""
        self.place.set()
        await self.dead.wait()
        raise httpx.ReadError("The program was killed.", request=request)


Point = Callable[[Reached], Fault]


def in_the_body(operation: str, seen: int) -> Point:
    """When `seen` bytes of a body have come in, and more is on the way."""

    def at(reached: Reached) -> Fault:
        async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
            if int(request.headers["Content-Length"]) < seen:
                reached.service.faults.appendleft(at(reached))  # not this one
                return await answer(request)
            size = 0
            assert isinstance(request.stream, httpx.AsyncByteStream)
            async for piece in request.stream:
                size += len(piece)
                if size >= seen:
                    return await reached.hold(request)
            return await reached.hold(request)

        return On(operation, fault)

    return at


def before_the_work(operation: str) -> Point:
    """When the whole body has come in and nothing was done yet."""

    def at(reached: Reached) -> Fault:
        async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
            await request.aread()
            return await reached.hold(request)

        return On(operation, fault)

    return at


def before_the_answer(operation: str) -> Point:
    """When everything is done, and the answer is awaited."""

    def at(reached: Reached) -> Fault:
        async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
            await answer(request)
            return await reached.hold(request)

        return On(operation, fault)

    return at


def in_the_answer(operation: str) -> Point:
    """When half of the answer has left, and the rest does not come."""

    def at(reached: Reached) -> Fault:
        async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
            response = await answer(request)
            content = await response.aread()
            half = _Hangs(content[: len(content) // 2], reached)
            return httpx.Response(response.status_code, headers=response.headers, stream=half)

        return On(operation, fault)

    return at


class _Hangs(httpx.AsyncByteStream):
    """A body of which half comes, and then nothing."""

    def __init__(self, content: bytes, reached: Reached) -> None:
        self._content = content
        self._reached = reached

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content
        self._reached.place.set()
        await self._reached.dead.wait()
        raise httpx.ReadError("The program was killed.")


POINTS: dict[str, Point] = {
    "in the body of a large fax": in_the_body("fax_send", 400_000),
    "fax handed over, nothing done": before_the_work("fax_send"),
    "fax accepted, answer awaited": before_the_answer("fax_send"),
    "in the answer to a fax": in_the_answer("fax_send"),
    "sent list awaited": before_the_answer("fax_list"),
    "status awaited": before_the_answer("fax_status"),
    "received list awaited": before_the_answer("inbound_fax_list_all"),
    "download awaited": before_the_answer("inbound_fax_download"),
    "in a download": in_the_answer("inbound_fax_download"),
}
"""Places on the wire where the program is killed. The fax service says nothing more there until it is dead."""
