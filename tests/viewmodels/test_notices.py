"""Notices: one at a time, the most important first, and what failures say."""

import logging

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.errors import NoAnswer, Offline, Refused, SignInNeeded, StorageFailed
from ifax_desktop.viewmodels.notices import Notice, Notices, Rank


def shown(notices: Notices) -> str:
    """The words in the bar."""
    return notices.current.text if notices.current else ""


def test_what_is_posted_before_anybody_looks_is_kept() -> None:
    notices = Notices()
    assert notices.current is None
    notices.post(Notice("The settings were damaged. The usual ones are in use."))
    assert shown(notices) == "The settings were damaged. The usual ones are in use."


def test_offline_comes_before_account_before_news(qtbot: QtBot) -> None:
    notices = Notices()
    notices.post(Notice("A fax arrived."))
    notices.post(Notice("The key was not accepted.", rank=Rank.ACCOUNT))
    notices.post(Notice("No network.", rank=Rank.OFFLINE, key="offline"))
    notices.post(Notice("Another fax arrived."))
    assert shown(notices) == "No network."
    with qtbot.waitSignal(notices.changed):
        notices.withdraw("offline")
    assert shown(notices) == "The key was not accepted."
    notices.dismiss()
    assert shown(notices) == "Another fax arrived."
    notices.dismiss()
    assert shown(notices) == "A fax arrived."
    notices.dismiss()
    assert notices.current is None


def test_a_countdown_changes_its_own_notice_and_others_stay(qtbot: QtBot) -> None:
    notices = Notices()
    notices.post(Notice("A fax arrived."))
    notices.post(Notice("Sending in 9 seconds.", "Undo", key="undo 1"))
    with qtbot.waitSignal(notices.changed):
        notices.post(Notice("Sending in 8 seconds.", "Undo", key="undo 1"))
    assert shown(notices) == "Sending in 8 seconds."
    notices.withdraw("undo 1")
    assert shown(notices) == "A fax arrived."


def test_what_is_not_shown_changes_nothing_on_the_screen(qtbot: QtBot) -> None:
    notices = Notices()
    notices.post(Notice("No network.", rank=Rank.OFFLINE))
    with qtbot.assertNotEmitted(notices.changed):
        notices.post(Notice("A fax arrived.", key="news"))
        notices.withdraw("news")


def test_the_button_acts_and_the_notice_goes() -> None:
    notices, done = Notices(), []
    notices.post(Notice("Sending in 8 seconds.", "Undo", action=lambda: done.append("undone")))
    notices.act()
    assert done == ["undone"]
    assert notices.current is None


def test_hundreds_of_news_do_not_push_out_the_important_one() -> None:
    notices = Notices()
    notices.post(Notice("No network.", rank=Rank.OFFLINE))
    for number in range(300):
        notices.post(Notice(f"Fax {number} arrived."))
    assert shown(notices) == "No network."


@pytest.mark.parametrize(
    ("error", "icon", "rank"),
    [
        (Offline("The fax service cannot be reached."), "offline", Rank.OFFLINE),
        (SignInNeeded("The service did not accept the key."), "key", Rank.ACCOUNT),
        (StorageFailed("The disk is full. Make room and try again."), "warning", Rank.NEWS),
    ],
)
def test_a_failure_speaks_in_its_own_sentence(error: Exception, icon: str, rank: Rank) -> None:
    notices = Notices()
    notices.report(error)
    assert notices.current == Notice(str(error), "", "warn", icon, notices.current.key, rank)  # type: ignore[union-attr]


def test_a_failure_gets_the_button_offered_for_it() -> None:
    notices, opened = Notices(), []
    notices.offer(SignInNeeded, "Enter the key", lambda: opened.append("settings"))
    notices.report(SignInNeeded("The service did not accept the key."))
    assert notices.current is not None
    assert notices.current.button == "Enter the key"
    notices.act()
    assert opened == ["settings"]


def test_the_same_failure_again_is_said_once() -> None:
    notices = Notices()
    for _ in range(3):
        notices.report(NoAnswer("The fax service did not answer."))
    notices.dismiss()
    assert notices.current is None


def test_the_raw_detail_is_one_click_away_and_holds_no_full_number(qtbot: QtBot) -> None:
    notices = Notices()
    notices.report(Refused("The service does not take this fax.", "code 407 for +12025550143"))
    assert notices.current is not None
    assert notices.current.button == "Copy details"
    notices.act()
    assert QGuiApplication.clipboard().text() == "code 407 for …43"
    assert shown(notices) == "The details are copied. You can paste them into a message."


def test_a_surprise_is_logged_with_its_traceback_and_told_in_three_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    notices = Notices()
    with caplog.at_level(logging.ERROR):
        try:
            raise KeyError("+12025550143")
        except KeyError as error:
            notices.report(error)
    assert shown(notices) == "Something went wrong."
    assert "Traceback" in caplog.text
    assert "test_a_surprise" in caplog.text
    assert "2025550143" not in caplog.text
    assert notices.current is not None
    assert notices.current.details in caplog.text
