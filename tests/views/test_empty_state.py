"""Empty states: their button, and the look of a drop area."""

from pytestqt.qtbot import QtBot

from ifax_desktop.views.empty_state import EmptyState
from ifax_desktop.views.icons import Icons


def test_the_button_acts(icons: Icons, qtbot: QtBot) -> None:
    empty = EmptyState(
        icons, "fax-new", "Drop a PDF here", "Pictures work too.", "Choose a file", primary=True
    )
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.acted):
        empty.button.click()
    assert empty.button.property("kind") == "primary"


def test_a_drop_area_is_seen_and_lights_up(icons: Icons, qtbot: QtBot) -> None:
    plain = EmptyState(icons, "inbox", "No faxes", "They appear here.")
    drop = EmptyState(icons, "inbox", "No faxes", "They appear here.", drop_area=True)
    for made in (plain, drop):
        qtbot.addWidget(made)
        made.resize(400, 300)
    assert plain.grab().toImage() != drop.grab().toImage()
    before = drop.grab().toImage()
    drop.set_lit(True)
    assert drop.grab().toImage() != before


def test_words_can_change(icons: Icons, qtbot: QtBot) -> None:
    empty = EmptyState(icons, "search", "Nothing found for “a”", "Check the spelling.")
    qtbot.addWidget(empty)
    before = empty.grab().toImage()
    empty.set_words("Nothing found for “b”", "Check the spelling.")
    assert empty.grab().toImage() != before
