"""The commands without a window: the same outbox and the same exactly-once, for scripts and other programs."""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from ifax_desktop.backbone import Backbone, Calls, Connection, practice_connection
from ifax_desktop.command_words import (
    CODES,
    DONE,
    NO_SERVICE,
    NOT_KEPT,
    NOT_TAKEN,
    OTHER_ACCOUNT,
    PAUSED,
    STILL_GOING,
    WHOSE,
    WRONG,
    words,
)
from ifax_desktop.delivery.line import LineState
from ifax_desktop.delivery.ownership import Whose
from ifax_desktop.domain.errors import (
    AccountMoved,
    AccountUnproven,
    FaxError,
    NoAnswer,
    Offline,
    Refused,
    SignInNeeded,
    StorageFailed,
)
from ifax_desktop.domain.fax import Direction, Fax, State
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import parse, show
from ifax_desktop.options import Options
from ifax_desktop.profile import paths_for, secrets_for, stored_key
from ifax_desktop.second_start import window_is_open
from ifax_desktop.shift import Shift, ended
from ifax_desktop.store.archive import Query
from ifax_desktop.store.proofs import Proofs


def run_command(options: Options) -> int:
    """Run `send` or `receive`; the answer is the exit code that `options.EXIT_CODES` explains."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    try:
        return asyncio.run(_run(options))
    except StorageFailed as error:
        return _say(str(error), NOT_KEPT)
    except (Offline, NoAnswer, SignInNeeded, AccountUnproven) as error:
        return _say(str(error), NO_SERVICE)
    except FaxError as error:
        return _say(str(error), WRONG)
    except KeyboardInterrupt:
        return 130


async def _run(options: Options) -> int:
    account = ""
    while True:
        backbone = Backbone(paths_for(options), _report, pulse=0.2, account=account)
        try:
            work = _send if options.command == "send" else _receive
            return await work(options, backbone)
        except AccountMoved as moved:
            account = (
                moved.account
            )  # nothing was done yet: begin anew with the rows of the account the key is for
        finally:
            await backbone.close()


async def _send(options: Options, backbone: Backbone) -> int:
    region = backbone.settings().region
    sender = parse(options.sender, region).e164 if options.sender else backbone.settings().own_number
    parse(options.to, region)  # a number that is none is said before any file is read
    attachments = tuple([await backbone.drafts.take(path) for path in await _files(options, backbone)])
    form = Form(options.to, own_number=sender, attachments=attachments, quality=backbone.settings().quality)
    moved: list[AccountMoved] = []
    async with AsyncExitStack() as stack:
        shift = _shift(options, backbone, moved)
        await shift.begin(await stack.enter_async_context(AsyncExitStack()))
        await _make_sure(options, backbone, shift.is_on)
        queued = await backbone.drafts.queue(form, hold=timedelta())
        print(f"Fax {queued.fax} to {show(parse(options.to, region).e164)} is kept for sending.", flush=True)
        if not shift.is_on and not options.wait and _is_the_windows(backbone):
            print("The open iFax Desktop sends it.", flush=True)
            return DONE
        stack.push_async_callback(ended, asyncio.create_task(shift.run()))
        return await _follow(options, backbone, queued.fax, moved)


async def _files(options: Options, backbone: Backbone) -> list[Path]:
    """The files named, and those in the folders named."""
    found: list[Path] = []
    for path in options.files:
        inside = await backbone.drafts.files_in(path)
        found += [path] if inside is None else inside
    return found


def _is_the_windows(backbone: Backbone) -> bool:
    """Whether a window is open that sends the faxes of this account, and stays."""
    return window_is_open(backbone.paths.home) and backbone.account == backbone.accounts.current()


async def _make_sure(options: Options, backbone: Backbone, is_on: bool) -> None:
    """Begin anew with the account the key belongs to, where that is another one of this archive (AccountMoved).

    While the service cannot be asked, the fax is kept and it is asked again before anything is sent. Another process
    sends with a key of its own, so that one given here must be known to be of the same account, or the fax is not kept.
    """
    if is_on:
        with contextlib.suppress(Offline, NoAnswer, SignInNeeded, Refused):
            _go_to(backbone, await backbone.ownership.look())
    elif options.key and not backbone.paths.practice:
        async with AsyncExitStack() as ways:
            await _connect(ways, options, backbone)
            if not _go_to(backbone, await backbone.ownership.look()):
                raise AccountUnproven(NOT_TAKEN)


def _go_to(backbone: Backbone, account: str) -> str:
    if account and account != backbone.account:
        raise AccountMoved(account)
    return account


async def _follow(options: Options, backbone: Backbone, fax: int, moved: Sequence[AccountMoved]) -> int:
    """Tell each new state until the fax is where the caller wanted it, or cannot go on from here."""
    enough = set(CODES) if options.wait else {*CODES, State.ACCEPTED}
    told = ""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(options.patience):
            while True:
                row = backbone.archive.rows([fax])[0]
                paused = row.state is State.QUEUED and backbone.sender.is_paused()
                told = _tell(PAUSED if paused else words(row, backbone.catalogue), told)
                if row.state in enough:
                    return CODES.get(row.state, DONE)
                if moved or backbone.ownership.whose is Whose.ASKED:
                    return _say(OTHER_ACCOUNT, NO_SERVICE)
                if backbone.line.report.state is LineState.SIGN_IN:
                    return _say(backbone.line.report.sentence, NO_SERVICE)
                await asyncio.sleep(0.1)
    if backbone.line.report.state is LineState.OFFLINE:
        return _say(f"{backbone.line.report.sentence} The fax is kept and goes out later.", NO_SERVICE)
    return _say(
        "The waiting time is over. The fax is kept and goes on the next time the program runs.", STILL_GOING
    )


def _tell(said: str, told: str) -> str:
    if said != told:
        print(said, flush=True)
    return said


async def _receive(options: Options, backbone: Backbone) -> int:
    folder = options.folder or Path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFailed(f"The folder “{folder}” cannot be made.", str(error)) from error
    async with AsyncExitStack() as ways:
        shift = _shift(options, backbone, [])
        await shift.begin(ways)
        if shift.is_on:  # an open window receives by itself, and the practice service has one owner
            if not _go_to(backbone, await backbone.ownership.look()):
                raise AccountUnproven(WHOSE)
            await backbone.receiver.check()
        else:
            await _make_sure(options, backbone, is_on=False)
    ids = await backbone.archive.ids(Query(Direction.RECEIVED))
    written = 0
    for fax in reversed(backbone.archive.rows(ids)):
        written += await _write(backbone, fax, folder)
    print(f"{written} new in {folder}, {len(ids)} received in all.", flush=True)
    if awaited := len(await backbone.receiver.awaited.all()):
        faxes = "1 fax is" if awaited == 1 else f"{awaited} faxes are"
        return _say(f"{faxes} still at the service and could not be fetched yet. Try again later.", DONE)
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


def _shift(options: Options, backbone: Backbone, moved: list[AccountMoved]) -> Shift:
    return Shift(backbone, lambda ways: _take_up(ways, options, backbone), _key_there, moved.append, _report)


async def _take_up(ways: AsyncExitStack, options: Options, backbone: Backbone) -> Calls:
    await backbone.prepare()
    return await _connect(ways, options, backbone)


async def _connect(ways: AsyncExitStack, options: Options, backbone: Backbone) -> Calls:
    if backbone.paths.practice:
        connection = practice_connection(backbone.paths)
    else:
        key, address = await stored_key(options)
        if not key:
            raise SignInNeeded(
                "There is no API key. Open the program once to connect, or use --key-from-stdin."
            )
        connection = Connection(address, key)
        backbone.ownership.keep_proofs(Proofs(secrets_for(options, address)))
    return await ways.enter_async_context(backbone.connected(connection))


async def _key_there() -> None:
    """Without one the work is not taken up."""


def _report(error: BaseException) -> None:
    logging.getLogger(__name__).error("%s", error if isinstance(error, FaxError) else repr(error))


def _say(words: str, code: int) -> int:
    print(words, file=sys.stderr, flush=True)
    return code
