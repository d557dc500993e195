"""Whose rows an archive holds, and what the service would know each account by."""

import asyncio
import os
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import State
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.store.accounts import Accounts, Traces
from ifax_desktop.store.numbers import Numbers
from tests.store.conftest import ACCOUNT, Shop

OTHER = "f" * 32


@pytest.fixture
def accounts(shop: Shop, tmp_path: Path) -> Accounts:
    return Accounts(shop.database, tmp_path / "home")


def test_the_first_start_makes_an_account_and_the_next_one_finds_it(
    accounts: Accounts, tmp_path: Path
) -> None:
    account = accounts.current()
    assert re.fullmatch(r"[0-9a-f]{32}", account)
    assert accounts.current() == account
    file = tmp_path / "home" / "account-id"
    assert file.stat().st_mode & 0o077 == 0 or os.name == "nt"


@pytest.mark.parametrize("written", [b"", b"nonsense", b"\xff" * 32, None])
async def test_a_file_that_was_lost_leaves_no_fax_without_its_account(
    accounts: Accounts, shop: Shop, tmp_path: Path, written: bytes | None
) -> None:
    await shop.queue()
    accounts.choose(OTHER)
    file = tmp_path / "home" / "account-id"
    if written is None:
        file.unlink()
    else:
        file.write_bytes(written)
    assert accounts.current() == ACCOUNT


FIRST_START = """
import sys
from pathlib import Path
from ifax_desktop.store.accounts import Accounts
from ifax_desktop.store.database import Database
home = Path(sys.argv[1])
database = Database(home / "archive.sqlite3")
sys.stdin.readline()
print(Accounts(database, home).current())
"""


async def test_first_starts_at_the_same_time_agree_on_the_account(tmp_path: Path) -> None:
    starts = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", FIRST_START, str(tmp_path)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(6)
    ]
    said = {(await one)[0] for one in [asyncio.ensure_future(start.communicate(b"\n")) for start in starts]}
    assert len(said) == 1
    assert said != {b""}
    assert not list(tmp_path.glob(".account-id*"))


def test_what_a_killed_start_left_is_cleared_away(accounts: Accounts, tmp_path: Path) -> None:
    account = accounts.current()
    left = tmp_path / "home" / ".account-id.0badcafe.part"
    left.write_text("")
    assert accounts.current() == account
    assert not left.exists()


def test_an_account_that_cannot_be_kept_is_said(accounts: Accounts, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(StorageFailed):
        accounts.current()


async def test_traces_are_numbers_jobs_and_the_fax_received_last(accounts: Accounts, shop: Shop) -> None:
    assert await accounts.traces() == {}
    for job in range(5):
        await shop.accept(f"+1415555010{job}", str(job))
    await Numbers(shop.database, ACCOUNT).replace(
        [OwnNumber("+13125550111", "7", "17"), OwnNumber("+13125550112")], shop.clock()
    )
    await shop.receive("901")
    shop.clock.forward(86_400)
    await shop.receive("902")
    jobs = tuple((str(job), f"+1415555010{job}") for job in (4, 3, 2))
    numbers = frozenset({("7", "+13125550111")})
    assert await accounts.traces() == {ACCOUNT: Traces(numbers, jobs, ("902", "t902", date(2026, 1, 6)))}


async def test_a_discarded_fax_leaves_its_job_and_a_released_number_its_id(
    accounts: Accounts, shop: Shop
) -> None:
    claim = await shop.accept(job_id="8")
    await shop.database.run(
        lambda connection: connection.execute("DELETE FROM fax WHERE id = ?", (claim.fax,))
    )
    numbers = Numbers(shop.database, ACCOUNT)
    await numbers.replace([OwnNumber("+13125550111", "7", "17")], shop.clock())
    await numbers.replace([], shop.clock())
    [traces] = (await accounts.traces()).values()
    assert (traces.jobs, len(traces.numbers)) == ((("8", ""),), 1)


async def test_each_account_has_its_own_traces(accounts: Accounts, shop: Shop, another: object) -> None:
    assert callable(another)
    await shop.accept(job_id="1")
    other: Shop = another(OTHER)
    await other.accept("+14155550199", "2")
    third: Shop = another("0" * 32)
    await third.queue()  # never in touch with the service
    assert {account: traces.jobs for account, traces in (await accounts.traces()).items()} == {
        ACCOUNT: (("1", "+14155550100"),),
        OTHER: (("2", "+14155550199"),),
    }


async def test_what_waits_is_free_until_a_key_worked_here(accounts: Accounts, shop: Shop) -> None:
    assert accounts.is_fresh(ACCOUNT)
    fax = await shop.queue()
    assert accounts.is_fresh(ACCOUNT)
    await accounts.touch(ACCOUNT)
    assert not accounts.is_fresh(ACCOUNT)
    assert not await accounts.is_free(ACCOUNT)
    await shop.outbox.stop(fax, shop.clock())
    assert shop.fax(fax).state is State.CANCELED
    assert await accounts.is_free(ACCOUNT)
    await shop.receive("901")
    assert not await accounts.is_free(ACCOUNT)
    assert not accounts.is_fresh(OTHER)
    assert await accounts.is_free(OTHER)
