"""The fax numbers of the practice world: countries, their areas, and the numbers there are in each.

Every number is one that the telephone companies keep free for stories: 555-01xx in the USA and Canada, 7946 0xxx in
London, 496 0xxx in Manchester, 5550 xxxx in Australia, 23125 xxx in Berlin. The account's first numbers are among them:
they are for sale again once they are given up.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a country, with the numbers in it (E.164). The id is digits, as text."""

    id: str
    prefix: str
    name: str
    state: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country where numbers can be bought, by its two-letter code."""

    id: str
    name: str
    abbreviation: str
    areas: tuple[Area, ...]


def _numbers(start: str, *ends: int) -> tuple[str, ...]:
    """Numbers that begin alike and end in these three digits."""
    return tuple(f"{start}{end:03}" for end in ends)


COUNTRIES: tuple[Country, ...] = (
    Country(
        "1",
        "United States",
        "US",
        (
            Area("4411", "202", "Washington", "DC", _numbers("+12025550", 119, 160, 162, 163, 165, 168, 169)),
            Area("4402", "844", "Toll-free", "", _numbers("+18445550", 104, 161, 172)),
            Area("4427", "212", "New York", "NY", ()),
            Area("4439", "628", "San Francisco", "CA", _numbers("+16285550", 145, 146, 154, 158)),
        ),
    ),
    Country(
        "2",
        "Canada",
        "CA",
        (
            Area("5103", "416", "Toronto", "ON", _numbers("+14165550", 142, 147, 153)),
            Area("5118", "604", "Vancouver", "BC", _numbers("+16045550", 149, 156)),
        ),
    ),
    Country(
        "3",
        "United Kingdom",
        "GB",
        (
            Area("6201", "20", "London", "England", _numbers("+442079460", 132, 161, 457)),
            Area("6214", "161", "Manchester", "England", _numbers("+441614960", 128, 733)),
        ),
    ),
    Country(
        "4",
        "Australia",
        "AU",
        (
            Area("7302", "2", "Sydney", "NSW", ("+61255504162", "+61255507088")),
            Area("7303", "3", "Melbourne", "VIC", ()),
        ),
    ),
    Country("5", "Germany", "DE", (Area("8430", "30", "Berlin", "", _numbers("+493023125", 162, 418)),)),
)

UPFRONT = frozenset({"+12025550168", "+442079460457"})
"""Numbers with a set-up fee, which cannot be bought by a program."""

NEVER_SOLD = frozenset({"+12025550169", "+16045550156"})
"""Numbers for sale whose purchase fails."""


def country_of(abbreviation: str) -> Country | None:
    """The country of a two-letter code, in capitals or not."""
    return next((one for one in COUNTRIES if one.abbreviation == abbreviation.upper()), None)


def area_of(area_id: str) -> Area | None:
    """The area of that id."""
    return next((area for country in COUNTRIES for area in country.areas if area.id == area_id), None)


def place_of(number: str) -> tuple[Country, Area] | None:
    """Where a number of the inventory belongs."""
    places = ((country, area) for country in COUNTRIES for area in country.areas)
    return next((place for place in places if number in place[1].numbers), None)
