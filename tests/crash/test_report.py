"""The table says how often, what was found, and shows every violation with its evidence."""

from collections import Counter
from pathlib import Path
from random import Random

from tests.crash.lives import Life
from tests.crash.plans import Plan, Planner
from tests.crash.report import table
from tests.crash.run import Outcome, Wish
from tests.crash.verdict import Fault, Verdict, Violation


def test_the_table_tells_everything() -> None:
    planner = Planner(Random(1))
    steps = [frozenset({"claimed"}), frozenset({"accepted"})]
    planner.note(steps, killed=True)
    violations = [
        Violation(Fault.LOST, "fax 7", ("row: gone",)),
        Violation(Fault.TWICE, "fax 8"),
        Violation(Fault.STUCK, "fax 9"),
    ]
    outcome = Outcome(
        Verdict(violations, Counter({"faxes asked for": 12}), Counter({"WARNING something": 2})),
        [
            Life(Plan("count", 2), killed=True, as_planned=True, steps=steps, lived=1.25),
            Life(Plan("wire", point="status awaited"), killed=True, as_planned=False, steps=[], lived=0.5),
        ],
        Counter({"refuse on fax_send": 3}),
        [planner],
        60.0,
    )
    told = [
        " ".join(line.split()) for line in table(Wish(2, 5, "light", Path(), tell=print), outcome).split("\n")
    ]
    assert told[0] == "seed 5, faults light: 2 kills in 60 s"
    for line in (
        "after the n-th step 1 1",
        "status awaited 1 0",
        "accepted 1 1",
        "claimed 1 0",
        "(before the first step) 0 1",
        "refuse on fax_send 3",
        "WARNING something 2",
        "faxes asked for 12",
        "documents lost 1, sent twice 1, other violations 1",
        "row: gone",
    ):
        assert line in told


def test_a_life_says_how_it_went() -> None:
    steps = [frozenset({"claimed"}), frozenset({"put back", "offline"})]
    life = Life(Plan("count", 2), killed=True, as_planned=True, steps=steps, lived=1.25)
    assert str(life) == "after 2 steps, killed after 1.25 s, at last: offline + put back"
    missed = Life(Plan("step", step="found"), killed=True, as_planned=False, steps=steps, lived=4.0)
    assert (
        str(missed) == "after “found” (never came), killed after 4.00 s, at last: claimed, offline + put back"
    )
