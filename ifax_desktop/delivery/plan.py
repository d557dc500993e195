"""When something is done again by itself: the next try of a fax, the next look for a doubtful one, the next question."""

from datetime import timedelta

from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.reports import SentReport

LATE = timedelta(hours=12)
"""A fax that should have gone out longer ago than this, while the program could not send it, asks the user first."""
SILENCE = timedelta(minutes=5)
"""How long the service may refuse to say how a fax stands before the user is told."""

_LOOKS = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
_HOURLY_LOOKS = 24
_OFFLINE_FIRST = timedelta(seconds=5)
_OFFLINE_LONGEST = timedelta(minutes=2)
_SLOWEST = 600.0


def next_try(catalogue: Catalogue, report: SentReport, tries: int) -> timedelta | None:
    """How long to wait before the next try of a fax that failed after `tries` tries; None for no more.

    Never when a page went through, since it would print twice, nor where the catalogue says that it is not safe: after
    a negative code, which is not final, and where there is any risk of printing twice (field notes, section 4.7).
    """
    failure = catalogue.reason(report.code, report.message, report.status)
    if report.pages_done or not failure.retry_is_safe or tries > failure.tries:
        return None
    return failure.delay


def next_look(looks: int) -> timedelta | None:
    """How long after the last look a doubtful fax is looked for again: soon at first, then hourly for a day, then no more."""
    if looks < len(_LOOKS):
        return _LOOKS[looks]
    return timedelta(hours=1) if looks < len(_LOOKS) + _HOURLY_LOOKS else None


def offline_wait(failures: int) -> timedelta:
    """How long a fax waits after the service could not be reached `failures` times in a row."""
    return min(_OFFLINE_FIRST * (1 << min(failures, 10)), _OFFLINE_LONGEST)


def status_pause(age: timedelta, youngest: float, misses: int = 0) -> float:
    """Seconds between two questions for the state of a fax accepted `age` ago: 3 s is the fastest others ask.

    After `misses` questions in a row that brought no answer the pause doubles each time, up to ten minutes.
    """
    if age < timedelta(minutes=2):
        pause = youngest
    elif age < timedelta(minutes=15):
        pause = max(youngest, 15.0)
    else:
        pause = 60.0 if age < timedelta(hours=2) else 300.0
    return min(pause * (1 << min(misses, 10)), max(_SLOWEST, pause))
