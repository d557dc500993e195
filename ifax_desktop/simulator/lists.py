"""Lists of faxes as the service gives them out: filtered by date, sorted, twenty rows at a time."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from ifax_desktop.simulator.answers import DATES_REFUSED, Fields, Refusal

PAGE_SIZE = 20

Row = TypeVar("Row")


def page_of(
    rows: Sequence[Row],
    fields: Fields,
    *,
    time_of: Callable[[Row], float],
    ids_of: Callable[[Row], tuple[int, ...]],
    size: int = PAGE_SIZE,
) -> list[Row]:
    """The rows a list call asks for.

    `startDate` and `endDate` are MM/DD/YYYY, both days included, days in UTC; `sortBy` is newest
    (as when absent) or oldest; the page begins after the row that has `lastFaxId` as one of its ids.
    Raises `Refusal` for a date in another form or an end before the start.
    """
    first, last = _day(fields.get("startDate")), _day(fields.get("endDate"))
    if first and last and last < first:
        raise Refusal(*DATES_REFUSED)
    wanted = [row for row in rows if _within(time_of(row), first, last)]
    wanted.sort(key=lambda row: (time_of(row), ids_of(row)), reverse=fields.get("sortBy") != "oldest")
    return _after(wanted, fields.get("lastFaxId"), ids_of)[:size]


def _after(rows: list[Row], cursor: object, ids_of: Callable[[Row], tuple[int, ...]]) -> list[Row]:
    if cursor in (None, ""):
        return rows
    for place, row in enumerate(rows):
        if str(cursor) in map(str, ids_of(row)):
            return rows[place + 1 :]
    return []  # An unknown place has nothing after it; giving page one again would never end.


def _day(text: object) -> dt.date | None:
    if text in (None, ""):
        return None
    try:
        return dt.datetime.strptime(str(text), "%m/%d/%Y").replace(tzinfo=dt.UTC).date()
    except ValueError as error:
        raise Refusal(*DATES_REFUSED) from error


def _within(moment: float, first: dt.date | None, last: dt.date | None) -> bool:
    day = dt.datetime.fromtimestamp(moment, dt.UTC).date()
    return (first is None or first <= day) and (last is None or day <= last)
