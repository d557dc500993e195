"""Lets an outside test read the ground truth and drive the service, under `/_simulator/`.

Served on the socket only, and only to this machine (`connections`): it is no part of the fax service. What
is asked for and answered is plain JSON; `TABLE` at the end names every wish.
"""

import base64
import binascii
import json
import math
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from ifax_desktop.simulator.children import ChildFailed, draw_trial_fax
from ifax_desktop.simulator.faults import kinds
from ifax_desktop.simulator.faults.rules import Rule
from ifax_desktop.simulator.inbound import received_row
from ifax_desktop.simulator.jobs import progress
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.simulator.webhooks.settings import read_settings

PREFIX = "/_simulator/"
MOST_PAGES = 200
MOST_SPEED = 100_000

Work = Callable[[FaxService, dict[str, Any]], Awaitable[Any]]


async def control(service: FaxService, request: httpx.Request) -> httpx.Response:
    """Answer a request under `/_simulator/`: plain JSON, and 400 with a sentence for a wish not understood."""
    work = TABLE.get((request.method, request.url.path.removeprefix(PREFIX)))
    if work is None:
        wishes = ", ".join(f"{method} {name}" for method, name in TABLE)
        return httpx.Response(404, json={"problem": f"There is no such wish; there are: {wishes}."})
    try:
        wish = json.loads(request.content or b"{}")
        if not isinstance(wish, dict):
            raise ValueError("A wish is an object.")
        return httpx.Response(200, json=await work(service, wish))
    except (ValueError, RecursionError) as error:
        return httpx.Response(400, json={"problem": str(error)})
    except ChildFailed as error:
        return httpx.Response(400, json={"problem": f"The document cannot be read or drawn: {error}"})


def accepted_row(service: FaxService, place: int) -> dict[str, Any]:
    """One accepted fax. Times are unix seconds; of several attached files the names are joined by `, `
    and the hash is of all bytes in order; `requests` is explained in `faults.repeats`."""
    job = service.jobs[place]
    state = progress(job, service.now())
    return {
        "jobId": job.job_id,
        "operation": job.operation,
        "faxNumber": job.number,
        "callerId": job.caller_id,
        "fileName": ", ".join(job.file_names),
        "acceptedAt": job.accepted_at,
        "endedAt": state.ended_at,
        "faxStatus": state.status,
        "sha256": job.sha256,
        "pages": job.pages,
        "bytes": job.size,
        "requests": service.repeats.requests(service.jobs, place),
    }


async def _accepted(service: FaxService, _wish: dict[str, Any]) -> list[dict[str, Any]]:
    return [accepted_row(service, place) for place in range(len(service.jobs))]


async def _faults(service: FaxService, _wish: dict[str, Any]) -> list[dict[str, Any]]:
    return [fault.row() for fault in service.faults if isinstance(fault, Rule)]


async def _set_fault(service: FaxService, wish: dict[str, Any]) -> dict[str, Any]:
    """A refusal for some seconds of every call begins at once, so that the first is refused already."""
    rule = kinds.rule(wish, service.operations)
    is_for_all = rule.operation is None and "count" not in wish and rule.probability is None
    if rule.kind == "refuse" and rule.parameters["seconds"] and is_for_all:
        service.outage.begin(rule.parameters["seconds"])
        await service.outage.felt()
        rule.strike()
    else:
        service.faults.append(rule)
    return rule.row()


async def _clear_faults(service: FaxService, _wish: dict[str, Any]) -> dict[str, Any]:
    service.faults.clear()
    return {}


async def _kinds(_service: FaxService, _wish: dict[str, Any]) -> dict[str, Any]:
    return {name: kind.row() for name, kind in kinds.KINDS.items()}


async def _set_clock(service: FaxService, wish: dict[str, Any]) -> dict[str, Any]:
    speed = _needed(wish, "speed")
    is_number = isinstance(speed, int | float) and not isinstance(speed, bool) and math.isfinite(speed)
    if not is_number or not 0 < speed <= MOST_SPEED:
        raise ValueError(f"speed is a number above 0, up to {MOST_SPEED}.")
    service.speed = float(speed)
    service.callbacks.look()
    return await _clock(service, wish)


async def _clock(service: FaxService, _wish: dict[str, Any]) -> dict[str, Any]:
    return {"speed": service.speed, "now": service.now()}


async def _inbound(service: FaxService, wish: dict[str, Any]) -> dict[str, Any]:
    sender, receiver = (_text(wish, name) for name in ("from", "to"))
    pdf = _pdf(_text(wish, "pdf")) if "pdf" in wish else await _drawn(sender, receiver, wish.get("pages", 1))
    return received_row(await service.receive(pdf, sender, receiver))


async def _webhooks(service: FaxService, _wish: dict[str, Any]) -> dict[str, Any]:
    return service.callbacks.row()


async def _set_webhooks(service: FaxService, wish: dict[str, Any]) -> dict[str, Any]:
    service.callbacks.register(read_settings(wish))
    return service.callbacks.row()


async def _clear_webhooks(service: FaxService, _wish: dict[str, Any]) -> dict[str, Any]:
    service.callbacks.register(None)
    return {}


async def _reset(service: FaxService, _wish: dict[str, Any]) -> dict[str, Any]:
    service.reset()
    return {}


async def _drawn(sender: str, receiver: str, pages: object) -> bytes:
    if isinstance(pages, bool) or not isinstance(pages, int) or not 1 <= pages <= MOST_PAGES:
        raise ValueError(f"pages is a whole number from 1 to {MOST_PAGES}.")
    return await draw_trial_fax(sender, receiver, pages)


def _pdf(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("pdf is the document in base64.") from error


def _needed(wish: dict[str, Any], name: str) -> Any:
    if name not in wish:
        raise ValueError(f"{name} is missing.")
    return wish[name]


def _text(wish: dict[str, Any], name: str) -> str:
    text = _needed(wish, name)
    if not isinstance(text, str):
        raise ValueError(f"{name} is text.")
    return text


TABLE: dict[tuple[str, str], Work] = {
    ("GET", "accepted"): _accepted,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _set_fault,
    ("DELETE", "faults"): _clear_faults,
    ("GET", "kinds"): _kinds,
    ("GET", "clock"): _clock,
    ("POST", "clock"): _set_clock,
    ("POST", "inbound"): _inbound,
    ("GET", "webhooks"): _webhooks,
    ("POST", "webhooks"): _set_webhooks,
    ("DELETE", "webhooks"): _clear_webhooks,
    ("POST", "reset"): _reset,
}
