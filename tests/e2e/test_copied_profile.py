"""A profile that was copied, opened in a real window: nothing goes out by itself, and the window says so."""

import asyncio
import shutil
from pathlib import Path

from ifax_desktop.domain.fax import State
from ifax_desktop.domain.form import Form
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import first_session
from ifax_desktop.views.window_frame import WindowFrame
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor, quit_office


async def test_a_copy_opens_with_drafts_and_says_why(
    desk_for: DeskFor, tmp_path: Path, eventually: Eventually, referral: Path
) -> None:
    first = first_session(desk_for(Options(profile=tmp_path / "first", demo=True)), WindowFrame())
    assert isinstance(first, Office)
    at_work = asyncio.create_task(first.run())
    back = first.backbone
    await back.outbox.pause(paused=True)
    form = Form("+12025550143", attachments=(await back.drafts.take(referral),))
    fax = (await back.drafts.queue(form)).fax
    await eventually(lambda: (tmp_path / "first" / "practice" / "seal").exists())
    await quit_office(first, at_work)

    shutil.copytree(tmp_path / "first", tmp_path / "copy")
    desk = desk_for(Options(profile=tmp_path / "copy", demo=True))
    copy = first_session(desk, WindowFrame())
    assert isinstance(copy, Office)
    at_work = asyncio.create_task(copy.run())
    await eventually(lambda: copy.backbone.archive.rows([fax])[0].state is State.DRAFT)
    await eventually(lambda: desk.notices.current)
    notice = desk.notices.current
    assert notice is not None
    assert notice.text.startswith("This folder of faxes was copied or put back from a backup")
    assert notice.tone == "warn"
    await quit_office(copy, at_work)
