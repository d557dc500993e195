"""One ring for many events, none for one that is known, and no memory that grows."""

import asyncio

import pytest

from ifax_desktop.api.callbacks import Callback
from ifax_desktop.delivery.doorbell import MOST_JOBS, REMEMBERED, Doorbell
from ifax_desktop.domain.fax import Direction
from tests.conftest import Eventually


class Rung:
    """Who was rung for, in order."""

    def __init__(self, pause: float) -> None:
        self.told: list[str] = []
        self.doorbell = Doorbell(lambda: self.told.append("received"), self.told.append, pause)

    def sent(self, job: object, status: str = "delivered") -> bool:
        return self.doorbell.press(Callback(Direction.SENT, str(job), "", status))

    def received(self, job: object) -> bool:
        return self.doorbell.press(Callback(Direction.RECEIVED, str(job), "1", "received"))


async def test_the_first_rings_at_once_and_the_rest_together(eventually: Eventually) -> None:
    rung = Rung(pause=0.02)
    rung.received(1)
    assert rung.told == ["received"]
    for job in range(20):
        rung.received(100 + job)
        rung.sent(job % 3, f"state {job}")
    assert rung.told == ["received"]
    await eventually(lambda: len(rung.told) > 1)
    assert rung.told == ["received", "received", "0", "1", "2"]
    rung.sent(9)
    assert rung.told[5:] == []
    await eventually(lambda: rung.told[5:] == ["9"])
    rung.doorbell.silence()


async def test_after_a_quiet_pause_it_rings_at_once_again(eventually: Eventually) -> None:
    rung = Rung(pause=0)
    rung.sent(1)
    await eventually(lambda: rung.doorbell._resting is None)
    rung.sent(2)
    assert rung.told == ["1", "2"]
    rung.doorbell.silence()


async def test_a_known_event_is_known_until_a_thousand_others_came() -> None:
    rung = Rung(pause=3600)
    assert rung.sent(0)
    assert not rung.sent(0)
    assert all(rung.sent(job) for job in range(1, REMEMBERED + 1))
    assert len(rung.doorbell._known) == REMEMBERED
    assert rung.sent(0)
    assert len(rung.doorbell._jobs) == MOST_JOBS
    rung.doorbell.silence()


@pytest.mark.parametrize(
    ("callback", "told"),
    [
        (Callback(None, "7"), ["received", "7"]),
        (Callback(None, "", "8"), ["received"]),
        (Callback(Direction.SENT, "", "8"), []),
        (Callback(Direction.RECEIVED, "7", "8"), ["received"]),
    ],
)
async def test_who_is_rung_for(callback: Callback, told: list[str]) -> None:
    rung = Rung(pause=3600)
    assert rung.doorbell.press(callback)
    assert rung.told == told
    rung.doorbell.silence()


async def test_silence_ends_what_was_to_ring() -> None:
    rung = Rung(pause=0.001)
    rung.sent(1)
    rung.sent(2)
    rung.doorbell.silence()
    await asyncio.sleep(0.005)  # longer than the pause it would have rung after
    assert rung.told == ["1"]
