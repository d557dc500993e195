"""From one session of the window to the next: the first start, the office, or an obstacle that must be said."""

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

    async def run(self) -> Next | None:
        """Work until the window is closed; the answer is what the user wants next, if anything."""


def first_session(desk: Desk, frame: WindowFrame | None) -> Session:
    """The session that this start of the program asks for, in the frame that may be on the screen already."""
    try:
        mode = chosen_mode(desk.options)
    except FaxError as error:
        return _obstacle(desk, error)
    if mode:
        return open_session(desk, Next(mode), frame)
    from ifax_desktop.first_start import StartSession

    return StartSession(desk)


def open_session(desk: Desk, wanted: Next, frame: WindowFrame | None = None) -> Session:
    """The main window over a mode, in this frame or in one where the last was."""
    try:
        if frame is None:
            frame = WindowFrame(SettingsFile(Paths(desk.profile).settings).load().window)
        key = wanted.key or desk.options.key
        return Office(desk, paths_for(desk.options, wanted.mode), key, frame)
    except FaxError as error:
        if frame is not None:
            frame.hide()
            frame.deleteLater()
        return _obstacle(desk, error)


async def run_sessions(desk: Desk, first: Session) -> None:
    """Run one session after the other, with every lost failure of the loop brought to the notice bar."""
    import asyncio

    asyncio.get_running_loop().set_exception_handler(desk.lost)
    session: Session | None = first
    while session is not None:
        session.show()
        try:
            wanted = await session.run()
        except FaxError as error:
            session = _obstacle(desk, error)
        else:
            session = open_session(desk, wanted) if wanted else None


def _obstacle(desk: Desk, error: FaxError) -> Session:
    from ifax_desktop.first_start import Obstacle  # with what only a first start needs

    return Obstacle(desk, error)
