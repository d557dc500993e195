"""The table a run ends with."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tests.crash.run import Outcome, Wish
from tests.crash.verdict import Fault


def table(wish: Wish, outcome: Outcome) -> str:
    """Kills by kind, what became of the faxes, and every violation with its evidence."""
    return "\n".join(_lines(wish, outcome))


_TITLES = {
    "count": "after the n-th step",
    "step": "after a chosen step",
    "time": "at a random moment",
    "torn": "in the middle of a commit",
    "file": "after a change of a file",
    "typed": "after a draft was kept",
}


def _lines(wish: Wish, outcome: Outcome) -> Iterator[str]:
    verdict = outcome.verdict
    yield f"seed {wish.seed}, faults {wish.faults}: {outcome.kills} kills in {outcome.seconds:.0f} s"
    yield from _part("how the lives were to end, and how often it came so", _plans(outcome))
    yield from _part("steps committed, and how often one was the last before a kill", _steps(outcome))
    yield from _part("faults of the network", _counted(outcome.troubles))
    yield from _part("lines of the program's log", _counted(verdict.logged))
    yield from _part("found", _counted(verdict.counts))
    yield ""
    faults = Counter(violation.fault for violation in verdict.violations)
    lost = sum(faults[fault] for fault in (Fault.LOST, Fault.RECEIVED_LOST, Fault.DRAFT_LOST))
    twice = faults[Fault.TWICE]
    yield f"documents lost {lost}, sent twice {twice}, other violations {outcome.violations - lost - twice}"
    yield from (f"\n{violation}" for violation in verdict.violations)


def _part(title: str, rows: Iterable[tuple[str, *tuple[int, ...]]]) -> Iterator[str]:
    yield f"\n{title}"
    yield from (f"  {name:44}{''.join(f'{count:7}' for count in counts)}" for name, *counts in rows)


def _plans(outcome: Outcome) -> Iterator[tuple[str, int, int]]:
    planned, came = Counter[str](), Counter[str]()
    for life in outcome.lives:
        title = life.plan.point or _TITLES[life.plan.how]
        planned[title] += 1
        came[title] += life.as_planned
    for title in sorted(planned):
        yield title, planned[title], came[title]


def _steps(outcome: Outcome) -> Iterator[tuple[str, int, int]]:
    seen, killed = Counter[str](), Counter[str]()
    for planner in outcome.planners:
        seen += planner.seen
        killed += planner.killed
    for step in sorted(seen):
        yield step, seen[step], killed[step]
    yield "(before the first step)", 0, sum(life.killed and not life.steps for life in outcome.lives)


def _counted(counts: Counter[str]) -> Iterator[tuple[str, int]]:
    yield from sorted(counts.items())
