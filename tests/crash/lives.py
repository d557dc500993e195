"""Single lives of the program: the window or a command, in an office that works, until it is killed as planned."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.crash.door import Door
from tests.crash.file_watch import FileWatch
from tests.crash.plans import Plan
from tests.crash.program import Program, start
from tests.crash.season import Season
from tests.crash.steps import attempts_cut_off
from tests.crash.truth import Asked
from tests.crash.user import User
from tests.crash.watch import Strike, TornWatch, Watch
from tests.crash.wire import POINTS, Reached

TYPING_PATIENCE = 9.0
PATIENCE = 4.0
"""Seconds after the program's first step in which the planned moment has to come; then it is a random one."""
LONGEST_START = 10.0
_LOOK = 0.1
KEPT = "is kept for sending"


@dataclass(frozen=True, slots=True)
class Life:
    """How a life went."""

    plan: Plan
    killed: bool
    as_planned: bool
    steps: list[frozenset[str]] = field(repr=False)
    lived: float = 0.0

    def __str__(self) -> str:
        steps = [" + ".join(sorted(step)) for step in self.steps] or ["nothing yet"]
        came = "" if self.as_planned else " (never came)"
        end = f"killed after {self.lived:.2f} s" if self.killed else "ended by itself"
        told = steps[-1:] if self.as_planned else steps
        return f"{self.plan}{came}, {end}, at last: {', '.join(told)}"


async def window_life(season: Season, user: User, plan: Plan) -> Life:
    """The window's program, killed as planned."""
    await user.before_start(plan)
    reached = _reached(season, plan)
    program = await season.window()
    life = await live_until_killed(season, program, plan, reached, user.while_it_runs)
    if not life.killed:
        season.truth.complaints.append(
            f"{season.name}: the program ended by itself: {program.said()[-2000:]}"
        )
    return life


async def send_life(season: Season, user: User, plan: Plan) -> Life:
    """`send --wait`, killed as planned. What it said it keeps must be there."""
    name, content = user.new_document(large=plan.wants_large)
    number = user.new_number(plan.hint.line) if plan.is_chosen else user.unknown_number()
    user.bring_about(plan)
    season.truth.words.add(name)
    file = season.folder / name
    await asyncio.to_thread(file.write_bytes, content)
    reached = _reached(season, plan)
    wait = ("--wait", "--patience", "8")
    program = await start(season.profile, season.address, "send", file, "--to", number, *wait)
    life = await live_until_killed(season, program, plan, reached)
    if KEPT in program.said():
        rows = [row for row in await Door(season.profile, season.truth).sent() if row.number == number]
        fax = rows[0].id if rows else -len(season.truth.faxes) - 1
        document = rows[0].document if rows else ""
        season.truth.faxes[fax] = Asked(fax, number, document)
    _look_at_code(season, program, life)
    return life


async def receive_life(season: Season, user: User, plan: Plan) -> Life:
    """`receive`, killed as planned. Each file it left is a whole document of the service."""
    await user.receive()
    await user.receive()
    folder = season.folder / "received"
    reached = _reached(season, plan)
    program = await start(season.profile, season.address, "receive", "--to", folder)
    life = await live_until_killed(season, program, plan, reached)
    whole = {fax.sha256 for fax in season.service.received}
    season.truth.half_files += [name for name, sha in _files(folder) if sha not in whole]
    _look_at_code(season, program, life)
    return life


async def live_until_killed(
    season: Season,
    program: Program,
    plan: Plan,
    reached: Reached | None = None,
    acts: Callable[[], Awaitable[None]] | None = None,
    *,
    strike: Strike | None = None,
) -> Life:
    """Watch the program, let people act meanwhile, kill as planned, and take note of what it was at."""
    reached = reached or Reached(season.service)
    with ExitStack() as stack:
        stack.callback(program.kill)
        watch = Watch(season.archive, strike or plan.is_time, program.kill)
        watch.start()
        if other := _other_watch(season, program, plan):
            other.start()
            stack.callback(other.over.set)
        acting = asyncio.ensure_future(acts()) if acts else None
        as_planned = await _until_dead(program, plan, reached, watch)
        reached.dead.set()
        last = await asyncio.to_thread(watch.stop)
        season.truth.cut_off.update(attempts_cut_off(last))
        if acting:
            await acting
    if not await program.children_gone():
        season.truth.complaints.append(f"{season.name}: a child process outlived the program ({plan})")
    return Life(plan, program.was_killed, as_planned, watch.steps, program.lived)


def _other_watch(season: Season, program: Program, plan: Plan) -> TornWatch | FileWatch | None:
    """What watches beside the watch of the archive."""
    if plan.how == "torn":
        return TornWatch(season.archive, plan.count, program.kill)
    if plan.how == "file" and FileWatch.is_possible():
        return FileWatch(season.profile, plan.count, program.kill)
    return None


async def _until_dead(program: Program, plan: Plan, reached: Reached, watch: Watch) -> bool:
    """Wait for the planned moment and kill; whether it came."""
    ended = asyncio.ensure_future(program.ended())
    place = asyncio.ensure_future(reached.place.wait())
    try:
        while not (ended.done() or place.done() or _is_over(program, plan, watch)):
            pause = min(_LOOK, max(0.0, plan.after - program.age)) if plan.how == "time" else _LOOK
            await asyncio.wait({ended, place}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        return ended.done() or place.done() or plan.how == "time"
    finally:
        program.kill()
        await ended
        place.cancel()


def _is_over(program: Program, plan: Plan, watch: Watch) -> bool:
    """Whether the moment has come, or does not come any more."""
    if plan.how == "time":
        return program.age >= plan.after
    patience = TYPING_PATIENCE if plan.how == "typed" else PATIENCE
    awake = watch.awake_at is not None and time.monotonic() - watch.awake_at > patience
    return awake or program.age > LONGEST_START + patience


def _reached(season: Season, plan: Plan) -> Reached:
    reached = Reached(season.service)
    if plan.point:
        season.service.faults.appendleft(POINTS[plan.point](reached))
    return reached


def _look_at_code(season: Season, program: Program, life: Life) -> None:
    if not life.killed and "Traceback" in program.said():
        season.truth.complaints.append(f"{season.name}: a command broke down: {program.said()[-2000:]}")


def _files(folder: Path) -> list[tuple[str, str]]:
    return [(path.name, sha256(path.read_bytes()).hexdigest()) for path in sorted(folder.glob("*.pdf"))]
