"""Everything that can go wrong at the service, with every call made in the background to receive.

What the user sees meanwhile is what the table says, and afterwards everything is there exactly once, and nothing half.
"""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ifax_desktop.delivery.line import LineState
from ifax_desktop.domain.errors import NotFetched, Refused
from ifax_desktop.simulator.faults.kinds import KINDS
from ifax_desktop.simulator.faults.rules import Rule
from ifax_desktop.store.facts import Fact
from tests.delivery.conftest import Plant
from tests.delivery.receiving import OURS_TOO, receive, received, refused, send_elsewhere, service, strangers
from tests.documents import samples
from tests.documents.fake_children import opens_then

__all__ = ["service"]

OPERATIONS = ("number_list", "inbound_fax_list_all", "inbound_fax_list", "inbound_fax_download", "fax_list")
PATHS = {
    "number_list": "number-list",
    "inbound_fax_list_all": "fax-list-all",
    "inbound_fax_list": "fax-list",
    "inbound_fax_download": "fax-download",
    "fax_list": "fax-lists",
}

FAMILIES = {
    "not reached": {"refuse"},
    "no answer": {
        "reset_before",
        "reset_after",
        "half_answer",
        "html",
        "html_after",
        "server_error",
        "server_error_after",
        "truncated_json",
        "empty_body",
        "nonsense",
    },
    "nothing in it": {"empty_data"},
    "says no": {"redirect"},
    "asks to wait": {"too_many"},
    "key refused": {"expired_key", "plan_missing"},
    "bent": {
        "slow",
        "slow_before",
        "wrong_types",
        "wrong_content_type",
        "clock_skew",
        "wrong_page_count",
        "lagging_list",
        "delivered_later",
    },
}
"""What the kinds of faults come to for whoever asks."""


@dataclass(frozen=True)
class Seen:
    """What the user sees while it goes wrong: the line in the status bar, notices, faxes shown as awaited."""

    line: LineState = LineState.CONNECTED
    said: tuple[type[BaseException], ...] = ()
    awaited: bool = False


QUIET = Seen()
DOWN = Seen(LineState.OFFLINE)
KEY = Seen(LineState.SIGN_IN)
SAID = Seen(said=(Refused,))
LISTS = {"not reached": DOWN, "no answer": DOWN, "says no": SAID, "key refused": KEY}
SEES: dict[str, dict[str, Seen]] = {
    "number_list": LISTS,
    "inbound_fax_list_all": {**LISTS, "says no": QUIET},  # the lists of each number serve
    "inbound_fax_list": LISTS,
    "inbound_fax_download": {
        "not reached": DOWN,
        "no answer": Seen(awaited=True),
        "nothing in it": Seen(awaited=True),
        "says no": Seen(said=(NotFetched,), awaited=True),
        "key refused": KEY,
    },
    "fax_list": LISTS,
}
"""Operation by family; what is not named is quiet: the status bar says "Connected", and nothing else is said."""

TOLD: dict[str, dict[str, object]] = {
    "slow": {"seconds": 0.05},
    "slow_before": {"seconds": 0.05},
    "too_many": {"retry_after": 1},
}
CASES = [
    (operation, kind)
    for operation in OPERATIONS
    for kind, row in KINDS.items()
    if row.operations is None or operation in row.operations
]


@dataclass
class Watch:
    """Somebody who looks at the window all the time."""

    plant: Plant
    lines: list[LineState] = field(default_factory=list)
    awaited: bool = False

    def __post_init__(self) -> None:
        back = self.plant.backbone
        back.line.subscribe(lambda report: self.lines.append(report.state))
        back.receiver.awaited.changes.subscribe(lambda _: self._look())

    def _look(self) -> None:
        self.awaited = True

    @property
    def seen(self) -> Seen:
        odd = [state for state in self.lines if state is not LineState.CONNECTED]
        said = tuple(type(error) for error in self.plant.reported)
        return Seen(odd[0] if odd else LineState.CONNECTED, said, self.awaited)


@pytest.fixture
async def office(plant: Plant, letter: Path) -> Plant:
    """Two faxes and one of another program are at the service; documents are counted by a quick child."""
    plant.backbone.renderer._command = opens_then("")
    await plant.backbone.facts.keep(Fact.SENT_SEEN, "")
    await receive(plant, "First", minutes=5)
    await receive(plant, "Second", OURS_TOO, minutes=4)
    await send_elsewhere(plant, letter, minutes=3)
    return plant


def test_every_kind_has_its_family_and_every_call_its_row() -> None:
    assert sorted(kind for family in FAMILIES.values() for kind in family) == sorted(KINDS)
    assert set(SEES) == set(OPERATIONS) == set(PATHS)


@pytest.mark.parametrize(("operation", "kind"), CASES)
async def test_a_fault_is_seen_as_it_should_be_and_loses_nothing(
    office: Plant, operation: str, kind: str
) -> None:
    if operation == "inbound_fax_list":  # it is asked for where the list of all numbers is refused
        office.service.faults.append(Rule("refused", refused, "inbound_fax_list_all", count=None))
    office.fault(operation, kind, count=1, **TOLD.get(kind, {}))
    watch = Watch(office)
    async with office.at_work():
        async with asyncio.timeout(20):
            while not await everything_is_there(office):
                await asyncio.sleep(0.03)
                if office.asked[PATHS[operation]]:
                    office.clock.advance(minutes=11)
                    office.backbone.receiver.ring()
    family = next(family for family, kinds in FAMILIES.items() if kind in kinds)
    assert watch.seen == SEES[operation].get(family, QUIET)
    await nothing_is_twice_or_half(office)


async def everything_is_there(office: Plant) -> bool:
    back = office.backbone
    return (
        len(await received(office)) >= 2
        and len(await strangers(office)) >= 1
        and len(back.numbers.all()) == 3
        and back.line.report.state is LineState.CONNECTED
    )


async def nothing_is_twice_or_half(office: Plant) -> None:
    back = office.backbone
    faxes = await received(office)
    assert sorted(fax.job_id for fax in faxes) == sorted(str(fax.job_id) for fax in office.service.received)
    kept = [await back.files.get(fax.document) for fax in faxes]
    assert sorted(kept) == sorted([samples.letter("First"), samples.letter("Second")])
    assert all(fax.pages == 1 and fax.unread for fax in faxes)
    assert [fax.job_id for fax in await strangers(office)] == [str(job.job_id) for job in office.service.jobs]
    assert await back.receiver.awaited.all() == []
    assert list((back.paths.documents / "incoming").iterdir()) == []
    documents = [path for path in back.paths.documents.rglob("*") if path.is_file()]
    assert len(documents) == 2


@pytest.mark.parametrize("seed", range(3))
async def test_a_storm_of_faults_loses_nothing(office: Plant, seed: int) -> None:
    """Every call may go wrong in any way for a while, and faxes come in meanwhile."""
    harmless = {"slow", "slow_before", "too_many", "clock_skew", "delivered_later"}
    for place, kind in enumerate(sorted(KINDS.keys() - harmless)):
        for operation in OPERATIONS:
            if KINDS[kind].operations is None or operation in (KINDS[kind].operations or ()):
                office.fault(operation, kind, probability=0.04, seed=100 * seed + place)
    async with office.at_work():
        for _ in range(15):
            await receive(office, "First")
            office.clock.advance(minutes=11)
            office.backbone.receiver.ring()
            await asyncio.sleep(0.05)
        office.service.faults.clear()
        async with asyncio.timeout(30):
            while len(await received(office)) < 17 or not await everything_is_there(office):
                office.clock.advance(hours=1)
                office.backbone.receiver.ring()
                await asyncio.sleep(0.05)
    faxes = await received(office)
    assert sorted(fax.job_id for fax in faxes) == sorted(str(fax.job_id) for fax in office.service.received)
    assert await office.backbone.receiver.awaited.all() == []
    assert len(await strangers(office)) == 1
    assert list((office.backbone.paths.documents / "incoming").iterdir()) == []
