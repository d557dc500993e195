"""The thirty operations of the fax service: path, method, where each path is known from, and what may be done with it.

The rows are those of the wire contract, section 2, in its order. Most paths are assumptions, so they are data: a file of
the user's corrects them without a new release (`corrections`). A path never serves two operations, and nothing falls
back from one operation to another.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_PATH = re.compile(r"(/[A-Za-z0-9_-]+)+")
METHODS = ("POST", "PUT", "PATCH", "DELETE")
"""Methods that carry a body. Every call seen in public is a POST (wire contract, section 1)."""


class Provenance(StrEnum):
    """Where a path is known from."""

    CONFIRMED = "confirmed"
    """The vendor's documentation, or two or more independent public callers."""
    LIKELY = "likely"
    """One public caller."""
    ASSUMED = "assumed"
    """No source; a guess after the pattern of the others."""


class Policy(StrEnum):
    """What the program may do with an operation against the live service (design: rules that hold everywhere)."""

    RUNS = "runs"
    MAY_BE_TRIED = "may be tried"
    """Assumed, but reads only: a wrong path can do no harm."""
    ASKS_ONCE = "asks once"
    """Assumed, and changes something: the user is asked in plain words before the first call."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the service. Raises ValueError for a path that could lead to another host, or an odd method."""

    name: str
    path: str
    provenance: Provenance
    alternatives: tuple[str, ...] = ()
    """Other guesses at the path, never tried by themselves."""
    changes: bool = False
    """It sends, deletes, buys or writes something."""
    costs: bool = False
    """It costs money with a live key."""
    gives_document: bool = False
    """The answer may be the document itself instead of an envelope."""
    method: str = "POST"

    def __post_init__(self) -> None:
        for path in (self.path, *self.alternatives):
            if not _PATH.fullmatch(path):
                raise ValueError(f"Not a path of the service: {path!r}")
        if self.method not in METHODS:
            raise ValueError(f"Not a method that carries a request: {self.method!r}")

    @property
    def policy(self) -> Policy:
        """What may be done with it against the live service."""
        if self.provenance is not Provenance.ASSUMED:
            return Policy.RUNS
        return Policy.ASKS_ONCE if self.changes else Policy.MAY_BE_TRIED


CONFIRMED, LIKELY, ASSUMED = Provenance

OPERATIONS: tuple[Operation, ...] = (
    Operation("fax_send", "/customer/fax-send", CONFIRMED, changes=True, costs=True),
    Operation("fax_resend", "/customer/fax-resend", CONFIRMED, changes=True, costs=True),
    Operation(
        "fax_forward",
        "/customer/fax-forward",
        ASSUMED,
        alternatives=(
            "/customer/fax-resend-modified",
            "/customer/fax-modify-resend",
        ),
        changes=True,
        costs=True,
    ),
    Operation(
        "fax_cancel", "/customer/fax-cancel", ASSUMED, alternatives=("/customer/fax-canceled",), changes=True
    ),
    Operation("fax_status", "/customer/fax-status", CONFIRMED),
    Operation(
        "fax_detail",
        "/customer/fax-detail",
        ASSUMED,
        alternatives=(
            "/customer/fax-details",
            "/customer/fax-receipt",
        ),
    ),
    Operation("fax_list", "/customer/fax-lists", LIKELY, alternatives=("/customer/fax-list",)),
    Operation(
        "fax_download",
        "/customer/fax-download",
        ASSUMED,
        alternatives=("/customer/outbound/fax-download",),
        gives_document=True,
    ),
    Operation(
        "item_delete",
        "/customer/fax-delete",
        ASSUMED,
        alternatives=(
            "/customer/delete",
            "/customer/fax-trash",
        ),
        changes=True,
    ),
    Operation(
        "item_files_delete",
        "/customer/fax-delete-files",
        ASSUMED,
        alternatives=(
            "/customer/fax-permanent-delete",
            "/customer/fax-delete-file",
        ),
        changes=True,
    ),
    Operation("inbound_fax_list", "/customer/inbound/fax-list", LIKELY),
    Operation("inbound_fax_list_all", "/customer/inbound/fax-list-all", LIKELY),
    Operation("inbound_fax_download", "/customer/inbound/fax-download", CONFIRMED, gives_document=True),
    Operation(
        "inbound_fax_delete",
        "/customer/inbound/fax-delete",
        ASSUMED,
        alternatives=("/customer/inbound/fax-remove",),
        changes=True,
    ),
    Operation(
        "extract_start",
        "/customer/fax-ocr",
        ASSUMED,
        alternatives=(
            "/customer/ocr",
            "/customer/fax-extract",
        ),
        changes=True,
        costs=True,
    ),
    Operation(
        "extract_result",
        "/customer/fax-ocr-data",
        ASSUMED,
        alternatives=(
            "/customer/ocr-data",
            "/customer/fax-extract-data",
        ),
    ),
    Operation("number_list", "/customer/inbound/number-list", LIKELY),
    Operation(
        "country_list", "/customer/inbound/country-list", ASSUMED, alternatives=("/customer/country-list",)
    ),
    Operation("area_list", "/customer/inbound/area-list", LIKELY),
    Operation("area_numbers", "/customer/inbound/numbers", LIKELY),
    Operation("number_check", "/customer/inbound/search", LIKELY),
    Operation("number_buy", "/customer/inbound/buy", LIKELY, changes=True, costs=True),
    Operation("number_delete", "/customer/inbound/number-delete", LIKELY, changes=True),
    Operation(
        "cdr_list",
        "/customer/cdr-list",
        ASSUMED,
        alternatives=(
            "/customer/cdr",
            "/customer/fax-logs",
            "/customer/usage",
        ),
    ),
    Operation("label_list", "/customer/label-list", ASSUMED, alternatives=("/customer/labels",)),
    Operation(
        "fax_label_add",
        "/customer/fax-label-add",
        ASSUMED,
        alternatives=(
            "/customer/label-add",
            "/customer/label-assign",
        ),
        changes=True,
    ),
    Operation(
        "fax_label_remove",
        "/customer/fax-label-delete",
        ASSUMED,
        alternatives=(
            "/customer/label-remove",
            "/customer/fax-label-remove",
        ),
        changes=True,
    ),
    Operation(
        "fax_fields_get", "/customer/fax-custom-fields", ASSUMED, alternatives=("/customer/custom-fields",)
    ),
    Operation(
        "fax_fields_set",
        "/customer/fax-custom-fields-update",
        ASSUMED,
        alternatives=(
            "/customer/custom-fields-update",
            "/customer/fax-custom-field-add",
        ),
        changes=True,
    ),
    Operation(
        "fax_label_replace",
        "/customer/fax-label-update",
        ASSUMED,
        alternatives=("/customer/fax-label-replace",),
        changes=True,
    ),
)

BY_NAME = {operation.name: operation for operation in OPERATIONS}

(
    FAX_SEND,
    FAX_RESEND,
    FAX_FORWARD,
    FAX_CANCEL,
    FAX_STATUS,
    FAX_DETAIL,
    FAX_LIST,
    FAX_DOWNLOAD,
    ITEM_DELETE,
    ITEM_FILES_DELETE,
    INBOUND_FAX_LIST,
    INBOUND_FAX_LIST_ALL,
    INBOUND_FAX_DOWNLOAD,
    INBOUND_FAX_DELETE,
    EXTRACT_START,
    EXTRACT_RESULT,
    NUMBER_LIST,
    COUNTRY_LIST,
    AREA_LIST,
    AREA_NUMBERS,
    NUMBER_CHECK,
    NUMBER_BUY,
    NUMBER_DELETE,
    CDR_LIST,
    LABEL_LIST,
    FAX_LABEL_ADD,
    FAX_LABEL_REMOVE,
    FAX_FIELDS_GET,
    FAX_FIELDS_SET,
    FAX_LABEL_REPLACE,
) = OPERATIONS
