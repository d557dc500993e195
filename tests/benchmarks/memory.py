"""The most memory the lists of a big archive need, against plain `sqlite3` with everything in a list.

`python -m tests.benchmarks.memory ours ARCHIVE` in a process of its own opens the archive, lists all that was sent, reads pages
here and there, lists all that was received and searches; `plain` does the same with `fetchall`. It prints how many bytes
the process took at its peak beyond what it had before it opened the archive.
"""

import asyncio
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.benchmarks.archives import ACCOUNT, Archives
from tests.benchmarks.pairs import Comparison, compare

AIM: Final = 1.5
LEAST: Final = 100_000
JUMPS: Final = 200
TEXTS: Final = ("a", "ames", "referral")


def run(pairs: int, archives: Archives) -> Iterator[Comparison]:
    """The peak, for each size that needs more than the program itself."""
    for faxes in (size for size in archives.sizes if size >= LEAST):
        path = archives.of(faxes)

        def peak(what: str, path: Path = path) -> Callable[[], float]:
            command = [sys.executable, "-m", "tests.benchmarks.memory", what, str(path)]
            return lambda: float(subprocess.check_output(command, text=True))

        title = f"{faxes:,} faxes listed, paged and searched: memory at its peak"
        yield compare(title, AIM, peak("ours"), peak("plain"), max(2, pairs // 5), unit="MB")


def _taken() -> int:
    """The most bytes this process had until now."""
    status = Path("/proc/self/status")
    if status.exists():  # where the other figure begins with what the process had that started this one
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _ours(path: Path) -> None:
    from PySide6.QtCore import QCoreApplication

    from ifax_desktop.domain.changes import Changes
    from ifax_desktop.domain.fax import Direction
    from ifax_desktop.store.archive import Archive, Query
    from ifax_desktop.store.database import Database
    from ifax_desktop.viewmodels.fax_table import FaxTable
    from tests.benchmarks.archives import NOW

    application = QCoreApplication([])
    assert application

    async def look() -> None:
        database = Database(path)
        changes = Changes()
        table = FaxTable(
            Archive(database, ACCOUNT, changes), Query(Direction.SENT), changes, lambda: NOW, print
        )
        table.refresh()
        queries = [Query(Direction.RECEIVED), *(Query(Direction.SENT, text=text) for text in TEXTS)]
        for query in (None, *queries):
            if query:
                table.show_query(query)
            while not table.is_loaded:  # noqa: ASYNC110 - whatever it is tells nobody
                await asyncio.sleep(0.01)
            for _ in range(JUMPS):
                table.index(random.randrange(table.rowCount() or 1)).data()
        await table.close()
        await database.close()

    before = _taken()
    asyncio.run(look())
    print(_taken() - before)


def _plain(path: Path) -> None:
    from tests.benchmarks import asking

    before = _taken()
    connection = asking.plain_connection(path)
    newest = "ORDER BY created_at DESC, id DESC"
    lists: list[tuple[str, tuple[str, ...]]] = [
        (f"SELECT id FROM fax WHERE account = ? AND direction = '{way}' {newest}", (ACCOUNT,))  # noqa: S608
        for way in ("sent", "received")
    ]
    lists += [
        (asking.LIKE_IN_TEXT, (f"%{TEXTS[0]}%",) * 2),
        *((asking.FOUND, (f'"{text}"',)) for text in TEXTS[1:]),
    ]
    for sql, values in lists:
        ids = connection.execute(sql, values).fetchall()
        for _ in range(JUMPS):
            place = random.randrange(len(ids))
            chosen = [row[0] for row in ids[place : place + asking.PAGE]]
            marks = ", ".join("?" * len(chosen))
            connection.execute(f"SELECT {asking.ROW} FROM fax WHERE id IN ({marks})", chosen).fetchall()  # noqa: S608
    connection.close()
    print(_taken() - before)


if __name__ == "__main__":
    {"ours": _ours, "plain": _plain}[sys.argv[1]](Path(sys.argv[2]))
