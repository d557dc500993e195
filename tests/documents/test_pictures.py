"""Picture files: every kind, in true proportion, on white, and refused in words when damaged."""

import io

import pytest
from PIL import Image, ImageDraw

from ifax_desktop.documents.opening import open_source
from ifax_desktop.documents.pictures import Pictures
from ifax_desktop.documents.protocol import Reason, Refusal
from tests.documents import samples


def corner(size: tuple[int, int] = (200, 300), mode: str = "RGB") -> Image.Image:
    """Return a white picture with a black square at the top left."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[0] // 4), fill="black")
    return image.convert(mode)


def saved(image: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def drawn(document: bytes, page: int = 0, size: tuple[int, int] = (100, 150), turn: int = 0) -> Image.Image:
    source = open_source(document)
    assert isinstance(source, Pictures)
    return source.draw(page, *size, turn).convert("L")


def darkest_corner(image: Image.Image) -> str:
    spots = {"left top": (8, 8), "right top": (image.width - 9, 8)}
    spots |= {"left bottom": (8, image.height - 9), "right bottom": (image.width - 9, image.height - 9)}
    return min(spots, key=lambda name: image.getpixel(spots[name]))  # type: ignore[arg-type,return-value]


KINDS = [
    ("PNG", "RGB"), ("PNG", "1"), ("PNG", "P"), ("PNG", "L"), ("PNG", "I;16"), ("JPEG", "RGB"), ("JPEG", "L"),
    ("JPEG", "CMYK"), ("TIFF", "1"), ("TIFF", "RGB"), ("TIFF", "CMYK"), ("BMP", "RGB"), ("BMP", "1"),
    ("GIF", "P"), ("WEBP", "RGB"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "mode"), KINDS)
def test_every_kind_is_read(form: str, mode: str) -> None:
    image = (
        corner(mode="L").convert("I").point(lambda v: v * 257).convert("I;16")
        if mode == "I;16"
        else corner(mode=mode)
    )
    picture = drawn(saved(image, form))
    assert picture.size == (100, 150)
    assert darkest_corner(picture) == "left top"
    assert picture.getpixel((80, 130)) > 240  # type: ignore[operator]


def test_transparency_is_white() -> None:
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    assert drawn(saved(image, "PNG"), size=(50, 50)).getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("orientation", "where"), [(1, "left top"), (3, "right bottom"), (6, "right top"), (8, "left bottom")]
)
def test_the_camera_says_which_way_is_up(orientation: int, where: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    document = saved(corner(), "JPEG", exif=exif)
    ((width, height),) = open_source(document).sizes()
    assert (width > height) is (orientation in (6, 8))
    assert darkest_corner(drawn(document, size=(150, 100) if width > height else (100, 150))) == where


@pytest.mark.parametrize(("turn", "where"), [(90, "right top"), (180, "right bottom"), (270, "left bottom")])
def test_a_turn_goes_clockwise(turn: int, where: str) -> None:
    assert (
        darkest_corner(
            drawn(saved(corner(), "PNG"), size=(150, 100) if turn != 180 else (100, 150), turn=turn)
        )
        == where
    )


def test_pages_of_a_tiff_come_in_order() -> None:
    sheets = [Image.new("1", (100, 100), value) for value in (0, 1, 0)]
    document = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4")
    assert [drawn(document, page, (10, 10)).getpixel((5, 5)) for page in range(3)] == [0, 255, 0]


def test_a_standard_fax_has_the_proportions_of_paper_and_keeps_its_dots() -> None:
    sheet = Image.new("1", (1728, 1078), 1)
    ImageDraw.Draw(sheet).line((0, 0, 1727, 1077))
    document = saved(sheet, "TIFF", compression="group3", dpi=(204, 98))
    ((width, height),) = open_source(document).sizes()
    assert width == pytest.approx(609.9, abs=0.1)
    assert height == pytest.approx(792, abs=0.1)
    doubled = drawn(document, size=(1728, 2156))
    assert doubled.resize((1728, 1078), Image.Resampling.NEAREST).tobytes() == sheet.convert("L").tobytes()


@pytest.mark.parametrize(
    ("dpi", "points"),
    [((300, 300), (144, 216)), ((72, 72), (432, 648)), (None, (432, 648)), ((96, 96), (432, 648))],
)
def test_a_size_that_is_told_is_kept_and_any_other_fills_the_page_without_being_stretched(
    dpi: tuple[int, int] | None, points: tuple[float, float]
) -> None:
    document = saved(corner((600, 900)), "PNG", **({"dpi": dpi} if dpi else {}))
    ((width, height),) = open_source(document).sizes()
    assert width == pytest.approx(points[0], rel=0.01)
    assert height == pytest.approx(points[1], rel=0.01)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_half_a_picture_is_called_damaged(form: str, kept: float) -> None:
    document = saved(Image.effect_noise((300, 300), 60), form)
    with pytest.raises(Refusal) as caught:
        open_source(document[: int(len(document) * kept)]).draw(0, 100, 100, 0)
    assert caught.value.reason is Reason.PICTURE_DAMAGED


def test_a_bomb_is_refused_before_it_is_taken_out() -> None:
    document = saved(Image.new("RGB", (9000, 9000)), "PNG")
    with pytest.raises(Refusal) as caught:
        open_source(document)
    assert caught.value.reason is Reason.PICTURE_TOO_LARGE


def test_a_large_photograph_is_taken_out_smaller() -> None:
    document = saved(Image.new("RGB", (12000, 9000), "white"), "JPEG")
    assert drawn(document, size=(400, 300)).getextrema() == (255, 255)


def test_a_page_may_be_damaged_alone() -> None:
    sheets = [Image.effect_noise((300, 300), 60) for _ in range(2)]
    document = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_lzw")
    middle = len(document) * 6 // 10
    source = open_source(document[:middle] + bytes(20_000) + document[middle + 20_000 :])
    assert source.draw(0, 30, 30, 0).size == (30, 30)
    with pytest.raises(Refusal) as caught:
        source.draw(1, 30, 30, 0)
    assert caught.value.reason is Reason.PAGE_DAMAGED


def test_there_is_no_page_beyond_the_last() -> None:
    with pytest.raises(Refusal):
        open_source(saved(corner(), "PNG")).draw(1, 10, 10, 0)


def test_a_file_is_told_by_its_first_bytes() -> None:
    for document, reason in (
        (b"PK\x03\x04rest", Reason.UNKNOWN_KIND),
        (b"{\\rtf1", Reason.UNKNOWN_KIND),
        (samples.RUBBISH, Reason.UNKNOWN_KIND),
    ):
        with pytest.raises(Refusal) as caught:
            open_source(document)
        assert caught.value.reason is reason


def test_what_is_written_for_a_program_is_no_text_to_fax() -> None:
    for document in (b"<!DOCTYPE html><p>Sign in", b"\xef\xbb\xbf \n<HTML>", b"<svg/>", b"%!PS-Adobe-3.0"):
        with pytest.raises(Refusal) as caught:
            open_source(document)
        assert caught.value.reason is Reason.UNKNOWN_KIND
    assert open_source(b"A letter about <html>").sizes()
