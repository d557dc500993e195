"""The timeline and the retry plan of faxes in a real archive."""

from ifax_desktop.domain.fax import FaxDetail
from ifax_desktop.viewmodels import history, times
from ifax_desktop.viewmodels.timeline import TimelineRow
from tests.office_day import Day


def detail(day: Day, fax: int) -> FaxDetail:
    found = day.backbone.archive.detail(fax)
    assert found is not None
    return found


def told(day: Day, fax: int) -> tuple[TimelineRow, ...]:
    return history.timeline(detail(day, fax), day.backbone.catalogue, day.now())


async def test_newest_on_top_with_the_planned_try_first(day: Day, made: dict[str, int]) -> None:
    rows = told(day, made["busy"])
    assert [row.text for row in rows] == [
        "Second try",
        "First try: the line is busy",
        "Accepted by the service",
        "Stored here",
    ]
    assert [row.planned for row in rows] == [True, False, False, False]
    assert rows[1].detail == "0 of 5 pages arrived  ·  code 263"
    assert rows[1].token == "text2"
    assert rows[3].detail == "referral.pdf, xray-report.pdf"


async def test_red_only_where_the_fax_was_stopped(day: Day, made: dict[str, int]) -> None:
    rows = told(day, made["failed"])
    assert rows[0].text == "Stopped: this number is not in service"
    assert [row.token == "bad" for row in rows] == [True, False, False]


async def test_a_lost_answer_is_said_with_what_came_before(day: Day, made: dict[str, int]) -> None:
    rows = told(day, made["doubtful"])
    assert [row.text for row in rows] == [
        "The answer of the service was lost",
        "Handed over to the service",
        "Stored here",
    ]
    assert rows[0].detail == "timeout after 20 s"


async def test_pages_are_said_once(day: Day, made: dict[str, int]) -> None:
    assert told(day, made["sending"])[0].text == "3 of 12 pages arrived"


async def test_the_plan_shows_past_next_and_later_tries(day: Day, made: dict[str, int]) -> None:
    marks = history.retry_plan(detail(day, made["busy"]), day.backbone.catalogue, day.now())
    assert [mark.kind for mark in marks] == ["past", "next", "later", "later", "later"]
    due = detail(day, made["busy"]).fax.due_at
    assert due is not None
    assert marks[0].word == "busy"
    assert marks[1].time == times.clock(due)
    sentence = history.plan_sentence(marks)
    assert sentence.startswith(f"Try 1, {marks[0].time}, busy. Try 2 is next, {marks[1].time}. Try 3, about ")


async def test_tries_are_counted_from_when_the_user_asked(day: Day, made: dict[str, int]) -> None:
    for which in ("failed", "delivered", "later", "canceled", "draft"):
        assert history.retry_plan(detail(day, made[which]), day.backbone.catalogue, day.now()) == ()
    await day.backbone.outbox.stop(made["busy"], day.now())
    await day.backbone.outbox.try_again(made["busy"], day.now())
    rows = told(day, made["busy"])
    assert rows[0].text == "You asked for another try"
    assert history.retry_plan(detail(day, made["busy"]), day.backbone.catalogue, day.now()) == ()


def test_tries_have_names() -> None:
    assert [history.nth_try(number) for number in (1, 5, 6)] == ["First try", "Fifth try", "Try 6"]
