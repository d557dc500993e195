"""View-models that come and go with their windows, and must have ended before the program does."""

from collections.abc import Coroutine
from typing import Any, Protocol

from ifax_desktop.viewmodels.tasks import Report, Tasks


class Closing(Protocol):
    """Something with background work."""

    def close(self) -> Coroutine[Any, Any, None]:
        """End the work, and wait until it has ended."""


class Leaving(Closing, Protocol):
    """Something that is filled in."""

    def left(self) -> Coroutine[Any, Any, bool]:
        """Keep what was filled in and close; False when that was not possible, and the window has to stay."""


class OpenModels:
    """Keeps the view-models of open windows, and ends each once its window is gone."""

    def __init__(self, report: Report) -> None:
        self._tasks = Tasks(report)
        self._open: list[Leaving] = []

    def keep(self, model: Leaving) -> None:
        """A window was opened on this model."""
        self._open.append(model)

    def end(self, model: Leaving) -> None:
        """Its window is gone."""
        if any(kept is model for kept in self._open):
            self._tasks.start(f"end {id(model)}", self._end(model))

    async def leave(self) -> bool:
        """Close all windows that can be closed without loss; False as soon as one has to stay."""
        for model in tuple(self._open):
            if not await model.left():
                return False
        return True

    async def close(self) -> None:
        """End all that are left."""
        for model in tuple(self._open):
            await self._end(model)
        await self._tasks.close()

    async def _end(self, model: Leaving) -> None:
        await model.close()
        self._open = [kept for kept in self._open if kept is not model]
