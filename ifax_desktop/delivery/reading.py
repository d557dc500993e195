"""What was dropped, pasted or chosen, read from this computer: files and folders, and what only looks like them."""

import os
import re
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from ifax_desktop.documents import protocol
from ifax_desktop.domain.errors import DocumentUnreadable
from ifax_desktop.domain.given import Given, Pasted, legible_name

_MOST_FILES: Final = 100
"""Of one folder: whoever drops more has dropped the wrong one."""
_TOO_LARGE: Final = "This file is larger than 100 MB."


def files_in(folder: Path) -> list[Path] | None:
    """Return the files of a folder and of those in it, as people count; None for what is no folder. Blocks.

    Raises DocumentUnreadable if it holds none, or too many.
    """
    name = legible_name(folder)
    try:
        if not folder.is_dir():
            return None
        os.scandir(folder).close()  # those within that cannot be read are left out, but not this one
        found = list(islice(_walk(folder), _MOST_FILES + 1))
    except OSError as error:
        raise DocumentUnreadable(
            f"“{name}” cannot be added. This computer does not let us read it.", str(error)
        ) from error
    if not found:
        raise DocumentUnreadable(f"“{name}” cannot be added. There are no files in this folder.")
    if len(found) > _MOST_FILES:
        raise DocumentUnreadable(
            f"“{name}” cannot be added. There are more than {_MOST_FILES} files in this folder."
        )
    return sorted(found, key=lambda path: _as_counted(str(path.relative_to(folder))))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files, as they are found: somebody may drop a whole disk. Hidden ones are none, links to folders neither."""
    for place, folders, names in os.walk(folder):
        folders[:] = (name for name in folders if not name.startswith("."))
        paths = (Path(place, name) for name in names if not name.startswith("."))
        yield from (path for path in paths if path.is_file())


def _as_counted(name: str) -> list[tuple[bool, int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts if part]


def read(path: Given) -> bytes:
    """Return what was given, 100 MB at most. Blocks. DocumentUnreadable, with a sentence that names no file, if it cannot be."""
    if isinstance(path, Pasted):
        return path.read()
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise IsADirectoryError(str(path))
        if not stat.S_ISREG(about.st_mode):  # a pipe would be waited for, and a device may never end
            raise DocumentUnreadable("This is a part of the system, not a document.", oct(about.st_mode))
        if about.st_size > protocol.MAX_DOCUMENT:
            raise DocumentUnreadable(_TOO_LARGE, f"{about.st_size} bytes")
        with path.open("rb") as file:
            content = file.read(protocol.MAX_DOCUMENT + 1)
    except (FileNotFoundError, ValueError) as error:  # ValueError: no file can have such a name
        raise DocumentUnreadable("The file is not there.", str(error)) from error
    except IsADirectoryError as error:
        raise DocumentUnreadable("This is a folder. Add the files in it.", str(error)) from error
    except OSError as error:
        raise DocumentUnreadable("This computer does not let us read it.", str(error)) from error
    if len(content) > protocol.MAX_DOCUMENT:  # some files tell no size, and some grow
        raise DocumentUnreadable(_TOO_LARGE, f"{len(content)} bytes and more")
    return content
