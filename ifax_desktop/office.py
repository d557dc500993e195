"""The main session: the window with its view-models on one mode of one profile, at work until it is closed."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from PySide6.QtCore import QLocale

from ifax_desktop.backbone import Backbone, Connection, practice_connection
from ifax_desktop.domain.errors import FaxError, SignInNeeded, StorageFailed
from ifax_desktop.paths import Paths
from ifax_desktop.profile import LIVE, PRACTICE, secrets_for, service_of
from ifax_desktop.store.secrets import KeyringMissing
from ifax_desktop.store.settings import Settings

if TYPE_CHECKING:
    from ifax_desktop.app import Desk, Session


@contextmanager
def end_on_signals(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` on Ctrl+C and on the system's wish to end, where the platform's loop can tell."""
    loop = asyncio.get_running_loop()
    kinds = (signal.SIGINT, signal.SIGTERM) if sys.platform != "win32" else ()
    for kind in kinds:
        loop.add_signal_handler(kind, end)
    try:
        yield
    finally:
        for kind in kinds:
            loop.remove_signal_handler(kind)


async def try_key(address: str, key: str) -> int:
    """Ask the service for our numbers with a key; the answer is how many there are.

    Raises SignInNeeded for a key that is refused, and Offline, NoAnswer or Refused.
    """
    from ifax_desktop.api.channel import Channel
    from ifax_desktop.api.connection import open_client
    from ifax_desktop.api.numbers import OwnNumbers

    async with open_client(address) as http:
        return len(await OwnNumbers(Channel(http, lambda: key)).owned())
