"""Who may import whom: the two tables of the house, and a reader of imports that holds every module to them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ifax_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))

ROOMS = {
    "window": {"top", "views", "viewmodels", "delivery", "api", "store", "documents", "domain", "simulator"},
    "top": {"window", "delivery", "api", "store", "documents", "worker", "domain", "simulator"},
    "views": {"viewmodels", "domain"},
    "viewmodels": {"delivery", "store", "documents", "domain"},
    "delivery": {"api", "store", "documents", "domain"},
    "api": {"domain"},
    "store": {"domain"},
    "documents": {"domain"},
    "worker": {"documents", "domain"},
    "domain": set(),
    "simulator": set(),
}
"""Each room and the rooms it may import from, types included; its own is always open. `top` are the modules directly in
the package, which put everything together; `window` those of them that do so with Qt; `worker` is the child process
of `documents`: its module and what only that imports."""

WINDOW = {"app", "desk", "door", "first_start", "models", "office", "sessions"}

LIBRARIES = {
    "PySide6.QtWidgets": {"views", "window"},
    "PySide6": {"views", "viewmodels", "window"},
    "PIL": {"worker", "simulator"},
    "pypdf": {"worker", "simulator"},
    "pypdfium2": {"worker"},
    "pi_heif": {"worker"},
    "charset_normalizer": {"worker"},
    "httpx": {"api", "simulator", "window", "top"},
    "h11": {"delivery", "simulator"},
    "python_multipart": {"delivery", "simulator"},
    "truststore": {"api"},
    "sqlite3": {"store"},
    "keyring": {"store"},
    "platformdirs": {"top"},
    "phonenumbers": {"domain"},
    "qasync": {"window"},
}
"""Each library from outside and the rooms that may import it; the longest name that fits decides."""

LATE = {"simulator": {"PIL", "pypdf"}}
"""What a room may import only within a function, as it also lives in the window's process."""


@cache
def imports(module: Path) -> tuple[tuple[str, bool], ...]:
    """Every name a module imports, and whether a function or a type check delays it."""
    return tuple(found(ast.parse(module.read_bytes())))


def found(tree: ast.AST, late: bool = False) -> Iterator[tuple[str, bool]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{'.' * node.level}{node.module}.{alias.name}", late) for alias in node.names)
        else:
            delays = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            typing = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            yield from found(node, late or delays or typing)


def prefixes(name: str) -> Iterator[str]:
    """`a.b.c`, `a.b`, `a`."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def module_of(name: str) -> Path:
    """The file of ours behind a dotted name, which may end in something the file holds."""
    paths = (PACKAGE.parent.joinpath(*prefix.split(".")) for prefix in prefixes(name))
    files = (file for path in paths for file in (path.with_suffix(".py"), path / "__init__.py"))
    return next(file for file in files if file.is_file())


@cache
def worker_modules() -> set[Path]:
    """`documents/worker.py` and what only it imports."""
    users: dict[Path, set[Path]] = {}
    for module in MODULES:
        for name, _ in imports(module):
            if name.startswith("ifax_desktop.documents"):
                users.setdefault(module_of(name), set()).add(module)
    inside = {PACKAGE / "documents" / "worker.py"}
    while more := {module for module, by in users.items() if by <= inside} - inside:
        inside |= more
    return inside


def room_of(module: Path) -> str:
    """The room a module stands in."""
    if module in worker_modules():
        return "worker"
    parts = module.relative_to(PACKAGE).with_suffix("").parts
    if parts == ("__init__",):
        return "domain"  # the version, and nothing else
    return parts[0] if len(parts) > 1 else "window" if parts[0] in WINDOW else "top"


def problem_of(room: str, name: str, late: bool) -> str:
    """What is wrong with one import in a room, or nothing."""
    root = name.split(".")[0]
    if not root:
        return f"{name} is relative"
    if root == "ifax_desktop":
        other = room_of(module_of(name))
        return "" if other == room or other in ROOMS[room] else f"{room} imports {name}"
    if root in LATE.get(room, ()) and not late:
        return f"{room} imports {name} too early"
    for prefix in prefixes(name):
        if prefix in LIBRARIES:
            return "" if room in LIBRARIES[prefix] else f"{room} imports {name}"
    return "" if root in sys.stdlib_module_names else f"{name} stands in no table"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_its_room_may(module: Path) -> None:
    room = room_of(module)
    assert [problem for name, late in imports(module) if (problem := problem_of(room, name, late))] == []


@pytest.mark.parametrize("module", sorted((PACKAGE / "views").rglob("*.py")), ids=lambda module: module.name)
def test_views_are_never_async(module: Path) -> None:
    kinds = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert not [node for node in ast.walk(ast.parse(module.read_bytes())) if isinstance(node, kinds)]


def test_the_command_line_starts_without_qt() -> None:
    look = "import sys, ifax_desktop.commands; print(*(name for name in sys.modules if name.startswith('PySide6')))"
    ended = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == ""


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("views", "from ifax_desktop.store.archive import Archive"),
        ("views", "from ifax_desktop.paths import Paths"),
        ("views", "import httpx"),
        ("viewmodels", "from PySide6 import QtWidgets"),
        ("viewmodels", "if TYPE_CHECKING:\n    from ifax_desktop.api.outbound import Outbound"),
        ("delivery", "from PySide6.QtCore import QObject"),
        ("api", "from ifax_desktop import store"),
        ("documents", "from ifax_desktop.documents.pdf import Pdf"),
        ("documents", "import pypdf"),
        ("domain", "def late():\n    import sqlite3"),
        ("simulator", "from ifax_desktop.domain import fax"),
        ("simulator", "from ifax_desktop import __version__"),
        ("simulator", "import pypdf"),
        ("store", "from . import files"),
        ("top", "from PySide6.QtCore import QObject"),
        ("store", "import sqlalchemy"),
    ],
)
def test_what_is_not_allowed_is_seen(room: str, line: str) -> None:
    assert [problem for name, late in found(ast.parse(line)) if (problem := problem_of(room, name, late))]


def test_the_tables_know_every_room() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(ROOMS) - {"window", "top", "worker"}
