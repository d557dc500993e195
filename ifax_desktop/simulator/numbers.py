"""The fax numbers of the practice account, and the call that lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from ifax_desktop.simulator.answers import Answer, Fields, Operation


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number the account owns: E.164, with the two ids the service knows it by (digits, as text)."""

    number: str
    number_id: str
    order_id: str
    country: str
    area: str


OWN_NUMBERS: tuple[OwnNumber, ...] = (
    OwnNumber("+12025550119", "310442", "1702233445566778899", "US", "202"),
    OwnNumber("+12025550160", "318027", "1735118820043390417", "US", "202"),
    OwnNumber("+18445550104", "326615", "1756409973120085563", "US", "844"),
)


class Numbers:
    """Answers the calls about the account's own numbers."""

    def __init__(self, owned: Sequence[OwnNumber]) -> None:
        self._owned = owned

    def operations(self) -> tuple[Operation, ...]:
        return (Operation("number_list", ("/customer/inbound/number-list",), self.listed),)

    async def listed(self, _fields: Fields) -> Answer:
        """Operation 17; row names beyond the two ids are guesses of the wire contract."""
        return Answer(
            [
                {
                    "numberId": own.number_id,
                    "orderId": own.order_id,
                    "faxNumber": own.number,
                    "countryIso": own.country,
                    "areaCode": own.area,
                }
                for own in self._owned
            ]
        )
