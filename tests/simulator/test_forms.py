"""Forms instead of JSON: every name a public client uses for its files, and bodies that are no form."""

import base64
from collections.abc import Callable

import httpx
import pytest

from ifax_desktop.simulator.answers import Refusal
from ifax_desktop.simulator.attachments import Upload
from ifax_desktop.simulator.forms import is_form, read_form
from ifax_desktop.simulator.service import FaxService

Pdf = Callable[[int], bytes]

NUMBERS = {"faxNumber": "+14155550143", "callerId": "+12025550119"}


@pytest.mark.parametrize(
    "field", ["faxData[0][fileUrl]", "faxData[0][file]", "faxData[0][fileData]", "file", "file[]", "file[0]"]
)
async def test_a_fax_comes_as_a_form(
    client: httpx.AsyncClient, service: FaxService, pdf: Pdf, field: str
) -> None:
    names = {"faxData[0][fileName]": "statement.pdf"} if field.startswith("faxData") else {}
    response = await client.post(
        "/customer/fax-send",
        data={**NUMBERS, **names, "_method": "POST", "subject": "Grüße", "faxQuality": "HD"},
        files={field: ("statement.pdf", pdf(2), "application/pdf")},
    )
    (job,) = service.jobs
    assert response.json() == {"status": 1, "message": "accepted", "data": {"jobId": job.job_id}}
    assert (job.file_names, job.documents, job.pages) == (("statement.pdf",), (pdf(2),), 3)
    assert (job.number, job.caller_id, job.subject, job.quality) == (*NUMBERS.values(), "Grüße", "HD")


async def test_several_files_with_their_pages(
    client: httpx.AsyncClient, service: FaxService, pdf: Pdf
) -> None:
    await client.post(
        "/customer/fax-send",
        data={
            **NUMBERS,
            "faxData[0][fileName]": "a.pdf",
            "faxData[0][pages][]": ["1-2", "4"],
            "faxData[1][fileName]": "b.pdf",
            "faxData[2][fileName]": "c.pdf",
            "faxData[2][fileData]": base64.b64encode(pdf(1)).decode(),
        },
        files=[("faxData[1][fileUrl]", ("y.pdf", pdf(2))), ("faxData[0][fileUrl]", ("x.pdf", pdf(5)))],
    )
    (job,) = service.jobs
    assert job.file_names == ("a.pdf", "b.pdf", "c.pdf")
    assert (job.documents, job.pages) == ((pdf(5), pdf(2), pdf(1)), 3 + 2 + 1)


async def test_a_plain_name_may_be_repeated(client: httpx.AsyncClient, service: FaxService, pdf: Pdf) -> None:
    files = [("file", (f"{pages}.pdf", pdf(pages))) for pages in (1, 2, 3)]
    await client.post("/customer/fax-send", data=NUMBERS, files=files)
    assert service.jobs[0].file_names == ("1.pdf", "2.pdf", "3.pdf")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("noending", b"%PDF-1.4", 120107),
        ("a.html", b"<html>", 120109),
        ("a.pdf", b"PK\x03\x04", 120109),
        ("a.pdf", b"", -123),
    ],
)
async def test_files_of_a_form_are_looked_at_as_well(
    client: httpx.AsyncClient, service: FaxService, name: str, content: bytes, code: int
) -> None:
    response = await client.post("/customer/fax-send", data=NUMBERS, files={"file": (name, content)})
    assert response.json()["code"] == code
    assert service.jobs == []


async def test_another_method_in_a_form_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/customer/fax-lists", data={"_method": "DELETE"}, files={"x": b"y"})
    assert response.json()["code"] == 12010


async def test_other_calls_may_be_forms_too(client: httpx.AsyncClient) -> None:
    fields = {"faxNumber": (None, "+12025550162"), "addLicense": (None, "false")}
    assert (await client.post("/customer/inbound/buy", files=fields)).json()["status"] == 1


def form(*parts: tuple[str, str]) -> tuple[str, bytes]:
    request = httpx.Request("POST", "http://x", files=[(name, (None, value)) for name, value in parts])
    return request.headers["Content-Type"], request.read()


def test_names_say_where_values_belong() -> None:
    assert read_form(*form(("a", "1"), ("b[x]", "2"), ("b[y][10]", "4"), ("b[y][9]", "3"), ("c[]", "5"))) == {
        "a": "1",
        "b": {"x": "2", "y": ["3", "4"]},
        "c": ["5"],
    }


@pytest.mark.parametrize(
    "parts",
    [
        [("", "1")],
        [("a[", "1")],
        [("a]b[c", "1")],
        [("[0]", "1")],
        [("a", "1"), ("a[b]", "2")],
        [("a[b]", "1"), ("a[b][c]", "2")],
        [("a" + "[b]" * 9, "1")],
        [("a", "1")] * 1001,
    ],
    ids=lambda parts: parts[-1][0][:9],
)
def test_names_that_make_no_sense(parts: list[tuple[str, str]]) -> None:
    with pytest.raises(Refusal) as caught:
        read_form(*form(*parts))
    assert caught.value.code == 12009


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"no form"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf'),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nno name\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\xfe\r\n--x--\r\n',
        ),
    ],
)
async def test_a_body_that_is_no_form_is_refused(
    client: httpx.AsyncClient, content_type: str, body: bytes
) -> None:
    response = await client.post("/customer/fax-lists", content=body, headers={"Content-Type": content_type})
    assert (response.status_code, response.json()["code"]) == (200, 12009)


@pytest.mark.parametrize(
    ("kind", "expected"), [("Multipart/Form-Data; boundary=x", True), ("text/html", False)]
)
def test_a_form_is_known_by_its_type(kind: str, expected: bool) -> None:
    assert is_form(kind) is expected


def test_a_file_keeps_every_byte() -> None:
    content = bytes(range(256)) * 300 + b"\r\n--x\r\n"
    request = httpx.Request("POST", "http://x", files={"file": ("a.bin", content)})
    assert read_form(request.headers["Content-Type"], request.read()) == {"file": Upload("a.bin", content)}
