"""Counts the requests that led to a job: the one it was accepted with, and those before it that went wrong.

A request belongs to the first job of the same document to the same number that is accepted after it. So a
request that a fault lost or refused counts for the one that came through in the end; but a request whose
answer was lost has led to a job of its own, and the repeated one leads to another: one request each. What
was never read, as behind a refused connection, counts for nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Refusal
from ifax_desktop.simulator.attachments import read_attachments
from ifax_desktop.simulator.calls import read_call
from ifax_desktop.simulator.documents import document_id
from ifax_desktop.simulator.faults.rules import Answering, Fault
from ifax_desktop.simulator.jobs import Job


@dataclass(frozen=True, slots=True)
class Lost:
    """A fax that did not come through. `jobs` is how many had been accepted by then."""

    number: str
    sha256: str
    jobs: int


class Repeats:
    """The requests to send a fax that were read and came to nothing. `keys` says which keys are taken."""

    def __init__(self, keys: Callable[[str], bool]) -> None:
        self._keys = keys
        self._lost: list[Lost] = []

    async def struck(self, fault: Fault, request: httpx.Request, answer: Answering) -> httpx.Response:
        """The answer as the fault has it; a fax that came to nothing is remembered."""
        try:
            response = await fault(request, answer)
        except httpx.ReadError:
            await self._remember(request, answer)
            raise
        await self._remember(request, answer)
        return response

    def clear(self) -> None:
        """Forget them all."""
        self._lost.clear()

    def requests(self, jobs: Sequence[Job], place: int) -> int:
        """How many requests led to the job at `place` among the accepted ones."""
        job = jobs[place]
        same = (one for one in range(place - 1, -1, -1) if _key(jobs[one]) == _key(job))
        since = next(same, -1) + 1  # what went wrong before an earlier one belongs to that
        return job.requests + sum(
            since <= lost.jobs <= place and (lost.number, lost.sha256) == _key(job) for lost in self._lost
        )

    async def _remember(self, request: httpx.Request, answer: Answering) -> None:
        if answer.operation != "fax_send" or answer.is_done:
            return
        await request.aread()
        try:
            fields = read_call(request, self._keys)
            files = await read_attachments(fields, _stay_at_home)
        except Refusal:  # the service would not have taken it anyway
            return
        sha256 = document_id(b"".join(file.content for file in files))
        self._lost.append(Lost(str(fields.get("faxNumber")), sha256, len(answer.truth.jobs)))


async def _stay_at_home(_address: str) -> bytes:
    """A document that is only named was not fetched for a request that went wrong."""
    raise Refusal(*answers.ADDRESS_REFUSED)


def _key(job: Job) -> tuple[str, str]:
    return job.number, job.sha256
