"""The table of everything that can go wrong on demand: each kind by its name, with what it can be told.

It makes rules of wishes in plain JSON, and says what is possible where a wish cannot be understood.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from ifax_desktop.simulator.faults import network, replies, rows, variants
from ifax_desktop.simulator.faults.parameters import Choice, Line, Number, Parameter
from ifax_desktop.simulator.faults.rules import Fault, Rule

MOST_CALLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can go wrong. `operations` are the calls it makes sense for, None is any; one that
    `bends` the answers only stays until it is removed, unless it is told a count."""

    make: Callable[..., Fault]
    takes: Mapping[str, Parameter] = field(default_factory=dict)
    operations: frozenset[str] | None = None
    bends: bool = False

    def fault(self, **parameters: Any) -> Fault:
        """The fault, with the defaults of what is not given."""
        told = {name: parameter.default for name, parameter in self.takes.items()}
        return self.make(**told | parameters)

    def row(self) -> dict[str, Any]:
        """What it does and what it takes, for whoever drives the service from outside."""
        return {
            "does": " ".join((self.make.__doc__ or "").partition("\n\n")[0].split()),
            "takes": {
                name: f"{parameter}; {parameter.default} if not told"
                for name, parameter in self.takes.items()
            },
            "operations": sorted(self.operations) if self.operations else None,
        }


def _always(fault: Fault) -> Callable[[], Fault]:
    def make() -> Fault:
        return fault

    make.__doc__ = fault.__doc__
    return make


DOWNLOADS = frozenset({"fax_download", "inbound_fax_download"})
PAGED = rows.STATES | rows.LISTS
BREAKDOWNS = (500, 502, 503)

KINDS: Mapping[str, Kind] = {
    "refuse": Kind(network.refuse, {"seconds": Number(0, 0, 600)}),
    "reset_before": Kind(_always(network.reset_before)),
    "reset_after": Kind(_always(network.reset_after)),
    "half_answer": Kind(_always(network.half_answer)),
    "slow": Kind(network.slow, {"seconds": Number(5, 0, 3600)}),
    "slow_before": Kind(network.slow_before, {"seconds": Number(5, 0, 3600)}),
    "lagging_list": Kind(rows.lagging_list, {"seconds": Number(60, 0, 1e7)}, rows.LISTS, bends=True),
    "delivered_later": Kind(rows.delivered_later, {"seconds": Number(120, 0, 1e7)}, rows.STATES, bends=True),
    "clock_skew": Kind(rows.clock_skew, {"seconds": Number(3600, -1e8, 1e8)}, bends=True),
    "wrong_page_count": Kind(
        rows.wrong_page_count,
        {"by": Number(-1, -200, 200, is_whole=True), "field": Choice("all", tuple(rows.PAGES))},
        PAGED,
    ),
    "empty_data": Kind(rows.empty_data, {"form": Choice("same", ("same", "object", "list", "text", "null"))}),
    "wrong_types": Kind(variants.wrong_types, {"variant": Choice("mixed", tuple(variants.VARIANTS))}),
    "nonsense": Kind(_always(variants.nonsense)),
    "html": Kind(_always(replies.html)),
    "html_after": Kind(_always(replies.html_after)),
    "too_many": Kind(
        replies.too_many,
        {
            "retry_after": Number(30, 0, 86400, is_whole=True),
            "form": Choice("seconds", ("seconds", "date")),
        },
    ),
    "server_error": Kind(replies.server_error, {"status": Choice(500, BREAKDOWNS)}),
    "server_error_after": Kind(replies.server_error_after, {"status": Choice(502, BREAKDOWNS)}),
    "expired_key": Kind(_always(replies.expired_key)),
    "plan_missing": Kind(_always(replies.plan_missing)),
    "truncated_json": Kind(_always(replies.truncated_json)),
    "empty_body": Kind(_always(replies.empty_body)),
    "wrong_content_type": Kind(
        replies.wrong_content_type,
        {"content_type": Line("text/html", ("text/", "application/", "image/"))},
    ),
    "redirect": Kind(
        replies.redirect,
        {
            "status": Choice(302, (301, 302, 303, 307, 308)),
            "to": Line(replies.ELSEWHERE, ("http://", "https://")),
        },
    ),
}


def rule(wish: Any, operations: Collection[str]) -> Rule:
    """The rule that `wish` asks for: {operation, kind, count | probability, seed} and what the kind takes.
    Raises ValueError with a sentence that lists what is possible."""
    if not isinstance(wish, dict):
        raise ValueError("A fault is an object with a kind.")
    given = dict(wish)
    name, operation = given.pop("kind", None), given.pop("operation", None)
    if not isinstance(name, str) or name not in KINDS:
        raise ValueError(f"There is no kind {name!r}; there are: {', '.join(KINDS)}.")
    kind = KINDS[name]
    possible = sorted(kind.operations & set(operations) if kind.operations else operations)
    if operation is not None and operation not in possible:
        raise ValueError(f"{name} is not for {operation!r}; it is for: {', '.join(possible)}.")
    often = _often(given, None if kind.bends else 1)
    parameters = _parameters(name, kind, given)
    return Rule(
        name,
        kind.fault(**parameters),
        operation=operation,
        operations=kind.operations,
        parameters=parameters,
        bends=kind.bends,
        **often,
    )


def _often(given: dict[str, Any], default: int | None) -> dict[str, Any]:
    """Take out of `given` how often a rule strikes."""
    count, probability, seed = (given.pop(name, None) for name in ("count", "probability", "seed"))
    if probability is None:
        if seed is not None:
            raise ValueError("A seed goes with a probability.")
        whole = Number(1, 1, MOST_CALLS, is_whole=True)
        if count is not None and whole.read(count) is None:
            raise ValueError(f"count is a {whole}.")
        return {"count": default if count is None else int(count)}
    if count is not None:
        raise ValueError("A fault has a count or a probability, not both.")
    if not Number(1, 0, 1).read(probability):
        raise ValueError("probability is a number above 0, up to 1.")
    if isinstance(seed, bool) or not isinstance(seed, int | None):
        raise ValueError("seed is a whole number.")
    return {"count": None, "probability": float(probability), "seed": seed or 0}


def _parameters(name: str, kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    told = {}
    for key, value in given.items():
        if key not in kind.takes:
            possible = ["count", "probability", "seed", *kind.takes]
            raise ValueError(f"{name} has no {key!r}; it has: {', '.join(possible)}.")
        read = kind.takes[key].read(value)
        if read is None:
            raise ValueError(f"{key} of {name} is a {kind.takes[key]}.")
        told[key] = read
    return {key: parameter.default for key, parameter in kind.takes.items()} | told
