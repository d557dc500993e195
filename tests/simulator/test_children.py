"""The child processes: pages counted, garbage said to be garbage, a trial fax drawn, deadlines kept."""

import base64
import io
import os
import sys
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from ifax_desktop.simulator.children import ChildFailed, ChildPageReader, draw_trial_fax, run_child
from ifax_desktop.simulator.service import FaxService

Pdf = Callable[[int], bytes]


def image(kind: str, frames: int = 1) -> bytes:
    pictures = [Image.new("L", (40, 40), 40 * number) for number in range(frames)]
    file = io.BytesIO()
    if frames > 1:
        pictures[0].save(file, kind, save_all=True, append_images=pictures[1:])
    else:
        pictures[0].save(file, kind)
    return file.getvalue()


def locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("pages", [1, 7, 120])
async def test_pages_are_counted_in_a_child(pdf: Pdf, pages: int) -> None:
    assert await ChildPageReader()(pdf(pages)) == pages


async def test_pictures_are_documents_too() -> None:
    assert await ChildPageReader()(image("PNG")) == 1
    assert await ChildPageReader()(image("TIFF", frames=3)) == 3


@pytest.mark.parametrize(
    "document",
    [b"", b"%PDF-1.4 and no more", os.urandom(5000), b"%PDF-1.7\n" + b"1 0 obj\n<<" * 1000, locked()],
    ids=["nothing", "a head alone", "noise", "nested", "locked"],
)
async def test_what_cannot_be_read_is_said(document: bytes) -> None:
    with pytest.raises(ChildFailed):
        await ChildPageReader()(document)


async def test_a_pdf_without_pages_cannot_be_read(pdf: Pdf) -> None:
    with pytest.raises(ChildFailed, match="no pages"):
        await ChildPageReader()(pdf(0))


@pytest.mark.parametrize(
    "words", ["print('many')", "print('-1')", "print(0)", "pass", "print('9' * 99)", "1 / 0"]
)
async def test_nonsense_from_the_child_is_not_believed(words: str) -> None:
    with pytest.raises(ChildFailed):
        await ChildPageReader([sys.executable, "-I", "-c", words])(b"x")


async def test_a_child_that_takes_too_long_is_killed() -> None:
    endless = [sys.executable, "-I", "-c", "while True: pass"]
    with pytest.raises(ChildFailed, match="too long"):
        await run_child(endless, b"", 0.3)


@pytest.mark.skipif(sys.platform == "win32", reason="Python needs SYSTEMROOT there")
async def test_a_child_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "canary")
    seen = await run_child([sys.executable, "-I", "-c", "import os; print(dict(os.environ))"], b"", 30)
    assert b"canary" not in seen


async def test_a_trial_fax_looks_like_one_of_the_service() -> None:
    document = await draw_trial_fax("+13125550188", "+12025550119", 3)
    assert document.startswith(b"%PDF-1.1")
    pages = PdfReader(io.BytesIO(document)).pages
    assert len(pages) == 3
    (picture,) = pages[0].images
    assert picture.image is not None
    assert picture.image.size == (1728, 2156)
    assert picture.image.convert("L").getpixel((1000, 1900)) == 255


async def test_an_unreadable_document_is_accepted_and_then_fails(
    clock: Any, fax: Callable[..., dict[str, Any]]
) -> None:
    import httpx

    service = FaxService(now=clock)
    garbage = base64.b64encode(b"%PDF-1.4 garbage").decode()

    async def call(path: str, **fields: Any) -> Any:
        url = f"https://fax.example/v1{path}"
        request = httpx.Request("POST", url, json=fields, headers={"accessToken": "test-1"})
        return (await service(request)).json()["data"]

    fields = fax("+12025550101", faxData=[{"fileName": "a.pdf", "fileData": garbage}])
    job_id = (await call("/customer/fax-send", **fields))["jobId"]
    assert (await call("/customer/fax-status", jobId=job_id))["faxStatus"] == "sending"
    clock.forward(2)
    row = await call("/customer/fax-status", jobId=job_id)
    assert (row["faxStatus"], row["code"], row["faxTotalPages"], row["faxCallStart"]) == (
        "failed",
        9042,
        0,
        0,
    )
    assert service.jobs[0].documents == (b"%PDF-1.4 garbage",)
