"""How two things are compared here: in turn, in pairs, in one run, so that the machine's moods hit both."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

Measured = Callable[[], float]
"""Does its work once and gives what it took: seconds, or bytes."""

UNITS = {"ms": 1e3, "MB": 1e-6}
"""What is shown, and how much of it a second or a byte is."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ours and theirs took, pair by pair."""

    title: str
    aim: float | None
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """Ours by theirs, of the medians: below `aim`, if there is one, is good."""
        return statistics.median(self.ours) / statistics.median(self.theirs)

    def __str__(self) -> str:
        ours, theirs = (statistics.median(took) * UNITS[self.unit] for took in (self.ours, self.theirs))
        quarters = statistics.quantiles(
            [our / their for our, their in zip(self.ours, self.theirs, strict=True)], n=4, method="inclusive"
        )
        aim = ""
        if self.aim is not None:
            aim = f" (aim {self.aim:g} or less: {'reached' if self.ratio <= self.aim else 'missed'})"
        return (
            f"{self.title}: ratio {self.ratio:.2f}{aim}; "
            f"medians {ours:.3g} {self.unit} and {theirs:.3g} {self.unit}; "
            f"half of {len(self.ours)} pairs between {quarters[0]:.2f} and {quarters[2]:.2f}"
        )


def compare(
    title: str, aim: float | None, ours: Measured, theirs: Measured, pairs: int, unit: str = "ms"
) -> Comparison:
    """Run both once to warm up, then in pairs, changing who goes first."""
    ours(), theirs()
    times: list[tuple[float, float]] = []
    for turn in range(pairs):
        if turn % 2:
            first = ours()
            times.append((first, theirs()))
        else:
            first = theirs()
            times.append((ours(), first))
    return Comparison(title, aim, tuple(our for our, _ in times), tuple(their for _, their in times), unit)
