"""Sent faxes against the practice service, on both transports."""

import hashlib
import json
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.api.qualities import FAX_QUALITY
from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.errors import NoAnswer, Offline, Refused, SignInNeeded
from ifax_desktop.domain.quality import Quality
from ifax_desktop.simulator.faults.rules import On
from ifax_desktop.simulator.service import FaxService
from tests.api.calling import NUMBER, OWN_NUMBER, answering, open_channel, success


@pytest.fixture
def outbound(channel: Channel) -> Outbound:
    return Outbound(channel)


async def test_a_fax_arrives_at_the_service_as_it_was_given(
    outbound: Outbound, service: FaxService, fax: OutgoingFax, pdf: bytes
) -> None:
    noted = []

    async def last_piece() -> None:
        noted.append(len(service.jobs))

    job_id = await outbound.send(fax, last_piece)
    (job,) = service.jobs
    assert job_id == str(job.job_id)
    assert (job.number, job.caller_id, job.file_names) == (NUMBER, OWN_NUMBER, ("fax-5f0c.pdf",))
    assert job.sha256 == hashlib.sha256(pdf).hexdigest()
    assert noted == [0]


@pytest.mark.parametrize("in_a_file", [False, True])
async def test_a_large_fax_arrives_whole(
    outbound: Outbound, service: FaxService, fax: OutgoingFax, pdf: bytes, tmp_path: Path, in_a_file: bool
) -> None:
    large = pdf + bytes(range(256)) * 20_000
    sha = hashlib.sha256(large).hexdigest()
    path = tmp_path / "large.pdf"
    path.write_bytes(large)
    await outbound.send(replace(fax, pdf=path if in_a_file else large, sha256=sha))
    assert service.jobs[0].sha256 == sha


async def test_the_state_of_a_fax_up_to_its_end(
    outbound: Outbound, service: FaxService, fax: OutgoingFax, clock: Any
) -> None:
    job_id = await outbound.send(fax)
    assert (await outbound.status(job_id)).status == "sending"
    clock.forward(120)
    report = await outbound.status(job_id)
    assert (report.job_id, report.status, report.pages, report.pages_done) == (job_id, "delivered", 2, 2)
    assert (report.from_number, report.to_number) == (OWN_NUMBER, NUMBER)
    assert report.raw["faxStatus"] == "delivered"


async def test_the_whole_list_newest_first(
    outbound: Outbound, service: FaxService, fax: OutgoingFax, clock: Any
) -> None:
    ids = []
    for place in range(43):
        ids.append(await outbound.send(replace(fax, file_name=f"fax-{place}.pdf")))
        clock.forward(60)
    reports = await outbound.list_sent()
    assert [report.job_id for report in reports] == ids[::-1]
    assert reports[0].fax_id != ""
    began, ended = reports[0].began_at, reports[0].ended_at
    assert began is not None
    assert ended == began + timedelta(seconds=4)
    async with aclosing(outbound.sent_pages(date(2026, 1, 5), date(2026, 1, 5))) as listing:
        pages = [page async for page in listing]
    assert [len(page) for page in pages] == [20, 20, 3]
    assert [report for page in pages for report in page] == reports


async def test_the_list_by_date_is_a_day_wider(outbound: Outbound, fax: OutgoingFax) -> None:
    job_id = await outbound.send(fax)  # on 5 January 2026
    for day, there in ((3, False), (4, True), (5, True), (6, True), (7, False)):
        reports = await outbound.list_sent(date(2026, 1, day), date(2026, 1, day))
        assert [report.job_id for report in reports] == ([job_id] if there else [])


async def test_a_fax_can_be_canceled_before_its_first_page(
    outbound: Outbound, fax: OutgoingFax, clock: Any
) -> None:
    job_id = await outbound.send(fax)
    assert (await outbound.cancel(job_id)).status == "canceled"
    with pytest.raises(Refused) as caught:
        await outbound.cancel(job_id)
    assert caught.value.code == 9030
    late = await outbound.send(fax)
    clock.forward(120)
    with pytest.raises(Refused, match="can not be cancel") as caught:
        await outbound.cancel(late)
    assert caught.value.code == -162


async def test_a_refusal_keeps_code_and_words(
    outbound: Outbound, service: FaxService, fax: OutgoingFax
) -> None:
    with pytest.raises(Refused, match=r"^Invalid faxNumber$") as caught:
        await outbound.send(replace(fax, number="+1"))
    assert caught.value.code == 120100
    assert service.jobs == []


async def test_an_unknown_fax_is_refused(outbound: Outbound) -> None:
    with pytest.raises(Refused) as caught:
        await outbound.status("1")
    assert caught.value.code == 12091


async def test_a_wrong_key_needs_a_sign_in(service: FaxService, fax: OutgoingFax) -> None:
    async with httpx.AsyncClient(
        transport=httpx.MockTransport(service), base_url="https://fax.example/v1"
    ) as http:
        with pytest.raises(SignInNeeded):
            await Outbound(Channel(http, lambda: "wrong")).send(fax)
    assert service.jobs == []


@pytest.mark.parametrize(
    ("fault", "jobs"),
    [
        (FaxService.accept_then_hang_up, 1),
        (FaxService.accept_then_not_json, 1),
        (FaxService.hang_up, 0),
        (FaxService.not_json, 0),
        (FaxService.server_failed, 0),
    ],
)
async def test_a_lost_answer_is_never_called_offline(
    outbound: Outbound, service: FaxService, fax: OutgoingFax, fault: Any, jobs: int
) -> None:
    service.faults.append(On("fax_send", fault))
    with pytest.raises(NoAnswer):
        await outbound.send(fax)
    assert len(service.jobs) == jobs


async def test_a_service_that_cannot_be_reached_is_offline(service: FaxService, fax: OutgoingFax) -> None:
    service.faults.append(service.unreachable)
    async with httpx.AsyncClient(
        transport=httpx.MockTransport(service), base_url="https://fax.example/v1"
    ) as http:
        with pytest.raises(Offline):
            await Outbound(Channel(http, lambda: "live-1")).send(fax)
    assert service.jobs == []


async def sent_fields(fax: OutgoingFax) -> dict[str, Any]:
    asked, answer = answering(success({"jobId": 1}))
    async with open_channel(answer) as channel:
        await Outbound(channel).send(fax)
    (fields,) = asked
    fields.pop("faxData")
    return fields


async def test_only_what_was_chosen_goes_along(fax: OutgoingFax) -> None:
    own_page = Cover(CoverKind.OWN, subject="Results", template_id="9")
    for cover in (Cover(), own_page):
        assert await sent_fields(replace(fax, own_number="", cover=cover)) == {
            "faxNumber": NUMBER,
            "faxQuality": "Standard",
        }


@pytest.mark.parametrize(("quality", "word"), FAX_QUALITY.items())
async def test_each_quality_has_a_word_of_the_service(fax: OutgoingFax, quality: Quality, word: str) -> None:
    assert (await sent_fields(replace(fax, quality=quality)))["faxQuality"] == word


async def test_the_services_cover_page_has_its_words(fax: OutgoingFax) -> None:
    cover = Cover(CoverKind.SERVICE, "Accounts desk", "R. Alder", "Statement", "Two files follow.")
    fields = {
        "faxNumber": NUMBER,
        "callerId": OWN_NUMBER,
        "faxQuality": "HD",
        "subject": "Statement",
        "from_name": "R. Alder",
        "to_name": "Accounts desk",
        "message": "Two files follow.",
    }
    assert await sent_fields(replace(fax, quality=Quality.HD, cover=cover)) == fields
    template = replace(cover, template_id="9")
    assert await sent_fields(replace(fax, quality=Quality.HD, cover=template)) == {
        **fields,
        "templateId": "9",
    }


async def test_a_time_to_send_is_said_in_utc_with_milliseconds(fax: OutgoingFax) -> None:
    fields = await sent_fields(
        replace(fax, send_at=datetime(2026, 1, 5, 10, 30, 0, 7000, timezone(timedelta(hours=1))))
    )
    assert fields["send_at"] == "2026-01-05T09:30:00.007Z"
    assert (await sent_fields(replace(fax, send_at=datetime(2026, 1, 5, 9, 30, tzinfo=UTC))))[
        "send_at"
    ] == "2026-01-05T09:30:00.000Z"


async def test_pages_are_asked_for_with_the_document(
    outbound: Outbound, service: FaxService, fax: OutgoingFax
) -> None:
    await outbound.send(replace(fax, pages=("2",)))
    assert service.jobs[0].pages == 1


async def test_ids_go_out_as_numbers() -> None:
    asked, answer = answering(success({"jobId": "7204418", "faxStatus": "sending"}))
    async with open_channel(answer) as channel:
        await Outbound(channel).status("7204418")
    assert json.dumps(asked) == '[{"jobId": 7204418}]'


@pytest.mark.parametrize(
    "data", [{"jobId": 8, "faxStatus": "delivered"}, [], "delivered", [{"jobId": 7}, {"jobId": 7}]]
)
async def test_what_is_said_of_another_fax_is_not_taken_for_this_one(data: Any) -> None:
    _, answer = answering(success(data))
    async with open_channel(answer) as channel:
        with pytest.raises(NoAnswer):
            await Outbound(channel).status("7")


@pytest.mark.parametrize("data", [{}, [], "", None, {"faxStatus": ""}])
async def test_a_cancel_that_tells_nothing_ends_nothing(data: Any) -> None:
    _, answer = answering(success(data))
    async with open_channel(answer) as channel:
        report = await Outbound(channel).cancel("7")
    assert (report.job_id, report.status) == ("7", "")


async def test_received_faxes_in_the_list_are_not_sent_ones() -> None:
    rows = [
        {"jobId": 9, "direction": "inbound"},
        {"jobId": 7},
        {"jobId": "x"},
        {"jobId": 8, "direction": "OB"},
    ]
    _, answer = answering(success(rows), success([]))
    async with open_channel(answer) as channel:
        reports = await Outbound(channel).list_sent()
    assert [report.job_id for report in reports] == ["8", "7", "x"]


def test_a_fax_shows_no_number_and_no_document() -> None:
    fax = OutgoingFax(NUMBER, OWN_NUMBER, "fax-1.pdf", b"secret", cover=Cover(to_name="Mrs. Vale"))
    assert repr(fax) == (
        "OutgoingFax(file_name='fax-1.pdf', quality=<Quality.STANDARD: 'Standard'>, send_at=None, pages=(), sha256='')"
    )
