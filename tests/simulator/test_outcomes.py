"""What becomes of a fax by the number dialled, and that codes and texts are the service's own."""

import csv
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from ifax_desktop.simulator import answers, outcomes

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]

CODES = Path(__file__).parents[2] / "resources" / "error-codes.csv"


@pytest.mark.parametrize(
    ("line", "status", "code", "through"),
    [
        ("0101", "failed", 263, 0),
        ("0102", "failed", 8021, 0),
        ("0103", "failed", 3912, 0),
        ("0104", "failed", 9015, 0),
        ("0105", "failed", 9009, 2),
        ("0107", "failed", 3211, 0),
        ("0108", "failed", 6022, 0),
        ("0109", "delivered", 0, 4),
        ("0110", "failed", 9010, 0),
        ("0111", "failed", 9040, 0),
        ("0112", "failed", 12062, 0),
        ("0113", "failed", 9001, 0),
        ("0114", "failed", 256, 0),
        ("0115", "failed", 204000, 0),
        ("0116", "failed", 12077, 0),
        ("0117", "failed_chargeable", 9012, 1),
        ("0118", "cancelled", 403, 0),
        ("0119", "delivered", 0, 4),
        ("0121", "delivered", 0, 4),
        ("0123", "partially_cancelled", 12080, 2),
        ("0124", "blocked", 6021, 0),
        ("0143", "delivered", 0, 4),
    ],
)
@pytest.mark.parametrize("area", ["+1202", "+1844"])
async def test_the_number_decides(
    call: Call, fax: Fax, clock: Any, area: str, line: str, status: str, code: int, through: int
) -> None:
    job_id = (await call("/customer/fax-send", **fax(f"{area}555{line}", pages=4)))["data"]["jobId"]
    assert (await call("/customer/fax-status", jobId=job_id))["data"]["faxStatus"] == "sending"
    clock.forward(300)
    row = (await call("/customer/fax-status", jobId=job_id))["data"]
    assert (row["faxStatus"], row["code"], row["faxTransferredPages"]) == (status, code, through)
    assert row["faxTotalPages"] == 4


async def test_a_line_is_busy_every_other_time(call: Call, fax: Fax, clock: Any) -> None:
    ends = []
    for _ in range(4):
        job_id = (await call("/customer/fax-send", **fax("+12025550106")))["data"]["jobId"]
        clock.forward(60)
        ends.append((await call("/customer/fax-status", jobId=job_id))["data"]["faxStatus"])
    assert ends == ["failed", "delivered", "failed", "delivered"]


@pytest.mark.parametrize(("pages", "through"), [(1, 0), (2, 1), (3, 2), (9, 2)])
async def test_a_broken_line_never_lets_the_whole_fax_through(
    call: Call, fax: Fax, clock: Any, pages: int, through: int
) -> None:
    job_id = (await call("/customer/fax-send", **fax("+12025550105", pages=pages)))["data"]["jobId"]
    clock.forward(60)
    row = (await call("/customer/fax-status", jobId=job_id))["data"]
    assert (row["faxStatus"], row["faxTransferredPages"]) == ("failed", through)


async def test_a_slow_fax_takes_twenty_seconds_a_page(call: Call, fax: Fax, clock: Any) -> None:
    job_id = (await call("/customer/fax-send", **fax("+12025550109", pages=3)))["data"]["jobId"]
    seen = []
    for _ in range(4):
        clock.forward(20)
        row = (await call("/customer/fax-status", jobId=job_id))["data"]
        seen.append((row["faxStatus"], row["faxTransferredPages"]))
    assert seen == [("sending", 0), ("sending", 1), ("sending", 2), ("delivered", 3)]


async def test_only_the_numbers_of_stories_have_stories(call: Call, fax: Fax, clock: Any) -> None:
    job_id = (await call("/customer/fax-send", **fax("+12025560101")))["data"]["jobId"]
    clock.forward(60)
    assert (await call("/customer/fax-status", jobId=job_id))["data"]["faxStatus"] == "delivered"


async def test_a_negative_code_is_not_the_end(call: Call, fax: Fax, clock: Any) -> None:
    job_id = (await call("/customer/fax-send", **fax("+12025550121", pages=1)))["data"]["jobId"]
    seen = []
    for _ in range(8):
        row = (await call("/customer/fax-status", jobId=job_id))["data"]
        seen.append((row["faxStatus"], row["code"]))
        clock.forward(4)
    assert seen == [
        ("sending", -11),
        *[("sending", -150)] * 5,
        ("delivered", 0),
        ("delivered", 0),
    ]


@pytest.mark.parametrize(("quality", "seconds"), [("Standard", 4), ("Low", 4), ("HD", 8), (None, 4)])
async def test_high_quality_takes_longer(
    call: Call, fax: Fax, clock: Any, quality: str | None, seconds: int
) -> None:
    job_id = (await call("/customer/fax-send", **fax(pages=2, faxQuality=quality)))["data"]["jobId"]
    clock.forward(60)
    assert (await call("/customer/fax-status", jobId=job_id))["data"]["faxCallLength"] == seconds


def test_every_group_of_the_services_table_can_be_met() -> None:
    with CODES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    groups = {(int(row["code"]), row["message"]): row["group"] for row in rows}
    failed = [one for one in outcomes.BY_NUMBER.values() if one.status != "delivered"]
    assert {groups[one.code, one.message] for one in failed} == {row["group"] for row in rows}


def test_every_code_and_text_is_a_row_of_the_services_table() -> None:
    with CODES.open(encoding="utf-8", newline="") as file:
        rows = {(int(row["code"]), row["message"]) for row in csv.DictReader(file)}
    ends = {(outcome.code, outcome.message) for outcome in outcomes.BY_NAME.values()}
    refusals = {
        value
        for name, value in vars(answers).items()
        if name.isupper() and isinstance(value, tuple) and name != "KEY_REFUSED"
    }
    assert len(refusals) > 15
    assert ends | refusals | {
        (-11, "Pre-processing"),
        (-3, "Fax processed for sending"),
        (-150, "SYSTEM_SHUTDOWN"),
        (403, "Fax canceled."),
    } <= (rows | {(outcomes.DELIVERED.code, "NORMAL_CLEARING")})


def test_the_table_for_people_names_every_outcome() -> None:
    assert outcomes.__doc__
    for line, outcome in outcomes.BY_NUMBER.items():
        assert f"{line[:3]}-{line[3:]}" in outcomes.__doc__
        assert f"| {outcome.code}" in outcomes.__doc__
