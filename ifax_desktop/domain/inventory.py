"""Fax numbers the account owns, and those it could have, as the fax service tells of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A fax number of this account (wire contract, rows 17 and 22)."""

    number: str = field(repr=False)
    number_id: str = ""
    order_id: str = ""
    """19 digits have been seen, so it is text."""
    country: str = ""
    area: str = ""
    since: datetime | None = None
    """When the service says it became ours; None where it does not tell."""
    raw: Raw = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Country:
    """A country in which numbers can be bought (row 18)."""

    country_id: str
    name: str
    iso: str
    """ISO 3166, two letters; what `areas` asks for."""
    raw: Raw = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Area:
    """An area code of a country (row 19)."""

    area_id: str
    """What `on_offer` asks for."""
    prefix: str
    name: str = ""
    state: str = ""
    raw: Raw = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OfferedNumber:
    """A number that could be bought (rows 20 and 21)."""

    number: str = field(repr=False)
    price: str = ""
    """As the service writes it; the contract knows of no price, so it is mostly empty."""
    raw: Raw = field(default_factory=dict, compare=False, repr=False)
