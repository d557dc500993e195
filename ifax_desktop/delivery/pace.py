"""How many calls in a minute are heard: a bucket of tokens that fills with time."""

from collections.abc import Callable
from datetime import datetime


class Pace:
    """As many at once as come in a minute, then one for each that time gives back."""

    def __init__(self, a_minute: int, now: Callable[[], datetime]) -> None:
        self._most = float(a_minute)
        self._left = self._most
        self._now = now
        self._filled_at = now()

    def take(self) -> float:
        """Take one: 0 if there was one, else how many seconds it takes until there is."""
        now = self._now()
        # A clock that was set back gives nothing, and takes nothing away.
        passed = max((now - self._filled_at).total_seconds(), 0.0)
        self._filled_at = now
        self._left = min(self._left + passed * self._most / 60, self._most)
        if self._left < 1:
            return (1 - self._left) * 60 / self._most
        self._left -= 1
        return 0.0
