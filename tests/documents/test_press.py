"""Pages made in the background: newest first, each once, by few processes, and nothing left behind."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from ifax_desktop.documents import coding
from ifax_desktop.documents.press import Press
from ifax_desktop.documents.renderer import FaxPage, Renderer
from ifax_desktop.domain.cover import Cover, CoverKind, CoverPage
from ifax_desktop.domain.errors import DocumentUnreadable, StorageFailed
from ifax_desktop.domain.findings import Trouble
from ifax_desktop.domain.page import FINE, STANDARD, PageFormat, PageLook, Treatment
from ifax_desktop.domain.sheet import Sheet
from tests.conftest import Eventually
from tests.documents import samples
from tests.documents.fake_children import opens_then, running

FORM = PageFormat()
COVER = CoverPage(Cover(CoverKind.OWN, "Dr. Ames", message="Hello"), "+1 202", "+1 312", "today", 2)
STORE = {
    "letter": samples.letter("A", "B", "C"),
    "half": samples.half_black(),
    "broken": samples.truncated(),
    "other": samples.letter("X"),
    "more": samples.letter("Y"),
}


async def read(document: str) -> bytes:
    if document == "mistake":
        raise ZeroDivisionError
    if document not in STORE:
        raise StorageFailed("A document is missing from this computer's disk.")
    return STORE[document]


@pytest.fixture
async def press() -> AsyncIterator[Press]:
    renderer = Renderer()
    press = Press(renderer, read)
    yield press
    await press.close()
    await renderer.close()


async def test_a_page_comes_as_it_goes_out(press: Press) -> None:
    page = await press.page(Sheet("half", 0), FORM)
    assert page.lines == FORM.lines
    drawn = coding.unpacked(page.bits)
    assert drawn.convert("L").histogram()[0] == pytest.approx(1728 * 2156 / 2, rel=0.05)
    assert page.code == coding.coded(page.bits, coding.Scheme.MMR)
    assert page.mh_bytes > page.mmr_bytes > 100


async def test_what_was_made_is_kept_by_its_content(press: Press) -> None:
    first = await press.page(Sheet("letter", 0), FORM)
    STORE["letter"], kept = b"gone", STORE["letter"]
    try:
        assert await press.page(Sheet("letter", 0), FORM) == first
        assert (await press.page(Sheet("letter", 0), FORM, bits=False)).code == first.code
    finally:
        STORE["letter"] = kept


async def test_every_look_is_a_page_of_its_own(press: Press) -> None:
    looks = [PageLook(), PageLook(rotation=180), PageLook(inset=True), PageLook(treatment=Treatment.PHOTO)]
    pages = await asyncio.gather(*(press.page(Sheet("letter", 0, look), FORM) for look in looks))
    assert len({page.code for page in pages}) >= 3
    coarse = await press.page(Sheet("letter", 0), PageFormat(fineness=STANDARD))
    assert (coarse.lines, FORM.fineness) == (1078, FINE)


async def test_what_is_asked_for_last_is_made_first() -> None:
    renderer = Renderer()
    press = Press(renderer, read, workers=1)
    made: list[int] = []

    async def ask(number: int) -> None:
        await press.page(Sheet("letter", number % 3, PageLook(rotation=90 * (number // 3))), FORM)
        made.append(number)

    asked = [asyncio.create_task(ask(number)) for number in range(5)]
    await asyncio.gather(*asked)
    assert made == [4, 3, 2, 1, 0]
    await press.close()
    await renderer.close()


async def test_pages_of_a_fax_come_in_order_with_its_cover(press: Press) -> None:
    sheets = [Sheet(COVER, 0), Sheet("letter", 2), Sheet("half", 0), Sheet("letter", 0), Sheet("letter", 2)]
    codes = [page.code async for page in press.pages(sheets, FORM)]
    assert len(codes) == 5
    assert codes[1] == codes[4] != codes[3]
    assert codes[2] == (await press.page(Sheet("half", 0), FORM)).code


async def test_many_documents_are_read_by_few_processes(press: Press) -> None:
    before = len(running())
    for document in ("letter", "half", "other", "more"):
        await press.page(Sheet(document, 0), FORM)
        assert len(running()) <= before + 3
    await press.close()
    assert len(running()) == before


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (Sheet("broken", 0), "damaged"),
        (Sheet("gone", 0), "missing"),
        (Sheet("letter", 7), "damaged"),
        (Sheet(CoverPage(Cover(message="\u6f22"), "", "", "", 1), 0), "cannot print"),
    ],
)
async def test_what_cannot_be_made_is_told_and_the_next_page_is(
    press: Press, sheet: Sheet, sentence: str
) -> None:
    with pytest.raises((DocumentUnreadable, StorageFailed), match=sentence):
        await press.page(sheet, FORM)
    with pytest.raises((DocumentUnreadable, StorageFailed), match=sentence):
        _ = [page async for page in press.pages([Sheet("letter", 0), sheet], FORM)]
    assert (await press.page(Sheet("letter", 1), FORM)).code


LIES = {
    "fewer lines": "frame(21, struct.pack('>HIIII', 100, 1, 2, 1, 1) + b'[]x' + bytes(21600))",
    "no code": "frame(21, struct.pack('>HIIII', 2156, 0, 2, 1, 1) + b'[]' + bytes(216 * 2156))",
    "fewer bits": "frame(21, struct.pack('>HIIII', 2156, 1, 2, 1, 1) + b'[]x' + bytes(216 * 2155))",
    "findings that are none": "frame(21, struct.pack('>HIIII', 2156, 1, 2, 1, 1) + b'17x' + bytes(216 * 2156))",
    "an endless finding": (
        """text = b'[["dark",0,0,1,1,1e999,""]]'; """
        "frame(21, struct.pack('>HIIII', 2156, 1, len(text), 1, 1) + text + b'x' + bytes(216 * 2156))"
    ),
    "death": "os.kill(os.getpid(), 9)",
    "rubbish": "say(b'Traceback')",
}


@pytest.mark.parametrize("reply", LIES.values(), ids=LIES)
async def test_a_reader_that_lies_is_ended(reply: str) -> None:
    renderer = Renderer(opens_then(reply))
    press = Press(renderer, read)
    with pytest.raises(DocumentUnreadable, match="cannot be read"):
        await press.page(Sheet("letter", 0), FORM)
    await press.close()
    await renderer.close()


async def test_who_leaves_spares_the_work(press: Press) -> None:
    asked = [asyncio.create_task(press.page(Sheet("letter", page), FORM)) for page in range(3)]
    await asyncio.sleep(0)
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert (await press.page(Sheet("half", 0), FORM)).code


async def test_closing_in_the_middle_leaves_nothing(eventually: Eventually) -> None:
    before = running()
    renderer = Renderer()
    press = Press(renderer, read)
    asked = [asyncio.create_task(press.page(Sheet("letter", page), FORM)) for page in range(3)]
    await eventually(lambda: running() - before)
    await press.close()
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert all(
        isinstance(one, DocumentUnreadable) or (isinstance(one, FaxPage) and one.code) for one in ended
    )
    assert running() <= before
    await renderer.close()


async def test_what_was_found_on_a_page_comes_with_it(press: Press) -> None:
    STORE["blank"] = samples.letter("")
    page = await press.page(Sheet("blank", 0), FORM)
    assert [finding.trouble for finding in page.findings] == [Trouble.BLANK]


async def test_a_mistake_of_ours_reaches_whoever_waits_and_the_others_go_on(press: Press) -> None:
    asked = [asyncio.create_task(press.page(Sheet(name, 0), FORM)) for name in ("letter", "mistake", "half")]
    letter, mistake, half = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(mistake, ZeroDivisionError)
    assert isinstance(letter, FaxPage)
    assert isinstance(half, FaxPage)


async def test_nothing_is_made_after_the_end(press: Press) -> None:
    await press.close()
    with pytest.raises(DocumentUnreadable):
        await press.page(Sheet("letter", 0), FORM)
    with pytest.raises(DocumentUnreadable):
        await press.count(COVER)


async def test_another_cover_is_printed_by_the_process_that_has_one(press: Press) -> None:
    for words in ("Hello", "Hello again", "A long story.\n" * 120):
        cover = CoverPage(Cover(CoverKind.OWN, "Dr. Ames", message=words), "+1 202", "+1 312", "today", 2)
        sheets = await press.count(cover)
        await asyncio.gather(*(press.page(Sheet(cover, page), FORM) for page in range(sheets)))
        assert len(press._renderer._children) <= 2
    assert sheets > 1
    bad = CoverPage(Cover(CoverKind.OWN, message="田中"), "", "", "today", 1)
    with pytest.raises(DocumentUnreadable, match="cannot print some of its characters"):
        await press.count(bad)
    assert await press.count(COVER) == 1


async def test_an_original_comes_turned_and_in_its_colours(press: Press) -> None:
    upright = await press.original(Sheet("half", 0), 200)
    turned = await press.original(Sheet("half", 0, PageLook(90)), 200)
    assert (upright.width, turned.width) == (200, 200)
    assert upright.height > 200 > turned.height
