"""A folder of damaged and hostile files, each with what shall come of it.

`python -m tests.documents.hostile_files FOLDER` writes them out for a person who wants to try them.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.documents import (
    hostile_pdf_content,
    hostile_pdf_structure,
    hostile_pictures,
    hostile_texts,
)
from tests.documents.hostile import Hostile

FILES: Final[Sequence[Hostile]] = (
    *hostile_pdf_structure.FILES,
    *hostile_pdf_content.FILES,
    *hostile_pictures.FILES,
    *hostile_texts.FILES,
)


def write(folder: Path, files: Sequence[Hostile] = FILES) -> list[Path]:
    """Write files into a folder, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for file in files:
        path = folder / file.name
        path.write_bytes(file.make())
        paths.append(path)
    return paths


def main(arguments: Sequence[str]) -> int:
    """Write everything into the folder that is named; return the exit code."""
    from tests.documents.hostile_places import lay_out

    if len(arguments) != 1:
        print("python -m tests.documents.hostile_files FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    write(folder)
    lay_out(folder / "places")
    for file in FILES:
        outcome = f"{file.comes} pages" if isinstance(file.comes, int) else file.comes
        print(f"{file.name:45} {outcome}{f', first page: {file.first}' if file.first else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
