"""Background work of the view-models: kept alive, reported when it goes wrong, ended on close."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

Report = Callable[[BaseException], None]
"""Who is told of a failure that no form shows: usually `Notices.report`."""


class Tasks:
    """Owns background work. Names are the owner's; work of one name replaces what runs under it."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._named: dict[str, asyncio.Task[None]] = {}
        # Replaced work is still kept until it has really ended, or the collector might take it in mid-work.
        self._all: set[asyncio.Task[None]] = set()
        self._closed = False

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run `work`, replacing any running work of the same name; after `close` nothing runs any more."""
        import asyncio  # 70 ms, and the first window is on the screen before anything runs in the background

        if self._closed:
            work.close()
            return
        self.cancel(name)
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._named[name] = task
        self._all.add(task)
        task.add_done_callback(self._ended)

    def cancel(self, name: str) -> None:
        """End the work of this name, if any runs."""
        if task := self._named.pop(name, None):
            task.cancel()

    def is_running(self, name: str) -> bool:
        """Whether work of this name is under way."""
        task = self._named.get(name)
        return task is not None and not task.done()

    async def finished(self, *names: str) -> None:
        """Wait until no work of these names is under way, nor any that such work started."""
        import asyncio

        while running := [self._named[name] for name in names if self.is_running(name)]:
            await asyncio.wait(running)

    async def close(self) -> None:
        """Cancel everything and wait until it has ended."""
        import asyncio

        self._closed = True
        tasks = list(self._all)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._all.discard(task)
        if self._named.get(task.get_name()) is task:
            del self._named[task.get_name()]
        if not task.cancelled() and (error := task.exception()):
            self._report(error)
