"""Children that do not keep to the protocol, as commands for a Renderer, and a look at which children are left."""

import sys
from contextlib import suppress
from pathlib import Path

_BEGIN = """
import os, struct, sys, time
def read(count):
    data = b""
    while len(data) < count:
        piece = os.read(0, count - len(data))
        if not piece:
            sys.exit(0)
        data += piece
    return data
def request():
    kind, length = struct.unpack(">BI", read(5))
    return kind, read(length)
def say(data):
    while data:
        data = data[os.write(1, data):]
def frame(kind, payload):
    say(struct.pack(">BI", kind, len(payload)) + payload)
OPENED = struct.pack(">Iff", 1, 612.0, 792.0)
"""


def child(behaviour: str) -> list[str]:
    """Return the command of a child with this behaviour; `request`, `say`, `frame` and OPENED are at hand."""
    return [sys.executable, "-I", "-c", _BEGIN + behaviour]


def opens_then(behaviour: str) -> list[str]:
    """Return the command of a child that opens a document of one Letter page and then, when asked more, does this."""
    return child("request(); frame(17, OPENED); request()\n" + behaviour)


def running() -> set[int]:
    """Return the processes this one has started and not yet seen the end of (Linux)."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile
            found.update(map(int, task.read_text().split()))
    return found
