"""Calls the account's webhooks: follows the faxes, tells what happened to them, and tries again.

Nothing is told of what happened before `following` began, nor before an address was set. A call counts as
failed if the answer is not 2xx, or takes too long; the waits are those of the documentation, in the
service's time.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from ifax_desktop.simulator.background import running
from ifax_desktop.simulator.jobs import Job, progress
from ifax_desktop.simulator.pace import Pace
from ifax_desktop.simulator.records import ReceivedFax
from ifax_desktop.simulator.webhooks.calls import Call, made
from ifax_desktop.simulator.webhooks.events import Event, received_event, sent_event
from ifax_desktop.simulator.webhooks.settings import DIRECTIONS, CallbackSettings

PATIENCE = 10.0
"""Real seconds an answer may take."""

SOONEST, LATEST = 0.02, 1.0
"""Real seconds between two looks at the faxes while nobody stirs: letters arrive, and speeds change, unheard."""

FAR = 10 * 365 * 86400.0
MOST_LOGGED = 1000


class Service(Protocol):
    """What has to be known of the service."""

    now: Callable[[], float]

    @property
    def jobs(self) -> Sequence[Job]: ...
    @property
    def received(self) -> Sequence[ReceivedFax]: ...
    @property
    def pace(self) -> Pace: ...
    async def catch_up(self) -> None: ...
    async def document_of(self, fax: ReceivedFax) -> bytes: ...


class Callbacks:
    """The webhooks of one account, and the log of their calls. `patience` is real seconds."""

    def __init__(self, service: Service, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.log: deque[dict[str, Any]] = deque(maxlen=MOST_LOGGED)
        self._service = service
        self._settings: CallbackSettings | None = None
        self._waiting: list[Call] = []
        self._begun: set[int] = set()
        self._ended: set[int] = set()
        self._stirred = asyncio.Event()

    def register(self, settings: CallbackSettings | None) -> None:
        """Call these addresses from now on, or none; what waits for another try is dropped."""
        self._see()
        self._settings = settings
        self._waiting.clear()
        self.look()

    def clear(self) -> None:
        """Forget the addresses and the log."""
        self.register(None)
        self.log.clear()

    def look(self) -> None:
        """Something has happened: see whether there is anything to tell."""
        self._stirred.set()

    def row(self) -> dict[str, Any]:
        """The settings without the password, and every call so far."""
        return {"settings": self._settings and self._settings.row(), "log": list(self.log)}

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Call the webhooks for as long as the block lasts."""
        self._see()
        self._waiting.clear()  # what happened before is told to nobody
        async with running(self._follow()):
            yield

    async def _follow(self) -> None:
        async with asyncio.TaskGroup() as calls:
            while True:
                self._stirred.clear()
                if self._settings:  # else `register` sees it all, and tells nobody
                    await self._service.catch_up()
                    self._see()
                for call in self._due():
                    calls.create_task(self._try(call))
                await self._something()

    def _see(self) -> None:
        """Make calls of what happened since the last look."""
        settings = self._settings
        for event in self._events(settings or CallbackSettings()):
            if settings and (settings.received if event.arrived else settings.sent):
                self._waiting += [Call(event, settings) for _ in range(2 if settings.twice else 1)]

    def _events(self, settings: CallbackSettings) -> Iterator[Event]:
        now = self._service.now()
        for job in self._service.jobs:
            if job.job_id in self._ended:
                continue
            has_ended = progress(job, now).ended_at is not None
            if has_ended or (settings.interim and job.job_id not in self._begun):
                yield sent_event(job, now, settings.direction)
            (self._ended if has_ended else self._begun).add(job.job_id)
        for fax in self._service.received:
            if fax.job_id not in self._ended:
                self._ended.add(fax.job_id)
                yield received_event(fax, DIRECTIONS[settings.direction])

    def _due(self) -> list[Call]:
        """Take out of those that wait what is due."""
        now, pace = self._service.now(), self._service.pace
        due = [call for call in self._waiting if call.due(pace) <= now]
        self._waiting = [call for call in self._waiting if call not in due]
        return due

    async def _something(self) -> None:
        """Wait until there may be something to do."""
        wait = None
        if self._settings:
            now = self._service.now()
            ends = [
                progress(job, now + FAR).ended_at
                for job in self._service.jobs
                if job.job_id not in self._ended
            ]
            moments = [end for end in ends if end is not None]
            moments += [call.due(self._service.pace) for call in self._waiting]
            wait = max(SOONEST, min([LATEST, *(moment - now for moment in moments)]))
        try:
            async with asyncio.timeout(wait):
                await self._stirred.wait()
        except TimeoutError:
            return

    async def _try(self, call: Call) -> None:
        status, problem = await made(call, self._service, self.patience)
        self.log.append(
            {
                "time": self._service.now(),
                "path": call.url.path,
                "jobId": call.event.payload["jobId"],
                "faxStatus": call.event.payload["faxStatus"],
                "attempt": call.attempt,
                "status": status,
                "problem": problem,
            }
        )
        is_heard = status is not None and 200 <= status < 300
        if not is_heard and call.attempt <= call.retries and call.settings is self._settings:
            call.attempt += 1
            call.failed_at = self._service.now()
            self._waiting.append(call)
        self.look()
