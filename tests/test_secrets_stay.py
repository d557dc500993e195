"""Keys, numbers, names and documents stay out of every representation, since those end in logs and tracebacks."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

import ifax_desktop

SENSITIVE = {
    "number",
    "own_number",
    "from_number",
    "to_number",
    "e164",
    "key",
    "password",
    "secret",
    "user",
    "pdf",
    "content",
    "raw",
    "text",
    "subject",
    "to_name",
    "from_name",
    "message",
    "notice",
}
"""Field names under which such things are kept. A `name` is a person's or a document's in some places: see NAMES."""

NAMES = {"Attachment", "Fax", "Form", "Label", "FieldValue"}
"""Classes whose `name` is a person's or a document's."""

ROOMS = ("api", "domain", "store", "delivery")


def kept() -> Iterator[type[Any]]:
    """Every dataclass of the rooms that handle faxes."""
    for room in ROOMS:
        package = importlib.import_module(f"ifax_desktop.{room}")
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if found.name.endswith("__main__"):
                continue
            module = importlib.import_module(found.name)
            yield from (
                one
                for one in vars(module).values()
                if isinstance(one, type) and is_dataclass(one) and one.__module__ == found.name
            )


KEPT = sorted(kept(), key=lambda one: (one.__module__, one.__qualname__))


def test_there_are_some() -> None:
    assert ifax_desktop.__version__
    assert len(KEPT) > 25


OPEN = {"Failure": {"message"}}
"""What may be shown all the same: the words of the error table."""


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__qualname__)
def test_what_is_sensitive_is_not_shown(kind: type[Any]) -> None:
    if not hasattr(kind.__repr__, "__wrapped__"):
        return  # one of its own, not one that shows every field
    sensitive = (SENSITIVE | ({"name"} if kind.__name__ in NAMES else set())) - OPEN.get(kind.__name__, set())
    assert [field.name for field in fields(kind) if field.repr and field.name in sensitive] == []
