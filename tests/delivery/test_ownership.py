"""Whose faxes these are: with a key of nobody knows whom nothing goes out, is looked up or comes in."""

from pathlib import Path

import httpx
import pytest

from ifax_desktop.backbone import Backbone, Connection
from ifax_desktop.delivery.line import LineState
from ifax_desktop.delivery.ownership import Whose
from ifax_desktop.domain.errors import AccountMoved, AccountUnproven
from ifax_desktop.domain.fax import Direction, State
from ifax_desktop.paths import Paths
from ifax_desktop.simulator.faults.kinds import KINDS
from ifax_desktop.simulator.faults.rules import On
from ifax_desktop.store.secrets import MemorySecrets
from tests.conftest import Eventually
from tests.delivery.conftest import Clock
from tests.delivery.customers import ASKING, FIRST, NEW, SECOND, Customers, House, Start, always, refuse
from tests.documents import samples


@pytest.fixture
def customers(tmp_path: Path, clock: Clock) -> Customers:
    return Customers(tmp_path / "service", clock)


@pytest.fixture
def house(tmp_path: Path, clock: Clock, customers: Customers) -> House:
    return House(tmp_path / "profile", clock, customers)


async def begin(
    house: House, letter: Path, eventually: Eventually, secrets: MemorySecrets | None = None
) -> int:
    """A fax of the first account that the service took, and then one that waits."""
    async with house.open(FIRST, secrets) as start:
        sent = await start.queue(letter)
        await eventually(lambda: start.fax(sent).state is State.ACCEPTED)
        await eventually(lambda: start.ownership.whose is Whose.OURS)
    return await wait_here(house, letter)


async def wait_here(house: House, letter: Path) -> int:
    """A fax that waits, as the key it was queued under is no key any more."""
    async with house.open("wrong") as start:
        return await start.queue(letter, "+12025550177")


async def asked(start: Start, eventually: Eventually) -> None:
    await eventually(lambda: start.ownership.whose is Whose.ASKED)


async def test_an_archive_that_never_met_the_service_takes_any_key(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    secrets = MemorySecrets(SECOND)
    async with house.open("wrong") as start:
        fax = await start.queue(letter)
        await eventually(lambda: start.backbone.line.report.state is LineState.SIGN_IN)
        assert start.ownership.whose is Whose.FREE
    async with house.open(SECOND, secrets) as start:
        assert start.ownership.whose is Whose.FREE
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)
        await eventually(lambda: start.ownership.whose is Whose.OURS)
    assert len(customers.second.jobs) == 1


async def test_a_new_key_of_the_same_account_is_known_by_a_fax(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    fax = await begin(house, letter, eventually)
    async with house.open(NEW) as start:
        assert start.ownership.whose is Whose.UNSURE
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)
    assert [job.number for job in customers.first.jobs] == ["+12025550143", "+12025550177"]
    assert customers.second.jobs == []


async def test_a_new_key_of_the_same_account_is_known_by_a_number(
    tmp_path: Path, clock: Clock, letter: Path, eventually: Eventually
) -> None:
    customers = Customers(tmp_path / "service", clock, lists_numbers=True)
    house = House(tmp_path / "profile", clock, customers)
    async with house.open(FIRST) as start:
        await eventually(start.backbone.numbers.all)
    async with house.open("wrong") as start:
        fax = await start.queue(letter)
    async with house.open(NEW) as start:
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)
    assert customers.called[NEW, "number-list"]
    assert len(customers.first.jobs) == 1


async def test_a_new_key_of_the_same_account_is_known_by_a_received_fax(
    house: House, customers: Customers, letter: Path, clock: Clock, eventually: Eventually
) -> None:
    await customers.first.receive(samples.letter("Dear all"), "+13125550188", "+13125550111")
    async with house.open(FIRST) as start:
        while not await start.faxes(Direction.RECEIVED):
            await eventually(lambda: start.backbone.line.report.checked_at)
    clock.advance(days=40)
    async with house.open(NEW) as start:
        await eventually(lambda: start.ownership.whose is Whose.OURS)


@pytest.mark.parametrize("lists_numbers", [False, True])
async def test_nothing_is_sent_looked_up_or_received_for_another_account(
    tmp_path: Path, clock: Clock, letter: Path, eventually: Eventually, lists_numbers: bool
) -> None:
    customers = Customers(tmp_path / "service", clock, lists_numbers=lists_numbers)
    house = House(tmp_path / "profile", clock, customers)
    async with house.open(FIRST) as start:
        sent = await start.queue(letter)
        await eventually(lambda: start.fax(sent).state is State.ACCEPTED)
        customers.first.faults.append(On("fax_send", customers.first.accept_then_hang_up))
        doubtful = await start.queue(letter, "+12025550199")
        await eventually(lambda: start.fax(doubtful).state is State.DOUBTFUL)
    fax = await wait_here(house, letter)
    await customers.second.receive(samples.letter("For somebody else"), "+13125550188", "+12025550119")
    async with house.open(SECOND) as start:
        await asked(start, eventually)
        clock.advance(hours=2)
        with pytest.raises(AccountUnproven, match="another account"):
            await start.backbone.receiver.check()
        with pytest.raises(AccountUnproven):
            await start.backbone.receiver.refresh_numbers()
        with pytest.raises(AccountUnproven):
            await start.backbone.doubts.look_again(doubtful)
        assert start.fax(fax).state is State.QUEUED
        assert start.fax(doubtful).state is State.DOUBTFUL
        assert await start.faxes(Direction.RECEIVED) == []
        assert len(start.backbone.numbers.all()) == lists_numbers
    assert customers.calls_of(SECOND) <= ASKING
    assert customers.second.jobs == []
    async with house.open(NEW) as start:
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)
    assert [job.number for job in customers.first.jobs].count("+12025550177") == 1


async def test_no_call_of_any_family_gets_past_the_question(
    house: House, customers: Customers, letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    await begin(house, letter, eventually)
    backbone = Backbone(Paths(house.folder), house.reported.append, now=house.clock)
    connection = Connection("https://fax.invalid/v1", NEW, httpx.MockTransport(customers))
    today = house.clock().date()
    async with backbone.connected(connection) as calls:
        for call in (
            calls.outbound.status("7"),
            calls.outbound.cancel("7"),
            calls.outbound.list_sent(),
            calls.outbound.download("7", tmp_path / "copy.pdf"),
            calls.inbound.list_received(today, today),
            calls.inbound.download("7", "8", tmp_path / "received.pdf"),
            calls.numbers.owned(),
            calls.numbers.buy("+12025550160"),
            calls.records.labels(),
        ):
            with pytest.raises(AccountUnproven):
                await call
        assert customers.calls_of(NEW) == set()
        assert await backbone.ownership.look() == backbone.account
        await calls.records.labels()
    await backbone.close()


async def test_the_user_may_say_that_it_is_the_same_account(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    fax = await begin(house, letter, eventually)
    secrets = MemorySecrets(SECOND)
    async with house.open(SECOND, secrets) as start:
        await asked(start, eventually)
        await start.ownership.same()
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)
    assert [job.number for job in customers.second.jobs] == ["+12025550177"]
    customers.second.faults.append(always(KINDS["refuse"].fault()))
    async with house.open(SECOND, secrets) as start:
        await eventually(
            lambda: start.ownership.whose is Whose.OURS
        )  # kept beside the key: nobody has to be asked


async def test_another_account_has_its_own_rows_and_the_old_ones_come_back_with_their_key(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    fax = await begin(house, letter, eventually)
    async with house.open(SECOND) as start:
        await asked(start, eventually)
        await start.ownership.other()
        await eventually(lambda: start.moved)
        assert start.moved is not None
        start.backbone.accounts.choose(start.moved.account)
    async with house.open(SECOND) as start:
        mine = await start.queue(letter, "+12025550188")
        await eventually(lambda: start.fax(mine).state is State.ACCEPTED)
        assert [shown.id for shown in await start.faxes(Direction.SENT)] == [mine]
    assert [job.number for job in customers.second.jobs] == ["+12025550188"]

    for key in (NEW, SECOND, NEW):
        async with house.open(key) as start:
            await eventually(lambda: start.moved)
            assert start.moved is not None
            start.backbone.accounts.choose(start.moved.account)
    async with house.open(NEW) as start:
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)
        assert {shown.number for shown in await start.faxes(Direction.SENT)} == {
            "+12025550143",
            "+12025550177",
        }
    assert [job.number for job in customers.first.jobs] == ["+12025550143", "+12025550177"]
    assert [job.number for job in customers.second.jobs] == ["+12025550188"]


async def test_a_key_of_another_account_here_is_recognized_before_the_new_one_has_any_fax(
    house: House, letter: Path, eventually: Eventually
) -> None:
    await begin(house, letter, eventually)
    async with house.open(SECOND) as start:
        await asked(start, eventually)
        await start.ownership.other()
        await eventually(lambda: start.moved)
        assert start.moved is not None
        start.backbone.accounts.choose(start.moved.account)
    async with house.open(NEW) as start:
        await eventually(lambda: start.moved)


async def test_without_a_network_it_is_asked_again_until_there_is_one(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    fax = await begin(house, letter, eventually)
    outage = always(KINDS["refuse"].fault())
    customers.first.faults.appendleft(outage)
    async with house.open(NEW) as start:
        await eventually(lambda: start.backbone.line.report.state is LineState.OFFLINE)
        await eventually(lambda: customers.called[NEW, "number-list"] > 3)
        assert start.ownership.whose is Whose.UNSURE
        assert start.fax(fax).state is State.QUEUED
        with pytest.raises(AccountUnproven, match="not confirmed yet"):
            await start.backbone.receiver.check()
        customers.first.faults.remove(outage)
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)
    assert len(customers.first.jobs) == 2


async def test_a_proof_beside_the_key_needs_no_network_and_counts_for_that_key_alone(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    secrets = MemorySecrets(FIRST)
    await begin(house, letter, eventually, secrets)
    customers.first.faults.appendleft(always(KINDS["refuse"].fault()))
    async with house.open(FIRST, secrets) as start:
        await eventually(lambda: start.ownership.whose is Whose.OURS)
    secrets.keep(NEW)
    async with house.open(NEW, secrets) as start:
        await eventually(lambda: start.backbone.line.report.state is LineState.OFFLINE)
        assert start.ownership.whose is Whose.UNSURE


async def test_a_refused_list_leaves_it_to_the_other_questions(
    tmp_path: Path, clock: Clock, letter: Path, eventually: Eventually
) -> None:
    customers = Customers(tmp_path / "service", clock, lists_numbers=True)
    house = House(tmp_path / "profile", clock, customers)
    fax = await begin(house, letter, eventually)
    customers.first.faults.append(always(refuse, "number_list"))
    async with house.open(NEW) as start:
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)


async def test_where_everything_is_refused_the_user_is_asked(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    fax = await begin(house, letter, eventually)
    customers.first.faults.append(always(refuse, "fax_status"))
    async with house.open(NEW) as start:
        await asked(start, eventually)
        assert start.fax(fax).state is State.QUEUED


@pytest.mark.parametrize("kind", ["nonsense", "html", "empty_data", "server_error", "redirect"])
async def test_answers_nobody_understands_prove_nothing(
    house: House, customers: Customers, letter: Path, eventually: Eventually, kind: str
) -> None:
    fax = await begin(house, letter, eventually)
    customers.first.faults.appendleft(always(KINDS[kind].fault()))
    async with house.open(NEW) as start:
        await asked(start, eventually)
        assert start.fax(fax).state is State.QUEUED
        customers.first.faults.clear()
        with pytest.raises(AccountUnproven):  # it wakes the question, too
            await start.backbone.receiver.check()
        await eventually(lambda: start.fax(fax).state is State.ACCEPTED)
    assert len(customers.first.jobs) == 2


async def test_a_service_that_wants_to_be_left_alone_decides_nothing(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    fax = await begin(house, letter, eventually)
    customers.first.faults.appendleft(always(KINDS["too_many"].fault()))
    async with house.open(NEW) as start:
        await eventually(lambda: customers.called[NEW, "number-list"])
        assert start.ownership.whose is Whose.UNSURE
        assert start.fax(fax).state is State.QUEUED


async def test_a_job_of_another_account_with_the_same_id_is_not_ours(
    tmp_path: Path, clock: Clock, letter: Path, eventually: Eventually
) -> None:
    customers = Customers(tmp_path / "service", clock, after=7_000_000)
    await begin(House(tmp_path / "neighbour", clock, customers), letter, eventually)
    async with House(tmp_path / "other", clock, customers).open(SECOND) as other:
        fax = await other.queue(letter, "+14155550100")
        await eventually(lambda: other.fax(fax).state is State.ACCEPTED)
    assert customers.first.jobs[0].job_id == customers.second.jobs[0].job_id
    async with House(tmp_path / "neighbour", clock, customers).open(SECOND) as start:
        await asked(start, eventually)


async def test_what_waits_was_meant_for_the_key_that_worked_here(
    house: House, customers: Customers, letter: Path, eventually: Eventually
) -> None:
    """The account has neither numbers nor faxes, so that nothing at the service tells whose it is."""
    customers.first.faults.append(always(KINDS["refuse"].fault(), "fax_send"))
    async with house.open(FIRST) as start:
        fax = await start.queue(letter)
        await eventually(lambda: start.ownership.whose is Whose.OURS)
    async with house.open(SECOND) as start:
        await asked(start, eventually)
        assert start.fax(fax).state is State.QUEUED
        await start.backbone.sender.stop(fax)
        assert await start.ownership.look() == start.backbone.account  # nothing waits: it may have it
    assert customers.second.jobs == []


async def test_the_session_begins_anew_only_for_another_account() -> None:
    assert "come back" in str(AccountMoved("0" * 32))
