"""An account at the practice service with one fax delivered and one received, as the tests of whole calls begin."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.inbound import Inbound
from ifax_desktop.api.numbers import FaxNumbers
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.api.records import Records
from ifax_desktop.domain.errors import Refused
from ifax_desktop.domain.reports import ReceivedReport, SentReport
from ifax_desktop.simulator.service import FaxService
from tests.api.calling import NUMBER, OWN_NUMBER

DAY = date(2026, 1, 5)
SENDER = "+13125550188"


@dataclass(slots=True)
class World:
    """An account with one fax delivered and one received, and the four classes of calls."""

    service: FaxService
    clock: Any
    pdf: bytes
    outbound: Outbound
    inbound: Inbound
    numbers: FaxNumbers
    records: Records
    into: Path
    sent: SentReport
    received: ReceivedReport

    async def refused(self, call: Awaitable[object]) -> int | None:
        """The code with which a call is refused."""
        with pytest.raises(Refused) as caught:
            await call
        return caught.value.code


async def open_world(channel: Channel, service: FaxService, clock: Any, pdf: bytes, folder: Path) -> World:
    """The world behind a channel, ten minutes after its two faxes."""
    outbound, inbound = Outbound(channel), Inbound(channel)
    await outbound.send(OutgoingFax(NUMBER, OWN_NUMBER, "fax-1.pdf", pdf))
    await service.receive(pdf, SENDER, OWN_NUMBER)
    clock.forward(600)
    (sent,), (received,) = await outbound.list_sent(DAY, DAY), await inbound.list_received(DAY, DAY)
    numbers, records, into = FaxNumbers(channel), Records(channel), folder / "fax.pdf"
    return World(service, clock, pdf, outbound, inbound, numbers, records, into, sent, received)
