"""The calls about the account's own fax numbers."""

from ifax_desktop.api import wire
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.operations import NUMBER_LIST
from ifax_desktop.domain.reports import OwnNumber


class OwnNumbers:
    """The numbers of the account. All calls raise Offline, NoAnswer, SignInNeeded and Refused."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    async def owned(self) -> list[OwnNumber]:
        """Every number of the account (row 17), in the service's order. It changes nothing: a test of a key, too."""
        rows = wire.rows(await self._channel.call(NUMBER_LIST, {}))
        return [number for row in rows if (number := wire.own_number(row))]
