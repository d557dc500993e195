"""The table of thirty operations: complete, consistent, and no path that serves two."""

from collections import Counter

import pytest

from ifax_desktop.api.operations import BY_NAME, OPERATIONS, Operation, Policy, Provenance
from ifax_desktop.simulator.service import FaxService


def test_thirty_operations_each_with_paths_of_its_own() -> None:
    assert len(OPERATIONS) == len(BY_NAME) == 30
    paths = Counter(path for operation in OPERATIONS for path in (operation.path, *operation.alternatives))
    assert paths.most_common(1)[0][1] == 1


def test_provenance_is_that_of_the_wire_contract() -> None:
    known = Counter(operation.provenance for operation in OPERATIONS)
    assert known == {Provenance.CONFIRMED: 4, Provenance.LIKELY: 9, Provenance.ASSUMED: 17}


def test_what_is_known_runs_and_what_is_assumed_does_not_act_by_itself() -> None:
    for operation in OPERATIONS:
        if operation.provenance is not Provenance.ASSUMED:
            assert operation.policy is Policy.RUNS
        elif operation.changes:
            assert operation.policy is Policy.ASKS_ONCE
        else:
            assert operation.policy is Policy.MAY_BE_TRIED


def test_what_costs_money_changes_something() -> None:
    costly = {operation.name for operation in OPERATIONS if operation.costs}
    assert costly == {"fax_send", "fax_resend", "fax_forward", "extract_start", "number_buy"}
    assert all(BY_NAME[name].changes for name in costly)


def test_names_say_what_changes() -> None:
    for operation in OPERATIONS:
        reads = operation.name.endswith(
            ("_list", "_list_all", "_status", "_detail", "_download", "_get", "_result", "_check", "_numbers")
        )
        assert operation.changes != reads, operation.name


def test_paths_are_those_the_practice_service_answers() -> None:
    served = FaxService()._operations
    for path, operation in served.items():
        ours = BY_NAME[operation.name]
        assert path in (ours.path, *ours.alternatives)


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/x", "//elsewhere.example/x", "customer/x", "/a/../b", "/a?b", "/", ""]
)
def test_a_path_leads_nowhere_else(path: str) -> None:
    with pytest.raises(ValueError, match="Not a path"):
        Operation("x", path, Provenance.LIKELY)
    with pytest.raises(ValueError, match="Not a path"):
        Operation("x", "/customer/x", Provenance.LIKELY, alternatives=(path,))
