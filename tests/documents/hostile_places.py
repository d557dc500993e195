"""What can be dropped on a window and is hostile as a place, whatever it holds: pipes, devices, folders in circles, odd names."""

import contextlib
import os
import socket
import sys
from pathlib import Path
from typing import Final

from ifax_desktop.documents.protocol import MEGABYTE
from tests.documents import samples

NOT_A_DOCUMENT: Final = "This is a part of the system, not a document."
TOO_LARGE: Final = "This file is larger than 100 MB."
NOT_THERE: Final = "The file is not there."
NOT_LET: Final = "This computer does not let us read it."
NO_FILES: Final = "There are no files in this folder."
TOO_MANY: Final = "There are more than 100 files in this folder."


def lay_out(folder: Path) -> dict[str, str]:
    """Make all that this system can have in a folder that is not there; return what is said of each, by its name."""
    folder.mkdir(parents=True)
    with (folder / "101-mb.pdf").open("wb") as file:
        file.truncate(101 * MEGABYTE)  # takes no room on the disk
    (folder / "empty").mkdir()
    _many(folder / "many")
    said = {"101-mb.pdf": TOO_LARGE, "not-there.pdf": NOT_THERE, "empty": NO_FILES, "many": TOO_MANY}
    return said if sys.platform == "win32" else said | _of_unix(folder)


def _many(folder: Path) -> None:
    folder.mkdir()
    for number in range(101):
        (folder / f"{number}.pdf").touch()


def _of_unix(folder: Path) -> dict[str, str]:
    os.mkfifo(folder / "pipe.pdf")
    _socket(folder / "socket.pdf")
    (folder / "endless.pdf").symlink_to("/dev/zero")
    (folder / "link-to-nothing.pdf").symlink_to("nothing")
    (folder / "link-to-itself.pdf").symlink_to("link-to-itself.pdf")
    inside = folder / "folder-in-itself"
    inside.mkdir()
    (inside / "again").symlink_to(inside)
    (inside / "pipe").symlink_to(folder / "pipe.pdf")
    said = {
        "pipe.pdf": NOT_A_DOCUMENT,
        "socket.pdf": NOT_A_DOCUMENT,
        "endless.pdf": NOT_A_DOCUMENT,
        "link-to-nothing.pdf": NOT_THERE,
        "link-to-itself.pdf": NOT_LET,
        "folder-in-itself": NO_FILES,
    }
    if Path("/proc/self/pagemap").exists():  # tells no size, and holds more than any computer has
        (folder / "without-a-size.pdf").symlink_to("/proc/self/pagemap")
        said["without-a-size.pdf"] = TOO_LARGE
    if os.geteuid() != 0:  # who may everything may read these too
        (folder / "unreadable.pdf").write_bytes(samples.letter())
        (folder / "unreadable.pdf").chmod(0)
        (folder / "unreadable").mkdir(mode=0)
        said |= {"unreadable.pdf": NOT_LET, "unreadable": NOT_LET}
    return said


def _socket(path: Path) -> None:
    """Leave a socket behind; its path may be longer than a socket's can be, so it is made from within its folder."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def odd_names(folder: Path) -> list[str]:
    """Write good documents with names that spoil sentences; return how each is called instead."""
    folder.mkdir(parents=True)
    odd = "\N{REPLACEMENT CHARACTER}"
    names: dict[bytes, str] = {
        b"<b>bold</b> & 100 %s {0}.pdf": "<b>bold</b> & 100 %s {0}.pdf",
        b"n" * 251 + b".pdf": "n" * 251 + ".pdf",
        b"two\nlines.pdf": f"two{odd}lines.pdf",
        "invoice\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe".encode(): f"invoice{odd}fdp.exe",
        b"gr\xfc\xdfe.pdf": f"gr{odd * 2}e.pdf",
    }
    if sys.platform == "win32":
        names = dict(list(names.items())[1:2])
    called = []
    for name, shown in names.items():
        with contextlib.suppress(OSError):  # macOS takes no bytes that are no letters
            Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(samples.letter())  # noqa: PTH118
            called.append(shown)
    return called
