"""Every kind of end gets its turn, and the seldom ones before the usual."""

from collections import Counter
from random import Random

from tests.crash.plans import HINTS, MOST_STEPS, Plan, Planner
from tests.crash.wire import POINTS


def steps(*names: str) -> list[frozenset[str]]:
    return [frozenset({name}) for name in names]


def test_all_kinds_of_ends_are_planned() -> None:
    planner = Planner(Random(1))
    for _ in range(3):
        planner.note(steps("claimed"), killed=True)
    plans = [planner.next() for _ in range(220)]
    hows = Counter(plan.how for plan in plans)
    assert hows == {"count": 50, "step": 50, "time": 40, "wire": 50, "torn": 10, "file": 20}
    assert {plan.point for plan in plans} >= set(POINTS)
    assert {plan.count for plan in plans if plan.how == "count"} == set(range(1, MOST_STEPS + 1))
    assert all(str(plan) for plan in plans)


def test_the_same_seed_plans_the_same() -> None:
    first, second = Planner(Random(7)), Planner(Random(7))
    assert [first.next() for _ in range(60)] == [second.next() for _ in range(60)]


def test_the_step_with_the_fewest_kills_is_next() -> None:
    planner = Planner(Random(1))
    for _ in range(3):
        planner.note(steps("accepted", "claimed"), killed=True)
    planner.note(steps("own_number added"), killed=False)
    chosen = {plan.step for plan in (planner.next() for _ in range(100)) if plan.how == "step"}
    assert chosen == {"accepted"}


def test_a_plan_knows_its_time() -> None:
    claimed = frozenset({"claimed"})
    assert Plan("step", step="claimed").is_time(1, claimed)
    assert not Plan("step", step="accepted").is_time(1, claimed)
    assert Plan("count", 3).is_time(3, claimed)
    assert not Plan("count", 3).is_time(2, claimed)
    assert not Plan("count", 3).is_time(3, frozenset({"queued"}))
    assert not Plan("time", after=1.0).is_time(99, claimed)


def test_a_plan_tells_what_has_to_happen_for_it() -> None:
    assert Plan("step", step="retry planned").hint.line
    assert Plan("wire", point="in a download").hint.receives
    assert not Plan("count", 3).is_chosen
    assert set(HINTS) & set(POINTS)
