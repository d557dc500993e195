"""What costs, sends or cannot be taken back at the service goes through the ledgers, and nothing goes past them."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from ifax_desktop.api import operations
from ifax_desktop.api.inbound import Inbound
from ifax_desktop.api.numbers import FaxNumbers
from ifax_desktop.api.outbound import Outbound
from ifax_desktop.api.records import Records

PACKAGE = Path(__file__).parents[1] / "ifax_desktop"
FAMILIES = {"outbound": Outbound, "inbound": Inbound, "numbers": FaxNumbers, "records": Records}

BY_DEEDS = {
    "outbound": {"forward"},
    "inbound": {"delete"},
    "numbers": {"buy", "release"},
    "records": {"delete", "delete_files", "start_extraction"},
}
"""Who wants these asks `delivery.deeds`."""
BY_ATTEMPTS = {"outbound": {"send", "resend"}}
"""These are what an attempt of the sender does."""
FREELY = {"outbound": {"cancel"}, "records": {"add_labels", "remove_labels", "replace_labels", "set_fields"}}
"""These change something, but asking for them twice does no harm."""

MAY = {"delivery/deeds.py": BY_DEEDS, "delivery/flight.py": BY_ATTEMPTS}
USERS = sorted(
    module
    for module in PACKAGE.rglob("*.py")
    if module.relative_to(PACKAGE).parts[0] not in ("api", "simulator", "domain")
)


def forbidden(tree: ast.AST, allowed: dict[str, set[str]]) -> Iterator[str]:
    """The calls of these families that stand in a module and may not: by their names, wherever those are not ours."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = ast.unparse(node.value).rpartition(".")[2].strip("_").removesuffix("()")
        for family, names in guarded().items():
            if node.attr in names - allowed.get(family, set()) and means(owner, node.attr, family):
                yield f"{node.lineno}: {ast.unparse(node)}"


def guarded() -> dict[str, set[str]]:
    return {family: BY_DEEDS.get(family, set()) | BY_ATTEMPTS.get(family, set()) for family in FAMILIES}


def means(owner: str, name: str, family: str) -> bool:
    """Whether `owner.name` is a call of this family. Names that nothing else has need no look at the owner."""
    unmistakable = {"buy", "resend", "delete_files", "start_extraction"}
    return name in unmistakable or family.removesuffix("s") in owner.lower() or owner == type_name(family)


def type_name(family: str) -> str:
    return FAMILIES[family].__name__


@pytest.mark.parametrize("module", USERS, ids=lambda module: module.relative_to(PACKAGE).as_posix())
def test_nobody_goes_past_the_ledgers(module: Path) -> None:
    allowed = MAY.get(module.relative_to(PACKAGE).as_posix(), {})
    assert list(forbidden(ast.parse(module.read_bytes()), allowed)) == []


@pytest.mark.parametrize(
    "line",
    [
        "await calls.numbers.buy('+1')",
        "await self._numbers.release(a, b)",
        "await FaxNumbers(channel).release(a, b)",
        "await calls.records.delete(item, job)",
        "work = self._records.delete_files",
        "await whatever.start_extraction(job)",
        "await calls.inbound.delete(job, call)",
        "await self._ground.outbound.send(fax)",
        "await outbound.resend(job)",
        "await Outbound(channel).forward(job, number, own)",
    ],
)
def test_going_past_them_is_seen(line: str) -> None:
    assert list(forbidden(ast.parse(line), {}))


@pytest.mark.parametrize("line", ["lock.release()", "await archive.delete(ids)", "self._http.send(event)"])
def test_others_may_have_these_names(line: str) -> None:
    assert list(forbidden(ast.parse(line), {})) == []


def test_every_call_that_changes_something_is_on_one_of_the_lists() -> None:
    changing = {operation.name.upper() for operation in operations.OPERATIONS if operation.changes}
    named = {name: value for name, value in vars(operations).items() if name in changing}
    assert set(named) == changing
    found: dict[str, set[str]] = {}
    for family, kind in FAMILIES.items():
        for name, method in inspect.getmembers(kind, inspect.isfunction):
            used = {node.id for node in ast.walk(parsed(method)) if isinstance(node, ast.Name)}
            if used & changing:
                found.setdefault(family, set()).add(name)
    listed: dict[str, set[str]] = {}
    for table in (BY_DEEDS, BY_ATTEMPTS, FREELY):
        for family, names in table.items():
            listed.setdefault(family, set()).update(names)
    assert found == listed


def parsed(method: object) -> ast.AST:
    assert inspect.isfunction(method)
    return ast.parse(dedent(inspect.getsource(method)))
