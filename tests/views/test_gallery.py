"""The gallery draws: one picture of each, so that no part breaks unseen."""

import pytest
from PySide6.QtGui import QImage

from ifax_desktop.views.icons import Icons
from tests.gallery import PICTURES, LongWords


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_can_be_built(name: str, icons: Icons) -> None:
    with PICTURES[name](icons) as widget:
        widget.show()
        picture = widget.grab().toImage()
        assert picture.width() >= 600
        corner = picture.pixel(0, 0)
        assert any(picture.pixel(x, picture.height() // 3) != corner for x in range(picture.width()))
        icons.theme.choose("dark")
        assert widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32) != picture


def test_the_long_language_has_40_percent_more_letters() -> None:
    source = "Save evidence"
    assert len(LongWords().translate("any", source)) >= round(len(source) * 1.4)
