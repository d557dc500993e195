"""What goes wrong on the network in a life of the program, drawn by seed from the practice service's own faults."""

from collections.abc import Iterable
from random import Random
from typing import Any

from ifax_desktop.simulator.faults import kinds
from ifax_desktop.simulator.faults.rules import Rule
from ifax_desktop.simulator.service import FaxService

LEVELS = ("none", "light", "heavy")

_ON_SENDING: tuple[dict[str, Any], ...] = (
    {"kind": "reset_before"},
    {"kind": "reset_after"},
    {"kind": "half_answer"},
    {"kind": "html"},
    {"kind": "html_after"},
    {"kind": "server_error"},
    {"kind": "server_error_after"},
    {"kind": "truncated_json"},
    {"kind": "empty_body"},
    {"kind": "empty_data"},
    {"kind": "nonsense"},
    {"kind": "wrong_types"},
    {"kind": "wrong_types", "variant": "id_outside"},
    {"kind": "wrong_content_type"},
    {"kind": "slow", "seconds": 0.6},
    {"kind": "slow_before", "seconds": 0.6},
    {"kind": "refuse"},
    {"kind": "too_many", "retry_after": 1},
)
_ON_ANYTHING: tuple[dict[str, Any], ...] = (
    *_ON_SENDING,
    {"kind": "refuse", "seconds": 0.7},
    {"kind": "redirect"},
    {"kind": "expired_key"},
    {"kind": "wrong_page_count", "operation": "fax_list"},
    {"kind": "empty_data", "operation": "inbound_fax_download"},
    {"kind": "half_answer", "operation": "inbound_fax_download"},
    {"kind": "truncated_json", "operation": "inbound_fax_download"},
    {"kind": "empty_data", "operation": "inbound_fax_list_all"},
    {"kind": "server_error", "operation": "fax_list"},
    {"kind": "empty_data", "operation": "fax_list"},
    {"kind": "lagging_list", "seconds": 60, "count": 6},
    {"kind": "clock_skew", "count": 10},
)
"""Not among them: `delivered_later`, with which the service itself says what is not true of a fax that ended."""


def make_trouble(service: FaxService, level: str, dice: Random) -> list[str]:
    """Put the faults of one life in place of those before; the answer names them."""
    service.faults.clear()
    service.outage.end()
    rules = [kinds.rule(wish, service.operations) for wish in _wishes(level, dice)]
    service.faults.extend(rules)
    return [_name(rule) for rule in rules]


def _wishes(level: str, dice: Random) -> Iterable[dict[str, Any]]:
    if level == "light" and dice.random() < 0.5:
        yield dice.choice(_ON_ANYTHING)
        if dice.random() < 0.5:
            yield {**dice.choice(_ON_SENDING), "operation": "fax_send"}
    if level == "heavy":
        for _ in range(3):
            yield dice.choice(_ON_ANYTHING)
        for _ in range(2):
            yield {**dice.choice(_ON_SENDING), "operation": "fax_send"}
        yield {
            "kind": dice.choice(("server_error", "reset_before", "reset_after", "slow")),
            "probability": 0.1,
        }


def _name(rule: Rule) -> str:
    return f"{rule.kind} on {rule.operation or 'anything'}"
