"""Another process drives the program, and the fax service tells what arrived."""

import re
from pathlib import Path

import pytest

from ifax_desktop.backbone import Backbone
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.paths import Paths
from ifax_desktop.simulator.faults.rules import On
from ifax_desktop.simulator.service import FaxService
from tests.documents import samples
from tests.e2e.conftest import Program


async def are_alike(sent: bytes, original: bytes) -> bool:
    """Whether there are as many pages, each most like the one in its place: they were made black and white."""
    renderer = Renderer()
    async with await renderer.open(sent) as faxed, await renderer.open(original) as document:
        faxes = [(await faxed.render(page, 100)).pixels for page in range(faxed.pages)]
        pages = [(await document.render(page, 100)).pixels for page in range(document.pages)]

    def apart(fax: bytes, page: bytes) -> int:
        # A fax page is a hair narrower, so that it may be a line longer.
        return sum(abs(one - other) for one, other in zip(fax, page, strict=False))

    nearest = [min(range(len(pages)), key=lambda place: apart(fax, pages[place])) for fax in faxes]
    return nearest == list(range(len(pages)))


async def test_a_real_pdf_of_three_pages_arrives_as_three_pages(
    program: Program, address: str, service: FaxService, referral: Path
) -> None:
    ended = await program(
        "--service", address, "--key-from-stdin", "send", str(referral), "--to", "(202) 555-0143", "--wait"
    )
    assert ended.code == 0, ended
    assert "Delivered." in ended.said
    [job] = service.jobs
    assert (job.number, job.pages) == ("+12025550143", 3)
    [document] = job.documents
    assert await are_alike(document, referral.read_bytes())


async def test_what_did_not_arrive_is_said_with_its_own_code(
    program: Program, address: str, service: FaxService, referral: Path
) -> None:
    ended = await program(
        "--service", address, "--key-from-stdin", "send", str(referral), "--to", "+12025550103", "--wait"
    )
    assert ended.code == 1, ended
    said = (
        "Not delivered. This number is not in service. Check it with the recipient. (UNALLOCATED_NUMBER 3912)"
    )
    assert said in ended.said
    assert len(service.jobs) == 1


async def test_the_next_try_is_said_with_its_reason(
    program: Program, address: str, service: FaxService, referral: Path
) -> None:
    ended = await program(
        *("--service", address, "--key-from-stdin", "send", str(referral), "--to", "+12025550101"),
        *("--wait", "--patience", "5"),
    )
    assert ended.code == 3, ended
    assert re.search(r"Waiting to send\. The line is busy\. Next try at \d\d:\d\d\.", ended.said)
    assert len(service.jobs) == 1


@pytest.mark.parametrize(
    ("number", "name", "sentence"),
    [
        ("202 555", "referral.pdf", "Four digits are missing."),
        (
            "+12025550143",
            "notes.bin",
            "“notes.bin” cannot be added. This program cannot show this kind of file. Save or print it as a PDF and add that.",
        ),
        ("+12025550143", "gone.pdf", "“gone.pdf” cannot be added. The file is not there."),
        ("+12025550143", "locked.pdf", "locked with a password"),
    ],
)
async def test_bad_input_is_one_clear_sentence(
    program: Program,
    address: str,
    service: FaxService,
    referral: Path,
    number: str,
    name: str,
    sentence: str,
) -> None:
    referral.with_name("notes.bin").write_bytes(samples.RUBBISH)
    referral.with_name("locked.pdf").write_bytes(samples.locked())
    ended = await program("--service", address, "--key-from-stdin", "send", name, "--to", number)
    assert ended.code == 2, ended
    assert sentence in ended.complained
    assert len(ended.complained.splitlines()) == 1
    assert service.jobs == []


async def test_a_wrong_key_is_said_and_the_fax_is_kept(
    program: Program, address: str, service: FaxService, referral: Path, tmp_path: Path
) -> None:
    call = ("--service", address, "--key-from-stdin", "send", str(referral), "--to", "+12025550143", "--wait")
    ended = await program(*call, key="wrong")
    assert ended.code == 4, ended
    assert service.jobs == []
    kept = b"".join(path.read_bytes() for path in (tmp_path / "profile").rglob("*") if path.is_file())
    assert b"wrong" not in kept


async def test_without_a_service_the_fax_is_kept_for_later(program: Program, referral: Path) -> None:
    ended = await program(
        *("--service", "http://127.0.0.1:9/v1", "--key-from-stdin", "send", str(referral)),
        *("--to", "+12025550143", "--wait", "--patience", "2"),
    )
    assert ended.code == 4, ended
    assert "kept" in ended.complained


async def test_a_paused_outbox_is_said(
    program: Program, address: str, service: FaxService, referral: Path, tmp_path: Path
) -> None:
    backbone = Backbone(Paths(tmp_path / "profile"), lambda error: pytest.fail(str(error)))
    await backbone.sender.pause(paused=True)
    await backbone.close()
    ended = await program(
        *("--service", address, "--key-from-stdin", "send", str(referral), "--to", "+12025550143"),
        *("--wait", "--patience", "2"),
    )
    assert ended.code == 3, ended
    assert "The outbox is paused. Open iFax Desktop to let faxes out again." in ended.said
    assert service.jobs == []


async def test_the_key_is_in_no_file(
    program: Program, address: str, service: FaxService, referral: Path, tmp_path: Path
) -> None:
    key = "live-canary-4711"
    ended = await program(
        "--service", address, "--key-from-stdin", "send", str(referral), "--to", "+12025550143", key=key
    )
    assert ended.code == 0, ended
    files = [path for path in (tmp_path / "profile").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if key.encode() in path.read_bytes()]


async def test_received_faxes_are_written_once_and_whole(
    program: Program, address: str, service: FaxService, tmp_path: Path
) -> None:
    content = samples.letter("A report", "Its second page")
    await service.receive(content, "+13125550188", "+12025550119")
    call = ("--service", address, "--key-from-stdin", "receive", "--to", str(tmp_path / "in"))
    first, second = await program(*call), await program(*call)
    assert (first.code, second.code) == (0, 0), (first, second)
    [written] = (tmp_path / "in").iterdir()
    assert written.read_bytes() == content
    assert re.search(r"^1 new in .*, 1 received in all\.$", first.said, re.MULTILINE)
    assert re.search(r"^0 new in .*, 1 received in all\.$", second.said, re.MULTILINE)


async def test_a_fax_that_cannot_be_had_yet_is_said(
    program: Program, address: str, service: FaxService, tmp_path: Path
) -> None:
    await service.receive(samples.letter("A report"), "+13125550188", "+12025550119")
    service.faults.append(On("inbound_fax_download", service.not_json))
    call = ("--service", address, "--key-from-stdin", "receive", "--to", str(tmp_path / "in"))
    ended = await program(*call)
    assert ended.code == 0, ended
    assert "0 new in" in ended.said
    assert "1 fax is still at the service" in ended.complained


@pytest.mark.parametrize("service_url", ["http://fax.example.com/v1", "ftp://127.0.0.1/v1", "nonsense"])
async def test_an_address_that_is_not_safe_is_refused(
    program: Program, referral: Path, service_url: str
) -> None:
    ended = await program(
        "--service", service_url, "--key-from-stdin", "send", str(referral), "--to", "+12025550143"
    )
    assert ended.code == 2, ended
    assert len(ended.complained.splitlines()) == 1


async def test_practice_mode_needs_no_account(program: Program, referral: Path) -> None:
    ended = await program("--demo", "send", str(referral), "--to", "+12025550143")
    assert ended.code == 0, ended


async def test_the_key_is_taken_from_no_argument(program: Program) -> None:
    ended = await program("--key", "live-key-for-tests", "receive", "--to", "in")
    assert ended.code == 2
