"""What is over the rule how long faxes are kept, and what never is."""

from datetime import UTC, datetime

import pytest

from ifax_desktop.domain.fax import State
from ifax_desktop.store import retention
from tests.store.conftest import ACCOUNT, Shop


def over(shop: Shop, before: datetime, most: int = 100) -> list[int]:
    return shop.database.read(lambda connection: retention.over(connection, ACCOUNT, before, most))


def count(shop: Shop, before: datetime) -> int:
    return shop.database.read(lambda connection: retention.count(connection, ACCOUNT, before))


@pytest.mark.parametrize("state", State)
async def test_only_what_is_over_itself_may_go(shop: Shop, state: State) -> None:
    fax, _ = await shop.in_state(state)
    await shop.archive.mark([fax], unread=False)
    later = shop.clock.forward(86400)
    gone = state in (State.DELIVERED, State.FAILED, State.CANCELED, State.RECEIVED)
    assert over(shop, later) == ([fax] if gone else [])
    assert count(shop, later) == gone


async def test_what_nobody_has_read_stays(shop: Shop) -> None:
    await shop.receive("1")
    assert over(shop, shop.clock.forward(60)) == []


async def test_its_end_counts_and_not_its_beginning(shop: Shop) -> None:
    fax, _ = await shop.in_state(State.CANCELED)
    await shop.database.run(lambda connection: connection.execute("UPDATE fax SET created_at = 5"))
    assert over(shop, shop.clock()) == []
    assert over(shop, shop.clock.forward(1)) == [fax]


async def test_the_oldest_go_first_and_never_more_than_asked_for(shop: Shop) -> None:
    faxes = []
    for number in range(5):
        faxes.append(await shop.receive(str(number)))
        shop.clock.forward(60)
    await shop.archive.mark(faxes, unread=False)
    assert over(shop, shop.clock(), 2) == faxes[:2]
    assert over(shop, shop.clock()) == faxes
    assert count(shop, shop.clock()) == 5


async def test_faxes_of_other_accounts_are_left_alone(shop: Shop) -> None:
    other = Shop(shop.database, shop.clock, "another")
    await other.archive.mark([await other.receive("1")], unread=False)
    assert over(shop, shop.clock.forward(60)) == []


@pytest.mark.parametrize(
    ("now", "years", "before"),
    [
        (datetime(2026, 11, 23, 14, 0, tzinfo=UTC), 2, datetime(2024, 11, 23, 14, 0, tzinfo=UTC)),
        (datetime(2028, 2, 29, 1, 0, tzinfo=UTC), 1, datetime(2027, 2, 28, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_year_is_a_year_of_the_calendar(now: datetime, years: int, before: datetime) -> None:
    assert retention.cutoff(now, years) == before
