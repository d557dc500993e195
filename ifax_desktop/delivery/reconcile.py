"""Did the service get it? Asked before a doubtful fax may become anything else.

A fax is adopted by itself only where no doubt is left: the service echoes the name of our attempt's file, or its copy
is our document, or nobody else ever sent on this account and the list has one reading only. Absence from the list
proves nothing, since nobody knows how soon it shows a fax. All else is for a person to decide.
"""

import json
from collections.abc import Collection, Sequence

from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.outbox import Doubt


def named(doubt: Doubt, reports: Sequence[SentReport]) -> SentReport | None:
    """The one job of which the service says that its file is the one of this attempt."""
    stem = doubt.file_name.removesuffix(".pdf")
    found = [report for report in reports if stem in json.dumps(dict(report.raw), default=str)]
    return found[0] if len(found) == 1 else None


def candidates(doubt: Doubt, reports: Sequence[SentReport], known: Collection[str]) -> list[SentReport]:
    """The jobs that could be this fax: not known as ours, to its number, from its sender, later than it, with its pages.

    `known` are the jobs among `reports` that were sent from here.
    """
    return [report for report in reports if report.job_id not in known and _fits(report, doubt)]


def only_reading(
    doubt: Doubt, doubts: Sequence[Doubt], reports: Sequence[SentReport], known: Collection[str]
) -> SentReport | None:
    """The one job that must be this fax if nobody else sends on the account; None while there is another reading.

    `doubts` are all attempts whose fate is open, `reports` the service's whole sent list.
    """
    if doubt.above_job_id is None:
        return None  # nobody saw where the list ended before the attempt
    strangers = [report for report in reports if report.job_id not in known]
    fitting = [report for report in strangers if _fits(report, doubt)]
    if len(fitting) != 1:
        return None
    others = [other for other in doubts if other.attempt != doubt.attempt]
    if any(_fits(fitting[0], other) for other in others):
        return None
    unexplained = [
        report
        for report in strangers
        if report is not fitting[0] and not any(_fits(report, other) for other in others)
    ]
    return None if unexplained else fitting[0]


def strangers(
    open_attempts: Sequence[Doubt], reports: Sequence[SentReport], known: Collection[str]
) -> list[SentReport]:
    """The jobs that cannot be ours: no attempt whose fate is open went to their number."""
    ours = {_digits(attempt.number) for attempt in open_attempts}
    return [
        report for report in reports if report.job_id not in known and _digits(report.to_number) not in ours
    ]


def may_be_there(doubt: Doubt, reports: Sequence[SentReport], known: Collection[str]) -> bool:
    """Whether a job that is not ours already could be this fax, certain or not."""
    return bool(candidates(doubt, reports, known))


def highest(reports: Sequence[SentReport]) -> str:
    """The highest job id in a list, empty for none: what comes later has a higher one."""
    return max((report.job_id for report in reports if _is_number(report.job_id)), key=int, default="")


def _fits(report: SentReport, doubt: Doubt) -> bool:
    if _digits(report.to_number) != _digits(doubt.number):
        return False
    if doubt.own_number and report.from_number and _digits(report.from_number) != _digits(doubt.own_number):
        return False
    if doubt.above_job_id is not None and not _is_above(report.job_id, doubt.above_job_id):
        return False
    # A service cover counts one page more, and 0 or nothing means that the service does not know yet.
    return not report.pages or not doubt.pages or report.pages in (doubt.pages, doubt.pages + 1)


def _is_above(job_id: str, above: str) -> bool:
    return _is_number(job_id) and int(job_id) > int(above or 0)


def _is_number(job_id: str) -> bool:
    return job_id.isascii() and job_id.isdigit()


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))
