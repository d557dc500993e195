"""The real program killed again and again: nothing is lost, nothing goes out twice. `python -m tests.crash` does it longer."""

import sys
from pathlib import Path

import pytest

from tests.crash.report import table
from tests.crash.run import Wish, run
from tests.crash.season import QUICK

KILLS = 20


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
async def test_twenty_kills_lose_nothing_and_send_nothing_twice(tmp_path: Path) -> None:
    told: list[str] = []
    wish = Wish(KILLS, 20, "light", tmp_path / "crash", QUICK, told.append)
    outcome = await run(wish)
    assert outcome.kills >= KILLS
    assert outcome.violations == 0, table(wish, outcome)
    assert outcome.verdict.counts["faxes accepted by the service"] > 0
