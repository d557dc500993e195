"""The New fax window in tests: on the screen, with files dropped on it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.fax import Attachment
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.views.compose_view import ComposeView
from ifax_desktop.views.icons import Icons

LEFT = Qt.MouseButton.LeftButton


def shown(qtbot: QtBot, icons: Icons, model: ComposeViewModel) -> ComposeView:
    """The window on the screen."""
    view = ComposeView(icons, model)
    # Closing asks the form to be kept first, which a test that is over does not wait for.
    qtbot.addWidget(view, before_close_func=lambda _: model._update(has_left=True))
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    return view


def drag(view: QWidget, paths: Sequence[Path]) -> QMimeData:
    """Move files over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    entering = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, entering)
    if entering.isAccepted():
        moving = QDragMoveEvent(
            QPoint(310, 300), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view, moving)
    return data


def drop(view: QWidget, *paths: Path) -> None:
    """Drag files over the window and let go."""
    data = drag(view, paths)
    dropping = QDropEvent(
        QPointF(310, 300), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, dropping)
    assert dropping.isAccepted()


def attached(view: ComposeView) -> tuple[Attachment, ...]:
    """The documents of the fax."""
    return view._model.state.form.attachments


def names(view: ComposeView) -> list[str]:
    """The names of the documents that are in the strip of pages."""
    spots = view._model.preview.state.spots
    return list(dict.fromkeys(spot.group for spot in spots if spot.part >= 0))


def words(widget: QWidget) -> list[str]:
    """Everything that can be read."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]
