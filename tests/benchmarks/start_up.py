"""From process start to the first painted window: iFax Desktop with an empty archive against a bare `QMainWindow`.

And the start with many faxes against the start with none or few, until the Outbox and until faxes in its list are painted.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ifax_desktop.paths import Paths
from tests.benchmarks.archives import ACCOUNT, Archives, make
from tests.benchmarks.pairs import Comparison, compare

AIM = 1.5
AIM_FULL = 1.2
FEW = 50
"""Faxes that fill the list in the window."""
FIRST_PAINT = Path(__file__).with_name("first_paint.py")


def painted(environment: Mapping[str, str], *program: str) -> tuple[float, str]:
    """Seconds until the program says that its window is painted, and what was loaded by then."""
    # Where Python is kept from writing its compiled files, every start would compile anew.
    whole = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, FIRST_PAINT, *program],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**whole, **environment},
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - began
    if not line or process.returncode:
        raise RuntimeError(
            f"{' '.join(program)} ended with {process.returncode} before its window was painted"
        )
    return took, line


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment for a screen of our own: a real X server where there is one, else Qt's offscreen platform."""
    if not shutil.which("Xvfb"):
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{server.stdout.readline().strip()}"}
        finally:
            server.terminate()


def run(pairs: int, archives: Archives) -> Iterator[Comparison]:
    """All of it."""
    yield from run_empty(pairs)
    yield from run_full(pairs, archives)


def run_full(pairs: int, archives: Archives) -> Iterator[Comparison]:
    """Many faxes against none, and against few where faxes have to be painted."""
    with TemporaryDirectory() as name, screen() as environment:
        folder = Path(name)
        begun, none, few = (folder / what for what in ("begun", "none", "few"))
        painted(environment, "outbox", "--demo", "--profile", str(begun))
        settle(begun)
        shutil.copytree(begun, none)
        part = folder / "few.sqlite3"
        list(make(part, FEW))
        place(part, shutil.copytree(begun, few))
        for faxes in archives.sizes:
            many = shutil.copytree(begun, folder / str(faxes))
            place(archives.of(faxes), many)

            def start(what: str, profile: Path) -> float:
                settle(profile)
                return painted(environment, what, "--demo", "--profile", str(profile))[0]

            for title, what, against in (
                ("Outbox painted, against none", "outbox", none),
                (f"faxes in it painted, against {FEW}", "rows", few),
            ):
                ours, theirs = partial(start, what, many), partial(start, what, against)
                yield compare(f"start with {faxes:,} faxes, {title}", AIM_FULL, ours, theirs, pairs)
            shutil.rmtree(many)


def place(archive: Path, profile: Path) -> None:
    """Put a copy of this archive in the place of the profile's."""
    paths = Paths(profile, practice=True)
    shutil.copy(archive, paths.database)
    (paths.home / "account-id").write_text(ACCOUNT)


def settle(profile: Path) -> None:
    """Close the archive as a program does that is not killed."""
    with closing(sqlite3.connect(Paths(profile, practice=True).database)) as connection:
        connection.execute("SELECT * FROM tally").fetchall()


def run_empty(pairs: int) -> list[Comparison]:
    """The window, with a profile that is there and for the first start of all; and the Outbox in it."""
    with TemporaryDirectory() as folder, screen() as environment:
        ready = Path(folder, "ready")
        painted(environment, "outbox", "--demo", "--profile", str(ready))
        serial = iter(range(10**6))

        def ours(what: str, ready: Path | None) -> float:
            profile = Path(folder, str(next(serial)))
            if ready:
                shutil.copytree(ready, profile)
            return painted(environment, what, "--demo", "--profile", str(profile))[0]

        def bare() -> float:
            return painted(environment, "bare")[0]

        where = environment["QT_QPA_PLATFORM"]
        return [
            compare(
                f"window painted, empty archive, {where}", AIM, lambda: ours("window", ready), bare, pairs
            ),
            compare(
                f"window painted, no profile yet, {where}", AIM, lambda: ours("window", None), bare, pairs
            ),
            compare(
                f"Outbox painted, empty archive, {where}", None, lambda: ours("outbox", ready), bare, pairs
            ),
        ]
