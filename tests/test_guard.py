"""The ground the program stands on: Python, Qt, and the locked requirements."""

import re
import sys
import tomllib
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject

ROOT = Path(__file__).parents[1]
LOCKS = ROOT / "packaging" / "requirements"
CALLS = 1000


def test_calls_that_return_nothing_keep_the_references_to_none() -> None:
    """PySide6 6.12.0 loses one for each call on Python 3.11, and the interpreter aborts after some 5,300 of them."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("fax")
    assert before - sys.getrefcount(None) <= CALLS / 2


def test_python_and_qt_are_the_ones_we_mean() -> None:
    assert sys.version_info >= (3, 11)
    assert (6, 11) <= tuple(map(int, PySide6.__version__.split(".")[:2])) < (6, 12)


def pins(lock: str) -> dict[str, str]:
    """Packages and versions of a lock file."""
    text = (LOCKS / f"{lock}.txt").read_text(encoding="ascii")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text, re.MULTILINE))


def wanted(group: str | None = None) -> set[str]:
    """The packages the project file names itself, or those of one of its groups and of the groups in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = set()
    for requirement in project["dependency-groups"][group] if group else project["project"]["dependencies"]:
        if isinstance(requirement, dict):
            names |= wanted(requirement["include-group"])
        else:
            names.add(re.split(r"[<>=!~\[; ]", requirement)[0].lower())
    return names


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    run, dev = pins("run"), pins("dev")
    assert wanted() | wanted("build") <= set(run)
    assert wanted() | wanted("dev") <= set(dev)
    assert run.items() <= dev.items()


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_locked_package_has_hashes_and_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (LOCKS / f"{lock}.txt").read_text(encoding="ascii").strip())
    assert entries
    for entry in entries:
        assert "--hash=sha256:" in entry
        assert "/" not in entry
