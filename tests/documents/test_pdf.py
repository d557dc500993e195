"""Opening, measuring, drawing and cleaning one PDF."""

import pytest

from ifax_desktop.documents import protocol
from ifax_desktop.documents.pdf import LETTER, Pdf
from ifax_desktop.documents.protocol import PagePicture, Reason, Refusal
from tests.documents import samples
from tests.documents.samples import shown

REFUSED = [
    (samples.locked(), Reason.LOCKED),
    (samples.no_pages(), Reason.NO_PAGES),
    (samples.truncated(), Reason.DAMAGED),
    (b"%PDF-1.7\n" + bytes(500), Reason.DAMAGED),
    (samples.reader_form(), Reason.READER_FORM),
    (samples.many_pages(protocol.MAX_PAGES + 1), Reason.TOO_MANY_PAGES),
]


def flattened(document: bytes) -> bytes:
    pdf = Pdf(document)
    try:
        return pdf.flattened()
    finally:
        pdf.close()


def column(picture: PagePicture, x: int) -> bytes:
    return picture.pixels[x :: picture.width]


@pytest.mark.parametrize(
    ("document", "reason"), REFUSED, ids=[f"{reason}-{i}" for i, (_, reason) in enumerate(REFUSED)]
)
def test_what_cannot_be_read_is_refused_with_its_reason(document: bytes, reason: Reason) -> None:
    with pytest.raises(Refusal) as caught:
        Pdf(document)
    assert caught.value.reason is reason


def test_a_page_is_as_wide_as_asked_and_in_proportion() -> None:
    picture = shown(samples.half_black())
    assert (picture.width, picture.height) == (306, 396)
    assert picture.pixels == (bytes(153) + b"\xff" * 153) * 396


def test_greys_stay_the_greys_they_are() -> None:
    levels = (0, 64, 128, 192, 255)
    picture = shown(samples.grey_steps(levels))
    middles = [
        picture.pixels[int((band + 0.5) * 396 / len(levels)) * 306 + 100] for band in range(len(levels))
    ]
    assert middles == pytest.approx(levels, abs=1)


def test_a_page_is_turned_clockwise() -> None:
    picture = shown(samples.half_black(), rotate=90)
    assert (picture.width, picture.height) == (306, 236)
    assert column(picture, 150) == bytes(118) + b"\xff" * 118


def test_a_fax_of_standard_quality_comes_out_round() -> None:
    picture = shown(samples.standard_fax(), width=864)
    rows = [y for y in range(picture.height) if 0 in picture.pixels[y * 864 : (y + 1) * 864]]
    columns = [x for x in range(864) if 0 in column(picture, x)]
    assert len(rows) / len(columns) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("document", [samples.filled_form(), samples.stamped()], ids=["form", "stamp"])
def test_fields_and_notes_are_drawn(document: bytes) -> None:
    picture = shown(document, width=612)
    assert picture.pixels.count(0) == pytest.approx(400 * 100, rel=0.02)


def test_a_field_without_a_look_of_its_own_shows_its_value() -> None:
    assert shown(samples.filled_form(appearance=False)).pixels.count(0) > 500


def test_a_page_without_size_counts_as_letter() -> None:
    pdf = Pdf(samples.zero_size())
    assert pdf.sizes() == [LETTER]
    assert pdf.pages == 1
    pdf.close()
    assert shown(samples.zero_size()).height == 396


@pytest.mark.parametrize("rotate", [0, 90])
def test_an_endless_page_comes_small_enough(rotate: int) -> None:
    size = (72.0, 14400.0) if rotate == 0 else (14400.0, 72.0)
    picture = shown(samples.letter(size=size), width=1728, rotate=rotate)
    assert picture.width * picture.height <= protocol.MAX_PIXELS
    assert picture.height / picture.width == pytest.approx(200, rel=0.01)


def test_a_ribbon_of_a_page_is_at_least_one_pixel_high() -> None:
    assert shown(samples.letter(size=(14400, 10)), width=100).height == 1


def test_a_layer_switched_off_is_not_drawn() -> None:
    assert shown(samples.hidden_layer()).pixels.count(0) == 0


@pytest.mark.parametrize(
    "document",
    [
        samples.filled_form(),
        samples.filled_form(appearance=False),
        samples.stamped(),
        samples.dangerous(),
        samples.restricted(),
        samples.hidden_layer(),
        samples.standard_fax(),
    ],
    ids=["form", "bare form", "stamp", "dangerous", "restricted", "layer", "fax"],
)
def test_a_flattened_document_looks_the_same(document: bytes) -> None:
    clean = flattened(document)
    assert shown(clean, width=612) == shown(document, width=612)
    assert b"/Encrypt" not in clean


def test_there_is_no_page_beyond_the_last() -> None:
    with pytest.raises(Refusal) as caught:
        shown(samples.letter(), page=1)
    assert caught.value.reason is Reason.PAGE_DAMAGED
