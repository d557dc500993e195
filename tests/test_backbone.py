"""What is put together below the window: which table of operations the calls go by, and what they may do unasked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from ifax_desktop.backbone import Backbone, Calls, Connection
from ifax_desktop.domain.errors import ConsentNeeded, OperationsWrong
from ifax_desktop.paths import Paths

ADDRESS = "https://fax.example/v1"


class Service:
    """Takes every call and notes its path."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.paths.append(request.url.path)
        return httpx.Response(200, json={"status": 1, "data": {"jobId": 7, "faxStatus": "sending"}})


@asynccontextmanager
async def calls(
    folder: Path, service: Service, problems: list[BaseException], *, practice: bool = False
) -> AsyncIterator[Calls]:
    """The calls of a backbone in `folder` to a service that takes them all."""
    paths = Paths(folder, practice)
    paths.home.mkdir(parents=True)
    backbone = Backbone(paths, problems.append)
    try:
        async with backbone.connected(Connection(ADDRESS, "live-1", httpx.MockTransport(service))) as calls:
            yield calls
    finally:
        await backbone.close()


CONFIRMED = '[fax_cancel]\npath = "/customer/fax-canceled"\nprovenance = "confirmed"\n'


async def test_what_changes_something_on_a_guessed_path_is_not_done_unasked(tmp_path: Path) -> None:
    service, problems = Service(), list[BaseException]()
    async with calls(tmp_path, service, problems) as live:
        with pytest.raises(ConsentNeeded, match="consent"):
            await live.outbound.cancel("7")
        assert service.paths == []
        await live.outbound.detail("7")
    assert service.paths == ["/v1/customer/fax-detail"]


async def test_in_practice_everything_may_be_tried(tmp_path: Path) -> None:
    service, problems = Service(), list[BaseException]()
    async with calls(tmp_path, service, problems, practice=True) as practice:
        await practice.outbound.cancel("7")
    assert service.paths == ["/v1/customer/fax-cancel"]


async def test_a_corrected_path_is_used_for_the_account(tmp_path: Path) -> None:
    (tmp_path / "operations.toml").write_text(CONFIRMED)
    service, problems = Service(), list[BaseException]()
    async with calls(tmp_path, service, problems) as live:
        await live.outbound.cancel("7")
    assert service.paths == ["/v1/customer/fax-canceled"]
    assert problems == []


async def test_practice_mode_knows_nothing_of_corrections(tmp_path: Path) -> None:
    (tmp_path / "operations.toml").write_text('[fax_cancel]\npath = "/customer/never-heard-of"\n')
    service, problems = Service(), list[BaseException]()
    async with calls(tmp_path, service, problems, practice=True) as practice:
        await practice.outbound.cancel("7")
    assert service.paths == ["/v1/customer/fax-cancel"]


@pytest.mark.parametrize("content", [b"[fax_fly]", b"\xff\xfe", b"path = "])
async def test_corrections_that_make_no_sense_are_said_and_left_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "operations.toml").write_bytes(content)
    service, problems = Service(), list[BaseException]()
    async with calls(tmp_path, service, problems) as live:
        await live.outbound.status("7")
    assert service.paths == ["/v1/customer/fax-status"]
    (problem,) = problems
    assert isinstance(problem, OperationsWrong)
