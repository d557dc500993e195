"""The whole program below the window on a disk that is really full: what it says, and that nothing is lost or sent twice."""

from pathlib import Path

from ifax_desktop.store.words import FULL
from tests.small_disk import on_a_small_disk

PLANT = """
import asyncio
from contextlib import suppress
from datetime import timedelta
import httpx
from ifax_desktop.backbone import Backbone, Connection
from ifax_desktop.domain.errors import FaxError, StorageFailed
from ifax_desktop.domain.fax import Direction, State
from ifax_desktop.domain.form import Form
from ifax_desktop.paths import Paths
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.finding import Query
from tests.documents import samples

LETTER = samples.letter("First page", "Second page")
reported = []
service = FaxService(speed=1000)

def open_backbone():
    return Backbone(Paths(disk / "profile"), reported.append, pulse=0.02, youngest=0.05)

async def queue(back, number="+12025550143"):
    letter = disk.parent / "letter.pdf"
    letter.write_bytes(LETTER)
    form = Form(number, attachments=(await back.drafts.take(letter),))
    return (await back.drafts.queue(form, hold=timedelta())).fax

async def until(holds):
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)

async def at_work(back, holds):
    "Work until something holds."
    connection = Connection("https://fax.invalid/v1", "live-key", httpx.MockTransport(service))
    async with back.connected(connection) as calls:
        work = asyncio.create_task(back.work(calls))
        try:
            await until(lambda: holds() or work.done())
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work

def state(back, fax):
    return back.archive.rows([fax])[0].state

"""


def test_a_fax_that_cannot_be_kept_is_not_queued_and_goes_later(tmp_path: Path) -> None:
    script = """
async def main():
    back = open_backbone()
    await back.prepare()
    fill()
    try:
        await queue(back)
    except StorageFailed as error:
        print(error)
    assert len(await back.archive.ids(Query(Direction.SENT))) == 0
    empty()
    fax = await queue(back)
    await at_work(back, lambda: state(back, fax) is State.DELIVERED)
    print(state(back, fax), len(service.jobs), reported)
    await back.close()

asyncio.run(main())
"""
    assert on_a_small_disk(tmp_path / "disk", PLANT, script, size="8m") == [FULL, "delivered 1 []"]


def test_with_a_full_disk_the_program_starts_and_shows_what_it_has(tmp_path: Path) -> None:
    script = """
async def main():
    back = open_backbone()
    await back.prepare()
    fax = await queue(back)
    await back.close()
    fill()
    try:
        back = open_backbone()
    except StorageFailed as error:
        print("obstacle", error)
    else:
        try:
            await back.prepare()
        except StorageFailed as error:
            print("notice", error, *(await back.archive.ids(Query(Direction.SENT))), state(back, fax))
        empty()
        await back.prepare()
        await back.close()
    empty()
    back = open_backbone()
    await at_work(back, lambda: state(back, fax) is State.DELIVERED)
    print(state(back, fax), len(service.jobs))
    await back.close()

asyncio.run(main())
"""
    started, went_out = on_a_small_disk(tmp_path / "disk", PLANT, script, size="8m")
    assert started in (f"obstacle {FULL}", f"notice {FULL} 1 queued")
    assert went_out == "delivered 1"


def test_the_command_says_it_in_a_sentence_and_its_code(tmp_path: Path) -> None:
    script = """
import subprocess
letter = disk.parent / "letter.pdf"
letter.write_bytes(LETTER)
call = [sys.executable, "-m", "ifax_desktop", "--demo", "--profile", str(disk / "profile"), "send", str(letter), "--to", "+12025550143"]
fill()
full = subprocess.run(call, capture_output=True, text=True)
print(full.returncode, full.stderr.strip())
empty()
room = subprocess.run(call, capture_output=True, text=True)
print(room.returncode)
"""
    full, room = on_a_small_disk(tmp_path / "disk", PLANT, script, size="16m")
    assert full == f"6 {FULL}"
    assert room == "0"
