""" "These faxes changed": a small subscribe and announce between those who write the archive and those who show it."""

from collections.abc import Callable, Iterable

Listener = Callable[[frozenset[int]], None]


class Changes:
    """Announces ids of faxes whose rows were written. Everything happens on the thread that calls."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the ids of every later change; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, ids: Iterable[int]) -> None:
        """Tell every listener; an empty set means that anything may have changed."""
        changed = frozenset(ids)
        for listener in tuple(self._listeners):
            listener(changed)
