"""Takes a fax on: what the account allows is looked at, then it gets its ids and is on its way."""

from collections.abc import Callable
from dataclasses import dataclass

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.account import Account
from ifax_desktop.simulator.answers import Refusal
from ifax_desktop.simulator.credit import Credit
from ifax_desktop.simulator.jobs import Job
from ifax_desktop.simulator.orders import Order
from ifax_desktop.simulator.outcomes import UNREADABLE, outcome_of
from ifax_desktop.simulator.records import Records


@dataclass(frozen=True, slots=True)
class Papers:
    """What a fax is made of: its files as they were kept, and its pages (0 if a file cannot be read)."""

    file_names: tuple[str, ...]
    document_ids: tuple[str, ...]
    ranges: tuple[tuple[tuple[int, int], ...], ...]
    size: int
    sha256: str
    pages: int


def papers_of(job: Job) -> Papers:
    """What a fax sent before is made of."""
    return Papers(job.file_names, job.document_ids, job.ranges, job.size, job.sha256, job.pages)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The one door through which faxes go out, new ones and those sent again."""

    records: Records
    account: Account
    credit: Credit
    now: Callable[[], float]

    def accept(self, operation: str, order: Order, papers: Papers, *, with_test_key: bool) -> Job:
        """Take a fax on. Raises `Refusal` if it has too many pages or the account is at one of its limits."""
        self._check(papers.pages, with_test_key)
        earlier = sum(job.number == order.number for job in self.records.jobs)
        job_id, fax_id, transaction_id = self.records.counters.next_ids()
        now = self.now()
        job = Job(
            job_id=job_id,
            fax_id=fax_id,
            transaction_id=transaction_id,
            operation=operation,
            number=order.number,
            caller_id=order.caller,
            file_names=papers.file_names,
            document_ids=papers.document_ids,
            size=papers.size,
            sha256=papers.sha256,
            pages=papers.pages,
            accepted_at=now,
            outcome=(outcome_of(order.number, earlier) if papers.pages else UNREADABLE).name,
            wait=max(0.0, order.starts_at - now),
            subject=order.subject,
            quality=order.quality,
            waits_as=self.account.waits_as,
            ranges=papers.ranges,
            with_test_key=with_test_key,
            billing="" if with_test_key else "open",
            shelf=self.records.shelf,
            pace=self.records.pace,
        )
        self.records.jobs.append(job)
        self.records.save()
        return job

    def _check(self, pages: int, with_test_key: bool) -> None:
        account, jobs = self.account, self.records.jobs
        if pages > account.most_pages:
            raise Refusal(*answers.TOO_LARGE)
        if account.trial_pages is not None and pages + _sum(jobs) > account.trial_pages:
            raise Refusal(*answers.TRIAL_USED_UP)
        if not with_test_key:
            self.credit.check(pages * account.prices.page)
            return
        sent = _sum([job for job in jobs if job.with_test_key])
        if account.test_pages is not None and pages + sent > account.test_pages:
            raise Refusal(*answers.TEST_KEY_USED_UP)


def _sum(jobs: list[Job]) -> int:
    return sum(job.pages for job in jobs)
