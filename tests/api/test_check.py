"""The check of all reading operations: what it asks, what it tells, and that it changes nothing and shows no value."""

import asyncio
import sys
from collections import Counter
from datetime import date
from typing import Any

import httpx
import pytest

from ifax_desktop.api.__main__ import line, suggestion
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.check import Finding, Outcome, check
from ifax_desktop.api.operations import BY_NAME, OPERATIONS, Operation
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.domain.errors import Offline, SignInNeeded
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from tests.api.calling import KEY, NUMBER, OWN_NUMBER, Answering, open_channel, success
from tests.api.examples import DATA

TODAY = date(2026, 1, 5)
READING = [operation for operation in OPERATIONS if not operation.changes]
SENDER = "+13125550188"


async def findings(channel: Channel) -> list[Finding]:
    return [finding async for finding in check(channel, TODAY)]


def paths_of(operation: Operation) -> list[str]:
    return [operation.path, *operation.alternatives]


async def test_every_reading_operation_is_asked_once_on_each_of_its_paths(
    channel: Channel, service: FaxService, fax: OutgoingFax, pdf: bytes, clock: Any
) -> None:
    await Outbound(channel).send(fax)
    await service.receive(pdf, SENDER, OWN_NUMBER)
    clock.forward(600)
    found = await findings(channel)
    asked = Counter((finding.operation.name, finding.operation.path) for finding in found)
    assert asked == {(operation.name, path): 1 for operation in READING for path in paths_of(operation)}
    odd = [finding for finding in found if finding.outcome is not Outcome.WORKED]
    # Nobody had the text of that fax read, and the check does not, as it costs money.
    assert {finding.operation.name for finding in odd} <= {"extract_result"}
    assert all(finding.outcome is Outcome.REFUSED for finding in odd)
    assert suggestion(found) == ""


async def test_it_changes_nothing_and_tells_no_value(
    channel: Channel, service: FaxService, fax: OutgoingFax, pdf: bytes, clock: Any
) -> None:
    await Outbound(channel).send(fax)
    await service.receive(pdf, SENDER, OWN_NUMBER)
    clock.forward(600)
    numbers = len((await service(_number_list())).json()["data"])
    told = "\n".join(line(finding) for finding in await findings(channel))
    assert (len(service.jobs), len(service.received)) == (1, 1)
    assert len((await service(_number_list())).json()["data"]) == numbers
    values = [NUMBER, OWN_NUMBER, SENDER, str(service.jobs[0].job_id), str(service.jobs[0].fax_id), KEY]
    for value in [*values, "Billing", "Washington", "delivered"]:
        assert value not in told


def _number_list() -> httpx.Request:
    return httpx.Request("POST", "http://x/v1/customer/inbound/number-list", headers={"accessToken": KEY})


def answering_by_path(answers: dict[str, Any]) -> Answering:
    """Answers each path with the contract's example, or with what is given for it here."""
    names = {path: operation.name for operation in OPERATIONS for path in paths_of(operation)}

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v1")
        found = answers.get(path, success(DATA[names[path]]))
        return found if isinstance(found, httpx.Response) else httpx.Response(200, json=found)

    return answer


async def told(answers: dict[str, Any]) -> dict[str, Finding]:
    """Every finding by its path."""
    async with open_channel(answering_by_path(answers)) as channel:
        return {finding.operation.path: finding for finding in await findings(channel)}


async def test_what_does_not_work_is_told_apart() -> None:
    found = await told(
        {
            "/customer/fax-detail": httpx.Response(404, html="<h1>Mrs. Vale</h1>"),
            "/customer/labels": {"status": 0, "code": 12009, "message": f"Invalid parameter {NUMBER}"},
            "/customer/cdr": {"status": 1, "data": [["Mrs. Vale"]]},
            "/customer/label-list": {"status": 1, "data": {"total": 5, "page": "Mrs. Vale"}},
            "/customer/usage": httpx.Response(200, html="<h1>Mrs. Vale</h1>"),
            "/customer/fax-logs": httpx.Response(500),
            "/customer/fax-download": {"status": 1, "data": ""},
        }
    )
    assert {
        path: (finding.outcome, finding.words)
        for path, finding in found.items()
        if finding.outcome != "worked"
    } == {
        "/customer/fax-detail": (Outcome.REFUSED, "HTTP 404: The fax service does not know this request."),
        "/customer/labels": (Outcome.REFUSED, "12009, Invalid parameter …43"),
        "/customer/cdr": (Outcome.ODD, "list of 1: list of 1: text of 9"),
        "/customer/label-list": (Outcome.ODD, "object with page: text of 9, total: number"),
        "/customer/usage": (
            Outcome.NO_ANSWER,
            "HTTP 200: The fax service gave an answer that we do not understand.",
        ),
        "/customer/fax-logs": (Outcome.NO_ANSWER, "HTTP 500: The fax service is out of order at the moment."),
        "/customer/fax-download": (
            Outcome.NO_ANSWER,
            "0 bytes: The fax service has no whole document for this fax yet.",
        ),
    }
    assert "Vale" not in "".join(line(finding) for finding in found.values())
    assert suggestion(list(found.values())) == (
        '[fax_detail]\npath = "/customer/fax-details"\nprovenance = "confirmed"\n\n'
        '[fax_download]\npath = "/customer/outbound/fax-download"\nprovenance = "confirmed"\n'
    )


async def test_an_account_with_nothing_in_it_is_asked_what_can_be_asked() -> None:
    empty = {BY_NAME[name].path: success([]) for name in ("number_list", "fax_list", "inbound_fax_list_all")}
    found = await told(
        {**empty, "/customer/fax-list": success([]), "/customer/inbound/area-list": success([])}
    )
    not_asked = {finding.operation.name for finding in found.values() if finding.outcome is Outcome.NOT_ASKED}
    assert not_asked == {
        "fax_status",
        "fax_detail",
        "fax_download",
        "inbound_fax_list",
        "inbound_fax_download",
        "extract_result",
        "area_numbers",
        "number_check",
        "fax_fields_get",
    }
    assert all(
        finding.words.startswith("there is no ")
        for finding in found.values()
        if finding.outcome == "not asked"
    )


async def test_a_key_that_is_not_taken_ends_it_at_once() -> None:
    refused = {"status": 0, "code": 12001, "message": "accessToken invalid"}
    with pytest.raises(SignInNeeded):
        await told({"/customer/inbound/number-list": refused})


async def test_what_the_plan_does_not_hold_is_a_finding() -> None:
    found = await told({"/customer/label-list": {"status": 0, "code": 12004, "message": "Professional plan"}})
    assert found["/customer/label-list"].outcome is Outcome.REFUSED
    assert found["/customer/labels"].outcome is Outcome.WORKED


async def test_nobody_there_ends_it_at_once(unused_tcp_port: int) -> None:
    async with open_channel(f"http://127.0.0.1:{unused_tcp_port}/v1") as channel:
        with pytest.raises(Offline):
            await findings(channel)


async def run(*arguments: str, key: str) -> tuple[int | None, str, str]:
    """The command as a process of its own: exit code, what it writes, what it complains of."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "ifax_desktop.api",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        written, complaint = await child.communicate(f"{key}\n".encode())
    return child.returncode, written.decode(), complaint.decode()


async def test_as_a_command(service: FaxService) -> None:
    async with serve(service) as url:
        code, written, complaint = await run("check", "--service", f"{url}/v1", key=KEY)
        assert (code, complaint) == (0, "")
        assert "Nothing is changed and nothing is spent." in written
        assert "label_list           assumed   /customer/label-list                worked: list of" in written
        assert KEY not in written
        code, written, complaint = await run("check", "--service", f"{url}/v1", key="wrong")
        assert (code, complaint) == (4, "The fax service does not take this key.\n")
    code, _, complaint = await run("check", "--service", "http://fax.example/v1", key=KEY)
    assert code == 2
    assert "https" in complaint
