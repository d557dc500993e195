"""Lists page by page, whatever id the cursor of the service wants."""

import json
from collections.abc import Callable, Iterator
from contextlib import aclosing
from datetime import date
from typing import Any

import httpx
import pytest

from ifax_desktop.api.operations import INBOUND_FAX_LIST_ALL
from ifax_desktop.api.paging import MOST_PAGES, Paging, days
from ifax_desktop.domain.errors import NoAnswer
from tests.api.calling import answering, open_channel, success

ROWS = [{"faxId": 5_310_000 - place, "jobId": 7_204_000 - place} for place in range(45)]
Rows = list[dict[str, Any]]


class Listing:
    """A list call with a cursor of its own kind, twenty rows a page; `lost` is what it does with an unknown cursor."""

    def __init__(self, name: str, lost: Callable[[], Rows], rows: Rows = ROWS) -> None:
        self.cursors: list[str] = []
        self._name = name
        self._lost = lost
        self._rows = rows

    def __call__(self, request: httpx.Request) -> httpx.Response:
        cursor = str(json.loads(request.content).get("lastFaxId", ""))
        self.cursors.append(cursor)
        return httpx.Response(200, json=success(self._page(cursor)))

    def _page(self, cursor: str) -> Rows:
        if not cursor:
            return self._rows[:20]
        for place, row in enumerate(self._rows):
            if str(row.get(self._name)) == cursor:
                return self._rows[place + 1 : place + 21]
        return self._lost()


@pytest.mark.parametrize("name", ["faxId", "jobId"])
@pytest.mark.parametrize("lost", [lambda: [], lambda: ROWS[:20]], ids=["empty", "first page again"])
async def test_every_row_once_whichever_id_the_cursor_wants(name: str, lost: Callable[[], Rows]) -> None:
    listing = Listing(name, lost)
    async with open_channel(listing) as channel:
        paging = Paging(channel, INBOUND_FAX_LIST_ALL)
        assert await paging.rows({}) == ROWS
        first = len(listing.cursors)
        assert await paging.rows({}) == ROWS
    # The second time it is known which id moves the list on: three pages and an empty one.
    assert len(listing.cursors) - first == 4
    assert first == (4 if name == "faxId" else 5)


async def test_rows_without_a_fax_id_are_paged_by_job_id() -> None:
    rows: Rows = [{"jobId": str(row["jobId"]), "transactionId": 1} for row in ROWS]
    listing = Listing("jobId", lambda: [], rows)
    async with open_channel(listing) as channel:
        assert await Paging(channel, INBOUND_FAX_LIST_ALL).rows({}) == rows
    assert listing.cursors == ["", "7203981", "7203961", "7203956"]


async def test_a_list_that_begins_anew_for_ever_ends() -> None:
    asked, answer = answering(success(ROWS[:20]))
    async with open_channel(answer) as channel:
        assert await Paging(channel, INBOUND_FAX_LIST_ALL).rows({"sortBy": "newest"}) == ROWS[:20]
    assert asked == [
        {"sortBy": "newest"},
        {"sortBy": "newest", "lastFaxId": "5309981"},
        {"sortBy": "newest", "lastFaxId": "7203981"},
    ]


async def test_an_empty_list_is_asked_for_once() -> None:
    asked, answer = answering(success([]))
    async with open_channel(answer) as channel:
        assert await Paging(channel, INBOUND_FAX_LIST_ALL).rows({}) == []
    assert asked == [{}]


async def test_equal_ids_are_not_tried_twice() -> None:
    asked, answer = answering(success([{"faxId": 5, "jobId": "5"}]))
    async with open_channel(answer) as channel:
        assert len(await Paging(channel, INBOUND_FAX_LIST_ALL).rows({})) == 1
    assert [fields.get("lastFaxId") for fields in asked] == [None, "5"]


async def test_a_list_without_end_is_left_after_many_pages(caplog: pytest.LogCaptureFixture) -> None:
    ids: Iterator[int] = iter(range(10**9))

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=success([{"jobId": next(ids)}]))

    async with open_channel(answer) as channel:
        assert len(await Paging(channel, INBOUND_FAX_LIST_ALL).rows({})) == MOST_PAGES
    assert "inbound_fax_list_all" in caplog.text


async def test_two_tries_of_one_job_are_two_rows() -> None:
    rows = [
        {"jobId": 5, "transactionId": 1},
        {"jobId": 5, "transactionId": 2},
        {"jobId": 5, "transactionId": 2},
    ]
    _, answer = answering(success(rows), success([]))
    async with open_channel(answer) as channel:
        assert await Paging(channel, INBOUND_FAX_LIST_ALL).rows({}) == rows[:2]


async def test_a_list_of_anything_else_is_not_understood() -> None:
    _, answer = answering(success([5, "x"]))
    async with open_channel(answer) as channel:
        with pytest.raises(NoAnswer):
            await Paging(channel, INBOUND_FAX_LIST_ALL).rows({})


def test_days_are_written_the_services_way_and_a_day_wider() -> None:
    assert days(date(2026, 1, 1), date(2026, 2, 28)) == {"startDate": "12/31/2025", "endDate": "03/01/2026"}
    assert days(None, None) == {}
    assert days(date.min, date.max)["endDate"] == "12/31/9999"


async def test_a_page_is_there_before_the_next_is_asked_for() -> None:
    listing = Listing("faxId", lambda: [])
    async with (
        open_channel(listing) as channel,
        aclosing(Paging(channel, INBOUND_FAX_LIST_ALL).pages({})) as pages,
    ):
        told = [(len(page), len(listing.cursors)) async for page in pages]
    assert told == [(20, 1), (20, 2), (5, 3)]
