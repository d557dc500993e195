"""Which pictures are kept, and which comes next."""

from PySide6.QtGui import QImage

from ifax_desktop.documents.renderer import PagePicture
from ifax_desktop.viewmodels.page_pictures import PagePictures, grey_image


def picture(megabytes: int) -> QImage:
    """A blank page of about this size."""
    return QImage(1024, 1024 * megabytes, QImage.Format.Format_Grayscale8)


def test_first_the_page_then_thumbnails_in_sight_then_the_neighbours() -> None:
    pictures = PagePictures()
    pictures.in_sight = (1, 2)
    assert pictures.next_page(3, 9) == 3
    pictures.keep(3, picture(1))
    pictures.hand_over(3)
    assert pictures.next_page(3, 9) is None
    assert pictures.next_thumbnail(9) == 1
    assert pictures.hand_over(1)
    assert not pictures.hand_over(1)
    assert pictures.next_thumbnail(9) == 2
    pictures.hand_over(2)
    assert pictures.next_thumbnail(9) is None
    assert [pictures.next_page(3, 9) for _ in range(3)] == [4, 2, None]


def test_there_is_nothing_beyond_the_ends() -> None:
    pictures = PagePictures()
    pictures.in_sight = (1, 40)
    pictures.next_page(1, 1)
    pictures.keep(1, picture(1))
    pictures.hand_over(1)
    assert pictures.next_thumbnail(1) is None
    assert pictures.next_page(1, 1) is None


def test_what_was_not_looked_at_for_long_is_let_go() -> None:
    pictures = PagePictures()
    pictures.next_page(1, 9)
    for page in range(1, 6):
        pictures.keep(page, picture(20))
    assert [page for page in range(1, 6) if pictures.of(page)] == [1, 4, 5]


def test_pages_too_large_to_be_kept_together_are_not_drawn_in_turns_for_ever() -> None:
    pictures = PagePictures()
    drawn = []
    while (page := pictures.next_page(2, 3)) is not None:
        drawn.append(page)
        pictures.keep(page, picture(40))
    assert drawn == [2, 3, 1]
    assert pictures.of(2) is not None


def test_a_page_that_cannot_be_drawn_is_not_asked_for_again() -> None:
    pictures = PagePictures()
    pictures.in_sight = (1, 2)
    pictures.refuse(1, "This page is damaged and cannot be shown.")
    assert pictures.next_page(1, 2) is None
    assert pictures.next_thumbnail(2) == 2


def test_a_picture_owns_its_pixels() -> None:
    image = grey_image(PagePicture(3, 2, bytes([0, 128, 255, 255, 128, 0])))
    assert image.size().toTuple() == (3, 2)
    assert [image.pixelColor(x, 0).red() for x in range(3)] == [0, 128, 255]
