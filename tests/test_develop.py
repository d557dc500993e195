"""The two commands of the README: what they ask of the system, and when they find everything in place."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "packaging" / "develop.py"


@pytest.fixture
def develop(tmp_path: Path) -> ModuleType:
    """The script, as a copy in a checkout that has nothing yet."""
    copy = tmp_path / "packaging" / "develop.py"
    shutil.copytree(SCRIPT.parent, copy.parent)
    shutil.copy(SCRIPT.parents[1] / "pyproject.toml", tmp_path)
    spec = importlib.util.spec_from_file_location("develop", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="asks Debian's package database")
def test_only_what_is_missing_is_named(develop: ModuleType) -> None:
    assert develop.missing_libraries(("dpkg", "no-such-library-1")) == ["no-such-library-1"]


def test_nobody_at_a_terminal_is_told_what_to_run_and_why(
    develop: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        with pytest.raises(develop.SetUpStopped) as stopped:
            develop.ask_for_root(["libgl1"], ["apt-get", "install", "-y", "libgl1"])
    assert "installing them needs root" in str(stopped.value)
    assert "sudo apt-get update && sudo apt-get install -y libgl1" in str(stopped.value)


@pytest.mark.skipif(os.name == "nt", reason="makes a link to an interpreter")
def test_a_set_up_is_current_until_a_lock_file_changes(develop: ModuleType) -> None:
    assert not develop.is_current("run")
    develop.PYTHON.parent.mkdir(parents=True)
    develop.PYTHON.symlink_to(sys.executable)
    assert not develop.is_current("run")
    develop.stamp("run").write_text(develop.fingerprint("run"))
    assert develop.is_current("run")
    assert not develop.is_current("dev")
    with (develop.LOCKS / "run.txt").open("a") as lock:
        lock.write("# changed\n")
    assert not develop.is_current("run")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have one")
def test_without_a_screen_nothing_is_set_up() -> None:
    ended = subprocess.run(
        [sys.executable, SCRIPT, "start"],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name == "PATH"},
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("There is no screen here")


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["stop"], 2), (["--help"], 0)])
def test_both_commands_are_explained(arguments: list[str], code: int) -> None:
    ended = subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == code
    assert "develop.py start" in ended.stdout + ended.stderr
    assert "develop.py check" in ended.stdout + ended.stderr
