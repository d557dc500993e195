"""LibreOffice as a limited child: the real one where it is installed, and ones that behave badly everywhere."""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ifax_desktop.documents import office
from ifax_desktop.documents.office import Office, is_office
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.errors import DocumentUnreadable
from tests.conftest import Eventually
from tests.documents.fake_children import running

REAL = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
ZIP = b"PK\x03\x04rest"

_ARGUMENTS = """
import os, pathlib, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
given = pathlib.Path(sys.argv[-1])
"""


def fake(behaviour: str) -> list[str]:
    return [sys.executable, "-I", "-c", _ARGUMENTS + behaviour]


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where throw-away folders come to lie."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("name", "content", "is_one"),
    [
        ("letter.docx", ZIP, True),
        ("LETTER.DOC", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", True),
        ("notes.rtf", b"{\\rtf1", True),
        ("letter.docx", b"%PDF-1.7", False),
        ("archive.zip", ZIP, False),
        ("letter", ZIP, False),
    ],
)
def test_what_is_one_for_it(name: str, content: bytes, is_one: bool) -> None:
    assert is_office(name, content) is is_one


async def test_it_gets_a_folder_of_its_own_and_nothing_stays(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "key")
    told = """
profile = (folder / "profile" / "user" / "registrymodifications.xcu").read_text()
facts = [given.read_bytes().decode(), str(os.environ.get("SECRET_OF_THE_PARENT")), str("DisableMacrosExecution" in profile)]
(folder / "document.pdf").write_text("|".join([given.name, os.environ["HOME"] == str(folder) and "home" or "", *facts]))
"""
    made = await Office(fake(told)).to_pdf("My private letter.DOCX", b"PK content")
    assert made.decode() == "document.docx|home|PK content|None|True"
    assert list(scratch.iterdir()) == []


BAD = {
    "nothing made": ("sys.exit(0)", "cannot read this file"),
    "a failure": ("sys.exit(77)", "cannot read this file"),
    "an empty file": ("(folder / 'document.pdf').touch()", "cannot read this file"),
    "a violent end": ("os.kill(os.getpid(), 9)", "cannot read this file"),
    "no end": ("time.sleep(600)", "took too long"),
    "a child that stays": (
        "import subprocess; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); time.sleep(600)",
        "took too long",
    ),
    "too much": ("open(folder / 'document.pdf', 'wb').truncate(200 << 20)", "cannot read this file"),
}


@pytest.mark.parametrize(("behaviour", "sentence"), BAD.values(), ids=BAD)
async def test_what_goes_wrong_is_one_sentence_that_says_how_to_go_on(
    scratch: Path, behaviour: str, sentence: str
) -> None:
    before = running() if sys.platform == "linux" else set()
    with pytest.raises(DocumentUnreadable, match=sentence) as caught:
        await Office(fake(behaviour), deadline=1.5).to_pdf("letter.docx", ZIP)
    assert "Save it as a PDF and add that." in str(caught.value)
    assert caught.value.detail
    assert list(scratch.iterdir()) == []
    if sys.platform == "linux":
        assert running() <= before


@pytest.mark.skipif(not shutil.which("prlimit"), reason="limits are set with prlimit")
async def test_it_gets_no_more_memory_than_a_computer_can_spare(scratch: Path) -> None:
    greedy = fake("bytearray(3 << 30); (folder / 'document.pdf').write_text('made')")
    assert await Office(greedy).to_pdf("letter.docx", ZIP)
    with pytest.raises(DocumentUnreadable, match="cannot read this file"):
        await Office([*office._LIMITS, *greedy]).to_pdf("letter.docx", ZIP)


async def test_without_it_the_way_out_is_said(scratch: Path) -> None:
    for command in ([], ["/nowhere/soffice"]):
        with pytest.raises(DocumentUnreadable, match="need LibreOffice on this computer"):
            await Office(command).to_pdf("letter.docx", ZIP)
    assert list(scratch.iterdir()) == []


async def test_whoever_leaves_ends_it(scratch: Path, eventually: Eventually) -> None:
    before = running()
    asked = asyncio.create_task(Office(fake("time.sleep(600)")).to_pdf("letter.docx", ZIP))
    await eventually(lambda: running() - before)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    assert running() <= before
    assert list(scratch.iterdir()) == []


def made_by_libreoffice(folder: Path, text: str, kind: str) -> bytes:
    """Return a file of this kind that LibreOffice itself has written."""
    source = folder / ("table.csv" if kind in ("xlsx", "ods", "xls") else "letter.txt")
    source.write_text(text)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, source],  # noqa: S607
        check=True,
        capture_output=True,
        timeout=60,
    )
    return source.with_suffix(f".{kind}").read_bytes()


@REAL
@pytest.mark.parametrize("kind", ["docx", "doc", "odt", "rtf", "xlsx", "ods"])
async def test_the_real_one_prints_its_own_files(tmp_path: Path, kind: str) -> None:
    content = await asyncio.to_thread(made_by_libreoffice, tmp_path, "Results,1\nof Dr. Ames,2\n", kind)
    assert is_office(f"letter.{kind}", content)
    pdf = await Office().to_pdf(f"letter.{kind}", content)
    renderer = Renderer()
    async with await renderer.open(pdf) as opened:
        assert opened.pages == 1
        drawn = await opened.render(0, 600)
    assert sum(level < 128 for level in drawn.pixels) > 50
    await renderer.close()


@REAL
async def test_the_real_one_refuses_half_a_file(tmp_path: Path) -> None:
    content = await asyncio.to_thread(made_by_libreoffice, tmp_path, "Dear Dr. Ames", "docx")
    with pytest.raises(DocumentUnreadable, match="damaged or locked"):
        await Office().to_pdf("letter.docx", content[: len(content) // 2])
