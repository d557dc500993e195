"""What becomes of a fax, decided by the number dialled, and how long each step takes.

The numbers end in 555-01xx, which the telephone companies keep free for stories, with any area code:

| number ends in | what happens                                                        | code |
|----------------|---------------------------------------------------------------------|------|
| 555-0101       | the line is busy                                                    | 263  |
| 555-0102       | nobody answers                                                      | 8021 |
| 555-0103       | the number is not in service                                        | 3912 |
| 555-0104       | a person answers, no fax machine                                    | 9015 |
| 555-0105       | the line breaks after page 2 (after the last page but one of a short fax) | 9009 |
| 555-0106       | busy, delivered on the next send, busy again on the one after       | 263, then 0 |
| 555-0107       | the two fax machines cannot agree                                   | 3211 |
| 555-0108       | the recipient's number has changed                                  | 6022 |
| 555-0109       | delivered, but slowly: 20 seconds a page                            | 0    |
| 555-0110       | the other machine cannot take pages of this size                    | 9010 |
| 555-0111       | the account has run out of credit                                   | 9040 |
| 555-0112       | calls from this account to that number are barred                   | 12062 |
| 555-0113       | the telephone network is congested                                  | 9001 |
| 555-0114       | the service breaks down inside: ask support                         | 256  |
| 555-0115       | the document cannot be turned into fax pages                        | 204000 |
| 555-0116       | the call was ended from this side: nothing to do                    | 12077 |
| 555-0117       | the line stays bad from page 1 on; the fax is charged all the same (`failed_chargeable`) | 9012 |
| 555-0118       | the service cancels the fax, with two l (`cancelled`)               | 403  |
| 555-0121       | the service restarts for 20 seconds, then delivers                  | -150, then 0 |
| 555-0123       | canceled in the middle, after page 2 (`partially_cancelled`)        | 12080 |
| 555-0124       | the recipient refuses the call (`blocked`)                          | 6021 |
| any other      | delivered, 2 seconds a page                                         | 0    |

A page in HD takes twice as long. A document the service cannot read fails with 9042 whatever number was dialled,
and a fax for which a live key has not enough credit with 9040. Codes and texts are rows of the service's table of
errors; every one of its groups can be met. 555-0119, -0120 and -0122 are left out on purpose: they serve as plain
numbers elsewhere.
"""

from dataclasses import dataclass

PREPARING = 2.0
"""Seconds between acceptance and the call."""

SECONDS_A_PAGE = 2.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a fax ends. `ringing` is the seconds a call lasts that never gets to a page; `breaks_after`
    is the page after which the line breaks; without either, every page arrives. The call may be `held_back`
    for some seconds, while the status says `says_meanwhile`."""

    name: str
    status: str
    code: int
    message: str
    ringing: float | None = None
    breaks_after: int | None = None
    seconds_a_page: float = SECONDS_A_PAGE
    dials: bool = True
    held_back: float = 0.0
    says_meanwhile: tuple[int, str] = (-3, "Fax processed for sending")


DELIVERED = Outcome("delivered", "delivered", 0, "NORMAL_CLEARING")
BUSY = Outcome("busy", "failed", 263, "USER_BUSY", ringing=3)
NO_ANSWER = Outcome("no answer", "failed", 8021, "NO_ANSWER", ringing=8)
NOT_IN_SERVICE = Outcome("not in service", "failed", 3912, "UNALLOCATED_NUMBER", ringing=2)
PERSON_ANSWERED = Outcome(
    "a person answered", "failed", 9015, "Timed out waiting for initial communication", ringing=7
)
LINE_BROKE = Outcome(
    "line broke", "failed", 9009, "There was an error communicating with the far side.", breaks_after=2
)
INCOMPATIBLE = Outcome("incompatible", "failed", 3211, "Fax machine incompatibility", ringing=6)
NUMBER_CHANGED = Outcome("number changed", "failed", 6022, "Number changed", ringing=3)
SLOW = Outcome("slow", "delivered", 0, "NORMAL_CLEARING", seconds_a_page=20)
PAGE_SIZE = Outcome("page size", "failed", 9010, "Far end cannot receive at the size of image", ringing=6)
NO_CREDIT = Outcome(
    "no credit", "failed", 9040, "Insufficient funds to send fax and not able to auto recharge.", dials=False
)
BARRED = Outcome("barred", "failed", 12062, "OUTGOING_CALL_BARRED", ringing=2)
CONGESTED = Outcome("congested", "failed", 9001, "NORMAL_CIRCUIT_CONGESTION", ringing=3)
BROKE_DOWN = Outcome("broke down", "failed", 256, "Internal error", ringing=3)
NOT_RENDERED = Outcome("not rendered", "failed", 204000, "Rendering error", dials=False)
ENDED_HERE = Outcome("ended here", "failed", 12077, "ORIGINATOR_CANCEL", ringing=4)
CHARGED = Outcome(
    "charged", "failed_chargeable", 9012, "Disconnected after permitted retries", breaks_after=1
)
CANCELLED = Outcome("cancelled", "cancelled", 403, "Fax canceled.", ringing=3)
RESTARTED = Outcome(
    "restarted", "delivered", 0, "NORMAL_CLEARING", held_back=20, says_meanwhile=(-150, "SYSTEM_SHUTDOWN")
)
PARTLY = Outcome("partly", "partially_cancelled", 12080, "MANAGER_REQUEST", breaks_after=2)
BLOCKED = Outcome("blocked", "blocked", 6021, "CALL_REJECTED", ringing=2)
UNREADABLE = Outcome(
    "unreadable",
    "failed",
    9042,
    "There was a problem in converting and merging files to the output file format.",
    dials=False,
)

EVERY_SECOND_BUSY = "5550106"

BY_NUMBER: dict[str, Outcome] = {
    "5550101": BUSY,
    "5550102": NO_ANSWER,
    "5550103": NOT_IN_SERVICE,
    "5550104": PERSON_ANSWERED,
    "5550105": LINE_BROKE,
    "5550107": INCOMPATIBLE,
    "5550108": NUMBER_CHANGED,
    "5550109": SLOW,
    "5550110": PAGE_SIZE,
    "5550111": NO_CREDIT,
    "5550112": BARRED,
    "5550113": CONGESTED,
    "5550114": BROKE_DOWN,
    "5550115": NOT_RENDERED,
    "5550116": ENDED_HERE,
    "5550117": CHARGED,
    "5550118": CANCELLED,
    "5550121": RESTARTED,
    "5550123": PARTLY,
    "5550124": BLOCKED,
}

BY_NAME: dict[str, Outcome] = {
    outcome.name: outcome for outcome in (DELIVERED, UNREADABLE, *BY_NUMBER.values())
}


def outcome_of(number: str, earlier: int) -> Outcome:
    """What becomes of a readable fax to `number` (E.164), after `earlier` faxes to the same number."""
    line = number[-7:]
    if line == EVERY_SECOND_BUSY:
        return BUSY if earlier % 2 == 0 else DELIVERED
    return BY_NUMBER.get(line, DELIVERED)
