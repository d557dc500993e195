"""The document worker: a process of its own that reads frames, parses what somebody sent, and answers with frames.

Started as `python -I -m ifax_desktop.documents.worker`, or by a frozen program that calls `main`. It gets bytes and
never a path, and on Unix it gives up most of what a process may do before it reads the first of them.
"""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from ifax_desktop.documents import protocol
from ifax_desktop.documents.opening import open_source, picture
from ifax_desktop.documents.protocol import BadFrame, FaxPage, Kind, PagePicture, Reason, Refusal
from ifax_desktop.documents.source import Source

if TYPE_CHECKING:
    from ifax_desktop.documents.assembly import Assembly

MAX_DATA = 512 * protocol.MEGABYTE
MAX_FILES = 64
NICENESS = 10
"""Where processors are few the window goes first."""
SECONDS_A_REQUEST = 60
"""Processor time one request may take; the parent's own deadline is shorter and by the clock."""
SECONDS_ALTOGETHER = 3600
"""Processor time of one open document, which may be looked at all day."""


class Session:
    """One document being shown, or one fax being put together."""

    def __init__(self) -> None:
        self._source: Source | None = None
        self._assembly: Assembly | None = None

    def answer(self, kind: Kind, payload: bytes) -> tuple[Kind, Sequence[bytes]]:
        """Return the reply to a request, its payload in pieces; Refusal or BadFrame if there is none."""
        requests: dict[Kind, Callable[[bytes], Sequence[bytes]]] = {
            Kind.OPEN: self._open,
            Kind.OPEN_COVER: self._open_cover,
            Kind.RENDER: self._render,
            Kind.FAX: self._fax,
            Kind.UNLOCK: self._unlock,
            Kind.COVER: self._cover,
            Kind.PART: self._part,
            Kind.ASSEMBLE: lambda _: [self._put_together().finish()],
        }
        if kind not in requests:
            raise BadFrame(f"{kind.name} is not a request")
        return protocol.REPLY_TO[kind], requests[kind](payload)

    def close(self) -> None:
        """Let go of the document."""
        if self._source:
            self._source.close()
            self._source = None

    def _open(self, payload: bytes) -> list[bytes]:
        self.close()
        self._source = open_source(*protocol.unpack_open(payload))
        return [protocol.pack_sizes(self._source.sizes())]

    def _open_cover(self, payload: bytes) -> list[bytes]:
        from ifax_desktop.documents.cover_page import CoverSheets

        self.close()
        self._source = CoverSheets(protocol.unpack_cover(payload))
        return [protocol.pack_sizes(self._source.sizes())]

    def _render(self, payload: bytes) -> Sequence[bytes]:
        page, width, rotate, colour = protocol.unpack_render(payload)
        drawn = picture(self._opened(), page, width, rotate, colour=colour)
        bands = 3 if colour and drawn.mode not in ("1", "L") else 1
        drawn = drawn.convert("RGB" if bands == 3 else "L")
        return protocol.pack_picture(PagePicture(*drawn.size, drawn.tobytes(), bands))

    def _fax(self, payload: bytes) -> Sequence[bytes]:
        # What makes pages of a fax is loaded when the first one is wanted: received faxes are only looked at.
        from ifax_desktop.documents import coding
        from ifax_desktop.documents.coding import Scheme
        from ifax_desktop.documents.faxing import fax, thumbnail
        from ifax_desktop.documents.looking_over import look_over

        page, form, look, with_bits = protocol.unpack_fax(payload)
        source = self._opened()
        faxed = fax(source, page, form, look)
        if not with_bits:
            return protocol.pack_faxed(FaxPage(form.lines, b"", faxed.code))
        mh, mr = (len(coding.coded(faxed.bits, scheme)) for scheme in (Scheme.MH, Scheme.MR))
        found = look_over(source, page, form, look, faxed, mr)
        small = thumbnail(faxed.drawn, form)
        return protocol.pack_faxed(FaxPage(form.lines, faxed.bits, faxed.code, mh, mr, found, small))

    def _unlock(self, payload: bytes) -> list[bytes]:
        from ifax_desktop.documents.pdf import Pdf

        if not isinstance(self._source, Pdf):
            raise BadFrame("UNLOCK of what is no PDF")
        return [self._source.unlocked()]

    def _opened(self) -> Source:
        if not self._source:
            raise BadFrame("a page is asked for before a document")
        return self._source

    def _cover(self, payload: bytes) -> list[bytes]:
        from ifax_desktop.documents.cover_page import CoverSheets

        sheets = CoverSheets(protocol.unpack_cover(payload))
        return [protocol.pack_count(self._put_together().add(sheets))]

    def _part(self, payload: bytes) -> list[bytes]:
        document, picks = protocol.unpack_part(payload)
        source = open_source(document)
        try:
            return [protocol.pack_count(self._put_together().add(source, picks))]
        finally:
            source.close()

    def _put_together(self) -> "Assembly":
        # pypdf and Pillow take 0.1 s to load: only who assembles a fax waits for them.
        from ifax_desktop.documents.assembly import Assembly

        if not self._assembly:
            self._assembly = Assembly()
        return self._assembly


def main() -> int:
    """Answer requests on standard input until it ends; return the exit code."""
    requests, answers = _claim_pipes()
    _give_up_rights()
    session = Session()
    try:
        while frame := _read(requests):
            _allow_more_time()
            _answer(session, *frame, answers)
            del frame
    except BadFrame as broken:
        _write(answers, Kind.REFUSED, [protocol.pack_refusal(Refusal(Reason.STOPPED, str(broken)))])
        return 2
    except BaseException:
        # The parent learns what happened, and then this process ends as Python likes.
        refusal = Refusal(Reason.STOPPED, traceback.format_exc())
        _write(answers, Kind.REFUSED, [protocol.pack_refusal(refusal)])
        raise
    finally:
        session.close()
    return 0


def _answer(session: Session, kind: Kind, payload: bytes, answers: BinaryIO) -> None:
    try:
        reply, pieces = session.answer(kind, payload)
    except Refusal as refusal:
        reply, pieces = Kind.REFUSED, [protocol.pack_refusal(refusal)]
    except MemoryError as error:
        reply, pieces = Kind.REFUSED, [protocol.pack_refusal(Refusal(Reason.TOO_HEAVY, repr(error)))]
    _write(answers, reply, pieces)


def _claim_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the two pipes, and leave nothing at 0 and 1 that a stray print could spoil."""
    requests, answers = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _give_up_rights() -> None:
    """Limit memory, processor time and files. Not RLIMIT_AS: pdfium reserves 33 GiB of addresses and would die."""
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        import resource

        os.nice(NICENESS)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NOFILE, MAX_FILES)
        _limit(resource.RLIMIT_DATA, MAX_DATA)
        _limit(resource.RLIMIT_CPU, SECONDS_ALTOGETHER)


def _allow_more_time() -> None:
    """Let the next request have its seconds: the limit counts from the start of the process."""
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(usage.ru_utime + usage.ru_stime)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (min(spent + SECONDS_A_REQUEST, hard), hard))


def _limit(what: int, most: int) -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(what)
        # A machine may allow less already, and never lets a process ask for more.
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def _read(requests: BinaryIO) -> tuple[Kind, bytes] | None:
    """Return the next frame, or nothing when the parent has closed the pipe."""
    header = requests.read(protocol.HEADER_SIZE)
    if len(header) < protocol.HEADER_SIZE:
        return None
    kind, length = protocol.read_header(header)
    payload = requests.read(length)
    return (kind, payload) if len(payload) == length else None


def _write(answers: BinaryIO, kind: Kind, pieces: Sequence[bytes]) -> None:
    answers.write(protocol.header(kind, sum(map(len, pieces))))
    for piece in pieces:
        answers.write(piece)
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
