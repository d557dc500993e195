"""Everything that can go wrong at the service, with every call made in the background for a fax that goes out.

What the user sees meanwhile is what the table says; afterwards the fax was sent once, or is honestly shown as not certain.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ifax_desktop.api.outbound import Outbound
from ifax_desktop.delivery.line import LineState
from ifax_desktop.domain.fax import Attachment, State, Stop, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.simulator.faults.kinds import KINDS
from ifax_desktop.simulator.jobs import Job, progress
from tests.delivery.conftest import Plant
from tests.delivery.test_faults_receiving import FAMILIES
from tests.delivery.test_sender import row
from tests.documents import samples

TOLD: dict[str, dict[str, object]] = {
    "slow": {"seconds": 0.05},
    "slow_before": {"seconds": 0.05},
    "too_many": {"retry_after": 0},
}
UP, DOWN, KEY = LineState.CONNECTED, LineState.OFFLINE, LineState.SIGN_IN


@dataclass(frozen=True)
class Seen:
    """What the user sees of the fax and of the line while it goes wrong."""

    state: State
    line: LineState = UP
    waiting: Waiting = Waiting.TURN
    stop: Stop = Stop.NOT_ASKED


LATER = Seen(State.QUEUED, DOWN, Waiting.OFFLINE)
MEND_KEY = Seen(State.QUEUED, KEY, Waiting.SIGN_IN)
IN_A_MOMENT = Seen(State.QUEUED)
ON_ITS_WAY = Seen(State.ACCEPTED)
UNCERTAIN = Seen(State.DOUBTFUL)
HANDED_OVER = {
    "not reached": LATER,
    "no answer": Seen(State.DOUBTFUL, DOWN),
    "nothing in it": Seen(State.DOUBTFUL, DOWN),
    "says no": Seen(State.FAILED),
    "asks to wait": IN_A_MOMENT,
    "key refused": MEND_KEY,
    "bent": ON_ITS_WAY,
}
BEFORE = {
    "not reached": LATER,
    "no answer": LATER,
    "nothing in it": ON_ITS_WAY,
    "says no": ON_ITS_WAY,  # without the list a lost answer needs a person, but the fax goes out
    "asks to wait": IN_A_MOMENT,
    "key refused": MEND_KEY,
    "bent": ON_ITS_WAY,
}
FOLLOWED = {
    "not reached": Seen(State.ACCEPTED, DOWN),
    "no answer": Seen(State.ACCEPTED, DOWN),
    "nothing in it": Seen(State.ACCEPTED, DOWN),
    "says no": ON_ITS_WAY,
    "asks to wait": ON_ITS_WAY,
    "key refused": Seen(State.ACCEPTED, KEY),
    "bent": ON_ITS_WAY,
}
WISH = Stop.WANTED
SEES: dict[str, dict[str, Seen]] = {
    "send": HANDED_OVER,
    "resend": HANDED_OVER,
    "list before sending": BEFORE,
    "list while looking": {
        "not reached": Seen(State.DOUBTFUL, DOWN),
        "no answer": Seen(State.DOUBTFUL, DOWN),
        "nothing in it": UNCERTAIN,
        "says no": UNCERTAIN,
        "asks to wait": UNCERTAIN,
        "key refused": Seen(State.DOUBTFUL, KEY),
        "bent": ON_ITS_WAY,
    },
    "copy": dict.fromkeys(FAMILIES, UNCERTAIN) | {"bent": ON_ITS_WAY},
    "status": FOLLOWED,
    "status before the next try": {
        **BEFORE,
        "nothing in it": LATER,
        "says no": Seen(State.FAILED),
    },
    "stop": {
        "not reached": Seen(State.ACCEPTED, stop=WISH),
        "no answer": Seen(State.ACCEPTED, stop=WISH),
        "nothing in it": Seen(State.CANCELED, stop=Stop.ASKED),
        "says no": Seen(State.ACCEPTED, stop=Stop.REFUSED),
        "asks to wait": Seen(State.ACCEPTED, stop=WISH),
        "key refused": Seen(State.ACCEPTED, stop=WISH),
        "bent": Seen(State.CANCELED, stop=Stop.ASKED),
    },
}
"""What is asked for, by family of faults."""

ODD: dict[tuple[str, str], Seen] = {
    ("list while looking", "lagging_list"): UNCERTAIN,
    ("list while looking", "wrong_page_count"): UNCERTAIN,
    ("status before the next try", "delivered_later"): ON_ITS_WAY,
    ("stop", "nonsense"): Seen(State.CANCELED, stop=Stop.ASKED),
    # The service did it and was not heard: it is canceled as soon as the service says so of the fax.
    **{
        ("stop", kind): Seen(State.CANCELED, stop=WISH)
        for kind in (
            "reset_after",
            "half_answer",
            "html_after",
            "server_error_after",
            "truncated_json",
            "empty_body",
        )
    },
}
OPERATIONS = {
    "send": "fax_send",
    "resend": "fax_resend",
    "list before sending": "fax_list",
    "list while looking": "fax_list",
    "copy": "fax_download",
    "status": "fax_status",
    "status before the next try": "fax_status",
    "stop": "fax_cancel",
}
CASES = [
    (asked, kind)
    for asked, operation in OPERATIONS.items()
    for kind, known in KINDS.items()
    if known.operations is None or operation in known.operations
]


class Bench:
    """The sender and the tracker, one round at a time."""

    def __init__(self, plant: Plant, outbound: Outbound, letter: Path, kind: str, asked: str) -> None:
        self.plant = plant
        self.letter = letter
        self._outbound = outbound
        self._kind = kind
        self._operation = OPERATIONS[asked]

    def wrong(self) -> None:
        """From now on the next call goes wrong."""
        bends = KINDS[self._kind].bends
        count = {} if bends else {"count": 1}
        self.plant.fault(self._operation, self._kind, **count, **TOLD.get(self._kind, {}))

    async def round(self, **step: float) -> None:
        self.plant.clock.advance(**step)
        await self.plant.backbone.sender.round(self._outbound)
        await self.plant.backbone.sender.landed()
        await self.plant.backbone.tracker.round(self._outbound)

    async def rounds(self, fax: int, state: State) -> None:
        """Until the fax is there."""
        for _ in range(40):
            if row(self.plant, fax).state is state:
                return
            await self.round(seconds=10)
        raise AssertionError(row(self.plant, fax))


async def queue(bench: Bench, number: str = "+12025550143") -> int:
    """A fax that is due, its document put into the store as it is."""
    back, now = bench.plant.backbone, bench.plant.clock()
    content = bench.letter.read_bytes()
    document = await back.files.put(content)
    form = Form(number, attachments=(Attachment("letter.pdf", document, 3),))
    return await back.outbox.queue(form, FaxNumber(number), document, 3, len(content), now, now, Waiting.TURN)


async def send(bench: Bench) -> int:
    bench.wrong()
    fax = await queue(bench)
    await bench.plant.backbone.sender.round(bench._outbound)
    await bench.plant.backbone.sender.landed()
    return fax


async def resend(bench: Bench) -> int:
    delivered = await queue(bench)
    await bench.rounds(delivered, State.DELIVERED)
    again = await bench.plant.backbone.sender.have_resent(delivered)
    assert again is not None
    bench.wrong()
    await bench.plant.backbone.sender.round(bench._outbound)
    await bench.plant.backbone.sender.landed()
    return again


async def doubtful(bench: Bench) -> int:
    bench.plant.fault("fax_send", "reset_after")
    fax = await queue(bench, "+12025550109")
    await bench.round()
    assert row(bench.plant, fax).state is State.DOUBTFUL
    bench.plant.backbone.line.worked()
    return fax


async def look(bench: Bench) -> int:
    fax = await doubtful(bench)
    bench.wrong()
    await bench.round(seconds=10)
    return fax


async def copy(bench: Bench) -> int:
    letter = bench.letter.with_name("other.pdf")
    letter.write_bytes(samples.letter("By", "another", "program"))
    await bench.plant.send_elsewhere(letter, "+14155550100")
    fax = await doubtful(bench)
    bench.wrong()
    await bench.round(seconds=10)
    return fax


async def status(bench: Bench) -> int:
    fax = await queue(bench, "+12025550109")
    await bench.plant.backbone.sender.round(bench._outbound)
    await bench.plant.backbone.sender.landed()
    bench.wrong()
    await bench.plant.backbone.tracker.round(bench._outbound)
    return fax


async def next_try(bench: Bench) -> int:
    fax = await queue(bench, "+12025550106")
    await bench.round()
    await bench.round(minutes=1)
    assert row(bench.plant, fax).waiting is Waiting.RETRY
    bench.plant.clock.advance(minutes=3)
    bench.wrong()
    await bench.plant.backbone.sender.round(bench._outbound)
    await bench.plant.backbone.sender.landed()
    return fax


async def stop(bench: Bench) -> int:
    fax = await status(bench)
    bench.plant.service.faults.clear()
    bench.wrong()
    await bench.plant.backbone.sender.stop(fax)
    await bench.round(seconds=1)
    await bench.round(seconds=1)
    return fax


ASKED: dict[str, Callable[[Bench], Awaitable[int]]] = {
    "send": send,
    "resend": resend,
    "list before sending": send,
    "list while looking": look,
    "copy": copy,
    "status": status,
    "status before the next try": next_try,
    "stop": stop,
}


def test_every_call_has_its_row() -> None:
    assert set(SEES) == set(OPERATIONS) == set(ASKED)
    assert all(set(row) == set(FAMILIES) for row in SEES.values())


@pytest.mark.parametrize(("asked", "kind"), CASES)
async def test_a_fault_is_seen_as_it_should_be_and_sends_nothing_twice(
    plant: Plant, letter: Path, asked: str, kind: str
) -> None:
    await plant.backbone.consents.give("fax_cancel")
    async with plant.backbone.connected(plant.connection) as calls:
        await plant.backbone.prepare()
        await plant.backbone.ownership.settle()
        bench = Bench(plant, calls.outbound, letter, kind, asked)
        fax = await ASKED[asked](bench)
        seen = row(plant, fax)
        family = next(name for name, kinds in FAMILIES.items() if kind in kinds)
        line = plant.backbone.line.report.state
        expected = ODD.get((asked, kind), SEES[asked][family])
        assert Seen(seen.state, line, seen.waiting, seen.stop) == expected
        await goes_on(bench, fax)
    alive = [
        job for job in jobs_of(plant, fax) if progress(job, plant.clock.timestamp()).status == "delivered"
    ]
    assert len(alive) <= 1, "never twice"
    ended = row(plant, fax).state
    if ended is State.DELIVERED:
        assert len(alive) == 1
    elif ended is State.DOUBTFUL:
        assert alive == [], "what really arrived is found"
    else:
        assert ended in (State.FAILED, State.CANCELED)


def jobs_of(plant: Plant, fax: int) -> list[Job]:
    """The jobs that came of this fax at the service: all with its document, but for that of the fax it is a copy of."""
    document = row(plant, fax).document
    first = row(plant, fax).resend_of
    return [
        job
        for job in plant.service.jobs
        if (job.document_ids[0] == document if document else job.operation == "fax_resend")
        and str(job.job_id) != first
    ]


async def goes_on(bench: Bench, fax: int) -> None:
    """All goes well again for some hours."""
    bench.plant.service.faults.clear()
    bench.plant.backbone.line.worked()
    for seconds in (5, 10, 30, 60, 120, 180, 60, 600, 1800, 60, 3600, 60):
        await bench.round(seconds=seconds)
