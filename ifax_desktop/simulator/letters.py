"""Lets ready-made letters arrive by themselves in practice mode.

The first arrives 8 seconds after the first start, the others 2, 3, 4 and 5 minutes apart in turn. When all
have arrived they begin again, one every half an hour. What was due while nobody looked arrives at the next
look, as at the real service; but nothing is repeated for the time the program was closed.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ifax_desktop.simulator.children import PageReader
from ifax_desktop.simulator.documents import document_id
from ifax_desktop.simulator.inbound import ReceivedFaxes
from ifax_desktop.simulator.records import Arrivals, Records

FIRST = 8.0
GAPS = (120.0, 180.0, 240.0, 300.0)
AGAIN = 1800.0

STRANGERS = ("+16285550170", "+13125550188", "+12065550141", "+17045550126", "+12025550195")
"""Senders of letters about which letters.json says nothing."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A ready-made received fax and whom it is from; `pages` is 0 where nobody has counted yet, and `text` is
    what can be read on each page, if that is known."""

    path: Path
    sender: str
    receiver: str
    pages: int = 0
    text: tuple[str, ...] = ()


def read_letters(paths: Sequence[Path], owned: Sequence[str]) -> tuple[Letter, ...]:
    """The letters with what `letters.json` beside them says. Raises FileNotFoundError for a missing one."""
    described = {folder: _described(folder) for folder in {path.parent for path in paths}}
    letters = []
    for place, path in enumerate(paths):
        if not path.is_file():
            raise FileNotFoundError(path)
        about = described[path.parent].get(path.name)
        letters.append(
            Letter(
                path,
                str(about["from"]),
                str(about["to"]),
                int(about["pages"]),
                tuple(str(page) for page in about.get("text", ())),
            )
            if about
            else Letter(path, STRANGERS[place % len(STRANGERS)], owned[place % len(owned)])
        )
    return tuple(letters)


class KnownTexts:
    """What stands on the ready-made letters, found by the bytes of the document: they are pictures."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        self._letters = [letter for letter in letters if letter.text]
        self._texts: dict[str, tuple[str, ...]] | None = None

    async def of(self, document: str) -> tuple[str, ...] | None:
        """The text of each page of the document with that id; None if it is no letter."""
        if self._texts is None:
            self._texts = await asyncio.to_thread(self._read)
        return self._texts.get(document)

    def _read(self) -> dict[str, tuple[str, ...]]:
        return {document_id(letter.path.read_bytes()): letter.text for letter in self._letters}


class Arriving:
    """Puts letters among the received faxes when they are due."""

    def __init__(
        self,
        letters: Sequence[Letter],
        received: ReceivedFaxes,
        read_pages: PageReader,
    ) -> None:
        self._letters = letters
        self._received = received
        self._read_pages = read_pages
        self._one_at_a_time = asyncio.Lock()
        self.begin()

    def begin(self) -> None:
        """Set the time of the first letter, if it is not set yet."""
        if self._letters and self._arrivals.since is None:
            self._arrivals.since, self._arrivals.wait = self._received.now(), FIRST

    async def arrive_due(self) -> None:
        """Let everything arrive that is due by now."""
        async with self._one_at_a_time:
            while self._letters and self._arrivals.since is not None:
                due = self._records.pace.after(self._arrivals.since, self._arrivals.wait)
                now = self._received.now()
                if due > now:
                    return
                await self._arrive(self._letters[self._arrivals.arrived % len(self._letters)], due, now)

    @property
    def _records(self) -> Records:
        return self._received.records

    @property
    def _arrivals(self) -> Arrivals:
        return self._records.arrivals

    async def _arrive(self, letter: Letter, due: float, now: float) -> None:
        if (
            letter.receiver in self._records.own_numbers
        ):  # else the number was given up: nobody takes the call
            content = await asyncio.to_thread(letter.path.read_bytes)
            pages = letter.pages or await self._read_pages(content)
            await self._received.arrive(content, letter.sender, letter.receiver, pages, at=due)
        self._arrivals.arrived += 1
        self._wait_for_the_next(due, now)
        self._records.save()

    def _wait_for_the_next(self, due: float, now: float) -> None:
        arrived = self._arrivals.arrived
        self._arrivals.since, self._arrivals.wait = due, GAPS[(arrived - 1) % len(GAPS)]
        if arrived >= len(self._letters):
            self._arrivals.wait = AGAIN
            if self._records.pace.after(due, AGAIN) <= now:
                self._arrivals.since = now


def _described(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / "letters.json"
    if not path.exists():
        return {}
    return {row["file"]: row for row in json.loads(path.read_text(encoding="utf-8"))["letters"]}
