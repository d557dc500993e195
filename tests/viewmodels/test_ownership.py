"""The question whose key it is: on the notice bar until it is answered."""

from collections.abc import AsyncIterator

import pytest

from ifax_desktop.delivery.ownership import Ownership, Whose
from ifax_desktop.domain.errors import AccountUnproven
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.viewmodels.ownership import OwnershipViewModel
from tests.conftest import Eventually
from tests.office_day import Day, heard


class Asking:
    """The model over the ownership of a day's archive, which is asked about."""

    def __init__(self, day: Day) -> None:
        back = day.backbone
        self.ownership = Ownership(back.accounts, back.account, back.line)
        self.notices = Notices()
        self.waiting = 3
        self.model = OwnershipViewModel(self.ownership, self.notices, lambda: self.waiting)

    @property
    def said(self) -> str:
        return self.notices.current.text if self.notices.current else ""


@pytest.fixture
async def asking(day: Day) -> AsyncIterator[Asking]:
    await day.deliver("Dr. Ames", "+12025550143")
    asking = Asking(day)
    assert asking.ownership.whose is Whose.UNSURE
    yield asking
    await asking.model.close()


@pytest.mark.parametrize(
    ("waiting", "words"),
    [(0, ""), (1, " One fax waits here."), (3, " 3 faxes wait here.")],
)
async def test_what_waits_is_said_with_the_question(asking: Asking, waiting: int, words: str) -> None:
    asking.waiting = waiting
    asking.ownership._set(Whose.ASKED)
    assert asking.said == f"This key may belong to another account.{words}"


async def test_the_question_stays_until_it_is_answered(asking: Asking, eventually: Eventually) -> None:
    asked = heard(asking.model.asked)
    asking.ownership._set(Whose.ASKED)
    asking.notices.act()
    assert asked == [("3 faxes wait here.",)]
    assert asking.said
    asking.model.same()
    await eventually(lambda: asking.ownership.whose is Whose.OURS)
    assert asking.said == ""


async def test_somebody_who_wants_something_meanwhile_is_led_to_the_question(asking: Asking) -> None:
    asked = heard(asking.model.asked)
    asking.ownership._set(Whose.ASKED)
    asking.notices.dismiss()
    with pytest.raises(AccountUnproven) as refused:
        asking.ownership.check()
    asking.notices.report(refused.value)
    assert asking.said.startswith("This key may belong to another account.")
    asking.notices.act()
    assert asked


async def test_another_account_ends_the_session(asking: Asking, eventually: Eventually) -> None:
    asking.ownership._set(Whose.ASKED)
    asking.model.other()
    await eventually(lambda: asking.ownership._moved)
    assert asking.ownership._moved != asking.ownership._account
