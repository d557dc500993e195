"""Sets a checkout up and uses it, with nothing but Python 3.11 (venv, pip) and git on the machine.

    python3 packaging/develop.py start [OPTIONS]      opens the program in practice mode; options go to the program
    python3 packaging/develop.py check [-- OPTIONS]   format check, lint, types, tests; options go to pytest

Both first see to the system libraries Qt needs (Debian and Ubuntu), to the virtual environment `.venv` and to the locked
packages in it, each file of which is checked against its hash. What is in place already is left alone.
"""

import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)

# Qt comes from PyPI and brings everything but these, which it expects of the system.
QT_LIBRARIES = (
    "libgl1",
    "libegl1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
)
# A screen that only exists in memory, for the measurements of the tests.
TEST_SCREEN = ("xvfb", "xauth")


class SetUpStopped(Exception):
    """The machine cannot be set up further; the text says what to do."""


def main(arguments: Sequence[str]) -> int:
    """Do one of the two commands; the answer is the exit code."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if rest[:1] == ["--"]:
        del rest[0]
    try:
        if command == "start":
            return start(rest)
        if command == "check":
            return check(rest)
    except SetUpStopped as reason:
        print(reason, file=sys.stderr)
        return 1
    print(__doc__, file=sys.stdout if command in ("-h", "--help") else sys.stderr)
    return 0 if command in ("-h", "--help") else 2


def start(options: Sequence[str]) -> int:
    """Set up, then become the program."""
    if not has_screen():
        raise SetUpStopped(
            "There is no screen here to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.\n"
            "On a machine without one: apt-get install xvfb xauth, then put `xvfb-run -a` before the command."
        )
    set_up("run", QT_LIBRARIES)
    program = [str(PYTHON), "-m", "ifax_desktop", "--demo", *options]
    say("Opening the program in practice mode: nothing is really sent.")
    if os.name != "nt":
        os.execv(PYTHON, program)  # noqa: S606 - signals and the exit code are the program's own
    return subprocess.run(program, check=False).returncode


def check(options: Sequence[str]) -> int:
    """Set up, then run all four checks, also after one has found something."""
    set_up("dev", (*QT_LIBRARIES, *TEST_SCREEN))
    steps = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("pytest", "--numprocesses=auto", "--dist=worksteal", *options),
    )
    failed = []
    for step in steps:
        say(shlex.join(step))
        began = time.monotonic()
        if subprocess.run([str(PYTHON), "-m", *step], cwd=ROOT, check=False).returncode:
            failed.append(step[0])
        say(f"{step[0]} took {time.monotonic() - began:.1f} s")
    say(f"Look at: {', '.join(failed)}" if failed else "All four checks passed.")
    return 1 if failed else 0


def set_up(lock: str, libraries: Sequence[str]) -> None:
    """Bring libraries, virtual environment and packages to what `lock` says."""
    if sys.version_info < OLDEST:
        raise SetUpStopped(f"Python 3.11 or newer is needed, this is {platform.python_version()}.")
    install_libraries(libraries)
    if is_current(lock):
        return
    make_environment()
    say(
        "Installing the locked packages, each checked against its hash. The first time this fetches about 150 MB."
    )
    pip("install", "--require-hashes", "--only-binary=:all:", "-r", str(LOCKS / f"{lock}.txt"))
    pip("install", "--no-deps", "--no-build-isolation", "-e", ".")
    for installed in ("run", "dev") if lock == "dev" else ("run",):
        stamp(installed).write_text(fingerprint(installed), encoding="ascii")


def has_screen() -> bool:
    """Whether Qt has something to open a window on."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def install_libraries(names: Sequence[str]) -> None:
    """Install by apt what is missing: as root at once, else only after asking."""
    if sys.platform != "linux":
        return
    if not (is_debian_like() and shutil.which("dpkg-query") and shutil.which("apt-get")):
        say("This is neither Debian nor Ubuntu, so the system's own libraries for Qt are taken to be there.")
        return
    missing = missing_libraries(names)
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        ask_for_root(missing, install)
        install = ["sudo", *install]
    update = [*install[: install.index("apt-get") + 1], "update"]
    say(f"Installing system libraries: {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ([*update, "-qq"], [*install, "-qq"]):
        if subprocess.run(command, env=environment, check=False).returncode:
            raise SetUpStopped(f"This did not work: {shlex.join(command)}")


def is_debian_like() -> bool:
    """Whether the system calls itself Debian, Ubuntu, or like them."""
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        return False
    return "debian" in (system.get("ID", ""), *system.get("ID_LIKE", "").split())


def missing_libraries(names: Sequence[str]) -> list[str]:
    """Those of `names` that are not installed. Newer systems have some with "t64" (64-bit time) after the name."""
    asked = [*names, *(f"{name}t64" for name in names)]
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *asked],  # noqa: S607 - the system's own
        capture_output=True,
        text=True,
        check=False,  # it says 1 when one of the names is unknown, and lists the others
    )
    installed = {line.split()[0] for line in answer.stdout.splitlines() if line.split()[1:] == ["ii"]}
    return [name for name in names if not {name, f"{name}t64"} & installed]


def ask_for_root(missing: Sequence[str], install: Sequence[str]) -> None:
    """Return only if somebody at a terminal agrees to sudo. Raises SetUpStopped."""
    why = (
        f"Qt needs system libraries that are not installed here: {' '.join(missing)}.\n"
        "They belong to the whole system, so installing them needs root. Nothing else here does. The command is:\n\n"
        f"    sudo apt-get update && sudo {shlex.join(install)}\n"
    )
    if not (shutil.which("sudo") and sys.stdin.isatty()):
        raise SetUpStopped(f"{why}\nRun it, as root, then this command again.")
    print(why)
    if input("Run it now? [y/N] ").strip().lower() not in ("y", "yes"):
        raise SetUpStopped("Nothing was installed.")


def make_environment() -> None:
    """Make the virtual environment, anew if its Python is gone or has changed under it."""
    usable = (
        PYTHON.exists()
        and not subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode
    )
    if usable:
        return
    say(f"Making the virtual environment {VENV.name}")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode:
        raise SetUpStopped(
            "Python cannot make virtual environments here. On Debian: apt-get install python3-venv"
        )


def pip(*arguments: str) -> None:
    """Run the environment's pip; where it fetches from is up to its own settings, the hashes decide what it takes."""
    command = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetUpStopped("The packages could not be installed; what pip said stands above.")


def stamp(lock: str) -> Path:
    """The file that remembers what was installed."""
    return VENV / f"installed-{lock}"


def fingerprint(lock: str) -> str:
    """Changes when the interpreter, the lock file or the project file does."""
    text = hashlib.sha256(os.fsencode(PYTHON.resolve()))
    for file in (LOCKS / f"{lock}.txt", ROOT / "pyproject.toml"):
        text.update(file.read_bytes())
    return text.hexdigest()


def is_current(lock: str) -> bool:
    """Whether the environment holds what the lock file says."""
    return PYTHON.exists() and stamp(lock).exists() and stamp(lock).read_text("ascii") == fingerprint(lock)


def say(sentence: str) -> None:
    """Print at once, so that it stands before what the next command prints."""
    print(f"== {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
