"""Received faxes against the practice service, on both transports."""

from contextlib import aclosing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.inbound import Inbound
from ifax_desktop.api.numbers import FaxNumbers
from ifax_desktop.domain.errors import NoAnswer, Refused
from ifax_desktop.simulator.service import FaxService
from tests.api.calling import OWN_NUMBER, answering, open_channel, success

SENDER = "+13125550188"
DAY = date(2026, 1, 5)


@pytest.fixture
def inbound(channel: Channel) -> Inbound:
    return Inbound(channel)


async def test_every_received_fax_newest_first(
    inbound: Inbound, service: FaxService, pdf: bytes, clock: Any
) -> None:
    for _ in range(45):
        await service.receive(pdf, SENDER, OWN_NUMBER)
        clock.forward(60)
    reports = await inbound.list_received(DAY, DAY)
    assert [report.job_id for report in reports] == [str(fax.job_id) for fax in service.received[::-1]]
    oldest = reports[-1]
    assert (oldest.from_number, oldest.to_number, oldest.pages) == (SENDER, OWN_NUMBER, 2)
    assert oldest.received_at == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    assert oldest.received_text == "2026-01-05 09:30:00"


async def test_the_list_by_date_is_a_day_wider(inbound: Inbound, service: FaxService, pdf: bytes) -> None:
    await service.receive(pdf, SENDER, OWN_NUMBER)
    for day, there in ((3, 0), (4, 1), (5, 1), (6, 1), (7, 0)):
        assert len(await inbound.list_received(date(2026, 1, day), date(2026, 1, day))) == there


async def test_a_document_comes_as_it_was_received(
    inbound: Inbound, service: FaxService, pdf: bytes, tmp_path: Path
) -> None:
    await service.receive(pdf, SENDER, OWN_NUMBER)
    (report,) = await inbound.list_received(DAY, DAY)
    into = tmp_path / "fax.pdf"
    assert await inbound.download(report.job_id, report.transaction_id, into) == len(pdf)
    assert into.read_bytes() == pdf
    assert list(tmp_path.iterdir()) == [into]


async def test_an_unknown_document_is_refused(inbound: Inbound, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        await inbound.download("1", "2", tmp_path / "fax.pdf")
    assert caught.value.code == 12130
    assert list(tmp_path.iterdir()) == []


async def test_the_request_says_which_days_and_which_fax(tmp_path: Path) -> None:
    asked, answer = answering(success([]), success(""))
    async with open_channel(answer) as channel:
        assert await Inbound(channel).list_received(date(2026, 1, 1), date(2026, 1, 31)) == []
        with pytest.raises(NoAnswer):
            await Inbound(channel).download("7204951", "8802045", tmp_path / "fax.pdf")
    assert asked == [
        {"startDate": "12/31/2025", "endDate": "02/01/2026", "sortBy": "newest"},
        {"jobId": "7204951", "transactionId": "8802045"},
    ]


async def test_a_document_may_come_without_an_envelope(pdf: bytes, tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=pdf, headers={"Content-Type": "application/pdf"})

    async with open_channel(answer) as channel:
        assert await Inbound(channel).download("1", "2", tmp_path / "fax.pdf") == len(pdf)
    assert (tmp_path / "fax.pdf").read_bytes() == pdf


async def test_an_empty_file_means_ask_again(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"", headers={"Content-Type": "application/pdf"})

    async with open_channel(answer) as channel:
        with pytest.raises(NoAnswer, match="no whole document"):
            await Inbound(channel).download("1", "2", tmp_path / "fax.pdf")
    assert list(tmp_path.iterdir()) == []


async def test_sent_faxes_in_the_list_are_not_received_ones() -> None:
    rows = [{"jobId": 9, "direction": "IB"}, {"jobId": 7, "direction": "outbound"}, {"jobId": 8}]
    _, answer = answering(success(rows), success([]))
    async with open_channel(answer) as channel:
        reports = await Inbound(channel).list_received(DAY, DAY)
    assert [report.job_id for report in reports] == ["9", "8"]


async def test_the_lists_come_page_by_page(
    inbound: Inbound, service: FaxService, pdf: bytes, clock: Any, channel: Channel
) -> None:
    for _ in range(25):
        await service.receive(pdf, SENDER, OWN_NUMBER)
        clock.forward(60)
    own = next(own for own in await FaxNumbers(channel).owned() if own.number == OWN_NUMBER)
    whole = await inbound.list_received(DAY, DAY)
    for listing in (
        inbound.received_pages(DAY, DAY),
        inbound.received_pages_by(own.number_id, own.order_id, DAY, DAY),
    ):
        async with aclosing(listing) as pages:
            told = [page async for page in pages]
        assert [len(page) for page in told] == [20, 5]
        assert [report for page in told for report in page] == whole
