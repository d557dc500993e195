"""OCR and NLP: asked for, ready after a while, and the real text of the pages."""

import base64
import io
import json
import os
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ifax_desktop.simulator.children import ChildFailed, ChildPageReader, draw_trial_fax
from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Calling = Callable[..., Call]
Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

START, RESULT = "/customer/fax-ocr", "/customer/fax-ocr-data"
PRACTICE = Path(__file__).parents[2] / "resources" / "practice"
LETTERS: list[dict[str, Any]] = json.loads((PRACTICE / "letters.json").read_text(encoding="utf-8"))["letters"]


def typed(*pages: str) -> bytes:
    """A PDF with letters of its own, one line a page."""
    writer = PdfWriter()
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")}
    )
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    for words in pages:
        page = writer.add_blank_page(612, 792)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode())
        page[NameObject("/Contents")] = stream
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.fixture
def service(clock: Any) -> FaxService:
    return FaxService(now=clock)


@pytest.fixture
def read(call: Call, clock: Any) -> Call:
    """Asks for a fax to be read, waits, and gives the result."""

    async def read(job_id: int, direction: str, kind: str = "OCR") -> dict[str, Any]:
        await call(START, jobId=job_id, direction=direction, type=kind)
        clock.forward(4)
        return await call(RESULT, jobId=job_id, direction=direction, type=kind)

    return read


async def sent(call: Call, fax: Fax, *files: dict[str, Any]) -> int:
    coded = [
        {**file, "fileName": "a.pdf", "fileData": base64.b64encode(file["fileData"]).decode()}
        for file in files
    ]
    job_id: int = (await call("/customer/fax-send", **fax(faxData=coded)))["data"]["jobId"]
    return job_id


@pytest.mark.parametrize("kind", ["OCR", "NLP"])
async def test_reading_takes_a_while(call: Call, fax: Fax, clock: Any, kind: str) -> None:
    job_id = await sent(call, fax, {"fileData": typed("Invoice 118 total 42.00")})
    asked = {"jobId": str(job_id), "direction": "outbound", "type": kind}
    waiting = {"jobId": job_id, "type": kind, "state": "processing"}
    assert (await call(RESULT, **asked))["code"] == 12093
    for path in (START, "/customer/ocr", "/customer/fax-extract"):
        assert await call(path, **asked) == {"status": 1, "message": "accepted", "data": waiting}
    clock.forward(3.9)
    for path in (RESULT, "/customer/ocr-data", "/customer/fax-extract-data"):
        assert await call(path, **asked) == {"status": 1, "message": "ok", "data": waiting}
    clock.forward(0.1)
    facts = [{"name": "invoice_no", "value": "118"}, {"name": "total", "value": "42.00"}]
    assert (await call(RESULT, **asked))["data"] == {
        "jobId": job_id,
        "type": kind,
        "text": "Invoice 118 total 42.00",
        "fields": facts if kind == "NLP" else [],
    }
    assert (await call(START, **asked))["data"]["state"] == "done"


async def test_text_is_the_default_of_the_first_call_only(call: Call, fax: Fax) -> None:
    job_id = await sent(call, fax, {"fileData": typed("One")})
    asked = {"jobId": job_id, "direction": "outbound"}
    assert (await call(START, **asked))["data"]["type"] == "OCR"
    assert (await call(RESULT, **asked))["code"] == 12009
    assert (await call(RESULT, **asked, type="NLP"))["code"] == 12093


async def test_the_pages_that_were_faxed_are_read(call: Call, fax: Fax, read: Call) -> None:
    four = typed("One", "Two", "Three", "Four")
    job_id = await sent(call, fax, {"fileData": four, "pages": ["3-4", "1"]}, {"fileData": typed("Five")})
    assert (await read(job_id, "outbound"))["data"]["text"] == "One\n\nThree\n\nFour\n\nFive"


async def test_a_received_pdf_is_read(service: FaxService, read: Call) -> None:
    arrived = await service.receive(typed("First", "Second"), "+13125550188", "+12025550160")
    assert (await read(arrived.job_id, "inbound"))["data"]["text"] == "First\n\nSecond"


async def test_a_trial_fax_says_what_was_drawn(service: FaxService, read: Call) -> None:
    document = await draw_trial_fax("+13125550188", "+12025550160", 2)
    arrived = await service.receive(document, "+13125550188", "+12025550160")
    assert (await read(arrived.job_id, "inbound", "NLP"))["data"]["text"] == (
        "FROM +13125550188   TO +12025550160   PAGE 1/2\nTrial fax\nPage 1 of 2\n\n"
        "FROM +13125550188   TO +12025550160   PAGE 2/2\nTrial fax\nPage 2 of 2"
    )
    other = await service.receive(document, "+13125550189", "+12025550160")
    assert (await read(other.job_id, "inbound"))["data"]["text"] == ""


async def test_a_ready_made_letter_is_read_from_its_script(clock: Any, calling: Calling) -> None:
    service = FaxService(letters=[PRACTICE / letter["file"] for letter in LETTERS], now=clock)
    call = calling(service)
    clock.forward(3600)
    rows = (await call("/customer/inbound/fax-list-all", sortBy="oldest"))["data"]
    for row, letter in zip(rows, LETTERS, strict=True):
        asked = {"jobId": row["jobId"], "direction": "inbound", "type": "NLP"}
        await call(START, **asked)
        clock.forward(4)
        data = (await call(RESULT, **asked))["data"]
        assert data["text"] == "\n\n".join(letter["text"])
        assert data["fields"]


async def test_other_pictures_stay_unread(service: FaxService, pdf: Pdf, read: Call) -> None:
    arrived = await service.receive(pdf(2), "+13125550188", "+12025550160")
    assert (await read(arrived.job_id, "inbound", "NLP"))["data"] == {
        "jobId": arrived.job_id,
        "type": "NLP",
        "text": "",
        "fields": [],
    }


async def test_what_cannot_be_read_is_said(call: Call, fax: Fax, read: Call, clock: Any) -> None:
    job_id = await sent(call, fax, {"fileData": b"%PDF-1.4 garbage"})
    assert (await read(job_id, "outbound"))["code"] == -1004


@pytest.mark.parametrize("path", [START, RESULT])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"jobId": None}, -1005),
        ({"jobId": "7"}, 12091),
        ({"jobId": "7", "direction": "inbound"}, 12130),
        ({"direction": "inbound"}, 12130),
        ({"direction": None}, 12009),
        ({"direction": "OB"}, 12009),
        ({"direction": "document"}, 12009),
        ({"type": "TEXT"}, 12009),
        ({"type": ["OCR"]}, 12009),
    ],
)
async def test_what_is_not_named_rightly_is_not_read(
    call: Call, fax: Fax, path: str, change: dict[str, Any], code: int
) -> None:
    job_id = await sent(call, fax, {"fileData": typed("One")})
    asked = {"jobId": job_id, "direction": "outbound", "type": "OCR"}
    assert (await call(path, **(asked | change)))["code"] == code


async def test_deleted_files_are_not_read(call: Call, fax: Fax, read: Call) -> None:
    job_id = await sent(call, fax, {"fileData": typed("One")})
    assert (await read(job_id, "outbound"))["status"] == 1
    await call("/customer/fax-delete-files", type="outbound", jobId=job_id)
    for path in (START, RESULT):
        assert (await call(path, jobId=job_id, direction="outbound", type="OCR"))["code"] == 12092


async def test_reading_costs_by_the_page_and_once(
    call: Call, service: FaxService, calling: Calling, fax: Fax, clock: Any
) -> None:
    job_id = await sent(call, fax, {"fileData": typed("One", "Two")})
    clock.forward(60)
    service.set_credit(Decimal("0.05"))
    asked = {"jobId": job_id, "direction": "outbound"}
    for _ in range(2):
        await call(START, **asked)
    assert service.credit == Decimal("0.03")
    assert (await call(START, **asked, type="NLP"))["status"] == 1
    service.set_credit(Decimal("0.01"))
    arrived = await service.receive(typed("One"), "+13125550188", "+12025550160")
    received = {"jobId": arrived.job_id, "direction": "inbound"}
    assert (await call(START, **received))["code"] == 12012
    assert (await calling(service, "test-1")(START, **received))["status"] == 1
    assert service.credit == Decimal(0)


async def test_what_was_asked_outlives_the_program(
    tmp_path: Path, clock: Any, calling: Calling, fax: Fax
) -> None:
    call = calling(FaxService(folder=tmp_path, now=clock))
    job_id = await sent(call, fax, {"fileData": typed("One")})
    asked = {"jobId": job_id, "direction": "outbound", "type": "OCR"}
    await call(START, **asked)
    clock.forward(4)
    assert (await calling(FaxService(folder=tmp_path, now=clock))(RESULT, **asked))["data"]["text"] == "One"


async def test_pictures_have_pages_without_text() -> None:
    pictures = [Image.new("L", (40, 40), shade) for shade in (0, 255)]
    file = io.BytesIO()
    pictures[0].save(file, "TIFF", save_all=True, append_images=pictures[1:])
    assert await ChildPageReader().text(file.getvalue(), {}) == ["", ""]


@pytest.mark.parametrize("document", [b"", os.urandom(3000), b"%PDF-1.7 " + b"<<" * 9999])
async def test_a_document_that_is_none(document: bytes) -> None:
    with pytest.raises(ChildFailed):
        await ChildPageReader().text(document, {})


@pytest.mark.parametrize("words", ["print('no')", "print('[1]')", "print({})", "1 / 0"])
async def test_nonsense_of_the_child_is_not_believed(words: str) -> None:
    import sys

    with pytest.raises(ChildFailed):
        await ChildPageReader([sys.executable, "-I", "-c", words]).text(b"x", {})
