"""Answers the two calls about what stands on a fax: OCR, the text of its pages, and NLP, the facts in it.

Asking costs by the page; the result is there some seconds of the service later, and for good. The text is the real
one: a PDF's own letters, and of our pictures (ready-made letters, trial faxes) what was drawn. Other pictures give
no text, as there is no text recognition here.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.attachments import wanted_pages
from ifax_desktop.simulator.children import ChildFailed, TextReader
from ifax_desktop.simulator.credit import Credit
from ifax_desktop.simulator.facts import find_facts
from ifax_desktop.simulator.finding import INBOUND, OUTBOUND, AnyFax, fax_by_job
from ifax_desktop.simulator.jobs import Job
from ifax_desktop.simulator.letters import KnownTexts
from ifax_desktop.simulator.records import Reading, Records

SECONDS = 4.0
"""How long the service reads."""

TEXT, FACTS = "OCR", "NLP"


@dataclass(frozen=True, slots=True)
class Extraction:
    """Reads faxes of either side."""

    records: Records
    credit: Credit
    now: Callable[[], float]
    read_text: TextReader
    known_texts: KnownTexts

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "extract_start", ("/customer/fax-ocr", "/customer/ocr", "/customer/fax-extract"), self.start
            ),
            Operation(
                "extract_result",
                ("/customer/fax-ocr-data", "/customer/ocr-data", "/customer/fax-extract-data"),
                self.result,
            ),
        )

    async def start(self, fields: Fields) -> Answer:
        """Operation 15. Asking again for what was asked costs nothing and tells how it stands."""
        fax, direction = self._fax(fields)
        kind = _kind(fields.get("type") or TEXT)
        reading = self._asked(fax, direction, kind)
        if reading is None:
            if not fields.with_test_key:
                self._pay(fax)
            reading = Reading(fax.job_id, direction, kind, self.now())
            self.records.readings.append(reading)
            self.records.save()
        return Answer(self._state(reading), "accepted")

    async def result(self, fields: Fields) -> Answer:
        """Operation 16. The answer has a `state` until the text is there."""
        fax, direction = self._fax(fields)
        kind = _kind(fields.get("type"))
        reading = self._asked(fax, direction, kind)
        if reading is None:
            raise Refusal(*answers.NOTHING_FOUND)
        if not self._is_read(reading):
            return Answer(self._state(reading))
        text = "\n\n".join(await self._pages(fax)).strip()
        facts = find_facts(text) if kind == FACTS else []
        return Answer({"jobId": fax.job_id, "type": kind, "text": text, "fields": facts})

    def _fax(self, fields: Fields) -> tuple[AnyFax, str]:
        direction = fields.get("direction")
        if direction not in (INBOUND, OUTBOUND):
            raise Refusal(*answers.PARAMETER_REFUSED)
        fax = fax_by_job(self.records, direction, fields.get("jobId"))
        if fax.files_deleted_at is not None:
            raise Refusal(*answers.FILE_GONE)
        return fax, str(direction)

    def _asked(self, fax: AnyFax, direction: str, kind: str) -> Reading | None:
        wanted = (fax.job_id, direction, kind)
        readings = (one for one in self.records.readings if (one.job_id, one.direction, one.kind) == wanted)
        return next(readings, None)

    def _is_read(self, reading: Reading) -> bool:
        return self.records.pace.passed(reading.asked_at, self.now()) >= SECONDS

    def _state(self, reading: Reading) -> dict[str, Any]:
        state = "done" if self._is_read(reading) else "processing"
        return {"jobId": reading.job_id, "type": reading.kind, "state": state}

    def _pay(self, fax: AnyFax) -> None:
        price = fax.pages * self.credit.account.prices.read_page
        self.credit.check(price)
        self.credit.spend(price, "reading", str(fax.job_id))

    async def _pages(self, fax: AnyFax) -> list[str]:
        """The text of each page that was faxed; the cover page of the service is not read."""
        if not isinstance(fax, Job):
            hint = {"from": fax.sender, "to": fax.receiver, "pages": fax.pages}
            return await self._text(fax.document_id, hint)
        pages: list[str] = []
        for place, document in enumerate(fax.document_ids):
            texts = await self._text(document, {})
            ranges = fax.ranges[place] if place < len(fax.ranges) else ()
            pages += [texts[page - 1] for page in wanted_pages(ranges, len(texts))]
        return pages

    async def _text(self, document: str, hint: dict[str, Any]) -> list[str]:
        known = await self.known_texts.of(document)
        if known is not None:
            return list(known)
        try:
            content = await asyncio.to_thread(self.records.shelf.get, document)
            return await self.read_text(content, hint)
        except FileNotFoundError as error:
            raise Refusal(*answers.FILE_GONE) from error
        except ChildFailed as error:
            raise Refusal(*answers.DOCUMENT_UNREADABLE) from error


def _kind(value: object) -> str:
    if value not in (TEXT, FACTS):
        raise Refusal(*answers.PARAMETER_REFUSED)
    return str(value)
