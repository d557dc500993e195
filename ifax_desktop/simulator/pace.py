"""How fast the service's time runs: `speed` times faster than the clock, and every change of it so far.

What a fax has done is asked of the pace as seconds of the service since a moment of the clock. A change of speed
counts from the moment it was made, also for faxes on their way, and what has happened stays as it was.
"""

import math
from collections.abc import Iterable, Iterator


class Pace:
    """The turns of the speed, oldest first: from which moment (unix seconds), and how fast from there."""

    def __init__(self, turns: Iterable[tuple[float, float]] = ((0.0, 1.0),)) -> None:
        self._turns = sorted((float(at), _checked(float(speed))) for at, speed in turns)
        if not self._turns:
            raise ValueError("A pace has at least one speed.")

    @property
    def speed(self) -> float:
        """How much faster than the clock the service's time runs now."""
        return self._turns[-1][1]

    @property
    def turns(self) -> list[tuple[float, float]]:
        """Every turn, to be kept and given back."""
        return list(self._turns)

    def turn(self, speed: float, now: float) -> None:
        """Go on at another speed from `now` (unix seconds). Raises ValueError for one that is not above 0."""
        if _checked(speed) == self.speed:
            return
        last = self._turns[-1][0]
        if now <= last and len(self._turns) > 1:  # nothing happened at the last speed, or the clock went back
            self._turns[-1] = (last, speed)
        else:
            self._turns.append((max(now, last), speed))

    def passed(self, since: float, until: float) -> float:
        """Seconds of the service between two moments of the clock; 0 if the second is the earlier."""
        return sum(
            max(0.0, min(until, end) - max(since, start)) * speed for start, end, speed in self._stretches()
        )

    def after(self, since: float, seconds: float) -> float:
        """The moment of the clock at which so many seconds of the service have passed since another."""
        for start, end, speed in self._stretches():
            begin = max(since, start)
            if begin >= end:
                continue
            if begin + seconds / speed <= end:
                return begin + seconds / speed
            seconds -= (end - begin) * speed
        return since  # never reached: the last stretch has no end

    def _stretches(self) -> Iterator[tuple[float, float, float]]:
        starts = [-math.inf, *(at for at, _ in self._turns[1:])]
        ends = [*starts[1:], math.inf]
        for (_, speed), start, end in zip(self._turns, starts, ends, strict=True):
            yield start, end, speed


def _checked(speed: float) -> float:
    if not (math.isfinite(speed) and speed > 0):
        raise ValueError("A speed is a number above 0.")
    return speed
