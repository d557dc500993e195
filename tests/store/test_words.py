"""What the disk says, in words."""

import errno
import sqlite3

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store.sqlite_words import in_words
from ifax_desktop.store.words import FULL


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_called_full(number: int) -> None:
    with pytest.raises(StorageFailed) as caught, in_words():
        raise OSError(number, "as the system says it")
    assert str(caught.value) == FULL
    assert "as the system says it" in caught.value.detail


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_missing_permission_is_called_that(number: int) -> None:
    with pytest.raises(StorageFailed, match="permissions of its folder"), in_words():
        raise OSError(number, "no")


def test_any_other_trouble_still_has_a_sentence() -> None:
    with pytest.raises(StorageFailed, match="could not be written"), in_words():
        raise OSError(errno.EIO, "no")
    with pytest.raises(StorageFailed, match="could not be used") as caught, in_words():
        sqlite3.connect(":memory:").execute("SELECT * FROM nowhere")
    assert "nowhere" in caught.value.detail


def test_our_own_mistakes_pass() -> None:
    with pytest.raises(sqlite3.ProgrammingError), in_words():
        sqlite3.connect(":memory:").execute("SELECT ?")
