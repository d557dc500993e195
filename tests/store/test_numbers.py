"""Our own numbers."""

from datetime import UTC, datetime, timedelta

from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.store.database import Database
from ifax_desktop.store.numbers import Numbers
from tests.store.conftest import Clock

FIRST = OwnNumber("+13125550111", "n1", "o1", "US", "Chicago", datetime(2025, 1, 2, tzinfo=UTC))
SECOND = OwnNumber("+442079460000", "n2")


async def kept(database: Database, number: str) -> tuple[str, int]:
    label, first_seen = await database.ask(
        lambda connection: connection.execute(
            "SELECT label, first_seen FROM own_number WHERE number = ?", (number,)
        ).fetchone()
    )
    return label, first_seen


async def test_the_services_list_replaces_the_last_one_in_its_order(database: Database, clock: Clock) -> None:
    numbers = Numbers(database, "account-1")
    assert numbers.all() == []
    await numbers.replace([SECOND, FIRST], clock())
    assert numbers.all() == [SECOND, FIRST]
    await numbers.replace([FIRST], clock())
    assert numbers.all() == [FIRST]
    await numbers.replace([], clock())
    assert numbers.all() == []


async def test_what_is_ours_stays_even_while_a_number_is_gone(database: Database, clock: Clock) -> None:
    numbers = Numbers(database, "account-1")
    await numbers.replace([FIRST], clock())
    began = int(clock().timestamp() * 1000)
    await database.run(lambda connection: connection.execute("UPDATE own_number SET label = 'Front desk'"))
    await numbers.replace([], clock.forward(60))
    renewed = OwnNumber(FIRST.number, "n9", "o9", "US", "Chicago", FIRST.since)
    await numbers.replace([renewed], clock.forward(60))
    assert numbers.all() == [renewed]
    assert await kept(database, FIRST.number) == ("Front desk", began)


async def test_accounts_do_not_see_each_other(database: Database, clock: Clock) -> None:
    ours, theirs = Numbers(database, "account-1"), Numbers(database, "account-2")
    await ours.replace([FIRST], clock())
    await theirs.replace([FIRST, SECOND], clock() + timedelta(days=1))
    await ours.replace([], clock())
    assert ours.all() == []
    assert theirs.all() == [FIRST, SECOND]
