"""When the program is killed: after how many steps, after which step, at which moment, or where on the wire."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.crash.steps import BY_THE_USER
from tests.crash.wire import POINTS

_SELDOM = 8
"""What comes in one life of so many, or more often, is waited for."""
MOST_STEPS = 24
"""The count of steps goes up to here and begins anew."""
LONGEST = 3.5
"""Seconds of a life that ends at a random moment, at most; the start takes about one."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What has to happen for a step to come soon."""

    line: str = ""
    """The fax that is sent before the start goes to this line."""
    fault: str = ""
    """What goes wrong with the first fax that is handed over."""
    receives: bool = False
    """A fax has come in."""


HINTS = {
    "not delivered": Hint(line="5550103"),
    "retry planned": Hint(line="5550101"),
    "canceled by the service": Hint(line="5550118"),
    "offline": Hint(fault="refuse"),
    "put back": Hint(fault="refuse"),
    "doubtful": Hint(fault="reset_after"),
    "found": Hint(fault="half_answer"),
    "received": Hint(receives=True),
    "received list awaited": Hint(receives=True),
    "download awaited": Hint(receives=True),
    "in a download": Hint(receives=True),
}
"""By step or place on the wire."""
_PATTERN = ("count",) * 5 + ("step",) * 5 + ("time",) * 4 + ("wire",) * 5 + ("torn",) + ("file",) * 2


@dataclass(frozen=True, slots=True)
class Plan:
    """How one life shall end. What is not told plays no part."""

    how: str
    count: int = 0
    """After so many steps; for a torn commit, at so many changes of the log; for a file, of all other files."""
    step: str = ""
    after: float = 0.0
    """Seconds from the start."""
    point: str = ""

    @property
    def hint(self) -> Hint:
        """What makes it come."""
        return HINTS.get(self.step or self.point, Hint())

    @property
    def is_chosen(self) -> bool:
        """Whether it waits for something that has to come."""
        return bool(self.step or self.point)

    @property
    def wants_large(self) -> bool:
        """Whether it needs a large fax."""
        return "large" in self.point

    def is_time(self, steps: int, last: frozenset[str]) -> bool:
        """Whether the program is to be killed after this step."""
        if last <= BY_THE_USER:
            return False
        match self.how:
            case "count":
                return steps >= self.count
            case "step":
                return self.step in last
        return False

    def __str__(self) -> str:
        what = {
            "count": f"after {self.count} steps",
            "step": f"after “{self.step}”",
            "time": f"after {self.after:.2f} s",
            "typed": f"after {self.count} times of keeping",
            "file": f"after {self.count} changes of files",
            "torn": f"in commit {self.count}",
            "wire": self.point,
        }
        return what[self.how]


class Planner:
    """Makes the plans of all lives of one lane, so that every kind of step gets its turn."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._hows = self._deal()
        self._counts = self._walk()
        self._points = self._in_turn()
        self.killed: Counter[str] = Counter()
        """How many times the program was killed right after each kind of step."""
        self.seen: Counter[str] = Counter()
        """How many times each was committed."""
        self._lives_with: Counter[str] = Counter()
        self._lives = 0

    def first(self, life: int) -> Plan | None:
        """The plan of the first lives in a new profile: where the archive is made, which happens only there."""
        return Plan("count", 1 + life) if life < 2 else None

    def next(self) -> Plan:
        """The plan of the next life."""
        how = next(self._hows)
        match how:
            case "count":
                return Plan(how, next(self._counts))
            case "step" if step := self._rarest():
                return Plan(how, step=step)
            case "torn":
                return Plan(how, self._dice.randint(1, 12))
            case "file":
                return Plan(how, self._dice.randint(1, 20))
            case "wire":
                return Plan(how, point=next(self._points))
        return Plan("time", after=self._dice.uniform(0.1, LONGEST))

    def note(self, steps: list[frozenset[str]], *, killed: bool) -> None:
        """Take note of the steps of a life; the last one is where it ended."""
        self._lives += 1
        self._lives_with.update(set().union(*steps))
        for step in steps:
            self.seen.update(step)
        if killed and steps:
            self.killed.update(steps[-1])

    def _rarest(self) -> str:
        """The step that was the last one of the fewest lives, among those that come again and again."""
        often = max(3, self._lives / _SELDOM)
        again = {step for step, lives in self._lives_with.items() if lives >= often or step in HINTS}
        known = sorted(again - BY_THE_USER - {"archive brought up to date", "unnamed"})
        if not known:
            return ""
        fewest = min(self.killed[step] for step in known)
        return self._dice.choice([step for step in known if self.killed[step] == fewest])

    def _deal(self) -> Iterator[str]:
        while True:
            hand = list(_PATTERN)
            self._dice.shuffle(hand)
            yield from hand

    def _walk(self) -> Iterator[int]:
        while True:
            yield from range(1, MOST_STEPS + 1)

    def _in_turn(self) -> Iterator[str]:
        while True:
            yield from sorted(POINTS, key=lambda point: "answer" not in point)
