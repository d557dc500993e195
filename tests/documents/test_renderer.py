"""The parent: asks real children, and survives every way a child can go wrong."""

import asyncio
import struct
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from ifax_desktop.documents import protocol
from ifax_desktop.documents.renderer import Renderer, worker_command
from ifax_desktop.domain.cover import Cover, CoverKind, CoverPage
from ifax_desktop.domain.errors import DocumentUnreadable
from tests.documents import samples
from tests.documents.fake_children import child, opens_then, running

COVER = CoverPage(
    Cover(CoverKind.OWN, "Dr. Ames", "Clinic", "Results", "Hello"), "+1 202", "+1 312", "today", 4
)

REFUSED = {
    "empty": (b"", "This file is empty."),
    "no document": (
        samples.RUBBISH,
        "This program cannot show this kind of file. Save or print it as a PDF and add that.",
    ),
    "damaged picture": (samples.picture_called_pdf(), "This picture is damaged and cannot be read."),
    "locked": (
        samples.locked(),
        "This PDF is locked with a password. Save a copy without the password and add that.",
    ),
    "no pages": (samples.no_pages(), "This document has no pages."),
    "truncated": (samples.truncated(), "This PDF is damaged and cannot be read."),
    "too large": (bytes(protocol.MAX_DOCUMENT + 1), "This file is larger than 100 MB."),
    "too many pages": (samples.many_pages(2001), "This is more than 2000 pages, too many for one fax."),
    "reader form": (
        samples.reader_form(),
        "This PDF is a form that only Adobe Reader can show. Print it to a new PDF and add that.",
    ),
}

BAD_OPENING = {
    "unknown kind": "frame(99, b'')",
    "a request": "frame(1, b'')",
    "another reply": "frame(18, struct.pack('>IIB', 1, 1, 1) + b'x')",
    "longer than allowed": "say(struct.pack('>BI', 17, 2**32 - 1))",
    "no pages": "frame(17, struct.pack('>I', 0))",
    "more pages than sizes": "frame(17, struct.pack('>Iff', 9, 612, 792))",
    "page of no size": "frame(17, struct.pack('>Iff', 1, 612, 0))",
    "unknown reason": "frame(31, b'because')",
    "not a frame": "say(b'Traceback: ' * 3)",
    "half a header": "say(b'x'); sys.exit(0)",
    "half a payload": "say(struct.pack('>BI', 17, 12) + b'half'); sys.exit(0)",
    "silent death": "sys.exit(3)",
    "violent death": "os.kill(os.getpid(), 9)",
}

BAD_PICTURE = {
    "too few pixels": "frame(18, struct.pack('>IIB', 100, 100, 1) + bytes(9999))",
    "too many pixels": "frame(18, struct.pack('>IIB', 100, 100, 1) + bytes(10001))",
    "wider than asked": "frame(18, struct.pack('>IIB', 101, 1, 1) + bytes(101))",
    "no height": "frame(18, struct.pack('>IIB', 100, 0, 1))",
    "more than allowed": "say(struct.pack('>BI', 18, 2**31))",
}


@pytest.fixture
async def renderer() -> AsyncIterator[Renderer]:
    renderer = Renderer()
    yield renderer
    await renderer.close()


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    before = running() if sys.platform == "linux" else set()
    yield
    if sys.platform == "linux":
        assert running() <= before


async def test_a_document_is_opened_measured_and_drawn(renderer: Renderer) -> None:
    document = samples.half_black()
    async with await renderer.open(document) as opened:
        assert (opened.pages, opened.sizes) == (1, ((612.0, 792.0),))
        picture = await opened.render(0, 306)
    assert picture == samples.shown(document)


async def test_a_page_can_be_turned(renderer: Renderer) -> None:
    async with await renderer.open(samples.half_black()) as opened:
        picture = await opened.render(0, 396, rotate=270)
    assert (picture.width, picture.height) == (396, 306)
    assert picture.pixels[: 396 * 150].count(0) == 0


async def test_it_works_from_another_folder(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert await renderer.count_pages(samples.letter("A", "B", "C")) == 3


@pytest.mark.parametrize(("document", "sentence"), REFUSED.values(), ids=REFUSED)
async def test_what_cannot_be_read_is_said_in_plain_words(
    renderer: Renderer, document: bytes, sentence: str
) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        await renderer.open(document)
    assert str(caught.value) == sentence
    assert caught.value.detail


@pytest.mark.parametrize(
    ("page", "width", "rotate"), [(1, 100, 0), (-1, 100, 0), (0, 0, 0), (0, 9999, 0), (0, 100, 45)]
)
async def test_a_question_without_sense_is_not_asked(
    renderer: Renderer, page: int, width: int, rotate: int
) -> None:
    async with await renderer.open(samples.letter()) as opened:
        with pytest.raises(ValueError, match="page"):
            await opened.render(page, width, rotate=rotate)


async def test_many_questions_at_once_get_their_own_answers(renderer: Renderer) -> None:
    async with await renderer.open(samples.letter("A", "B")) as opened:
        widths = [100 + 10 * step for step in range(12)]
        pictures = await asyncio.gather(
            *(opened.render(step % 2, width) for step, width in enumerate(widths))
        )
    assert [picture.width for picture in pictures] == widths


async def test_a_cancelled_render_leaves_the_document_usable(renderer: Renderer) -> None:
    async with await renderer.open(samples.letter("A", "B")) as opened:
        for pause in (0, 1, 2, 5):
            asked = [asyncio.create_task(opened.render(0, 1700 + number)) for number in range(3)]
            for _ in range(pause):
                await asyncio.sleep(0)
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
            assert all(task.cancelled() for task in asked)
            assert (await opened.render(1, 123)).width == 123


async def test_closing_ends_a_render_under_way(renderer: Renderer) -> None:
    opened = await renderer.open(samples.letter())
    asked = [asyncio.create_task(opened.render(0, 5000)) for _ in range(3)]
    await asyncio.sleep(0)
    await opened.close()
    for outcome in await asyncio.gather(*asked, return_exceptions=True):
        assert isinstance(outcome, DocumentUnreadable)
    await opened.close()


async def test_closing_the_renderer_closes_every_document() -> None:
    renderer = Renderer()
    opened = [await renderer.open(samples.letter()) for _ in range(3)]
    await renderer.close()
    for document in opened:
        with pytest.raises(DocumentUnreadable):
            await document.render(0, 100)


@pytest.mark.parametrize("turns", [0, 1, 2, 5, 20, 500])
async def test_cancelling_an_opening_leaves_no_child(turns: int) -> None:
    opening = asyncio.create_task(Renderer(child("time.sleep(60)")).open(samples.letter()))
    for _ in range(turns):
        await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening


@pytest.mark.parametrize("behaviour", BAD_OPENING.values(), ids=BAD_OPENING)
async def test_a_child_that_breaks_the_protocol_is_ended(behaviour: str) -> None:
    renderer = Renderer(child("request()\n" + behaviour))
    with pytest.raises(DocumentUnreadable) as caught:
        await renderer.open(samples.letter())
    assert str(caught.value) == "This document cannot be read."
    assert "OPEN" in caught.value.detail


@pytest.mark.parametrize("behaviour", BAD_PICTURE.values(), ids=BAD_PICTURE)
async def test_a_picture_that_lies_ends_the_child(behaviour: str) -> None:
    async with await Renderer(opens_then(behaviour)).open(samples.letter()) as opened:
        with pytest.raises(DocumentUnreadable, match="cannot be read"):
            await opened.render(0, 100)
        with pytest.raises(DocumentUnreadable, match="cannot be read") as caught:
            await opened.render(0, 100)
    assert caught.value.detail == "the reader has ended"


@pytest.mark.parametrize(
    "behaviour", ["time.sleep(60)", "request(); time.sleep(60)", "request(); say(b'\\x11'); time.sleep(60)"]
)
async def test_a_child_that_hangs_is_ended_at_the_deadline(behaviour: str) -> None:
    renderer = Renderer(child(behaviour), deadline=0.3)
    with pytest.raises(DocumentUnreadable) as caught:
        await renderer.open(samples.letter() + bytes(1_000_000))
    assert str(caught.value) == "Reading this document took too long."
    assert caught.value.detail == "no answer to OPEN in 0.3 s"


async def test_a_child_that_dies_while_it_is_told_a_long_document_is_noticed() -> None:
    renderer = Renderer(child("read(100); sys.exit(0)"))
    with pytest.raises(DocumentUnreadable, match="cannot be read"):
        await renderer.open(samples.letter() + bytes(20_000_000))


async def test_a_child_that_forks_and_keeps_the_pipe_delays_nobody() -> None:
    keeps = "request()\nif os.fork():\n    sys.exit(0)\ntime.sleep(2)"
    renderer = Renderer(child(keeps), deadline=0.3)
    with pytest.raises(DocumentUnreadable):
        await asyncio.wait_for(renderer.open(samples.letter()), 1.5)


async def test_a_program_that_is_not_there_is_told() -> None:
    renderer = Renderer(["/nowhere/worker"])
    with pytest.raises(DocumentUnreadable, match="did not start"):
        await renderer.open(samples.letter())


async def test_the_refusal_of_one_page_keeps_the_others() -> None:
    damaged = "frame(31, b'page-damaged\\nwhy'); request(); frame(18, struct.pack('>IIB', 1, 1, 1) + b'x')"
    async with await Renderer(opens_then(damaged)).open(samples.letter()) as opened:
        with pytest.raises(DocumentUnreadable, match="This page is damaged and cannot be shown"):
            await opened.render(0, 100)
        assert (await opened.render(0, 100)).pixels == b"x"


async def test_the_child_gets_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "key")
    told = "frame(31, b'damaged\\n' + ' '.join(os.environ).encode())"
    with pytest.raises(DocumentUnreadable) as caught:
        await Renderer(child("request()\n" + told)).open(samples.letter())
    assert "SECRET" not in caught.value.detail


async def test_a_fax_is_assembled_cover_first(renderer: Renderer) -> None:
    whole = await renderer.assemble(COVER, [(samples.letter("A"), ()), (samples.half_black(), ())])
    async with await renderer.open(whole) as opened:
        assert [round(width) for width, _ in opened.sizes] == [610, 612, 612]
        cover, letter, half = [await opened.render(page, 612) for page in range(3)]
        assert letter == samples.shown(samples.letter("A"), width=612)
    assert half.pixels.count(0) == pytest.approx(612 * 792 / 2, rel=0.01)
    assert 0.005 < cover.pixels.count(0) / len(cover.pixels) < 0.1
    assert await renderer.assemble(COVER, [(samples.letter("A"), ()), (samples.half_black(), ())]) == whole


async def test_a_long_cover_takes_more_pages(renderer: Renderer) -> None:
    long = CoverPage(Cover(CoverKind.OWN, message="A line of the message.\n" * 150), "+1 202", "", "", 1)
    assert await renderer.count_pages(await renderer.assemble(long, [])) > 1


async def test_which_part_was_refused_is_in_the_detail(renderer: Renderer) -> None:
    with pytest.raises(DocumentUnreadable, match="locked with a password") as caught:
        await renderer.assemble(
            None, [(document, ()) for document in (samples.letter(), samples.locked(), samples.letter())]
        )
    assert caught.value.detail.startswith("part 2 of 3")


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("\u6f22\u5b57 {0}", "The cover page cannot print some of its characters: \u6f22 \u5b57"),
        ("x" * 200_000, "The text of the cover page is too long."),
    ],
    ids=["letters", "length"],
)
async def test_a_cover_that_cannot_be_printed_is_told(
    renderer: Renderer, message: str, sentence: str
) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        await renderer.assemble(CoverPage(Cover(message=message), "+1 202", "", "", 1), [])
    assert str(caught.value) == sentence


async def test_parts_can_be_too_large_together(renderer: Renderer) -> None:
    half = bytes(protocol.MAX_DOCUMENT // 2 + 1)
    with pytest.raises(DocumentUnreadable, match="together are larger than 100 MB"):
        await renderer.assemble(None, [(half, ()), (half, ())])


async def test_nothing_to_assemble_is_told(renderer: Renderer) -> None:
    with pytest.raises(DocumentUnreadable, match="no pages"):
        await renderer.assemble(None, [])


async def test_a_lie_about_an_assembled_fax_is_noticed() -> None:
    lies = "request(); frame(19, struct.pack('>I', 5000))"
    with pytest.raises(DocumentUnreadable, match="cannot be read"):
        await Renderer(child(lies)).assemble(None, [(samples.letter(), ())])


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command()[0] == sys.executable
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "--document-worker"]


def test_the_child_helper_speaks_the_protocol() -> None:
    assert struct.pack(">Iff", 1, 612.0, 792.0) == protocol.pack_sizes([(612.0, 792.0)])
