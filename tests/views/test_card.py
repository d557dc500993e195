"""Cards: one button, one link, details that unfold."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ifax_desktop.views.card import Card, CardContent, Details
from ifax_desktop.views.icons import Icons

FAILED = CardContent(
    "bad",
    "state-failed",
    "This number is not in service",
    "The telephone network says that it does not exist.",
    button="Edit number and send",
    button_icon="edit",
    details="UNALLOCATED_NUMBER 3912 <b>raw</b>",
)


def buttons(card: Card) -> list[QPushButton]:
    QApplication.processEvents()
    return [button for button in card.findChildren(QPushButton) if button.isVisible()]


def shown(qtbot: QtBot, icons: Icons, content: CardContent) -> Card:
    card = Card(icons, content)
    qtbot.addWidget(card)
    card.resize(500, 300)
    card.show()
    return card


def test_the_button_of_a_bad_card_is_filled_and_acts(qtbot: QtBot, icons: Icons) -> None:
    card = shown(qtbot, icons, FAILED)
    button = buttons(card)[0]
    assert button.property("kind") == "primary"
    with qtbot.waitSignal(card.acted):
        button.click()
    assert card.accessibleName() == FAILED.title
    assert card.accessibleDescription() == FAILED.sentences


def test_a_good_card_has_a_quiet_button(qtbot: QtBot, icons: Icons) -> None:
    card = shown(qtbot, icons, CardContent("ok", "state-delivered", "Delivered", button="Save evidence"))
    assert [button.property("kind") for button in buttons(card)] == ["normal"]


def test_details_unfold_raw_and_selectable(qtbot: QtBot, icons: Icons) -> None:
    card = shown(qtbot, icons, FAILED)
    raw = card.findChild(Details)
    assert raw is not None
    assert not raw.isVisible()
    buttons(card)[1].click()
    assert raw.isVisible()
    assert raw.toPlainText() == FAILED.details
    assert raw.isReadOnly()
    buttons(card)[1].click()
    assert not raw.isVisible()


def test_a_link_that_is_not_details_is_told(qtbot: QtBot, icons: Icons) -> None:
    card = shown(qtbot, icons, CardContent("plain", "state-waiting", "The line was busy", link="Stop trying"))
    with qtbot.waitSignal(card.link_clicked):
        buttons(card)[0].click()


def test_two_links_are_a_mistake_of_ours(qtbot: QtBot, icons: Icons) -> None:
    card = shown(qtbot, icons, FAILED)
    with pytest.raises(ValueError, match="one link"):
        card.show_content(CardContent("bad", "info", "Title", link="Stop", details="raw"))


def test_the_same_content_again_leaves_details_open(qtbot: QtBot, icons: Icons) -> None:
    card = shown(qtbot, icons, FAILED)
    buttons(card)[1].click()
    card.show_content(FAILED)
    raw = card.findChild(Details)
    assert raw is not None
    assert raw.isVisible()


def test_another_content_takes_the_place_of_the_first(qtbot: QtBot, icons: Icons) -> None:
    card = shown(qtbot, icons, FAILED)
    card.show_content(CardContent("plain", "info", "Waiting", aside="Try 2 of 5"))
    assert buttons(card) == []
    assert card.property("card") == "plain"


def test_a_card_holds_a_widget_between_words_and_button(qtbot: QtBot, icons: Icons) -> None:
    card = shown(qtbot, icons, FAILED)
    extra = QLabel("bars")
    card.set_extra(extra)
    button = buttons(card)[0]
    assert extra.isVisible()
    assert extra.mapTo(card, QPoint()).y() < button.mapTo(card, QPoint()).y()
    card.set_extra(None)
    assert extra.isHidden()
