"""A whole run: lanes of seasons side by side, each killed again and again, all judged at their end."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.crash.lives import Life, receive_life, send_life, window_life
from tests.crash.plans import Plan, Planner
from tests.crash.season import Evening, Season, open_season
from tests.crash.trouble import make_trouble
from tests.crash.typing_lives import typing_life
from tests.crash.user import User
from tests.crash.verdict import Verdict

SEASON = 50
"""Kills in one profile: a sent list of a few pages, and a first start now and then."""
SPEEDS = (4.0, 15.0, 50.0)
"""How fast the service's time runs in a life: a fax takes four of its seconds and more."""

Live = Callable[[Season, User, Plan], Awaitable[Life]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run shall be."""

    kills: int
    seed: int
    faults: str
    folder: Path
    evening: Evening = field(default_factory=Evening)
    tell: Callable[[str], None] = print


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    verdict: Verdict = field(default_factory=Verdict)
    lives: list[Life] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    planners: list[Planner] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def kills(self) -> int:
        """How many times the program was killed."""
        return sum(life.killed for life in self.lives)

    @property
    def violations(self) -> int:
        """How many things were not as they must be."""
        return len(self.verdict.violations)


async def run(wish: Wish) -> Outcome:
    """Kill so many times, and judge. Two lanes keep two cores busy: windows in the one, some of everything in the other."""
    begun = time.monotonic()
    outcome = Outcome()
    commands, typists, windows = wish.kills // 4, wish.kills // 12, wish.kills // 6
    rest = wish.kills - commands - typists - windows
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        office = _Street(wish, outcome, stack, group)
        group.create_task(office.live_through(_Kind("window", rest, window_life)))
        group.create_task(
            office.live_through(
                _Kind("command", commands, _command_life),
                _Kind("typist", typists, typing_life),
                _Kind("second-window", windows, window_life),
            )
        )
    outcome.seconds = time.monotonic() - begun
    return outcome


@dataclass(frozen=True, slots=True)
class _Kind:
    """Seasons of one kind, with so many kills in all."""

    name: str
    kills: int
    live: Live


@dataclass(frozen=True, slots=True)
class _Street:
    """Where the seasons of a run are lived, side by side. What is opened is closed at the end of the run."""

    wish: Wish
    outcome: Outcome
    stack: AsyncExitStack
    group: asyncio.TaskGroup

    async def live_through(self, *kinds: _Kind) -> None:
        """One season after the other; while one is brought to its end, the next has begun."""
        for kind in kinds:
            planner = Planner(Random(f"{self.wish.seed} {kind.name}"))
            self.outcome.planners.append(planner)
            done = 0
            while done < kind.kills:
                title = f"{kind.name}-{done}"
                dice = Random(f"{self.wish.seed} {title}")
                opening = open_season(title, self.wish.folder / title, dice)
                season = await self.stack.enter_async_context(opening)
                done += await self._season(season, planner, min(SEASON, kind.kills - done), kind.live)
                self.group.create_task(self._close_up(season))

    async def _season(self, season: Season, planner: Planner, kills: int, live: Live) -> int:
        user = season.user()
        killed = lived = 0
        while killed < kills:
            troubles = make_trouble(season.service, self.wish.faults, season.dice)
            season.service.speed = season.dice.choice(SPEEDS)
            life = await live(season, user, planner.first(lived) or planner.next())
            lived += 1
            killed += life.killed
            planner.note(life.steps, killed=life.killed)
            self.outcome.lives.append(life)
            self.outcome.troubles.update(troubles)
            self.wish.tell(
                f"{season.name} {killed}/{kills}: {life}{'; ' * bool(troubles)}{', '.join(troubles)}"
            )
        return killed

    async def _close_up(self, season: Season) -> None:
        verdict = await season.close_up(self.wish.evening)
        self.outcome.verdict.add(verdict)
        self.wish.tell(f"{season.name} judged: {len(verdict.violations)} violations")


async def _command_life(season: Season, user: User, plan: Plan) -> Life:
    receives = plan.hint.receives or (not plan.is_chosen and season.dice.random() < 0.2)
    return await (receive_life if receives else send_life)(season, user, plan)
