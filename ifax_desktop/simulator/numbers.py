"""The fax numbers the practice account begins with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number the account owns: E.164, with the two ids the service knows it by (digits, as text)."""

    number: str
    number_id: str
    order_id: str
    country: str
    area: str
    licence: bool = False


OWN_NUMBERS: tuple[OwnNumber, ...] = (
    OwnNumber("+12025550119", "310442", "1702233445566778899", "US", "202"),
    OwnNumber("+12025550160", "318027", "1735118820043390417", "US", "202"),
    OwnNumber("+18445550104", "326615", "1756409973120085563", "US", "844"),
)
