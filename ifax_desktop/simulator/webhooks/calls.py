"""One call of a webhook: where it goes, what it carries, when it is made again, and making it."""

import asyncio
import ssl
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from ifax_desktop.simulator.pace import Pace
from ifax_desktop.simulator.records import ReceivedFax
from ifax_desktop.simulator.webhooks.events import Event, in_form
from ifax_desktop.simulator.webhooks.settings import FEW, CallbackSettings

MINUTES = (5, 10, 20, 30, 60)
MINUTES_LATER = 360
"""The waits before each new try; the last is for tries beyond the table (a guess: that of a similar service)."""


class Shelf(Protocol):
    """Where the documents of received faxes are."""

    async def document_of(self, fax: ReceivedFax) -> bytes: ...


@dataclass(slots=True, eq=False)
class Call:
    """An event on its way to an address. `failed_at` is unix seconds, None before the first try."""

    event: Event
    settings: CallbackSettings
    attempt: int = 1
    failed_at: float | None = None

    @property
    def url(self) -> httpx.URL:
        """Where it goes."""
        return httpx.URL((self.settings.received if self.event.arrived else self.settings.sent) or "")

    @property
    def retries(self) -> int:
        """How often it is tried again."""
        return self.settings.retries if self.event.arrived else FEW

    def due(self, pace: Pace) -> float:
        """When it is tried next, in unix seconds."""
        if self.failed_at is None:
            return 0.0
        place = self.attempt - 2
        minutes = MINUTES[place] if place < len(MINUTES) else MINUTES_LATER
        return pace.after(self.failed_at, 60.0 * minutes)


async def made(call: Call, shelf: Shelf, patience: float) -> tuple[int | None, str | None]:
    """The status of the answer, or why there is none."""
    settings = call.settings
    trusted = settings.trusted() if call.url.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    login = None
    if settings.user is not None and settings.password is not None:
        login = (settings.user, settings.password)
    try:
        async with (
            asyncio.timeout(patience),
            httpx.AsyncClient(verify=trusted, trust_env=False, timeout=None) as client,  # noqa: S113 - it is above
            client.stream("POST", call.url, auth=login, **await _body(call, shelf)) as response,
        ):
            return response.status_code, None
    except TimeoutError:
        return None, "The answer took too long."
    except (httpx.HTTPError, FileNotFoundError) as error:
        return None, type(error).__name__


async def _body(call: Call, shelf: Shelf) -> dict[str, Any]:
    payload, fax = call.event.payload, call.event.arrived
    if fax and call.settings.form:
        part = (f"fax-{fax.job_id}.pdf", await shelf.document_of(fax), "application/pdf")
        return {"data": in_form(payload), "files": {"filename": part}}
    return {"json": {"data": payload} if call.settings.wrapped else payload}
