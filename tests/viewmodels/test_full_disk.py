"""A full disk while a fax is written: it is said in the form, the form stays as it is, and with room it goes out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ifax_desktop.delivery.drafts import Queued
from ifax_desktop.domain.fax import State
from ifax_desktop.store.words import FULL, UNWRITABLE
from tests.conftest import Clock, Eventually
from tests.desk import open_desk
from tests.documents import samples

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")


@contextmanager
def no_room() -> Iterator[None]:
    """No file of this process grows beyond 100 bytes."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_the_form_says_it_and_stays(tmp_path: Path, clock: Clock, eventually: Eventually) -> None:
    async with open_desk(tmp_path, clock) as desk:
        model, queued = desk.form(), list[Queued]()
        model.queued.connect(queued.append)
        model.add_files([desk.file("referral.pdf", samples.letter("One", "Two"))])
        await eventually(lambda: not model.state.taking)
        model.set_number("(202) 555-0143")
        model.set_name("Dr. Ames")
        before = model.state.form
        with no_room():
            model.send()
            await eventually(lambda: not model.state.is_sending)
        assert model.state.problem in (FULL, UNWRITABLE)
        assert model.state.form == before
        assert not model.state.has_left
        assert await desk.faxes(State.QUEUED) == []
        model.send()
        await eventually(lambda: queued)
        assert model.state.problem == ""


async def test_a_document_that_cannot_be_kept_is_not_in_the_form(
    tmp_path: Path, clock: Clock, eventually: Eventually
) -> None:
    async with open_desk(tmp_path, clock) as desk:
        model = desk.form()
        letter = desk.file("referral.pdf", samples.letter("One", "Two"))
        with no_room():
            model.add_files([letter])
            await eventually(lambda: not model.state.taking)
        assert FULL in model.state.documents_problem
        assert model.state.form.attachments == ()
        model.add_files([letter])
        await eventually(lambda: model.state.form.attachments)
