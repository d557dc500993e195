"""A question asked again and again: one at a time, and once more if it was wished for meanwhile."""

from collections.abc import Callable, Coroutine
from typing import Any

from ifax_desktop.viewmodels.tasks import Tasks


class Latest:
    """Keeps an answer fresh however often things change, without asking twice at once."""

    def __init__(self, tasks: Tasks, name: str, question: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks = tasks
        self._name = name
        self._question = question
        self._stale = False

    @property
    def is_asking(self) -> bool:
        """Whether an answer is awaited."""
        return self._tasks.is_running(self._name)

    def ask(self) -> None:
        """Ask now, or once more as soon as the question under way is answered."""
        self._stale = True
        if not self.is_asking:
            self._tasks.start(self._name, self._ask())

    async def _ask(self) -> None:
        while self._stale:
            self._stale = False
            await self._question()
