"""The style sheet is filled completely, and its pictures are tinted copies."""

from pathlib import Path

import pytest

from ifax_desktop.views.sheet import filled_sheet
from ifax_desktop.views.tokens import DARK, HEIGHTS, LIGHT


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ifax.qss", "contrast.qss"])
def test_every_place_is_filled(tokens: dict[str, str], name: str, resources: Path, tmp_path: Path) -> None:
    sheet = filled_sheet(resources, name, tmp_path, tokens, HEIGHTS, 10.0)
    assert "@" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_pictures_are_written_once_for_each_colour(resources: Path, tmp_path: Path) -> None:
    filled_sheet(resources, "ifax.qss", tmp_path, LIGHT, HEIGHTS, 10.0)
    light = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.svg")}
    assert light
    assert all("currentColor" not in path.read_text(encoding="utf-8") for path in light)
    filled_sheet(resources, "ifax.qss", tmp_path, DARK, HEIGHTS, 10.0)
    filled_sheet(resources, "ifax.qss", tmp_path, LIGHT, HEIGHTS, 10.0)
    assert {path: path.stat().st_mtime_ns for path in light} == light
    assert len(list(tmp_path.glob("chevron-down-*.svg"))) >= 2
    assert not list(tmp_path.glob("*.part"))


def test_a_cache_that_cannot_be_written_costs_only_the_pictures(
    resources: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    sheet = filled_sheet(resources, "ifax.qss", blocked / "cache", LIGHT, HEIGHTS, 10.0)
    assert "image: none" in sheet
    assert "No picture" in caplog.text
