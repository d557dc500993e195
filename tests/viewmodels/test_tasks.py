"""Background work: kept, replaced, reported, ended."""

import asyncio

from ifax_desktop.viewmodels.tasks import Tasks
from tests.conftest import Eventually


def unseen(error: BaseException) -> None:
    """Nothing is to be reported here."""
    raise AssertionError(error)


async def test_work_runs_and_is_let_go() -> None:
    done = asyncio.Event()
    tasks = Tasks(unseen)

    async def work() -> None:
        done.set()

    tasks.start("work", work())
    assert tasks.is_running("work")
    await done.wait()
    await asyncio.sleep(0)
    assert not tasks.is_running("work")
    await tasks.close()


async def test_newer_work_of_a_name_ends_the_older(eventually: Eventually) -> None:
    seen: list[str] = []
    tasks = Tasks(unseen)

    async def work(name: str, until: asyncio.Event) -> None:
        try:
            await until.wait()
            seen.append(name)
        except asyncio.CancelledError:
            seen.append(f"{name} ended")
            raise

    go = asyncio.Event()
    tasks.start("look", work("first", go))
    await asyncio.sleep(0)
    tasks.start("look", work("second", go))
    tasks.start("other", work("third", go))
    await asyncio.sleep(0)
    go.set()
    await eventually(lambda: not tasks.is_running("look") and not tasks.is_running("other"))
    assert seen == ["first ended", "second", "third"]
    await tasks.close()


async def test_a_failure_is_reported_once_and_a_cancelled_one_never(eventually: Eventually) -> None:
    reported: list[BaseException] = []
    tasks = Tasks(reported.append)

    async def fail() -> None:
        raise ValueError("surprise")

    tasks.start("fail", fail())
    tasks.start("wait", asyncio.sleep(3600))
    await eventually(lambda: not tasks.is_running("fail"))
    await tasks.close()
    assert [str(error) for error in reported] == ["surprise"]


async def test_close_waits_for_work_that_was_replaced_and_lets_nothing_new_in() -> None:
    ended: list[str] = []
    tasks = Tasks(unseen)

    async def slow_to_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("the old one")

    async def never() -> None:
        ended.append("it ran")

    tasks.start("work", slow_to_end())
    await asyncio.sleep(0)
    tasks.start("work", never())
    await tasks.close()
    tasks.start("work", never())
    await asyncio.sleep(0)
    assert ended == ["the old one"]
