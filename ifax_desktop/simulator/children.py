"""Work the simulator gives to a child process: counting pages and reading them, drawing a trial fax."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

PageReader = Callable[[bytes], Awaitable[int]]
"""Counts the pages of a document. Raises `ChildFailed` for one that cannot be read."""

TextReader = Callable[[bytes, Mapping[str, Any]], Awaitable[list[str]]]
"""Reads the text of each page. A hint says what a trial fax would be about. Raises `ChildFailed`."""

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

    async def text(self, document: bytes, hint: Mapping[str, Any]) -> list[str]:
        """The text of each page, empty where a page is a picture. `hint` is what a trial fax would have on its
        pages: `from`, `to` and `pages`; empty for none. Raises `ChildFailed`."""
        given = json.dumps(dict(hint)).encode() + b"\n" + document
        answer = await run_child([*self._command, "text"], given, self._seconds)
        try:
            pages = json.loads(answer)
        except ValueError as error:
            raise ChildFailed("The page reader gave no text.") from error
        if not (isinstance(pages, list) and all(isinstance(page, str) for page in pages)):
            raise ChildFailed("The page reader gave no text.")
        return pages


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
