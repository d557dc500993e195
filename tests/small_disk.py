"""A small disk of its own for a script: a file system in memory that nobody else sees, and that can be filled up."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

APART = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
MOUNTED = 'mount -t tmpfs -o size="$1" tmpfs "$2" && exec "$3" -c "$4" "$2"'

FILLING = '''
import errno, os, sys
from pathlib import Path

disk = Path(sys.argv[1])

def fill(leave=0):
    """Take all room there is, but for so many bytes."""
    with open(disk / "filler", "ab", buffering=0) as filler:
        free = os.statvfs(disk)
        left = max(0, free.f_bavail * free.f_bsize - leave)
        while left > 0:
            try:
                left -= filler.write(bytes(min(left, 4096)))
            except OSError as error:
                assert error.errno == errno.ENOSPC
                break

def empty():
    """Make room again."""
    (disk / "filler").unlink(missing_ok=True)

'''


@cache
def _is_possible() -> bool:
    """Whether this system lets a process have a file system of its own."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*APART, "mount -t tmpfs tmpfs /mnt"], capture_output=True, check=False)
    return tried.returncode == 0


def on_a_small_disk(folder: Path, *script: str, size: str = "4m") -> list[str]:
    """Run a script that finds `disk`, `fill` and `empty`; the answer is the lines it printed. Skips where that cannot be.

    The disk is seen at `folder` by the script alone, and holds `size` ("4m").
    """
    if not _is_possible():
        pytest.skip("this system gives no process a disk of its own")
    folder.mkdir(exist_ok=True)
    given = ["sh", size, str(folder), sys.executable, "\n".join((FILLING, *script))]
    ended = subprocess.run(
        [*APART, MOUNTED, *given], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()
