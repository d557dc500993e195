"""Fixtures of the view-models' tests: a day at a clinic, and the view-models of the main window over it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import Eventually
from tests.office_day import Day, Desk, fill


@pytest.fixture
async def day(tmp_path: Path) -> AsyncIterator[Day]:
    """An empty archive."""
    async with Day(tmp_path / "profile") as day:
        yield day


@pytest.fixture
async def made(day: Day) -> dict[str, int]:
    """The archive has a fax in every state; the ids of the interesting ones by name."""
    return await fill(day)


@pytest.fixture
async def desk(day: Day, made: dict[str, int], eventually: Eventually) -> AsyncIterator[Desk]:
    """The view-models, with both lists read."""
    async with Desk(day) as desk:
        desk.start()
        await eventually(lambda: desk.is_loaded and desk.outbox.state.in_progress)
        yield desk


@pytest.fixture
async def bare_desk(day: Day, eventually: Eventually) -> AsyncIterator[Desk]:
    """The view-models over an empty archive."""
    async with Desk(day) as desk:
        desk.start()
        await eventually(lambda: desk.is_loaded)
        yield desk
