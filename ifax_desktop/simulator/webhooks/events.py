"""What a webhook says: that a fax ended, that one is being sent, that one arrived.

Section 4 of the wire contract. A received fax takes half a minute a page and a second, as the only sample
has it: the service tells nobody when its call began.
"""

from dataclasses import dataclass
from typing import Any

from ifax_desktop.simulator.jobs import Job, sent_row
from ifax_desktop.simulator.records import ReceivedFax

SECONDS_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to tell. `arrived` is the received fax, if it is about one."""

    payload: dict[str, Any]
    arrived: ReceivedFax | None = None


def sent_event(job: Job, now: float, direction: str) -> Event:
    """How far a fax is at `now`: ended, or being sent."""
    row = sent_row(job, now)
    return Event(
        {
            "direction": direction,
            "jobId": row["jobId"],
            "transactionId": job.transaction_id,
            "retryAttempt": 0,
            "faxCallLength": row["faxCallLength"],
            "faxCallStart": row["faxCallStart"],
            "faxCallEnd": row["faxCallEnd"],
            "faxTotalPages": row["faxTotalPages"],
            "faxTransferredPages": row["faxTransferredPages"],
            "faxStatus": row["faxStatus"],
            "success": row["faxStatus"] == "delivered",
            "fromNumber": row["fromNumber"],
            "toNumber": row["toNumber"],
            "code": row["code"],
            "message": row["message"],
        }
    )


def received_event(fax: ReceivedFax, direction: str) -> Event:
    """A fax has arrived."""
    length, end = SECONDS_A_PAGE * fax.pages + 1, int(fax.received_at)
    return Event(
        {
            "direction": direction,
            "jobId": fax.job_id,
            "transactionId": fax.transaction_id,
            "faxCallLength": length,
            "faxCallStart": end - length,
            "faxCallEnd": end,
            "faxTotalPages": fax.pages,
            "faxReceivedPages": fax.pages,
            "faxStatus": "received",
            "success": True,
            "fromNumber": fax.sender,
            "toNumber": fax.receiver,
            "code": 0,
            "message": "NORMAL_CLEARING",
        },
        fax,
    )


def in_form(payload: dict[str, Any]) -> dict[str, str]:
    """The same as text parts of a form; true and false as a form in a browser says them."""
    said = {True: "true", False: "false"}
    return {name: said[value] if isinstance(value, bool) else str(value) for name, value in payload.items()}
