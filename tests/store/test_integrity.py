"""A look through an archive finds what is wrong with it, and says nothing of what is right."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from ifax_desktop.domain.fax import Attachment, Direction
from ifax_desktop.domain.form import Form
from ifax_desktop.store.bundle import Stopped
from ifax_desktop.store.database import Database
from ifax_desktop.store.files import Files
from ifax_desktop.store.integrity import Findings, look_at_archive, look_through
from tests.store.conftest import Clock, Shop

LETTER, SCAN = b"%PDF-1.7 a letter", b"%PDF-1.7 a scan" * 9000


def nobody(_done: int, _whole: int) -> None:
    """Takes every step."""


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = Database(path)
    yield database
    await database.close()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "profile" / "account" / "documents")


async def fill(shop: Shop, files: Files) -> tuple[int, int]:
    """A draft with a letter, and a received scan."""
    letter, scan = await files.put(LETTER), await files.put(SCAN)
    form = Form("+12025550143", "Dr. Ames", attachments=(Attachment("letter.pdf", letter, 1),))
    draft = await shop.outbox.save_draft(form, shop.clock())
    received = await shop.receive("1")
    await shop.database.run(
        lambda connection: connection.execute("UPDATE fax SET document = ? WHERE id = ?", (scan, received))
    )
    return draft, received


async def test_a_sound_archive_is_sound(shop: Shop, files: Files) -> None:
    await fill(shop, files)
    found = look_through(shop.database, files, nobody)
    assert found == Findings(faxes=2, documents=2)
    assert found.is_sound
    assert look_at_archive(shop.database, nobody) == ()


async def test_an_empty_archive_is_sound(shop: Shop, files: Files) -> None:
    assert look_through(shop.database, files, nobody).is_sound


async def test_faxes_without_their_document_are_named(shop: Shop, files: Files) -> None:
    draft, received = await fill(shop, files)
    files.path(sha256(LETTER).hexdigest()).unlink()
    files.path(sha256(SCAN).hexdigest()).write_bytes(SCAN[:-1])
    found = look_through(shop.database, files, nobody)
    assert not found.is_sound
    told = {one.fax: (one.direction, one.name, one.is_there) for one in found.affected}
    assert told == {draft: (Direction.SENT, "Dr. Ames", False), received: (Direction.RECEIVED, "", True)}
    assert "Ames" not in repr(found)
    assert "2025550143" not in repr(found)


async def test_a_document_that_no_fax_has_is_counted(shop: Shop, files: Files) -> None:
    await fill(shop, files)
    await files.put(b"nobody wants it")
    found = look_through(shop.database, files, nobody)
    assert (found.strays, found.is_sound) == (1, True)


async def test_rows_that_refer_to_nothing_are_found(shop: Shop, files: Files, path: Path) -> None:
    _, received = await fill(shop, files)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM fax WHERE id = ?", (received,))
    found = look_through(shop.database, files, nobody)
    assert not found.is_sound
    assert any("refers to a fax that is not there" in words for words in found.damage)


async def test_damage_in_the_file_is_found(path: Path, clock: Clock, files: Files) -> None:
    first = Database(path)
    shop = Shop(first, clock)
    fax = await shop.receive("1")
    await first.run(
        lambda connection: connection.executemany(
            "INSERT INTO event (fax, at, what, detail) VALUES (?, 5, 'page', ?)", [(fax, "x" * 3000)] * 60
        )
    )
    await first.close()
    content = bytearray(path.read_bytes())
    place = len(content) // 4 * 3  # the shape of the tables comes first in the file, the rows after it
    content[place:] = b"\xa5" * (len(content) - place)
    path.write_bytes(content)
    database = Database(path)
    assert look_at_archive(database, nobody) != ()
    assert not look_through(database, files, nobody).is_sound
    await database.close()


async def test_whoever_leaves_is_not_kept(shop: Shop, files: Files) -> None:
    await fill(shop, files)
    await shop.database.run(
        lambda connection: connection.executemany(
            "INSERT INTO event (fax, at, what) VALUES (1, ?, 'page')", [(n,) for n in range(100_000)]
        )
    )

    def leave(_done: int, _whole: int) -> None:
        raise Stopped

    for look in (
        lambda: look_at_archive(shop.database, leave),
        lambda: look_through(shop.database, files, leave),
    ):
        with pytest.raises(Stopped):
            look()
