"""When a fax that did not get through is tried again by itself, and when a doubtful one is looked for."""

from datetime import timedelta

from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.reports import SentReport

_LOOKS = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
_OFFLINE_FIRST = timedelta(seconds=5)
_OFFLINE_LONGEST = timedelta(minutes=2)


def next_try(catalogue: Catalogue, report: SentReport, tries: int) -> timedelta | None:
    """How long to wait before the next try of a fax that failed after `tries` tries; None for no more.

    Never when a page went through, since it would print twice, nor where the catalogue says that it is not safe: after
    a negative code, which is not final, and where there is any risk of printing twice (field notes, section 4.7).
    """
    failure = catalogue.reason(report.code, report.message, report.status)
    if report.pages_done or not failure.retry_is_safe or tries > failure.tries:
        return None
    return failure.delay


def next_look(looks: int) -> timedelta:
    """How long after the last look a doubtful fax is looked for again: soon at first, then hourly."""
    return _LOOKS[looks] if looks < len(_LOOKS) else timedelta(hours=1)


def offline_wait(failures: int) -> timedelta:
    """How long a fax waits after the service could not be reached `failures` times in a row."""
    return min(_OFFLINE_FIRST * (1 << min(failures, 10)), _OFFLINE_LONGEST)


def status_pause(age: timedelta, youngest: float) -> float:
    """Seconds between two questions for the state of a fax accepted `age` ago: 3 s is the fastest others ask."""
    if age < timedelta(minutes=2):
        return youngest
    if age < timedelta(minutes=15):
        return max(youngest, 15.0)
    return 60.0
