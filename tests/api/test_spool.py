"""Where an answer lies while it is read: gone afterwards, and a full disk is said in words at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from ifax_desktop.api.spool import Spool
from ifax_desktop.domain.errors import StorageFailed
from tests.store.conftest import full_disk

__all__ = ["full_disk"]

Full = Callable[..., AbstractContextManager[None]]


async def test_what_comes_is_there_to_be_read_and_then_gone(tmp_path: Path) -> None:
    with Spool(tmp_path / "fax.pdf", "answer") as spool:
        await spool.add(b"some ")
        await spool.add(b"pieces")
        await spool.flush()
        spool.file.seek(0)
        assert spool.file.read() == b"some pieces"
    assert list(tmp_path.iterdir()) == []


async def test_it_can_be_kept(tmp_path: Path) -> None:
    into = tmp_path / "fax.pdf"
    with Spool(into, "pdf") as spool:
        spool.write(b"a document")
        spool.keep_as(into)
    assert into.read_bytes() == b"a document"
    assert list(tmp_path.iterdir()) == [into]


@pytest.mark.parametrize("size", [2_000, 200_000])
async def test_a_full_disk_is_said_by_whoever_writes(tmp_path: Path, full_disk: Full, size: int) -> None:
    with full_disk(), Spool(tmp_path / "fax.pdf", "answer") as spool:
        await spool.add(b"x" * size)
        with pytest.raises(StorageFailed):
            await spool.flush()
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        Spool(tmp_path / "nowhere" / "fax.pdf", "answer")
