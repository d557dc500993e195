"""What is said of earlier faxes while they are fetched."""

import pytest

from ifax_desktop.delivery.earlier import EarlierFaxes, Progress
from ifax_desktop.viewmodels.earlier_news import EarlierNews
from ifax_desktop.viewmodels.notices import Notices
from tests.office_day import Day, Desk


@pytest.fixture
def earlier(day: Day) -> EarlierFaxes:
    return day.backbone.receiver.earlier


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def news(earlier: EarlierFaxes, notices: Notices) -> EarlierNews:
    return EarlierNews(earlier, notices)


def said(notices: Notices) -> tuple[str, str]:
    notice = notices.current
    return (notice.text, notice.button) if notice else ("", "")


async def test_an_account_without_earlier_faxes_is_told_nothing(
    earlier: EarlierFaxes, news: EarlierNews, notices: Notices
) -> None:
    earlier._say(Progress(at_work=True))
    assert news.words == "Fetching earlier faxes"
    earlier._say(Progress(is_done=True))
    assert news.words == ""
    assert notices.current is None


async def test_how_far_it_is_is_said_and_how_it_ended(
    earlier: EarlierFaxes, news: EarlierNews, notices: Notices
) -> None:
    earlier._say(Progress(at_work=True, faxes=1))
    assert said(notices) == ("Your earlier faxes are being fetched in the background.", "Not now")
    notices.dismiss()
    earlier._say(Progress(at_work=True, faxes=120))
    assert news.words == "Fetching earlier faxes, 120 so far"
    assert notices.current is None, "once is enough"
    earlier._say(Progress(at_work=True, faxes=120, is_done=True))
    earlier._say(Progress(at_work=False, faxes=120, is_done=True))
    assert said(notices) == ("Your earlier faxes are here: 120 faxes.", "")
    assert news.words == ""


async def test_it_can_be_put_off_and_taken_up(
    earlier: EarlierFaxes, news: EarlierNews, notices: Notices
) -> None:
    earlier._say(Progress(at_work=True, faxes=1))
    notices.act()
    assert said(notices) == (
        "The other earlier faxes are fetched when the program starts again.",
        "Go on now",
    )
    earlier.go_on()
    assert not earlier._go.is_set(), "the next check does not begin it again"
    notices.act()
    assert earlier._go.is_set()
    earlier._say(Progress(at_work=True, faxes=2))
    assert said(notices)[1] == "Not now"
    news.close()
    notices.dismiss()
    earlier._say(Progress(at_work=False, faxes=3, is_done=True))
    assert notices.current is None


async def test_the_status_bar_says_it(desk: Desk) -> None:
    earlier = desk.day.backbone.receiver.earlier
    desk.day.backbone.line.checked(desk.day.now())
    before = desk.window.state.checked
    assert before.startswith("Last check")
    earlier._say(Progress(at_work=True, faxes=120))
    assert desk.window.state.checked == "Fetching earlier faxes, 120 so far"
    earlier._say(Progress(at_work=False, faxes=120))
    assert desk.window.state.checked == before
