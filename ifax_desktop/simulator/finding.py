"""Finds the fax a call is about. A fax that was deleted is not found any more."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Fields, Refusal
from ifax_desktop.simulator.jobs import Job
from ifax_desktop.simulator.records import ReceivedFax, Records

Fax = TypeVar("Fax", Job, ReceivedFax, Job | ReceivedFax)
AnyFax = Job | ReceivedFax

OUTBOUND, INBOUND, DOCUMENT = "outbound", "inbound", "document"


def shown(faxes: Iterable[Fax]) -> list[Fax]:
    """Those that were not deleted."""
    return [fax for fax in faxes if fax.deleted_at is None]


def sent_fax(records: Records, fields: Fields, unknown: tuple[int, str] = answers.FAX_UNKNOWN) -> Job:
    """The sent fax with the `jobId` of the call. Raises `Refusal`."""
    wanted = answers.read_id(fields.get("jobId"), answers.ID_MISSING)
    return _first(records.jobs, lambda job: job.job_id == wanted, unknown)


def received_fax(records: Records, fields: Fields) -> ReceivedFax:
    """The received fax that has both ids of the call. Raises `Refusal`."""
    wanted = tuple(
        answers.read_id(fields.get(name), answers.INBOUND_ID_MISSING) for name in ("jobId", "transactionId")
    )
    return _first(
        records.received,
        lambda fax: (fax.job_id, fax.transaction_id) == wanted,
        answers.INBOUND_FAX_UNKNOWN,
    )


def fax_by_job(records: Records, kind: object, job_id: object) -> AnyFax:
    """The fax of that job id: `kind` is outbound, inbound, or document for either. Raises `Refusal`."""
    if kind not in (OUTBOUND, INBOUND, DOCUMENT):
        raise Refusal(*answers.PARAMETER_REFUSED)
    wanted = answers.read_id(job_id, answers.ID_MISSING)
    faxes: list[AnyFax] = []
    if kind != INBOUND:
        faxes += records.jobs
    if kind != OUTBOUND:
        faxes += records.received
    unknown = answers.INBOUND_FAX_UNKNOWN if kind == INBOUND else answers.FAX_UNKNOWN
    return _first(faxes, lambda fax: fax.job_id == wanted, unknown)


def fax_by_row(records: Records, fields: Fields) -> AnyFax:
    """The fax with the `faxId` of the call, on the side `faxType` names (OB or IB). Raises `Refusal`."""
    wanted = answers.read_id(fields.get("faxId"), answers.ID_MISSING)
    match fields.get("faxType"):
        case "OB":
            return _first(records.jobs, lambda fax: fax.fax_id == wanted, answers.FAX_UNKNOWN)
        case "IB":
            return _first(records.received, lambda fax: fax.fax_id == wanted, answers.INBOUND_FAX_UNKNOWN)
        case _:
            raise Refusal(*answers.PARAMETER_REFUSED)


def _first(faxes: Iterable[Fax], fits: Callable[[Fax], bool], unknown: tuple[int, str]) -> Fax:
    for fax in faxes:
        if fax.deleted_at is None and fits(fax):
            return fax
    raise Refusal(*unknown)
