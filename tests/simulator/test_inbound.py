"""Received faxes: rows, paging, download by both ids, and letters that arrive by themselves."""

import base64
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.children import ChildFailed
from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Pdf = Callable[[int], bytes]

LIST = "/customer/inbound/fax-list-all"
DOWNLOAD = "/customer/inbound/fax-download"


def calling(service: FaxService) -> Call:
    """A function that calls an operation of `service` and gives the envelope."""

    async def call(path: str, **fields: Any) -> dict[str, Any]:
        url = f"https://fax.example/v1{path}"
        request = httpx.Request("POST", url, json=fields, headers={"accessToken": "live-practice"})
        envelope: dict[str, Any] = (await service(request)).json()
        return envelope

    return call


@pytest.fixture
def letters(tmp_path: Path, pdf: Pdf) -> list[Path]:
    paths = []
    for pages in (1, 2, 3):
        path = tmp_path / f"letter-{pages}.pdf"
        path.write_bytes(pdf(pages))
        paths.append(path)
    return paths


async def test_a_received_row_has_the_shape_of_the_contract(
    call: Call, service: FaxService, pdf: Pdf
) -> None:
    fax = await service.receive(pdf(2), "+13125550188", "+12025550160")
    answer = await call(LIST)
    assert answer["data"] == [
        {
            "faxId": fax.fax_id,
            "jobId": fax.job_id,
            "transactionId": fax.transaction_id,
            "sender": "+13125550188",
            "receiver": "+12025550160",
            "fromNumber": "+13125550188",
            "toNumber": "+12025550160",
            "receivedTime": "2026-01-05 09:30:00",
            "faxReceivedPages": 2,
            "faxTotalPages": 2,
            "faxStatus": "received",
        }
    ]
    assert len({fax.fax_id, fax.job_id, fax.transaction_id}) == 3


@pytest.mark.parametrize("kind", [str, int])
async def test_a_received_fax_is_downloaded_by_both_ids(
    call: Call, service: FaxService, pdf: Pdf, kind: type
) -> None:
    fax = await service.receive(pdf(2), "+13125550188", "+12025550160")
    answer = await call(DOWNLOAD, jobId=kind(fax.job_id), transactionId=kind(fax.transaction_id))
    assert base64.b64decode(answer["data"], validate=True) == pdf(2)


async def test_one_wrong_or_missing_id_finds_nothing(call: Call, service: FaxService, pdf: Pdf) -> None:
    fax = await service.receive(pdf(2), "+13125550188", "+12025550160")
    other = await service.receive(pdf(1), "+13125550188", "+12025550160")
    crossed = await call(DOWNLOAD, jobId=str(fax.job_id), transactionId=str(other.transaction_id))
    assert crossed["code"] == 12130
    assert (await call(DOWNLOAD, jobId=str(fax.job_id)))["code"] == 12123
    assert (await call(DOWNLOAD, transactionId=str(fax.transaction_id)))["code"] == 12123


async def test_a_fax_arrives_only_at_our_numbers_and_only_readable(service: FaxService, pdf: Pdf) -> None:
    with pytest.raises(ValueError, match="account's numbers"):
        await service.receive(pdf(1), "+13125550188", "+12025550143")
    with pytest.raises(ChildFailed):
        await FaxService().receive(b"junk", "+13125550188", "+12025550119")


async def test_the_received_list_is_paged_newest_first(
    call: Call, service: FaxService, pdf: Pdf, clock: Any
) -> None:
    for _ in range(21):
        await service.receive(pdf(1), "+13125550188", "+12025550160")
        clock.forward(1)
    first = (await call(LIST, sortBy="newest"))["data"]
    rest = (await call(LIST, sortBy="newest", lastFaxId=str(first[-1]["jobId"])))["data"]
    assert len(first) == 20
    assert [row["jobId"] for row in first + rest] == [fax.job_id for fax in reversed(service.received)]
    assert (await call(LIST, lastFaxId="1"))["data"] == []
    assert (await call(LIST, startDate="01/06/2026"))["data"] == []


async def test_letters_arrive_on_their_schedule(
    letters: list[Path], clock: Any, count: Callable[[bytes], Awaitable[int]]
) -> None:
    service = FaxService(letters=letters, now=clock, read_pages=count)
    call = calling(service)
    arrived: list[int] = []
    for second in range(0, 400, 4):
        rows = (await call(LIST))["data"]
        if len(rows) > len(arrived):
            arrived.append(second)
        clock.forward(4)
    assert arrived == [8, 128, 308]
    rows = (await call(LIST, sortBy="oldest"))["data"]
    assert [row["faxReceivedPages"] for row in rows] == [1, 2, 3]
    assert len({row["sender"] for row in rows}) == 3
    assert [row["receiver"] for row in rows] == ["+12025550119", "+12025550160", "+18445550104"]
    assert rows[0]["receivedTime"] == "2026-01-05 09:30:08"


async def test_letters_hurry_with_the_service(
    letters: list[Path], clock: Any, count: Callable[[bytes], Awaitable[int]]
) -> None:
    service = FaxService(letters=letters, now=clock, read_pages=count)
    call = calling(service)
    clock.forward(8)
    assert len((await call(LIST))["data"]) == 1
    clock.forward(60)
    service.speed = 60
    clock.forward(0.9)
    assert len((await call(LIST))["data"]) == 1
    clock.forward(0.1)
    assert len((await call(LIST))["data"]) == 2


async def test_a_letter_to_a_number_given_up_does_not_arrive(
    letters: list[Path], clock: Any, count: Callable[[bytes], Awaitable[int]]
) -> None:
    service = FaxService(letters=letters, now=clock, read_pages=count)
    call = calling(service)
    ids = {"numberId": "310442", "orderId": "1702233445566778899"}
    assert (await call("/customer/inbound/number-delete", **ids))["status"] == 1
    clock.forward(3600)
    rows = (await call(LIST, sortBy="oldest"))["data"]
    assert [row["receiver"] for row in rows] == ["+12025550160", "+18445550104"]


async def test_one_number_lists_its_own_faxes_only(
    call: Call, service: FaxService, pdf: Pdf, clock: Any
) -> None:
    for receiver in ("+12025550160", "+12025550119", "+12025550160"):
        await service.receive(pdf(1), "+13125550188", receiver)
        clock.forward(86400)
    ids = {"numberId": 318027, "orderId": "1735118820043390417"}
    rows = (await call("/customer/inbound/fax-list", **ids))["data"]
    everything = (await call(LIST))["data"]
    assert rows == [everything[0], everything[2]]
    dates = {"startDate": "01/06/2026", "endDate": "01/31/2026"}
    assert (await call("/customer/inbound/fax-list", **ids, **dates))["data"] == rows[:1]
    assert (await call("/customer/inbound/fax-list", **ids, lastFaxId=rows[0]["faxId"]))["data"] == rows[1:]


async def test_letters_that_were_due_while_nobody_looked_are_there_but_not_twice(
    letters: list[Path], clock: Any, count: Callable[[bytes], Awaitable[int]]
) -> None:
    service = FaxService(letters=letters, now=clock, read_pages=count)
    call = calling(service)
    clock.forward(7 * 86400)
    assert len((await call(LIST))["data"]) == 3
    clock.forward(1799)
    assert len((await call(LIST))["data"]) == 3
    clock.forward(1)
    rows = (await call(LIST))["data"]
    assert len(rows) == 4
    assert rows[0]["faxReceivedPages"] == 1


async def test_what_lies_beside_the_letters_says_who_sent_them(letters: list[Path], clock: Any) -> None:
    about = {
        "file": "letter-2.pdf",
        "from": "+12025550143",
        "name": "Dr. Ames",
        "to": "+18445550104",
        "pages": 2,
    }
    (letters[0].parent / "letters.json").write_text(json.dumps({"letters": [about]}))

    async def nobody_counts(_document: bytes) -> int:
        raise AssertionError("the pages are known")

    service = FaxService(letters=[letters[1]], now=clock, read_pages=nobody_counts)
    clock.forward(8)
    (row,) = (await calling(service)(LIST))["data"]
    assert (row["sender"], row["receiver"], row["faxTotalPages"]) == ("+12025550143", "+18445550104", 2)


def test_a_letter_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FaxService(letters=[tmp_path / "missing.pdf"])
