"""The calls about what the service keeps beside faxes: labels, fields, text in pages, usage, and deleting."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from ifax_desktop.api import wire, wire_records
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.operations import (
    CDR_LIST,
    EXTRACT_RESULT,
    EXTRACT_START,
    FAX_FIELDS_GET,
    FAX_FIELDS_SET,
    FAX_LABEL_ADD,
    FAX_LABEL_REMOVE,
    FAX_LABEL_REPLACE,
    ITEM_DELETE,
    ITEM_FILES_DELETE,
    LABEL_LIST,
    Operation,
)
from ifax_desktop.api.paging import days
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import Extract, Extraction, FieldValue, Label, UsageRecord


class Item(StrEnum):
    """What can be deleted (rows 9 and 10); the service's own words."""

    SENT = "outbound"
    RECEIVED = "inbound"
    DOCUMENT = "document"


class Records:
    """The service's records of faxes. All calls raise Offline, NoAnswer, SignInNeeded and Refused.

    Every path here is assumed, and so is what most calls are for (wire contract, section 2). Labels and fields want the
    `fax_id` of a list, the others its `job_id`.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    async def delete(self, item: Item, job_id: str) -> None:
        """Delete a fax or a document at the service (row 9)."""
        await self._channel.call(ITEM_DELETE, {"type": item.value, "jobId": wire.outbound_id(job_id)})

    async def delete_files(self, item: Item, job_id: str) -> None:
        """Delete the pages of a fax at the service and keep its record (row 10). It can not be resent afterwards."""
        await self._channel.call(ITEM_FILES_DELETE, {"type": item.value, "jobId": wire.outbound_id(job_id)})

    async def start_extraction(self, job_id: str, direction: Direction, kind: Extract = Extract.TEXT) -> str:
        """Have the service read the pages of a fax (row 15), which costs money; gives the service's word for the state."""
        data = await self._channel.call(EXTRACT_START, _extraction(job_id, direction, kind))
        return wire_records.extraction(data, job_id, kind).state

    async def extraction(self, job_id: str, direction: Direction, kind: Extract = Extract.TEXT) -> Extraction:
        """What the service read so far (row 16); empty while it is at work."""
        data = await self._channel.call(EXTRACT_RESULT, _extraction(job_id, direction, kind))
        return wire_records.extraction(data, job_id, kind)

    async def usage(self, start: date, end: date, direction: Direction | None = None) -> list[UsageRecord]:
        """Usage records from `start` to `end`, with a day more on each side (row 24); both directions if none is given."""
        fields = days(start, end)
        if direction is not None:
            fields["direction"] = wire_records.fax_type(direction)
        return [
            wire_records.usage_record(row) for row in wire.rows(await self._channel.call(CDR_LIST, fields))
        ]

    async def labels(self) -> list[Label]:
        """The labels of the account (row 25)."""
        data = await self._channel.call(LABEL_LIST, {})
        return wire.each(data, wire_records.label, "a list of labels")

    async def add_labels(self, fax_id: str, direction: Direction, label_ids: Iterable[str]) -> None:
        """Put labels on a fax (row 26)."""
        await self._change_labels(FAX_LABEL_ADD, fax_id, direction, label_ids)

    async def remove_labels(self, fax_id: str, direction: Direction, label_ids: Iterable[str]) -> None:
        """Take labels off a fax (row 27)."""
        await self._change_labels(FAX_LABEL_REMOVE, fax_id, direction, label_ids)

    async def replace_labels(self, fax_id: str, direction: Direction, label_ids: Iterable[str]) -> None:
        """Make these the only labels of a fax; none takes all off (row 30)."""
        await self._change_labels(FAX_LABEL_REPLACE, fax_id, direction, label_ids)

    async def fields(self, fax_id: str, direction: Direction) -> list[FieldValue]:
        """The custom fields of a fax (row 28)."""
        data = await self._channel.call(FAX_FIELDS_GET, _fax(fax_id, direction))
        return wire.each(data, wire_records.field_value, "a list of fields")

    async def set_fields(self, fax_id: str, direction: Direction, values: Sequence[FieldValue]) -> None:
        """Fill in custom fields of a fax (row 29). The names of an element's keys are assumed: id, name, value."""
        written = [{"id": one.field_id, "name": one.name, "value": one.value} for one in values]
        await self._channel.call(FAX_FIELDS_SET, {**_fax(fax_id, direction), "custom_fields": written})

    async def _change_labels(
        self, operation: Operation, fax_id: str, direction: Direction, label_ids: Iterable[str]
    ) -> None:
        fields = {**_fax(fax_id, direction), "labelId": ",".join(label_ids)}
        await self._channel.call(operation, fields)


def _fax(fax_id: str, direction: Direction) -> dict[str, int | str]:
    return {"faxId": wire.outbound_id(fax_id), "faxType": wire_records.fax_type(direction)}


def _extraction(job_id: str, direction: Direction, kind: Extract) -> dict[str, str]:
    return {"jobId": job_id, "direction": wire_records.long_direction(direction), "type": kind.value}
