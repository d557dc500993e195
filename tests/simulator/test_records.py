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
