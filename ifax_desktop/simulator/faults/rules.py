"""What shall go wrong with the next calls: faults, the rules that bring them, and the queue both wait in.

A fault is a coroutine function `(request, answer) -> response`: `answer(request)` is what the service does
without the fault, so a fault decides whether the work is done and what of it is heard. Faults wait in
`FaxService.faults`; each call takes the first one that fits it. A fault that raises an
`httpx.TransportError` reaches a client on the in-process transport as that exception, and a client on a
socket as a connection reset: before anything of the body was read if the fault never read it. A fault may
also give a response whose stream breaks off with such an exception. The kinds are in `kinds`.
"""

import random
from collections.abc import Awaitable, Callable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from ifax_desktop.simulator.faults.outages import LateWork, Outage
from ifax_desktop.simulator.jobs import Job
from ifax_desktop.simulator.pace import Pace
from ifax_desktop.simulator.records import ReceivedFax


class Truth(Protocol):
    """What a fault may know of the service: its faxes, its clock, and whether it is on the network."""

    now: Callable[[], float]
    outage: Outage
    late: LateWork

    @property
    def pace(self) -> Pace: ...
    @property
    def jobs(self) -> Sequence[Job]: ...
    @property
    def received(self) -> Sequence[ReceivedFax]: ...


@dataclass(slots=True)
class Answering:
    """What the service does with a call when nothing goes wrong. `is_done` says that the work was begun."""

    operation: str
    truth: Truth
    work: Callable[[httpx.Request], Awaitable[httpx.Response]]
    is_done: bool = False

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.is_done = True
        return await self.work(request)

    def leave_for(self, request: httpx.Request, seconds: float) -> None:
        """Do the work in `seconds`, though nobody waits for the answer any more."""
        self.is_done = True
        self.truth.late.put(seconds, lambda: self.work(request))


Fault = Callable[[httpx.Request, Answering], Awaitable[httpx.Response]]


@dataclass(frozen=True, slots=True)
class On:
    """A fault that waits for a call of one operation, by its name in the wire contract."""

    operation: str
    fault: Fault

    async def __call__(self, request: httpx.Request, answer: Answering) -> httpx.Response:
        return await self.fault(request, answer)


@dataclass(slots=True, eq=False)
class Rule:
    """A fault with the calls it is for: the next `count` that fit, or every one (None), or each with a
    `probability`, drawn with `seed`, until the rule is removed.

    `operations` are the ones its kind makes sense for, `operation` the one somebody chose; None is any.
    A rule that `bends` only changes what is in the answer, and lets another fault strike the same call.
    """

    kind: str
    fault: Fault
    operation: str | None = None
    operations: frozenset[str] | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    count: int | None = 1
    probability: float | None = None
    seed: int = 0
    bends: bool = False
    hits: int = 0
    _dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - luck that can be repeated, no secret

    async def __call__(self, request: httpx.Request, answer: Answering) -> httpx.Response:
        return await self.fault(request, answer)

    def fits(self, operation: str) -> bool:
        """Whether it is for a call of `operation`. Draws the dice of every call it may be for, so that the
        seed alone decides which of them are struck, whatever else is in the queue."""
        if self.operation not in (None, operation):
            return False
        if self.operations is not None and operation not in self.operations:
            return False
        return self.probability is None or self._dice.random() < self.probability

    def strike(self) -> bool:
        """Count a call that is struck. Returns whether the rule is used up."""
        self.hits += 1
        if self.count is not None:
            self.count -= 1
        return self.count == 0

    def row(self) -> dict[str, Any]:
        """The rule as it was asked for, with the calls struck so far; `count` is what is left of it."""
        often = {"count": self.count} if self.probability is None else {"probability": self.probability}
        seed = {} if self.probability is None else {"seed": self.seed}
        return {
            "operation": self.operation,
            "kind": self.kind,
            **often,
            **seed,
            **self.parameters,
            "hits": self.hits,
        }


def take(faults: MutableSequence[Fault], operation: str) -> Fault | None:
    """Take out of the queue what strikes a call of `operation`: every fitting rule that bends answers, and
    round them the first other fault that fits. What is used up leaves the queue."""
    striking: Fault | None = None
    bending: list[Fault] = []
    for fault in list(faults):
        if not _fits(fault, operation):
            continue
        if isinstance(fault, Rule) and fault.bends:
            bending.append(fault)
        elif striking is None:
            striking = fault
        else:
            continue
        if not isinstance(fault, Rule) or fault.strike():
            faults.remove(fault)
    return _nested(bending if striking is None else [striking, *bending])


def _fits(fault: Fault, operation: str) -> bool:
    if isinstance(fault, Rule):
        return fault.fits(operation)
    return not isinstance(fault, On) or fault.operation == operation


def _nested(faults: Sequence[Fault]) -> Fault | None:
    """One fault made of several, the first outermost."""
    if not faults:
        return None
    made = faults[-1]
    for fault in reversed(faults[:-1]):
        made = _around(fault, made)
    return made


def _around(outer: Fault, inner: Fault) -> Fault:
    async def both(request: httpx.Request, answer: Answering) -> httpx.Response:
        around = Answering(answer.operation, answer.truth, lambda asked: inner(asked, answer))
        try:
            return await outer(request, around)
        finally:
            answer.is_done |= around.is_done

    return both
