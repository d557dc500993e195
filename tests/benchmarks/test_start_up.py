"""The start-up benchmark runs, and the first window is painted before anything it does not need is loaded."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.pairs import compare
from tests.benchmarks.start_up import painted

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
LATER = {
    "PIL",
    "asyncio",
    "httpx",
    "keyring",
    "phonenumbers",
    "platformdirs",
    "pypdf",
    "pypdfium2",
    "qasync",
    "truststore",
}


def test_the_first_window_is_painted_before_what_it_does_not_need_is_loaded(tmp_path: Path) -> None:
    took, loaded = painted(OFFSCREEN, "window", "--demo", "--profile", str(tmp_path / "profile"))
    assert 0 < took < 60
    assert "ifax_desktop" in loaded.split()
    assert (LATER | {"sqlite3"}) & set(loaded.split()) == set()


def test_the_outbox_follows(tmp_path: Path) -> None:
    took, loaded = painted(OFFSCREEN, "outbox", "--demo", "--profile", str(tmp_path / "profile"))
    assert 0 < took < 60
    assert "sqlite3" in loaded.split()


def test_the_bare_window_loads_nothing_of_ours() -> None:
    _, loaded = painted(OFFSCREEN, "bare")
    assert "ifax_desktop" not in loaded.split()


def test_the_ratio_is_of_medians_and_pairs_take_turns() -> None:
    order: list[str] = []
    ours, theirs = iter([9.0, 0.2, 0.4, 0.3]), iter([9.0, 0.1, 0.2, 0.2])

    def timed(name: str, times: Iterator[float]) -> float:
        order.append(name)
        return next(times)

    found = compare("work", 1.5, lambda: timed("ours", ours), lambda: timed("theirs", theirs), pairs=3)
    assert found.ratio == 0.3 / 0.2
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs", "theirs", "ours"]
    assert "ratio 1.50 (aim 1.5 or less: reached)" in str(found)
