"""What outlives the program: ids, faxes under way, letters; and who may read it."""

import base64
import json
import stat
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.documents import DocumentShelf
from ifax_desktop.simulator.records import StateDamaged
from ifax_desktop.simulator.service import FaxService

Count = Callable[[bytes], Awaitable[int]]
Fax = Callable[..., dict[str, Any]]
Start = Callable[[], FaxService]


async def call(service: FaxService, path: str, **fields: Any) -> Any:
    request = httpx.Request(
        "POST", f"https://fax.example/v1{path}", json=fields, headers={"accessToken": "live-practice"}
    )
    return (await service(request)).json()["data"]


def inside(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "practice"


@pytest.fixture
def start(folder: Path, tmp_path: Path, clock: Any, count: Count, pdf: Callable[[int], bytes]) -> Start:
    """Starts the service anew on the same folder."""
    letters = []
    for pages in (1, 2):
        path = tmp_path / f"letter-{pages}.pdf"
        path.write_bytes(pdf(pages))
        letters.append(path)
    return lambda: FaxService(folder=folder, letters=letters, now=clock, read_pages=count)


async def test_a_fax_goes_on_after_a_restart(
    start: Start, fax: Fax, clock: Any, pdf: Callable[[int], bytes]
) -> None:
    job_id = (await call(start(), "/customer/fax-send", **fax(pages=3)))["jobId"]
    clock.forward(5)
    again = start()
    assert (await call(again, "/customer/fax-status", jobId=job_id))["faxTransferredPages"] == 1
    clock.forward(5)
    again = start()
    assert (await call(again, "/customer/fax-status", jobId=job_id))["faxStatus"] == "delivered"
    assert again.jobs[0].documents == (pdf(3),)
    assert base64.b64decode(await call(again, "/customer/fax-download", jobId=job_id)) == pdf(3)


async def test_ids_never_repeat(start: Start, fax: Fax, clock: Any) -> None:
    seen: list[int] = []
    for _ in range(4):
        service = start()
        await call(service, "/customer/fax-send", **fax())
        await service.receive(service.jobs[-1].documents[0], "+13125550188", "+12025550119")
        seen += [service.jobs[-1].job_id, service.received[-1].job_id]
        service.reset()
        clock.forward(100)
    assert seen == sorted(set(seen))


async def test_nothing_arrives_twice(start: Start, clock: Any) -> None:
    clock.forward(8)
    path = "/customer/inbound/fax-list-all"
    service = start()
    assert await call(service, path) == []
    clock.forward(8)
    first = await call(service, path)
    assert len(first) == 1
    again = start()
    assert await call(again, path) == first
    clock.forward(120)
    assert len(await call(start(), path)) == 2
    assert len(await call(start(), path)) == 2


async def test_cancelling_and_speed_outlive_the_program(start: Start, fax: Fax, clock: Any) -> None:
    service = start()
    canceled = (await call(service, "/customer/fax-send", **fax()))["jobId"]
    await call(service, "/customer/fax-cancel", jobId=canceled)
    service.speed = 1000.0
    fast = (await call(service, "/customer/fax-send", **fax()))["jobId"]
    clock.forward(1)
    again = start()
    states = [(await call(again, "/customer/fax-status", jobId=job))["faxStatus"] for job in (canceled, fast)]
    assert states == ["canceled", "delivered"]


async def test_everything_else_it_remembers_outlives_the_program(
    start: Start, fax: Fax, pdf: Callable[[int], bytes], clock: Any
) -> None:
    service = start()
    jobs = [(await call(service, "/customer/fax-send", **fax()))["jobId"] for _ in range(3)]
    arrived = await service.receive(pdf(1), "+13125550188", "+12025550160")
    sent, received = [
        {"faxId": one.fax_id, "faxType": kind} for one, kind in ((service.jobs[2], "OB"), (arrived, "IB"))
    ]
    for named in (sent, received):
        await call(service, "/customer/fax-label-add", **named, labelId="14,15")
        await call(
            service, "/customer/fax-custom-fields-update", **named, custom_fields=[{"id": "3", "value": "A"}]
        )
    await call(service, "/customer/fax-delete", type="outbound", jobId=jobs[0])
    await call(service, "/customer/fax-delete-files", type="outbound", jobId=jobs[1])
    bought = await call(service, "/customer/inbound/buy", faxNumber="+442079460132")
    await call(service, "/customer/inbound/number-delete", numberId="310442", orderId="1702233445566778899")
    again = start()
    assert [row["jobId"] for row in await call(again, "/customer/fax-lists", sortBy="oldest")] == jobs[1:]
    detail = await call(again, "/customer/fax-detail", jobId=jobs[2])
    assert [row["name"] for row in detail["labels"]] == ["Billing", "Urgent"]
    assert [row["value"] for row in detail["custom_fields"]] == ["A"]
    assert again.received[0].labels == ["14", "15"]
    assert [job.files_deleted_at for job in again.jobs] == [None, clock(), None]
    numbers = await call(again, "/customer/inbound/number-list")
    assert [row["faxNumber"] for row in numbers] == ["+12025550160", "+18445550104", "+442079460132"]
    assert (numbers[-1]["numberId"], numbers[-1]["countryIso"]) == (bought["numberId"], "GB")
    assert again.jobs == service.jobs
    assert again.received == service.received


async def test_pages_wanted_of_a_document_outlive_the_program(start: Start, fax: Fax) -> None:
    service = start()
    fields = fax(pages=4)
    fields["faxData"][0]["pages"] = ["1-2", "4"]
    await call(service, "/customer/fax-send", **fields)
    assert start().jobs[0].ranges == service.jobs[0].ranges == (((1, 2), (4, 4)),)


async def test_a_state_of_an_older_version_opens(start: Start, folder: Path, fax: Fax, clock: Any) -> None:
    service = start()
    job_id = (await call(service, "/customer/fax-send", **fax(pages=2)))["jobId"]
    await service.receive(service.jobs[0].documents[0], "+13125550188", "+12025550119")
    path = folder / "state.json"
    now = json.loads(path.read_text())
    old_job = (
        *("job_id", "fax_id", "transaction_id", "operation", "number", "caller_id", "file_names"),
        *("document_ids", "size", "sha256", "pages", "accepted_at", "outcome", "subject"),
        *("requests", "canceled_at"),
    )
    old_fax = ("job_id", "fax_id", "transaction_id", "sender", "receiver", "pages", "received_at")
    old = {
        "format": 1,
        "counters": {name: now["counters"][name] for name in ("job", "fax", "transaction")},
        "arrivals": {"arrived": 1, "next_at": clock() + 30},
        "jobs": [
            {name: row[name] for name in old_job} | {"speed": 1.0, "starts_at": row["accepted_at"] + 2}
            for row in now["jobs"]
        ],
        "received": [
            {name: row[name] for name in (*old_fax, "document_id", "sha256")} for row in now["received"]
        ],
    }
    path.write_text(json.dumps(old))
    again = start()
    clock.forward(29)
    assert (await call(again, "/customer/fax-status", jobId=job_id))["faxStatus"] == "delivered"
    assert len(await call(again, "/customer/inbound/fax-list-all")) == 1
    clock.forward(1)
    assert len(await call(again, "/customer/inbound/fax-list-all")) == 2
    assert len(await call(again, "/customer/inbound/number-list")) == 3
    assert (again.speed, again.credit > 1000) == (1.0, True)


@pytest.mark.parametrize(
    "change",
    [{"pace": []}, {"pace": [[0, 0]]}, {"pace": 1}, {"numbers": [{}]}, {"bookings": [1]}, {"readings": [{}]}],
)
async def test_a_damaged_part_is_a_damaged_state(
    start: Start, folder: Path, fax: Fax, change: dict[str, Any]
) -> None:
    await call(start(), "/customer/fax-send", **fax())
    path = folder / "state.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(StateDamaged):
        start()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
async def test_only_the_user_can_read_it(start: Start, folder: Path, fax: Fax) -> None:
    await call(start(), "/customer/fax-send", **fax())
    paths = [folder, *inside(folder)]
    assert len(paths) == 4
    for path in paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


async def test_a_refusal_leaves_nothing_behind(start: Start, folder: Path, fax: Fax) -> None:
    request = httpx.Request(
        "POST",
        "https://fax.example/v1/customer/fax-send",
        json=fax("nonsense"),
        headers={"accessToken": "live-practice"},
    )
    assert (await start()(request)).json()["code"] == 120100
    assert [path.name for path in inside(folder)] == ["documents"]


@pytest.mark.parametrize(
    "state", ["", "{", "[]", '{"jobs": 1}', json.dumps({"counters": {}, "arrivals": {}, "jobs": [{}]})]
)
def test_a_damaged_state_is_named(start: Start, folder: Path, state: str) -> None:
    folder.mkdir()
    (folder / "state.json").write_text(state)
    with pytest.raises(StateDamaged, match=r"state\.json"):
        start()


async def test_a_document_that_went_missing_is_said(start: Start, folder: Path, fax: Fax) -> None:
    service = start()
    job_id = (await call(service, "/customer/fax-send", **fax()))["jobId"]
    for path in (folder / "documents").iterdir():
        path.unlink()
    request = httpx.Request(
        "POST",
        "https://fax.example/v1/customer/fax-download",
        json={"jobId": job_id},
        headers={"accessToken": "live-practice"},
    )
    assert (await service(request)).json() == {"status": 0, "code": 12092, "message": "File not found"}


@pytest.mark.parametrize("in_memory", [True, False])
def test_the_shelf_keeps_equal_documents_once(tmp_path: Path, in_memory: bool) -> None:
    shelf = DocumentShelf(None if in_memory else tmp_path / "shelf")
    assert shelf.put(b"one") == shelf.put(b"one") != shelf.put(b"two")
    assert shelf.get(shelf.put(b"two")) == b"two"
    with pytest.raises(FileNotFoundError):
        shelf.get("0" * 64)
