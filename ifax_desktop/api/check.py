"""Asks the service with every operation that only reads, and tells which of the assumed paths are right.

It changes nothing and spends nothing. What it tells holds field names and types, no values, so that it can be shown to
anybody. An operation that needs an id is asked about something an earlier one listed.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.check_questions import Fields, Known, Question, questions
from ifax_desktop.api.detail import of_shape
from ifax_desktop.api.operations import Operation
from ifax_desktop.api.paging import days
from ifax_desktop.domain.errors import FaxError, NoAnswer, Refused, SignInNeeded

LOOK_BACK = timedelta(days=90)
"""How far back faxes are looked for that can be asked about."""


class Outcome(StrEnum):
    """What became of one question."""

    WORKED = "worked"
    REFUSED = "refused"
    ODD = "a shape that was not expected"
    NO_ANSWER = "no answer"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one path of one operation answered."""

    operation: Operation
    """With the path that was asked."""
    outcome: Outcome
    words: str = ""


async def check(channel: Channel, today: date) -> AsyncIterator[Finding]:
    """Ask one question after the other; an assumed path is followed by each of its alternatives.

    Raises Offline and SignInNeeded when no question can be asked at all.
    """
    known = Known()
    let_in = False
    for question in questions(days(today - LOOK_BACK, today)):
        for operation in _paths(channel.row(question.operation)):
            try:
                yield await _asked(channel, question, operation, known)
            except SignInNeeded as error:
                if not let_in:
                    raise
                yield Finding(
                    operation, Outcome.REFUSED, str(error)
                )  # what this account's plan does not hold
            let_in = True


def _paths(operation: Operation) -> list[Operation]:
    return [operation, *(replace(operation, path=path) for path in operation.alternatives)]


async def _asked(channel: Channel, question: Question, operation: Operation, known: Known) -> Finding:
    fields = question.fields(known)
    if isinstance(fields, str):
        return Finding(operation, Outcome.NOT_ASKED, fields)
    channel = channel.trying(operation)
    try:
        if operation.gives_document:
            await _look_at_document(channel, operation, fields)
            return Finding(operation, Outcome.WORKED, "a PDF document")
        data = await channel.call(operation, fields)
    except Refused as error:
        said = f"{error.code}, {error}" if error.code is not None else f"{_status(error)}: {error}"
        return Finding(operation, Outcome.REFUSED, said)
    except NoAnswer as error:
        return Finding(operation, Outcome.NO_ANSWER, f"{_status(error)}: {error}")
    try:
        question.understand(data, known)
    except NoAnswer:
        return Finding(operation, Outcome.ODD, of_shape(data))
    return Finding(operation, Outcome.WORKED, of_shape(data))


async def _look_at_document(channel: Channel, operation: Operation, fields: Fields) -> None:
    """Download a document and let it go again."""
    with TemporaryDirectory(prefix="ifax-check-") as folder:
        await channel.save(operation, fields, Path(folder, "fax.pdf"))


def _status(error: FaxError) -> str:
    """The HTTP status of an answer, without its body; the kind of the break where there was none."""
    return error.detail.partition("\n")[0].partition(":")[0]
