"""Reads a list of the service page by page, without knowing which id its cursor wants (wire contract, section 5)."""

import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from datetime import date, timedelta
from typing import Any

from ifax_desktop.api import wire
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.detail import of_shape
from ifax_desktop.api.operations import Operation
from ifax_desktop.api.values import first, text

log = logging.getLogger(__name__)

MOST_PAGES = 500
"""Where all rows are wanted at once."""
ENDLESS = 20_000
"""Where they are taken page by page: an end for a list that has none."""
_CURSORS = ("faxId", "jobId")

Row = Mapping[str, Any]
Ids = tuple[str, ...]


class Paging:
    """All rows of a list call. It remembers which id moved the list on, so that its end costs one call less."""

    def __init__(self, channel: Channel, operation: Operation) -> None:
        self._channel = channel
        self._operation = operation
        self._proven = ""

    async def rows(self, fields: Mapping[str, Any]) -> list[Row]:
        """Every row once, in the service's order. The fields go along with each page."""
        async with aclosing(self.pages(fields, MOST_PAGES)) as pages:
            return [row async for page in pages for row in page]

    async def pages(self, fields: Mapping[str, Any], most: int = ENDLESS) -> AsyncGenerator[list[Row], None]:
        """The same page by page, each as soon as it is there; a row is in one page only. Close it with `aclosing`."""
        seen: set[Ids] = set()
        new = await self._page(fields, seen)
        for _ in range(most):
            if not new:
                return
            yield new
            new = await self._next(fields, new[-1], seen)
        log.warning("%s has more than %d pages; the rest was not read.", self._operation.name, most)

    async def _next(self, fields: Mapping[str, Any], last: Row, seen: set[Ids]) -> list[Row]:
        """The new rows after `last`: asked for by each id the row has, until one moves the list on."""
        cursors = {name: cursor for name in _CURSORS if (cursor := text(first(last, name)))}
        if self._proven in cursors:
            cursors = {self._proven: cursors[self._proven]}
        elif len(set(cursors.values())) < len(cursors):
            cursors.pop(_CURSORS[0])
        for name, cursor in cursors.items():
            if new := await self._page({**fields, "lastFaxId": cursor}, seen):
                self._proven = name
                return new
        return []

    async def _page(self, fields: Mapping[str, Any], seen: set[Ids]) -> list[Row]:
        """The rows of one page that were not seen before; without any id a row cannot be told from others."""
        new: list[Row] = []
        data = await self._channel.call(self._operation, fields)
        for ids, row in wire.each(data, _identified, "a list of faxes"):
            if ids not in seen:
                seen.add(ids)
                new.append(row)
        return new


def _identified(row: Any) -> tuple[Ids, Row] | None:
    """A row with its ids; None without any, as it cannot be told from others."""
    if not isinstance(row, dict):
        raise wire.not_understood("a list of faxes", row)
    ids = tuple(text(first(row, name)) for name in ("jobId", "transactionId", "faxId", "id"))
    if not any(ids):
        log.warning("A row of a list of faxes has no id: %s.", of_shape(row))
        return None
    return ids, row


def days(start: date | None, end: date | None) -> dict[str, str]:
    """The filter by date, a day wider on both sides as the service's day may begin at another hour than ours."""
    day = timedelta(days=1)
    fields = {}
    if start is not None:
        fields["startDate"] = f"{max(start, date.min + day) - day:%m/%d/%Y}"
    if end is not None:
        fields["endDate"] = f"{min(end, date.max - day) + day:%m/%d/%Y}"
    return fields
