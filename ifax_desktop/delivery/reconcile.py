"""Did the service get it? Asked before a doubtful fax may become anything else.

A fax is adopted by itself only where no doubt is left: every job in the service's whole list that is not ours already
fits exactly one doubtful fax. Absence from the list proves nothing, since nobody knows how soon it shows a fax.
"""

from collections.abc import Collection, Sequence

from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.outbox import Doubt


def certain_match(
    doubt: Doubt, doubts: Sequence[Doubt], reports: Sequence[SentReport], known: Collection[str]
) -> SentReport | None:
    """The one job that must be this doubtful fax; None while more than one reading is possible.

    `known` are the job ids of all faxes sent from here, `reports` the service's whole sent list.
    """
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
        if report is not fitting[0] and not any(_fits(report, d) for d in others)
    ]
    return None if unexplained else fitting[0]


def may_be_there(doubt: Doubt, reports: Sequence[SentReport], known: Collection[str]) -> bool:
    """Whether a job that is not ours already could be this fax, certain or not."""
    strangers = [report for report in reports if report.job_id not in known]
    if doubt.above_job_id is None:
        return any(report.to_number == doubt.number for report in strangers)
    return any(_fits(report, doubt) for report in strangers)


def highest(reports: Sequence[SentReport]) -> str:
    """The highest job id in a list, empty for none: what comes later has a higher one."""
    return max((report.job_id for report in reports if report.job_id.isdigit()), key=int, default="")


def _fits(report: SentReport, doubt: Doubt) -> bool:
    if report.to_number != doubt.number:
        return False
    if doubt.own_number and report.from_number and report.from_number != doubt.own_number:
        return False
    if doubt.above_job_id is None or not report.job_id.isdigit():
        return False  # nobody saw where the list ended before the attempt: only a person can tell
    if int(report.job_id) <= int(doubt.above_job_id or 0):
        return False
    # A service cover counts one page more, and 0 or nothing means that the service does not know yet.
    return not report.pages or report.pages in (doubt.pages, doubt.pages + 1)
