"""The worker as a process: what it may do, and how it answers when things go wrong."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from ifax_desktop.documents import protocol, worker
from ifax_desktop.documents.protocol import Kind, Reason
from ifax_desktop.documents.renderer import worker_command
from tests.documents import samples

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def frame(kind: Kind, payload: bytes) -> bytes:
    return protocol.header(kind, len(payload)) + payload


def opening(document: bytes) -> bytes:
    return frame(Kind.OPEN, b"".join(protocol.pack_open(document, "")))


def converse(requests: bytes, command: list[str] | None = None) -> tuple[int, list[tuple[Kind, bytes]]]:
    """Return the exit code of a worker fed with these bytes, and its answers."""
    done = subprocess.run(
        command or worker_command(), input=requests, capture_output=True, timeout=30, check=False, env={}
    )
    answers, rest = [], done.stdout
    while rest:
        kind, length = protocol.read_header(rest[: protocol.HEADER_SIZE])
        end = protocol.HEADER_SIZE + length
        answers.append((kind, rest[protocol.HEADER_SIZE : end]))
        rest = rest[end:]
    return done.returncode, answers


def patched(code: str) -> list[str]:
    """Return the command of the real worker with this code run before it starts."""
    start = "import os, sys\nfrom ifax_desktop.documents import worker\n"
    return [sys.executable, "-I", "-c", start + code + "\nsys.exit(worker.main())"]


def test_it_answers_each_request_and_ends_with_its_input() -> None:
    code, answers = converse(
        opening(samples.letter("A", "B")) + frame(Kind.RENDER, protocol.pack_render(1, 100, 0))
    )
    assert code == 0
    assert [kind for kind, _ in answers] == [Kind.OPENED, Kind.PICTURE]
    assert len(protocol.unpack_sizes(answers[0][1])) == 2
    assert protocol.unpack_picture(answers[1][1], 100).height == 129


def test_after_a_refusal_it_goes_on() -> None:
    code, answers = converse(opening(samples.locked()) + opening(samples.letter()))
    assert code == 0
    assert protocol.unpack_refusal(answers[0][1]).reason is Reason.LOCKED
    assert answers[1][0] is Kind.OPENED


@pytest.mark.parametrize(
    "requests",
    [
        struct.pack(">BI", 77, 0),
        struct.pack(">BI", Kind.OPEN, protocol.LIMITS[Kind.OPEN] + 1),
        frame(Kind.RENDER, protocol.pack_render(0, 100, 0)),
        frame(Kind.RENDER, protocol.pack_render(0, 100, 45)),
        frame(Kind.COVER, b"no cover"),
        frame(Kind.ADDED, bytes(4)),
    ],
    ids=["unknown kind", "too long", "render before open", "slanted", "cover", "reply as request"],
)
def test_a_broken_request_ends_it(requests: bytes) -> None:
    code, answers = converse(requests)
    assert code == 2
    assert protocol.unpack_refusal(answers[-1][1]).reason is Reason.STOPPED


def test_half_a_request_ends_it_quietly() -> None:
    assert converse(opening(samples.letter())[:-5]) == (0, [])


def test_a_fault_of_its_own_is_told_and_ends_it() -> None:
    code, answers = converse(frame(Kind.OPEN, b"x"), patched("worker.Session.answer = lambda *_: 1 / 0"))
    refusal = protocol.unpack_refusal(answers[0][1])
    assert code == 1
    assert refusal.reason is Reason.STOPPED
    assert "ZeroDivisionError" in refusal.detail


def test_too_little_memory_is_told_and_survived() -> None:
    code, answers = converse(
        frame(Kind.OPEN, b"x"), patched("def greedy(*_): raise MemoryError\nworker.Session.answer = greedy")
    )
    assert code == 0
    assert protocol.unpack_refusal(answers[0][1]).reason is Reason.TOO_HEAVY


def test_a_stray_print_spoils_no_frame() -> None:
    noisy = """
real = worker.Session.answer
def answer(*asked):
    print("stray", flush=True)
    os.write(1, b"more")
    return real(*asked)
worker.Session.answer = answer
"""
    _, answers = converse(opening(samples.letter()), patched(noisy))
    assert [kind for kind, _ in answers] == [Kind.OPENED]


def test_opening_and_drawing_load_no_more_than_they_need() -> None:
    told = "import atexit\natexit.register(lambda: os.write(2, b' '.join(m.encode() for m in sys.modules)))"
    requests = opening(samples.letter()) + frame(Kind.RENDER, protocol.pack_render(0, 100, 0))
    done = subprocess.run(patched(told), input=requests, capture_output=True, timeout=30, check=True, env={})
    loaded = set(done.stderr.decode().split())
    assert "pypdfium2" in loaded
    assert {"pypdf", "pi_heif", "charset_normalizer", "PySide6", "httpx", "sqlite3"}.isdisjoint(loaded)


@UNIX
def test_it_can_write_no_file(tmp_path: Path) -> None:
    target = tmp_path / "written"
    writing = f"""
def answer(*_):
    with open({str(target)!r}, "wb", buffering=0) as file:
        file.write(b"x")
worker.Session.answer = answer
"""
    _, answers = converse(frame(Kind.OPEN, b"x"), patched(writing))
    assert "File too large" in protocol.unpack_refusal(answers[0][1]).detail
    assert not target.exists() or target.stat().st_size == 0


@UNIX
def test_it_cannot_take_more_memory_than_allowed() -> None:
    _, answers = converse(
        frame(Kind.OPEN, b"x"), patched("worker.Session.answer = lambda *_: bytearray(600 << 20)")
    )
    assert protocol.unpack_refusal(answers[0][1]).reason is Reason.TOO_HEAVY


@LINUX
def test_the_running_worker_has_its_limits_and_an_empty_environment() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        worker_command(), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(opening(samples.letter()))
        process.stdin.flush()
        process.stdout.read(protocol.HEADER_SIZE)
        about = Path(f"/proc/{process.pid}")
        limits = {
            line[:26].strip(): line[26:].split() for line in (about / "limits").read_text().splitlines()
        }
        environment = (about / "environ").read_bytes()
        open_files = [str(name.readlink()) for name in (about / "fd").iterdir()]
    assert limits["Max file size"][:2] == ["0", "0"]
    assert limits["Max core file size"][:2] == ["0", "0"]
    assert limits["Max open files"][:2] == [str(worker.MAX_FILES)] * 2
    assert limits["Max data size"][:2] == [str(worker.MAX_DATA)] * 2
    assert limits["Max address space"][0] == "unlimited"
    soft, hard = (int(seconds) for seconds in limits["Max cpu time"][:2])
    assert soft < worker.SECONDS_A_REQUEST + 5
    assert hard == worker.SECONDS_ALTOGETHER
    assert environment == b""
    assert all(name.startswith(("pipe:", "/dev/")) for name in open_files)
