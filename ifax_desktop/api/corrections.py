"""The user's corrections of the operations table: a TOML file that says what the service really answers to.

    [fax_cancel]
    path = "/customer/fax-canceled"
    method = "POST"
    provenance = "confirmed"

Each table is named after an operation; each line in it is optional. Nothing else can be corrected: what an operation
changes and whether it costs money is a fact of the operation, not of its path.

One table more says which word the service is told for each quality of a fax; each line is optional here, too:

    [faxQuality]
    standard = "Standard"
    fine = "HD"
    superfine = "HD"
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ifax_desktop.api.operations import OPERATIONS, Operation, Provenance
from ifax_desktop.api.qualities import FAX_QUALITY, Qualities
from ifax_desktop.domain.errors import OperationsWrong
from ifax_desktop.domain.quality import Quality

Table = Mapping[str, Operation]

_WORDS = ("path", "method", "provenance")
_QUALITIES = "faxQuality"
_QUALITY_NAMES = {"standard": Quality.STANDARD, "fine": Quality.HD, "superfine": Quality.SUPERFINE}
_QUALITY = re.compile(r"[A-Za-z0-9 _-]{1,40}")


def corrected(text: str, operations: Iterable[Operation] = OPERATIONS) -> Table:
    """The table with the corrections of a TOML file; every operation by its name.

    Raises OperationsWrong with a sentence that names the place, and then nothing of the file counts.
    """
    known = {operation.name: operation for operation in operations}
    table = {**known}
    for name, words in _tables(text).items():
        if name == _QUALITIES:
            continue
        if name not in known:
            raise OperationsWrong(f"The file of operation paths names “{name}”, which is no operation.")
        if not isinstance(words, dict):
            raise OperationsWrong(f"In the file of operation paths, “{name}” has no lines of its own.")
        table[name] = _corrected(known[name], words)
    _check_paths(table, known)
    return {name: _without_paths_of_others(operation, table) for name, operation in table.items()}


def corrected_qualities(text: str) -> Qualities:
    """What the service is told for each quality, with the corrections of the same file. Raises as `corrected`."""
    words = _tables(text).get(_QUALITIES, {})
    wrong = f"The file of operation paths makes no sense for “{_QUALITIES}”: "
    if not isinstance(words, dict):
        raise OperationsWrong(f"{wrong}it has no lines of its own.")
    qualities = dict(FAX_QUALITY)
    for name, word in words.items():
        if name not in _QUALITY_NAMES:
            raise OperationsWrong(f"{wrong}“{name}” is none of {', '.join(_QUALITY_NAMES)}.")
        if not isinstance(word, str) or not _QUALITY.fullmatch(word):
            raise OperationsWrong(f"{wrong}“{name}” is no word of the service in quotation marks.")
        qualities[_QUALITY_NAMES[name]] = word
    return qualities


def _tables(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OperationsWrong("The file of operation paths cannot be read.", str(error)) from error


def _corrected(operation: Operation, words: Mapping[str, Any]) -> Operation:
    for word, value in words.items():
        if word not in _WORDS:
            raise _wrong(operation, f"“{word}” is none of {', '.join(_WORDS)}")
        if not isinstance(value, str):
            raise _wrong(operation, f"“{word}” is no text in quotation marks")
    changes: dict[str, Any] = dict(words)
    try:
        if "provenance" in changes:
            changes["provenance"] = Provenance(changes["provenance"])
        if changes.get("path", operation.path) != operation.path:
            changes["alternatives"] = tuple(
                path for path in (operation.path, *operation.alternatives) if path != changes["path"]
            )
        return replace(operation, **changes)
    except ValueError as error:
        raise _wrong(operation, str(error)) from error


def _check_paths(table: Table, known: Table) -> None:
    """A path serves one operation, and one that is confirmed for an operation serves no other (a wrong one would act)."""
    owners = {
        operation.path: name
        for name, operation in known.items()
        if operation.provenance is Provenance.CONFIRMED
    }
    for name, operation in table.items():
        owner = owners.setdefault(operation.path, name)
        if owner != name:
            raise _wrong(operation, f"{operation.path} is the path of “{owner}”")


def _without_paths_of_others(operation: Operation, table: Table) -> Operation:
    used = {other.path for other in table.values() if other.name != operation.name}
    return replace(operation, alternatives=tuple(path for path in operation.alternatives if path not in used))


def _wrong(operation: Operation, why: str) -> OperationsWrong:
    return OperationsWrong(f"The file of operation paths makes no sense for “{operation.name}”: {why}.")
