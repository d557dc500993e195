"""Lets an outside test read the ground truth and drive the service, under `/_simulator/`.

Served on the socket only, and only to this machine (`server`): it is no part of the fax service.
"""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from ifax_desktop.simulator.children import ChildFailed, draw_trial_fax
from ifax_desktop.simulator.inbound import received_row
from ifax_desktop.simulator.jobs import Job, progress
from ifax_desktop.simulator.service import FaxService

PREFIX = "/_simulator/"
MOST_PAGES = 200

Work = Callable[[FaxService, Any], Awaitable[Any]]


async def control(service: FaxService, request: httpx.Request) -> httpx.Response:
    """Answer a request under `/_simulator/`: plain JSON, and 400 with a sentence for a wish not understood."""
    work = TABLE.get((request.method, request.url.path.removeprefix(PREFIX)))
    if work is None:
        return httpx.Response(404, json={"problem": "No such wish."})
    try:
        wish = json.loads(request.content or b"{}")
        return httpx.Response(200, json=await work(service, wish))
    except (ValueError, KeyError, TypeError, AttributeError, ChildFailed) as error:
        return httpx.Response(400, json={"problem": f"{type(error).__name__}: {error}"})


def accepted_row(service: FaxService, job: Job) -> dict[str, Any]:
    """One accepted fax. Times are unix seconds; of several attached files the names are joined by `, `
    and the hash is of all bytes in order."""
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
        "requests": job.requests,
    }


async def _accepted(service: FaxService, _wish: Any) -> list[dict[str, Any]]:
    return [accepted_row(service, job) for job in service.jobs]


async def _inbound(service: FaxService, wish: Any) -> dict[str, Any]:
    sender, receiver = str(wish["from"]), str(wish["to"])
    pdf = _pdf(wish["pdf"]) if "pdf" in wish else await _drawn(sender, receiver, int(wish.get("pages", 1)))
    return received_row(await service.receive(pdf, sender, receiver))


async def _reset(service: FaxService, _wish: Any) -> dict[str, Any]:
    service.reset()
    return {}


async def _drawn(sender: str, receiver: str, pages: int) -> bytes:
    if not 1 <= pages <= MOST_PAGES:
        raise ValueError(f"pages must be 1 to {MOST_PAGES}")
    return await draw_trial_fax(sender, receiver, pages)


def _pdf(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("pdf must be base64") from error


TABLE: dict[tuple[str, str], Work] = {
    ("GET", "accepted"): _accepted,
    ("POST", "inbound"): _inbound,
    ("POST", "reset"): _reset,
}
