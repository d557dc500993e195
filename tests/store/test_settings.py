"""The settings file: what another version wrote stays, what is damaged is kept aside."""

import json
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store.settings import Settings, SettingsFile

CHOSEN = Settings(
    mode="live",
    region="DE",
    own_number="+13125550111",
    hold_seconds=0,
    quality=Quality.HD,
    cover=CoverKind.OWN,
    from_name="Zoë",
    theme="dark",
    paper="a4",
    original_pages=True,
    check_every=300,
    keep_years=5,
    webhook_host="127.0.0.1",
    page_price="$0.05",
    webhook_port=8742,
    webhook_address="https://fax.example.com",
    webhook_user="ifax",
    window="AdnQywAD",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "settings.json"


def test_without_a_file_there_are_the_usual_settings(path: Path) -> None:
    file = SettingsFile(path)
    assert file.load() == Settings()
    assert file.problem == ""
    assert not path.exists()


def test_every_setting_comes_back(path: Path) -> None:
    assert all(getattr(CHOSEN, field.name) != field.default for field in fields(Settings))
    SettingsFile(path).save(CHOSEN)
    loaded = SettingsFile(path).load()
    assert loaded == CHOSEN
    assert isinstance(loaded.quality, Quality)
    assert isinstance(loaded.cover, CoverKind)
    assert "Zoë" in path.read_text("utf-8")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_keys_of_another_version_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"theme": "dark", "from_the_future": {"a": [1]}}')
    file = SettingsFile(path)
    assert file.load() == Settings(theme="dark")
    assert file.problem == ""
    file.save(replace(CHOSEN, theme="light"))
    kept = json.loads(path.read_text("utf-8"))
    assert kept["from_the_future"] == {"a": [1]}
    assert kept["theme"] == "light"


@pytest.mark.parametrize("content", [b"{", b"", b"[1]", b"null", b"\xff\xfe\x00"])
def test_a_damaged_file_is_kept_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    file = SettingsFile(path)
    assert file.load() == Settings()
    assert "settings.json.damaged" in file.problem
    assert path.with_name("settings.json.damaged").read_bytes() == content
    file.save(CHOSEN)
    assert file.load() == CHOSEN
    assert file.problem == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hold_seconds", "ten"),
        ("hold_seconds", -1),
        ("hold_seconds", True),
        ("check_every", 1.5),
        ("quality", "Ultra"),
        ("quality", ["HD"]),
        ("cover", None),
        ("theme", 3),
    ],
)
def test_a_value_that_makes_no_sense_is_set_back_and_said(path: Path, name: str, value: Any) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"region": "FR", name: value}))
    file = SettingsFile(path)
    assert file.load() == Settings(region="FR")
    assert name in file.problem


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageFailed):
        SettingsFile(tmp_path / "file" / "settings.json").save(CHOSEN)
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageFailed):
        SettingsFile(tmp_path / "folder").load()
