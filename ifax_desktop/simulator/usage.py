"""Answers the call for usage records: one for each fax that has ended, sent or received, with what it cost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.jobs import Job, progress, sent_row
from ifax_desktop.simulator.lists import page_of
from ifax_desktop.simulator.records import ReceivedFax, Records

SECONDS_A_RECEIVED_PAGE = 30
"""And one more for the whole call, as webhooks have it."""

Record = tuple[float, dict[str, Any]]
"""When the fax was accepted or arrived, and its record."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The account's usage. Deleted faxes stay in it."""

    records: Records
    now: Callable[[], float]

    def operations(self) -> tuple[Operation, ...]:
        paths = ("/customer/cdr-list", "/customer/cdr", "/customer/fax-logs", "/customer/usage")
        return (Operation("cdr_list", paths, self.listed),)

    async def listed(self, fields: Fields) -> Answer:
        """Operation 24: all records of the days asked for, newest first. Both dates are required."""
        if not (fields.get("startDate") and fields.get("endDate")):
            raise Refusal(*answers.DATES_REFUSED)
        rows = self._rows(fields.get("direction"))
        wanted = page_of(
            rows,
            fields,
            time_of=lambda row: row[0],
            ids_of=lambda row: (row[1]["faxId"], row[1]["jobId"]),
            size=len(rows),
        )
        return Answer([record for _, record in wanted])

    def _rows(self, direction: object) -> list[Record]:
        if direction not in (None, "", "OB", "IB"):
            raise Refusal(*answers.PARAMETER_REFUSED)
        now = self.now()
        rows: list[Record] = []
        if direction != "IB":
            ended = [job for job in self.records.jobs if progress(job, now).ended_at is not None]
            rows += [(job.accepted_at, _sent(job, now)) for job in ended]
        if direction != "OB":
            rows += [(fax.received_at, _received(fax)) for fax in self.records.received]
        return rows


def _sent(job: Job, now: float) -> dict[str, Any]:
    row = {"faxId": job.fax_id, "transactionId": job.transaction_id, "direction": "OB"}
    return {**row, **sent_row(job, now), "cost": job.cost}


def _received(fax: ReceivedFax) -> dict[str, Any]:
    end = int(fax.received_at)
    length = fax.pages * SECONDS_A_RECEIVED_PAGE + 1
    return {
        "faxId": fax.fax_id,
        "jobId": fax.job_id,
        "transactionId": fax.transaction_id,
        "direction": "IB",
        "fromNumber": fax.sender,
        "toNumber": fax.receiver,
        "faxCallStart": end - length,
        "faxCallEnd": end,
        "faxCallLength": length,
        "faxTotalPages": fax.pages,
        "faxTransferredPages": fax.pages,
        "faxStatus": "received",
        "code": 0,
        "message": "NORMAL_CLEARING",
        "cost": fax.cost,
    }
