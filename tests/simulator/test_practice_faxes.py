"""The ready-made faxes: that they look as the service's real ones do, and can be made again byte for byte."""

import asyncio
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pypdf import PageObject, PdfReader

from ifax_desktop.simulator.children import ChildPageReader
from ifax_desktop.simulator.numbers import OWN_NUMBERS
from ifax_desktop.simulator.service import FaxService

ROOT = Path(__file__).parents[2]
PRACTICE = ROOT / "resources" / "practice"
LETTERS: list[dict[str, Any]] = json.loads((PRACTICE / "letters.json").read_text(encoding="utf-8"))["letters"]
FILES = [letter["file"] for letter in LETTERS]


def pages(file: str) -> list[PageObject]:
    return list(PdfReader(io.BytesIO((PRACTICE / file).read_bytes())).pages)


def pictures(page: PageObject) -> Iterator[Any]:
    for name in page["/Resources"]["/XObject"]:  # type: ignore[index]
        yield page["/Resources"]["/XObject"][name]  # type: ignore[index]


def test_every_file_is_listed_and_all_of_them_are_small() -> None:
    assert sorted(FILES) == sorted(path.name for path in PRACTICE.glob("*.pdf"))
    assert len(FILES) >= 8
    assert sum((PRACTICE / file).stat().st_size for file in FILES) < 1_500_000


def test_senders_are_strangers_of_fiction_and_receivers_are_ours() -> None:
    senders = [letter["from"] for letter in LETTERS]
    assert len(set(senders)) == len(senders)
    assert all(re.fullmatch(r"\+1\d{3}55501\d\d", sender) for sender in senders)
    assert {letter["to"] for letter in LETTERS} == {own.number for own in OWN_NUMBERS}
    assert all(letter["name"] for letter in LETTERS)


def test_they_differ_in_length_and_one_is_squashed() -> None:
    assert any(2 <= letter["pages"] <= 6 for letter in LETTERS)
    heights = [picture["/Height"] for file in FILES for page in pages(file) for picture in pictures(page)]
    assert heights.count(1078) == 1
    assert heights.count(2156) == len(heights) - 1


@pytest.mark.parametrize("letter", LETTERS, ids=FILES)
def test_each_page_is_one_group_4_picture(letter: dict[str, Any]) -> None:
    assert (PRACTICE / letter["file"]).read_bytes().startswith(b"%PDF-1.1")
    leaves = pages(letter["file"])
    assert len(leaves) == letter["pages"]
    for page in leaves:
        assert float(page.mediabox.width) == pytest.approx(609.9, abs=0.05)
        assert float(page.mediabox.height) == pytest.approx(792, abs=0.01)
        (picture,) = pictures(page)
        assert picture["/Width"] == 1728
        assert picture["/BitsPerComponent"] == 1
        assert picture["/Filter"] == "/CCITTFaxDecode"
        assert picture["/DecodeParms"]["/K"] == -1


@pytest.mark.parametrize("file", FILES)
def test_ink_is_dark_and_paper_is_white(file: str) -> None:
    for page in pages(file):
        (image,) = page.images
        assert image.image is not None
        shades = image.image.convert("L").histogram()
        dark = sum(shades[:128]) / sum(shades)
        assert 0.005 < dark < 0.2


async def test_the_script_makes_the_same_bytes_again(tmp_path: Path) -> None:
    wanted = ["05-hill-street-refill.pdf", "11-elm-court-note.pdf"]
    command = [sys.executable, "-m", "resources.practice.make_practice_faxes", str(tmp_path), *wanted]
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    assert await child.wait() == 0
    for file in wanted:
        assert (tmp_path / file).read_bytes() == (PRACTICE / file).read_bytes(), file
    again = json.loads((tmp_path / "letters.json").read_text(encoding="utf-8"))["letters"]
    assert again == [letter for letter in LETTERS if letter["file"] in wanted]


def test_the_list_says_what_can_be_read_on_each_page() -> None:
    for letter in LETTERS:
        assert len(letter["text"]) == letter["pages"]
        for number, page in enumerate(letter["text"], start=1):
            lines = page.splitlines()
            assert len(lines) > 8
            assert all(line.strip() for line in lines)
            assert str(number) in lines[0]
    report = LETTERS[0]["text"][0].splitlines()
    assert report[1:4] == [
        "Ames Orthopaedics",
        "3 Park Lane, Lakeside   |   Phone +1 202 555 0142   |   Fax +1 202 555 0143",
        "To: Dr. R. Olsen, Lakeside Family Clinic  23 November 2026",
    ]


async def test_all_of_them_arrive(clock: Any) -> None:
    service = FaxService(letters=[PRACTICE / file for file in FILES], now=clock)
    clock.forward(3600)
    request = httpx.Request(
        "POST", "https://fax.example/v1/customer/inbound/fax-list-all", headers={"accessToken": "test-1"}
    )
    rows = (await service(request)).json()["data"]
    assert [row["sender"] for row in reversed(rows)] == [letter["from"] for letter in LETTERS]
    assert [row["faxTotalPages"] for row in reversed(rows)] == [letter["pages"] for letter in LETTERS]


async def test_the_counting_child_agrees_with_the_list() -> None:
    longest = max(LETTERS, key=lambda letter: letter["pages"])
    content = (PRACTICE / longest["file"]).read_bytes()
    assert await ChildPageReader()(content) == longest["pages"]
