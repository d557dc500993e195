"""The real program as a process of its own, in a session of its own: started, killed, or told to end."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEY = "live-key-of-the-crash-test"
_CHILDREN_PATIENCE = 5.0
"""Seconds in which the children of a killed program have to see that they are alone."""

_ENVIRONMENT = {
    "QT_QPA_PLATFORM": "offscreen",
    # A keyring somebody really uses is never touched.
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
}


class Program:
    """One run of the program."""

    def __init__(self, process: asyncio.subprocess.Process, said: Path, begin: int) -> None:
        self.started_at = time.monotonic()
        self._process = process
        self._said = said
        self._begin = begin
        self._killed_after: float | None = None

    @property
    def was_killed(self) -> bool:
        """Whether the last of it was our doing."""
        return self._killed_after is not None

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.started_at

    @property
    def lived(self) -> float:
        """Seconds until it was killed."""
        return self._killed_after or 0.0

    def kill(self) -> None:
        """SIGKILL, from any thread. One that has ended by itself is left alone."""
        if self._process.returncode is None:
            self._killed_after = self.age
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    async def ended(self) -> int:
        """Wait for its end; the answer is its exit code, negative for a signal."""
        return await self._process.wait()

    async def end(self, patience: float) -> int | None:
        """Tell it to end and wait; None if it did not within `patience` seconds, and was killed then."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            async with asyncio.timeout(patience):
                return await self.ended()
        except TimeoutError:
            self.kill()
            await self.ended()
            return None

    def said(self) -> str:
        """What it wrote to its standard output and error."""
        return self._said.read_bytes()[self._begin :].decode("utf-8", "replace")

    async def children_gone(self) -> bool:
        """Whether its children end by themselves, now that it is dead; what is left of them is killed."""
        over = time.monotonic() + _CHILDREN_PATIENCE
        while time.monotonic() < over:
            try:
                os.killpg(self._process.pid, 0)
            except ProcessLookupError:
                return True
            await asyncio.sleep(0.02)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        return False


async def start(profile: Path, address: str, *arguments: str | Path) -> Program:
    """Start the window, or a command where `arguments` name one; what it says is kept beside the profile."""
    return await _start("ifax_desktop", profile, address, arguments)


async def start_typist(profile: Path, address: str, arguments: Sequence[str]) -> Program:
    """Start the window with somebody at the keyboard."""
    return await _start("tests.crash.typist", profile, address, arguments)


async def _start(module: str, profile: Path, address: str, arguments: Sequence[str | Path]) -> Program:
    command: list[str | Path] = [sys.executable, "-m", module, "--profile", profile, "--service", address]
    said = profile.with_name(f"{profile.name}.said")
    with said.open("ab") as out:
        begin = out.tell()
        process = await asyncio.create_subprocess_exec(
            *command,
            "--key-from-stdin",
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=out,
            stderr=asyncio.subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, **_ENVIRONMENT},
            start_new_session=True,
        )
    assert process.stdin is not None
    process.stdin.write(f"{KEY}\n".encode())
    process.stdin.close()
    return Program(process, said, begin)
