"""Word, Excel and similar files, printed to a PDF by the LibreOffice that is installed, if one is.

It runs as a limited child: a folder and a profile that are thrown away, no macros, no links followed, no network where the
system can cut it off, and a deadline. What it makes is read by the document worker like anything else.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from ifax_desktop.documents import protocol
from ifax_desktop.domain.errors import DocumentUnreadable

_FILTERS: Final = {
    ".docx": "MS Word 2007 XML",
    ".docm": "MS Word 2007 XML",
    ".doc": "MS Word 97",
    ".rtf": "Rich Text Format",
    ".odt": "writer8",
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".pptx": "Impress MS PowerPoint 2007 XML",
    ".pptm": "Impress MS PowerPoint 2007 XML",
    ".ppt": "MS PowerPoint 97",
    ".odp": "impress8",
}
"""By how a file's name ends: told which filter to use, LibreOffice does not take a damaged file for a text."""
KINDS: Final = tuple(_FILTERS)
_BEGINNINGS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_CUT_OFF: Final = ("unshare", "--map-root-user", "--net")
_BEHIND: Final = ("nice", "-n", "10")
"""Where processors are few the window goes first."""
_MOST_MEMORY: Final = 2048 * protocol.MEGABYTE
_LIMITS: Final = (
    "prlimit",
    "--cpu=120",
    f"--fsize={4 * protocol.MAX_DOCUMENT}",
    f"--data={_MOST_MEMORY}",  # a Word file of 1 MB can unpack to more than a computer has
    "--core=0",
)
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
</item>
</oor:items>
"""
MISSING: Final = (
    "Word, Excel and similar files need LibreOffice on this computer. Save it as a PDF and add that."
)
_NOT_READ: Final = "LibreOffice cannot read this file. It may be damaged or locked with a password. Save it as a PDF and add that."
_TOO_LONG: Final = "LibreOffice took too long with this file. Save it as a PDF and add that."


def is_office(name: str, content: bytes) -> bool:
    """Whether a file is one for LibreOffice, by its name's end and its first bytes."""
    return Path(name).suffix.lower() in _FILTERS and content.startswith(_BEGINNINGS)


class Office:
    """One conversion at a time: LibreOffice takes some 300 MB."""

    def __init__(self, command: Sequence[str] | None = None, *, deadline: float = 90.0) -> None:
        """`command` starts LibreOffice; found out if none. A conversion has `deadline` seconds."""
        self._command = list(command) if command is not None else None
        self._deadline = deadline

    async def to_pdf(self, name: str, content: bytes) -> bytes:
        """Return a file as a PDF. DocumentUnreadable, with what to do, if there is no LibreOffice or it cannot."""
        command = self._command if self._command is not None else await asyncio.to_thread(_found)
        if not command:
            raise DocumentUnreadable(MISSING)
        async with self._one_at_a_time:
            with tempfile.TemporaryDirectory(prefix="ifax-office-", ignore_cleanup_errors=True) as folder:
                return await self._convert(command, Path(folder), Path(name).suffix.lower(), content)

    @cached_property
    def _one_at_a_time(self) -> asyncio.Lock:
        return asyncio.Lock()

    async def _convert(self, command: Sequence[str], folder: Path, suffix: str, content: bytes) -> bytes:
        given, made = folder / f"document{suffix}", folder / "document.pdf"
        await asyncio.to_thread(_lay_out, folder, given, content)
        call = [
            *command,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
            f"--infilter={_FILTERS[suffix]}",
            *("--convert-to", "pdf", "--outdir", str(folder), str(given)),
        ]
        code = await self._run(call, folder)
        try:
            pdf = await asyncio.to_thread(_taken, made)
        except OSError as error:
            raise DocumentUnreadable(_NOT_READ, f"it ended with {code}: {error!r}") from error
        if not pdf:
            raise DocumentUnreadable(_NOT_READ, f"it ended with {code} and made nothing")
        return pdf

    async def _run(self, call: Sequence[str], folder: Path) -> int | None:
        try:
            process = await asyncio.create_subprocess_exec(
                *call,
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                cwd=folder,
                env=_environment(folder),
                start_new_session=sys.platform != "win32",
            )
        except OSError as error:
            raise DocumentUnreadable(MISSING, repr(error)) from error
        try:
            async with asyncio.timeout(self._deadline):
                return await process.wait()
        except TimeoutError as error:
            raise DocumentUnreadable(_TOO_LONG, f"no end in {self._deadline:g} s") from error
        finally:
            await _end(process)


async def _end(process: Process) -> None:
    """End the child and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _found() -> list[str]:
    """Return how to start LibreOffice here, as limited as the system allows; nothing if there is none. Blocks."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    program = program or next((place for place in _PLACES if Path(place).is_file()), None)
    if program is None:
        return []
    limits = [word for words in (_BEHIND, _LIMITS) if shutil.which(words[0]) for word in words]
    return [*limits, *_cut_off(), program]


def _cut_off() -> list[str]:
    """Return what takes the network away from a child, where an ordinary user may do that (Linux)."""
    import subprocess

    if not shutil.which(_CUT_OFF[0]):
        return []
    tried = subprocess.run([*_CUT_OFF, "true"], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, check=False)
    return list(_CUT_OFF) if tried.returncode == 0 else []


def _lay_out(folder: Path, given: Path, content: bytes) -> None:
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    given.write_bytes(content)


def _taken(made: Path) -> bytes:
    if made.stat().st_size > protocol.MAX_DOCUMENT:
        raise OSError(f"{made.stat().st_size} bytes")
    return made.read_bytes()


def _environment(folder: Path) -> Mapping[str, str]:
    if sys.platform == "win32":
        kept = ("SYSTEMROOT", "PATH", "PROGRAMFILES", "COMSPEC")
        return {name: os.environ[name] for name in kept if name in os.environ} | {
            "TEMP": str(folder),
            "TMP": str(folder),
        }
    return {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
