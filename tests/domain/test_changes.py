"""Who listens is told, and no longer after that was ended."""

from ifax_desktop.domain.changes import Changes


def test_listeners_hear_what_changed_until_they_leave() -> None:
    changes = Changes()
    heard: list[frozenset[int]] = []
    leave = changes.subscribe(heard.append)
    changes.announce([3, 1, 3])
    leave()
    changes.announce([4])
    assert heard == [frozenset({1, 3})]


def test_a_listener_may_leave_while_it_is_told() -> None:
    changes = Changes()
    heard: list[frozenset[int]] = []

    def once(ids: frozenset[int]) -> None:
        heard.append(ids)
        leave()

    leave = changes.subscribe(once)
    changes.announce([1])
    changes.announce([2])
    assert heard == [frozenset({1})]
