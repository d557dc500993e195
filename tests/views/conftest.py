"""What the tests of the views share: a theme on the application, and its icons."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.theme import Theme
from tests.viewmodels.conftest import bare_desk, day, desk, made

__all__ = ["bare_desk", "day", "desk", "made"]

# The tests need no screen; somebody who wants to watch them sets another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def resources() -> Path:
    """The folder with icons and style sheets."""
    return RESOURCES


@pytest.fixture
def theme(qapp: QApplication, tmp_path: Path) -> Iterator[Theme]:
    """The light theme on the application, which is undressed when the test is over."""
    made = Theme(RESOURCES, tmp_path / "cache", contrast=False)
    made.choose("light")
    made.apply(qapp)
    yield made
    made.take_off()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def icons(theme: Theme) -> Icons:
    """The icons of the program in the colours of the theme."""
    return Icons(theme, RESOURCES / "icons")


@pytest.fixture(autouse=True)
def _windows_come_and_go(qapp: QApplication) -> Iterator[None]:
    """As in the program: the last window closed does not end Qt's loop."""
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(True)
