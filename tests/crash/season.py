"""One profile with a service of its own from its first start to the judgement: many lives, then a quiet evening."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from ifax_desktop.paths import Paths
from ifax_desktop.simulator.server import serve
from tests.crash.door import Door, choose_settings
from tests.crash.judge import judge
from tests.crash.program import KEY, Program, start
from tests.crash.shown import leftovers, read_profile
from tests.crash.steps import Look, look_once
from tests.crash.truth import Truth
from tests.crash.user import User
from tests.crash.verdict import Verdict
from tests.crash.wire import Witness

END_PATIENCE = 30.0
"""Seconds in which the window's program has to end when it is told to: it waits 20 s for answers."""
_LONG_AGO = 2 * 3600
_AT_LEAST = 3.0
"""Seconds the last program is left to itself at least: it has to be there before it can be told to end."""


@dataclass(frozen=True, slots=True)
class Evening:
    """How long the program is left in peace before the judge comes. Seconds."""

    patience: float = 120.0
    """At most."""
    looks: float = 50.0
    """For as long as faxes are not certain: the service's list is asked after 10 and 30 seconds."""
    soon: float = 30.0
    """What falls due within this is waited for."""


QUICK = Evening(patience=20.0, looks=0.0, soon=0.0)


@dataclass(slots=True)
class Season:
    """What all lives of one profile share."""

    name: str
    folder: Path
    dice: Random
    address: str
    service: Witness
    truth: Truth = field(default_factory=lambda: Truth(KEY))

    @property
    def profile(self) -> Path:
        """The folder the program keeps everything in."""
        return self.folder / "profile"

    @property
    def archive(self) -> Path:
        """The database."""
        return Paths(self.profile).database

    def user(self) -> User:
        """The people who use this profile."""
        return User(Door(self.profile, self.truth), self.service, self.truth, self.dice)

    async def window(self) -> Program:
        """Start the window's program."""
        return await start(self.profile, self.address)

    async def close_up(self, evening: Evening) -> Verdict:
        """Let the program bring everything to an end without any fault, and judge."""
        self.service.faults.clear()
        self.service.outage.end()
        self.service.speed = 50
        for path in leftovers(self.profile):
            os.utime(path, (time.time() - _LONG_AGO,) * 2)
        await self.user().receive()  # with it the program looks at what was left on its way
        program = await self.window()
        try:
            await self._quiet(program, evening)
            code = await program.end(END_PATIENCE)
        finally:
            program.kill()
        if code != 0:
            self.truth.complaints.append(
                f"{self.name}: told to end, it ended with {code}: {program.said()[-2000:]}"
            )
        self.truth.ask_service(self.service)
        self.truth.sendings = self.service.sendings
        return await asyncio.to_thread(lambda: judge(self.truth, read_profile(self.profile), time.time()))

    async def _quiet(self, program: Program, evening: Evening) -> None:
        begun = time.monotonic()
        ended = asyncio.ensure_future(program.ended())
        try:
            while (passed := time.monotonic() - begun) < evening.patience and not ended.done():
                last = await asyncio.to_thread(look_once, self.archive)
                if passed > _AT_LEAST and last is not None and self._is_quiet(last, passed, evening):
                    return
                await asyncio.sleep(0.2)
        finally:
            if not ended.done():
                ended.cancel()

    def _is_quiet(self, last: Look, passed: float, evening: Evening) -> bool:
        rows = list(last.tables.get("fax", {}).values())
        kept = sum(row["direction"] == "received" for row in rows)
        soon = (time.time() + evening.soon) * 1000
        busy = {row["state"] for row in rows} & {"sending", "accepted"}
        due = any(row["state"] == "queued" and (row["due_at"] or 0) <= soon for row in rows)
        open_doubts = passed < evening.looks and any(row["state"] == "doubtful" for row in rows)
        return not (busy or due or open_doubts) and kept >= len(self.service.received)


@asynccontextmanager
async def open_season(name: str, folder: Path, dice: Random) -> AsyncIterator[Season]:
    """A new profile, and a fax service on a socket."""
    folder.mkdir(parents=True)
    choose_settings(folder / "profile")
    service = Witness(speed=50)
    async with serve(service) as address:
        yield Season(name, folder, dice, f"{address}/v1", service)
