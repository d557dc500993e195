"""Opening: with motion where the style has it, at once where it has none."""

from PySide6.QtWidgets import QLabel, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.views.arrange import column, pane
from ifax_desktop.views.reveal import moves, reveal


class Still(QProxyStyle):
    def styleHint(  # noqa: N802
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, returned)


def test_a_widget_opens_to_its_full_height(qtbot: QtBot) -> None:
    words = QLabel("one line")
    words.hide()
    window = pane(column(words, QLabel("other")))
    qtbot.addWidget(window)
    window.show()
    reveal(words)
    assert words.isVisible()
    qtbot.waitUntil(lambda: words.maximumHeight() > 10_000)
    qtbot.waitUntil(lambda: words.height() >= words.sizeHint().height())


def test_without_motion_it_opens_at_once(qtbot: QtBot) -> None:
    style = Still()
    words = QLabel("one line")
    words.setStyle(style)
    words.hide()
    window = pane(column(words))
    qtbot.addWidget(window)
    window.show()
    assert not moves(words)
    reveal(words)
    assert words.isVisible()
    assert words.maximumHeight() > 10_000
