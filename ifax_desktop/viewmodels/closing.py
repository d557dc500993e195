"""View-models that come and go with their windows, and must have ended before the program does."""

from collections.abc import Coroutine
from typing import Any, Protocol

from ifax_desktop.viewmodels.tasks import Report, Tasks


class Closing(Protocol):
    """Something with background work."""

    def close(self) -> Coroutine[Any, Any, None]:
        """End the work, and wait until it has ended."""


class OpenModels:
    """Keeps the view-models of open windows, and ends each once its window is gone."""

    def __init__(self, report: Report) -> None:
        self._tasks = Tasks(report)
        self._open: list[Closing] = []

    def keep(self, model: Closing) -> None:
        """A window was opened on this model."""
        self._open.append(model)

    def end(self, model: Closing) -> None:
        """Its window is gone."""
        if any(kept is model for kept in self._open):
            self._tasks.start(f"end {id(model)}", self._end(model))

    async def close(self) -> None:
        """End all that are left."""
        for model in tuple(self._open):
            await self._end(model)
        await self._tasks.close()

    async def _end(self, model: Closing) -> None:
        await model.close()
        self._open = [kept for kept in self._open if kept is not model]
