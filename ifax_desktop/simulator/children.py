"""Work the simulator gives to a child process: counting pages, drawing a trial fax."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Sequence

PageReader = Callable[[bytes], Awaitable[int]]
"""Counts the pages of a document. Raises `ChildFailed` for one that cannot be read."""

COUNT_PAGES = (sys.executable, "-I", "-m", "ifax_desktop.simulator.pages")
DRAW_FAX = (sys.executable, "-I", "-m", "ifax_desktop.simulator.trial_fax")
SECONDS = 30.0


class ChildFailed(Exception):
    """A child process did not do its work: it said so, said nonsense, or took too long."""


class ChildPageReader:
    """Counts pages in a child process. A frozen program passes its own `command`."""

    def __init__(self, command: Sequence[str] = COUNT_PAGES, seconds: float = SECONDS) -> None:
        self._command = command
        self._seconds = seconds

    async def __call__(self, document: bytes) -> int:
        """The number of pages, at least 1. Raises `ChildFailed`."""
        answer = (await run_child(self._command, document, self._seconds)).strip()
        if not (answer.isdigit() and len(answer) < 6 and int(answer)):
            raise ChildFailed("The page counter gave no number.")
        return int(answer)


async def draw_trial_fax(sender: str, receiver: str, pages: int) -> bytes:
    """A fax of `pages` plain pages as a PDF, drawn in a child process. Raises `ChildFailed`."""
    wish = json.dumps({"from": sender, "to": receiver, "pages": pages}).encode()
    return await run_child(DRAW_FAX, wish, SECONDS)


async def run_child(command: Sequence[str], given: bytes, seconds: float) -> bytes:
    """What `command` writes to stdout when `given` is its stdin. Raises `ChildFailed`."""
    child = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(),
    )
    try:
        async with asyncio.timeout(seconds):
            written, complaint = await child.communicate(given)
    except TimeoutError as error:
        raise ChildFailed("The child process took too long.") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.communicate()
    if child.returncode != 0:
        raise ChildFailed(complaint.decode(errors="replace").strip()[-200:] or "no reason given")
    return written


def _environment() -> dict[str, str]:
    # Python on Windows does not start without SYSTEMROOT; elsewhere it needs nothing.
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
