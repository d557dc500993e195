"""Sending as the service does it: checks, progress over time, cancel, list, download."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

FAX_OBJECT = {
    "jobId": int,
    "fromNumber": str,
    "toNumber": str,
    "faxCallLength": int,
    "faxCallStart": int,
    "faxCallEnd": int,
    "faxTotalPages": int,
    "faxTransferredPages": int,
    "faxStatus": str,
    "message": str,
    "code": int,
}


def file_of(content: bytes, name: str = "a.pdf", **more: Any) -> dict[str, Any]:
    return {"fileName": name, "fileData": base64.b64encode(content).decode(), **more}


async def test_an_accepted_fax_is_kept_as_it_was_given(
    call: Call, service: FaxService, fax: Fax, pdf: Pdf
) -> None:
    answer = await call("/customer/fax-send", **fax())
    (job,) = service.jobs
    assert answer == {"status": 1, "message": "accepted", "data": {"jobId": job.job_id}}
    assert (job.number, job.caller_id, job.pages) == ("+14155550143", "+12025550119", 3)
    assert job.documents == (pdf(3),)
    assert job.file_names == ("fax-1.pdf",)
    assert job.size == len(pdf(3))


async def test_a_fax_moves_on_with_the_clock_alone(call: Call, fax: Fax, clock: Any) -> None:
    job_id = (await call("/customer/fax-send", **fax(pages=3)))["data"]["jobId"]
    seen = []
    for _ in range(10):
        row = (await call("/customer/fax-status", jobId=job_id))["data"]
        assert {name: type(value) for name, value in row.items()} == FAX_OBJECT
        seen.append((row["faxStatus"], row["faxTransferredPages"], row["code"]))
        clock.forward(1)
    assert seen == [
        ("sending", 0, -11),
        ("sending", 0, -11),
        ("sending", 0, -3),
        ("sending", 0, -3),
        ("sending", 1, -3),
        ("sending", 1, -3),
        ("sending", 2, -3),
        ("sending", 2, -3),
        ("delivered", 3, 0),
        ("delivered", 3, 0),
    ]


async def test_a_delivered_fax_has_a_call_with_start_end_and_length(call: Call, fax: Fax, clock: Any) -> None:
    start = int(clock())
    job_id = (await call("/customer/fax-send", **fax(pages=3)))["data"]["jobId"]
    clock.forward(100)
    assert (await call("/customer/fax-status", jobId=str(job_id)))["data"] == {
        "jobId": job_id,
        "fromNumber": "+12025550119",
        "toNumber": "+14155550143",
        "faxCallLength": 6,
        "faxCallStart": start + 2,
        "faxCallEnd": start + 8,
        "faxTotalPages": 3,
        "faxTransferredPages": 3,
        "faxStatus": "delivered",
        "message": "NORMAL_CLEARING",
        "code": 0,
    }


async def test_speed_hurries_every_fax_from_the_moment_it_changes(
    call: Call, fax: Fax, service: FaxService, clock: Any
) -> None:
    before = clock()
    job_id = (await call("/customer/fax-send", **fax(pages=3)))["data"]["jobId"]
    clock.forward(5)
    service.speed = 10.0
    row = (await call("/customer/fax-status", jobId=job_id))["data"]
    assert (row["faxTransferredPages"], row["faxStatus"]) == (1, "sending")
    clock.forward(0.5)
    row = (await call("/customer/fax-status", jobId=job_id))["data"]
    assert (row["faxStatus"], row["faxCallStart"]) == ("delivered", int(before) + 2)
    assert row["faxCallEnd"] == int(before) + 5


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"faxNumber": None}, 120100),
        ({"faxNumber": "4155550143"}, 120100),
        ({"faxNumber": "+1415555014"}, 120100),
        ({"faxNumber": "+1 415 555 0143"}, 120100),
        ({"faxNumber": 14155550143}, 120100),
        ({"callerId": "+12025550143"}, 120103),
        ({"callerId": 7}, 120103),
        ({"faxQuality": "fine"}, 12009),
        ({"send_at": "tomorrow"}, 12009),
        ({"faxData": None}, -123),
        ({"faxData": []}, -123),
        ({"faxData": {}}, -123),
        ({"faxData": ["text"]}, -123),
        ({"faxData": [{"fileName": "a.pdf"}]}, -123),
        ({"faxData": [{"fileData": "JVBERi0="}]}, 120107),
        ({"faxData": [{"fileName": "noending", "fileData": "JVBERi0="}]}, 120107),
        ({"faxData": [{"fileName": "a.html", "fileData": "JVBERi0="}]}, 120109),
        ({"faxData": [{"fileName": "a.pdf", "fileUrl": "https://files.example/a.pdf"}]}, 120108),
        ({"faxData": [{"fileName": "a.pdf", "fileData": "*?*"}]}, -1004),
        ({"faxData": [{"fileName": "a.pdf", "fileData": 12}]}, -1004),
        ({"faxData": [file_of(b"PK\x03\x04 not a pdf")]}, 120109),
        ({"faxData": [file_of(b"%PDF-1.4", pages=["2-1"])]}, 12009),
        ({"faxData": [file_of(b"%PDF-1.4", pages="1")]}, 12009),
    ],
)
async def test_what_is_wrong_with_a_fax_is_said_by_code(
    call: Call, service: FaxService, fax: Fax, change: dict[str, Any], code: int
) -> None:
    answer = await call("/customer/fax-send", **(fax() | change))
    assert (answer["status"], answer["code"]) == (0, code)
    assert set(answer) == {"status", "code", "message"}
    assert service.jobs == []


@pytest.mark.parametrize("number", ["+4930123", "+442079460000", "+18005550199"])
async def test_numbers_of_other_countries_are_dialled_too(call: Call, fax: Fax, number: str) -> None:
    assert (await call("/customer/fax-send", **fax(number)))["status"] == 1


async def test_without_a_sender_number_the_first_own_one_is_used(
    call: Call, service: FaxService, fax: Fax
) -> None:
    await call("/customer/fax-send", **fax(callerId=None))
    assert service.jobs[0].caller_id == "+12025550119"


@pytest.mark.parametrize("name", ["templateId", "subject", "from_name", "to_name", "message"])
async def test_any_cover_field_adds_a_page(call: Call, service: FaxService, fax: Fax, name: str) -> None:
    await call("/customer/fax-send", **fax(pages=2, **{name: "x"}))
    await call("/customer/fax-send", **fax(pages=2, **{name: ""}))
    assert [job.pages for job in service.jobs] == [3, 2]


async def test_pages_of_several_files_and_ranges_add_up(
    call: Call, service: FaxService, fax: Fax, pdf: Pdf
) -> None:
    files = [file_of(pdf(5), pages=["1-3", "2", "9"]), file_of(pdf(2), "b.PDF")]
    await call("/customer/fax-send", **fax(faxData=files))
    assert service.jobs[0].pages == 5
    assert service.jobs[0].documents == (pdf(5), pdf(2))


async def test_base64_may_be_broken_into_lines(call: Call, service: FaxService, fax: Fax, pdf: Pdf) -> None:
    lines = base64.encodebytes(pdf(2)).decode()
    await call("/customer/fax-send", **fax(faxData=[{"fileName": "a.pdf", "fileData": lines}]))
    assert service.jobs[0].documents == (pdf(2),)


async def test_a_scheduled_fax_waits_for_its_time(call: Call, fax: Fax, clock: Any) -> None:
    job_id = (await call("/customer/fax-send", **fax(pages=1, send_at="2026-01-05T10:30:00.000Z")))["data"][
        "jobId"
    ]
    clock.forward(3599)
    assert (await call("/customer/fax-status", jobId=job_id))["data"]["code"] == -11
    clock.forward(6)
    assert (await call("/customer/fax-status", jobId=job_id))["data"]["faxStatus"] == "delivered"


async def test_a_scheduled_fax_comes_sooner_while_time_runs_faster(
    call: Call, fax: Fax, service: FaxService, clock: Any
) -> None:
    at = {"send_at": "2026-01-05T10:30:00.000Z"}
    job_id = (await call("/customer/fax-send", **fax(pages=1, **at)))["data"]["jobId"]
    clock.forward(600)
    service.speed = 60  # 50 minutes of the service are 50 seconds
    clock.forward(49)
    assert (await call("/customer/fax-status", jobId=job_id))["data"]["code"] == -11
    clock.forward(2)
    assert (await call("/customer/fax-status", jobId=job_id))["data"]["faxStatus"] == "delivered"


@pytest.mark.parametrize("status", ["sending", "scheduled"])
async def test_a_scheduled_fax_may_be_called_so_and_be_canceled(
    call: Call, fax: Fax, service: FaxService, clock: Any, status: str
) -> None:
    service.account.waits_as = status
    at = {"send_at": "2026-01-05T10:30:00.000Z"}
    ids = [(await call("/customer/fax-send", **fax(**at)))["data"]["jobId"] for _ in range(2)]
    clock.forward(1800)
    assert (await call("/customer/fax-status", jobId=ids[0]))["data"]["faxStatus"] == status
    assert (await call("/customer/fax-cancel", jobId=ids[0]))["status"] == 1
    clock.forward(1803)
    states = [(await call("/customer/fax-status", jobId=one))["data"]["faxStatus"] for one in ids]
    assert states == ["canceled", "sending"]


@pytest.mark.parametrize("at", ["2026-01-05T09:29:59.999Z", "2020-01-01T00:00:00.000Z", "", None])
async def test_a_time_in_the_past_means_now(call: Call, fax: Fax, clock: Any, at: str | None) -> None:
    job_id = (await call("/customer/fax-send", **fax(pages=1, send_at=at)))["data"]["jobId"]
    clock.forward(4)
    assert (await call("/customer/fax-status", jobId=job_id))["data"]["faxStatus"] == "delivered"


async def test_the_detail_is_a_row_of_the_list_and_more(call: Call, fax: Fax, clock: Any) -> None:
    sent = await call("/customer/fax-send", **fax(subject="Quarterly statement"))
    clock.forward(100)
    (row,) = (await call("/customer/fax-lists"))["data"]
    job_id = sent["data"]["jobId"]
    detail = {**row, "subject": "Quarterly statement", "labels": [], "custom_fields": []}
    for path in ("/customer/fax-detail", "/customer/fax-details", "/customer/fax-receipt"):
        assert await call(path, jobId=str(job_id)) == {"status": 1, "message": "ok", "data": detail}
    assert (await call("/customer/fax-detail", jobId=job_id + 1))["code"] == 12098
    assert (await call("/customer/fax-detail"))["code"] == -1005


async def test_a_fax_can_be_canceled_until_its_first_page_is_through(
    call: Call, fax: Fax, clock: Any
) -> None:
    first = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    second = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    clock.forward(3)
    answer = await call("/customer/fax-cancel", jobId=first)
    assert answer == {"status": 1, "message": "done", "data": {"jobId": first, "faxStatus": "canceled"}}
    clock.forward(2)
    assert (await call("/customer/fax-cancel", jobId=second))["code"] == -162
    assert (await call("/customer/fax-cancel", jobId=first))["code"] == 9030
    clock.forward(100)
    states = [(await call("/customer/fax-status", jobId=job))["data"] for job in (first, second)]
    assert [(row["faxStatus"], row["code"]) for row in states] == [("canceled", 403), ("delivered", 0)]


async def test_an_unknown_or_missing_job_is_refused(call: Call) -> None:
    for path in ("/customer/fax-status", "/customer/fax-cancel", "/customer/fax-download"):
        assert (await call(path, jobId=1))["code"] == 12091
        assert (await call(path))["code"] == -1005
        assert (await call(path, jobId=True))["code"] == -1005


async def test_a_sent_document_can_be_downloaded(call: Call, fax: Fax, pdf: Pdf) -> None:
    job_id = (await call("/customer/fax-send", **fax(pages=4)))["data"]["jobId"]
    answer = await call("/customer/fax-download", jobId=job_id)
    assert base64.b64decode(answer["data"]) == pdf(4)


async def test_the_sent_list_has_rows_with_three_ids_newest_first(call: Call, fax: Fax, clock: Any) -> None:
    for _ in range(3):
        await call("/customer/fax-send", **fax())
        clock.forward(1)
    rows = (await call("/customer/fax-lists"))["data"]
    assert {name: type(value) for name, value in rows[0].items()} == FAX_OBJECT | {
        "faxId": int,
        "transactionId": int,
        "direction": str,
    }
    ids = [row["jobId"] for row in rows]
    assert ids == sorted(ids, reverse=True)
    assert rows == (await call("/customer/fax-list"))["data"]


@pytest.mark.parametrize("cursor", ["jobId", "faxId"])
async def test_the_list_goes_on_after_either_id(
    call: Call, fax: Fax, service: FaxService, clock: Any, cursor: str
) -> None:
    for _ in range(45):
        await call("/customer/fax-send", **fax(pages=1))
        clock.forward(1)
    seen: list[int] = []
    sizes = []
    last: Any = None
    while rows := (await call("/customer/fax-lists", lastFaxId=last))["data"]:
        seen += [row["jobId"] for row in rows]
        sizes.append(len(rows))
        last = str(rows[-1][cursor])
    assert sizes == [20, 20, 5]
    assert seen == [job.job_id for job in reversed(service.jobs)]


async def test_the_list_is_filtered_by_day(call: Call, fax: Fax, clock: Any) -> None:
    first = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    clock.forward(86400)
    second = (await call("/customer/fax-send", **fax()))["data"]["jobId"]

    async def found(**dates: str) -> list[int]:
        return [row["jobId"] for row in (await call("/customer/fax-lists", **dates))["data"]]

    assert await found(startDate="01/06/2026") == [second]
    assert await found(endDate="01/05/2026") == [first]
    assert await found(startDate="01/05/2026", endDate="01/06/2026", sortBy="oldest") == [first, second]
    assert await found(startDate="01/07/2026") == []
    for dates in ({"startDate": "2026-01-05"}, {"startDate": "01/06/2026", "endDate": "01/05/2026"}):
        assert (await call("/customer/fax-lists", **dates))["code"] == -2040
