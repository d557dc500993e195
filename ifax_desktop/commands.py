"""The commands without a window: the same outbox and the same exactly-once, for scripts and other programs."""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from ifax_desktop.backbone import Backbone, Calls, Connection, practice_connection
from ifax_desktop.delivery.line import LineState
from ifax_desktop.domain.errors import FaxError, NoAnswer, Offline, SignInNeeded, StorageFailed
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import Direction, Fax, State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import parse, show
from ifax_desktop.options import Options
from ifax_desktop.profile import paths_for, stored_key
from ifax_desktop.store.archive import Query

DONE, NOT_DELIVERED, WRONG, STILL_GOING, NO_SERVICE, NOT_CERTAIN, NOT_KEPT = range(7)

_CODES = {
    State.DELIVERED: DONE,
    State.FAILED: NOT_DELIVERED,
    State.CANCELED: NOT_DELIVERED,
    State.DOUBTFUL: NOT_CERTAIN,
}
_WORDS = {
    State.DELIVERED: "Delivered.",
    State.FAILED: "Not delivered.",
    State.CANCELED: "Canceled.",
    State.DOUBTFUL: "Not certain whether this fax went out. It will not be sent again by guess.",
    State.QUEUED: "Waiting to send.",
    State.SENDING: "Sending.",
    State.ACCEPTED: "Sending.",
}


def run_command(options: Options) -> int:
    """Run `send` or `receive`; the answer is the exit code that `options.EXIT_CODES` explains."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    try:
        return asyncio.run(_run(options))
    except StorageFailed as error:
        return _say(str(error), NOT_KEPT)
    except (Offline, NoAnswer, SignInNeeded) as error:
        return _say(str(error), NO_SERVICE)
    except FaxError as error:
        return _say(str(error), WRONG)
    except KeyboardInterrupt:
        return 130


async def _run(options: Options) -> int:
    paths = paths_for(options)
    backbone = Backbone(paths, _report, pulse=0.2)
    try:
        work = _send if options.command == "send" else _receive
        return await work(options, backbone)
    finally:
        await backbone.close()


async def _send(options: Options, backbone: Backbone) -> int:
    region = backbone.settings().region
    sender = parse(options.sender, region).e164 if options.sender else backbone.settings().own_number
    parse(options.to, region)  # a number that is none is said before any file is read
    attachments = tuple([await backbone.drafts.take(path) for path in options.files])
    form = Form(options.to, own_number=sender, attachments=attachments, quality=backbone.settings().quality)
    async with _at_work(options, backbone) as works:
        queued = await backbone.drafts.queue(form, hold=timedelta())
        print(f"Fax {queued.fax} to {show(parse(options.to, region).e164)} is kept for sending.", flush=True)
        if not works and not options.wait:
            print("The open iFax Desktop sends it.", flush=True)
            return DONE
        return await _follow(options, backbone, queued.fax)


async def _follow(options: Options, backbone: Backbone, fax: int) -> int:
    """Tell each new state until the fax is where the caller wanted it."""
    enough = set(_CODES) if options.wait else {*_CODES, State.ACCEPTED}
    told = ""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(options.patience):
            while True:
                row = backbone.archive.rows([fax])[0]
                told = _tell(_words(row, backbone.catalogue), told)
                if row.state in enough:
                    return _CODES.get(row.state, DONE)
                if backbone.line.report.state is LineState.SIGN_IN:
                    return _say(backbone.line.report.sentence, NO_SERVICE)
                await asyncio.sleep(0.1)
    if backbone.line.report.state is LineState.OFFLINE:
        return _say(f"{backbone.line.report.sentence} The fax is kept and goes out later.", NO_SERVICE)
    return _say(
        "The waiting time is over. The fax is kept and goes on the next time the program runs.", STILL_GOING
    )


def _words(row: Fax, catalogue: Catalogue) -> str:
    """The state of a fax in words, with why and with what comes next."""
    words = _WORDS[row.state]
    if row.state is State.ACCEPTED and row.pages_done:
        return f"Sending, {row.pages_done} of {row.pages} pages arrived."
    failure = catalogue.reason(row.code, row.message, row.service_status)
    if row.state is State.FAILED:
        raw = " ".join(part for part in (row.message, str(row.code or "")) if part)
        return f"{words} {failure.title}. {failure.meaning}".rstrip() + (f" ({raw})" if raw else "")
    if row.waiting is Waiting.RETRY and row.due_at is not None:
        return f"{words} {failure.title}. Next try at {row.due_at.astimezone():%H:%M}."
    return words


def _tell(words: str, told: str) -> str:
    if words != told:
        print(words, flush=True)
    return words


async def _receive(options: Options, backbone: Backbone) -> int:
    folder = options.folder or Path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFailed(f"The folder “{folder}” cannot be made.", str(error)) from error
    async with _only_one(backbone) as alone:
        if alone:  # an open window receives by itself, and the practice service has one owner
            async with _connected(options, backbone):
                await backbone.receiver.check()
    ids = await backbone.archive.ids(Query(Direction.RECEIVED))
    written = 0
    for fax in reversed(backbone.archive.rows(ids)):
        written += await _write(backbone, fax, folder)
    print(f"{written} new in {folder}, {len(ids)} received in all.", flush=True)
    return DONE


async def _write(backbone: Backbone, fax: Fax, folder: Path) -> bool:
    """Write one received fax as a PDF, whole or not at all; False if an earlier call wrote it."""
    target = folder / f"fax-{fax.created_at:%Y%m%d-%H%M%S}-{fax.job_id}.pdf"
    if target.exists():
        return False
    content = await backbone.files.get(fax.document)
    part = target.with_suffix(".part")
    try:
        await asyncio.to_thread(part.write_bytes, content)
        await asyncio.to_thread(os.replace, part, target)
    except OSError as error:
        raise StorageFailed(f"“{target.name}” cannot be written into that folder.", str(error)) from error
    print(target, flush=True)
    return True


@asynccontextmanager
async def _only_one(backbone: Backbone) -> AsyncIterator[bool]:
    """Hold the profile's lock; False if another process of ours holds it and does the work."""
    lock = FileLock(backbone.paths.lock)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@asynccontextmanager
async def _at_work(options: Options, backbone: Backbone) -> AsyncIterator[bool]:
    """Send in this process if no other one of this profile does; the value says whether it is this one."""
    async with AsyncExitStack() as stack:
        alone = await stack.enter_async_context(_only_one(backbone))
        if alone:
            await backbone.prepare()
            calls = await stack.enter_async_context(_connected(options, backbone))
            work = asyncio.create_task(backbone.work(calls, receive=False))
        else:
            work = asyncio.create_task(backbone.watch())
        try:
            yield alone
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


@asynccontextmanager
async def _connected(options: Options, backbone: Backbone) -> AsyncIterator[Calls]:
    connection = await _connection(options, backbone)
    async with backbone.connected(connection) as calls:
        yield calls


async def _connection(options: Options, backbone: Backbone) -> Connection:
    if backbone.paths.practice:
        return practice_connection(backbone.paths)
    key, address = await stored_key(options)
    if not key:
        raise SignInNeeded("There is no API key. Open the program once to connect, or use --key-from-stdin.")
    return Connection(address, key)


def _report(error: BaseException) -> None:
    logging.getLogger(__name__).error("%s", error if isinstance(error, FaxError) else repr(error))


def _say(words: str, code: int) -> int:
    print(words, file=sys.stderr, flush=True)
    return code
