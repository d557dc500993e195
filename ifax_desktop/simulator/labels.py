"""Answers the calls about labels and custom fields, which the account puts on faxes of either side.

Which labels and fields there are is set up in the service's web application, so here they are fixed. Ids are text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.finding import fax_by_row
from ifax_desktop.simulator.records import Records

LABELS: dict[str, tuple[str, str]] = {
    "14": ("Billing", "#3366cc"),
    "15": ("Urgent", "#cc3333"),
    "16": ("Referral", "#2e8b57"),
    "17": ("To be signed", "#b8860b"),
}
"""Labels of the account: name and colour by id."""

CUSTOM_FIELDS: dict[str, str] = {"3": "Case number", "4": "Patient", "7": "Answer by"}
"""Custom fields of the account: name by id."""


def label_rows(ids: Iterable[str]) -> list[dict[str, str]]:
    """The labels of these ids as the service shows them."""
    return [{"labelId": one, "name": LABELS[one][0], "color": LABELS[one][1]} for one in ids if one in LABELS]


def filled_in(values: Mapping[str, str]) -> list[dict[str, str]]:
    """The custom fields that have a value."""
    return [row for row in _field_rows(values) if row["value"]]


@dataclass(frozen=True, slots=True)
class Labels:
    """Puts labels and values on faxes. A fax is named by `faxId` and `faxType` (OB or IB)."""

    records: Records

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation("label_list", ("/customer/label-list", "/customer/labels"), self.listed),
            Operation(
                "fax_label_add",
                ("/customer/fax-label-add", "/customer/label-add", "/customer/label-assign"),
                self.add,
            ),
            Operation(
                "fax_label_remove",
                ("/customer/fax-label-delete", "/customer/label-remove", "/customer/fax-label-remove"),
                self.remove,
            ),
            Operation(
                "fax_label_replace",
                ("/customer/fax-label-update", "/customer/fax-label-replace"),
                self.replace,
            ),
            Operation(
                "fax_fields_get", ("/customer/fax-custom-fields", "/customer/custom-fields"), self.values
            ),
            Operation(
                "fax_fields_set",
                (
                    "/customer/fax-custom-fields-update",
                    "/customer/custom-fields-update",
                    "/customer/fax-custom-field-add",
                ),
                self.fill_in,
            ),
        )

    async def listed(self, _fields: Fields) -> Answer:
        """Operation 25."""
        return Answer(label_rows(LABELS))

    async def add(self, fields: Fields) -> Answer:
        """Operation 26. A label that is there already stays once."""
        fax, ids = fax_by_row(self.records, fields), _label_ids(fields)
        return self._put(fax.labels, [*fax.labels, *_some(ids)])

    async def remove(self, fields: Fields) -> Answer:
        """Operation 27. A label that is not there is no mistake."""
        fax, ids = fax_by_row(self.records, fields), _label_ids(fields)
        wanted = _some(ids)
        return self._put(fax.labels, [one for one in fax.labels if one not in wanted])

    async def replace(self, fields: Fields) -> Answer:
        """Operation 30: exactly these labels; none clears them all."""
        fax, ids = fax_by_row(self.records, fields), _label_ids(fields)
        return self._put(fax.labels, ids)

    async def values(self, fields: Fields) -> Answer:
        """Operation 28: every custom field of the account, with an empty value where nothing was filled in."""
        return Answer(_field_rows(fax_by_row(self.records, fields).custom_fields))

    async def fill_in(self, fields: Fields) -> Answer:
        """Operation 29: fields are named by id or by name; those not mentioned keep their values."""
        fax = fax_by_row(self.records, fields)
        given = fields.get("custom_fields")
        if not isinstance(given, list):
            raise Refusal(*answers.PARAMETER_REFUSED)
        fax.custom_fields.update([_value(item) for item in given])
        self.records.save()
        return Answer({})

    def _put(self, labels: list[str], wanted: Iterable[str]) -> Answer:
        labels[:] = dict.fromkeys(wanted)
        self.records.save()
        return Answer({})


def _field_rows(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"id": one, "name": name, "value": values.get(one, "")} for one, name in CUSTOM_FIELDS.items()]


def _label_ids(fields: Fields) -> list[str]:
    """The ids of the call: one, or several with commas between them."""
    ids = [one.strip() for one in str(fields.get("labelId") or "").split(",") if one.strip()]
    if not LABELS.keys() >= set(ids):
        raise Refusal(*answers.PARAMETER_REFUSED)
    return ids


def _some(ids: list[str]) -> list[str]:
    if not ids:
        raise Refusal(*answers.INBOUND_ID_MISSING)
    return ids


def _value(item: Any) -> tuple[str, str]:
    """The field an element names, and its value as text."""
    if isinstance(item, Mapping) and isinstance(value := item.get("value", ""), str | int | float | None):
        key, name = str(item.get("id", "")), item.get("name")
        for one, its_name in CUSTOM_FIELDS.items():
            if key == one or (not key and name == its_name):
                return one, "" if value is None else str(value)
    raise Refusal(*answers.PARAMETER_REFUSED)
