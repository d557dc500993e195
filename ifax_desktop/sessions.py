"""From one session of the window to the next: the first start, the office, or an obstacle that must be said."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ifax_desktop.desk import Desk, Next
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.office import Office
from ifax_desktop.paths import Paths
from ifax_desktop.profile import chosen_mode, paths_for
from ifax_desktop.store.settings import SettingsFile
from ifax_desktop.views.window_frame import WindowFrame


class Session(Protocol):
    """One window over one mode of one profile."""

    def show(self) -> None:
        """Put the window on the screen, if it is not there yet."""

    def come_forward(self, files: Sequence[Path]) -> None:
        """The program was started once more, for these files."""

    async def run(self) -> Next | None:
        """Work until the window is closed; the answer is what the user wants next, if anything."""


def first_session(desk: Desk, frame: WindowFrame | None, trouble: FaxError | None = None) -> Session | None:
    """The session that this start of the program asks for, in the frame that may be on the screen already.

    `trouble` keeps it from opening anything.
    """
    if trouble is not None:
        return _obstacle(desk, trouble)
    try:
        mode = chosen_mode(desk.options)
    except FaxError as error:
        return _obstacle(desk, error)
    if mode:
        return open_session(desk, Next(mode), frame)
    from ifax_desktop.first_start import StartSession

    return StartSession(desk)


def open_session(desk: Desk, wanted: Next, frame: WindowFrame | None = None) -> Session | None:
    """The main window over a mode, in this frame or in one where the last was; None if another program shows it."""
    paths = paths_for(desk.options, wanted.mode)
    try:
        if not desk.enter(paths.home):
            return None
        if frame is None:
            frame = WindowFrame(SettingsFile(Paths(desk.profile).settings).load().window)
        key = wanted.key or desk.options.key
        return Office(desk, paths, key, frame)
    except FaxError as error:
        if frame is not None:
            frame.hide()
            frame.deleteLater()
        return _obstacle(desk, error)


async def run_sessions(desk: Desk, first: Session | None) -> None:
    """Run one session after the other, with every lost failure of the loop brought to the notice bar."""
    import asyncio

    asyncio.get_running_loop().set_exception_handler(desk.lost)
    session = first
    while session is not None:
        session.show()
        desk.open_door(session.come_forward)
        try:
            wanted = await session.run()
        except FaxError as error:
            session = _obstacle(desk, error)
        else:
            desk.shut_door()
            session = open_session(desk, wanted) if wanted else None


def _obstacle(desk: Desk, error: FaxError) -> Session:
    from ifax_desktop.first_start import Obstacle  # with what only a first start needs

    return Obstacle(desk, error)
