"""The frames: what goes in comes out, and nothing beyond the limits does."""

import contextlib
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ifax_desktop.documents import protocol
from ifax_desktop.documents.protocol import BadFrame, Kind, Reason, Refusal
from ifax_desktop.domain.cover import Cover, CoverKind, CoverPage


@pytest.mark.parametrize("kind", list(Kind))
def test_a_header_carries_kind_and_length_up_to_the_limit(kind: Kind) -> None:
    longest = protocol.LIMITS[kind]
    assert protocol.read_header(protocol.header(kind, longest)) == (kind, longest)
    with pytest.raises(BadFrame):
        protocol.header(kind, longest + 1)
    with pytest.raises(BadFrame):
        protocol.read_header(struct.pack(">BI", kind, longest + 1))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadFrame, match="99"):
        protocol.read_header(struct.pack(">BI", 99, 0))


def test_every_request_has_a_reply() -> None:
    assert set(protocol.REPLY_TO) == {kind for kind in Kind if kind < 16}


def test_a_cover_page_survives_the_way() -> None:
    page = CoverPage(Cover(CoverKind.OWN, "Δρ. Ames", "Клиника", "Größe", "one\ntwo"), "+1", "+2", "today", 3)
    assert protocol.unpack_cover(protocol.pack_cover(page)) == page


def test_half_a_character_in_a_cover_page_is_replaced() -> None:
    page = CoverPage(Cover(message="broken \ud83d emoji"), "+1", "+2", "today", 3)
    assert protocol.unpack_cover(protocol.pack_cover(page)).cover.message == "broken ? emoji"


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"{}", b'{"cover": {"kind": "x"}}', b'{"cover": {"kind": "own", "x": 1}}']
)
def test_a_cover_page_of_another_shape_is_refused(payload: bytes) -> None:
    with pytest.raises(BadFrame):
        protocol.unpack_cover(payload)


def test_sizes_survive_the_way() -> None:
    sizes = [(612.0, 792.0), (841.5, 595.25)]
    assert protocol.unpack_sizes(protocol.pack_sizes(sizes)) == tuple(sizes)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        struct.pack(">I", 0),
        struct.pack(">Iff", 2, 612, 792),
        struct.pack(">Iffff", 1, 612, 792, 612, 792),
        struct.pack(">Iff", 1, math.nan, 792),
        struct.pack(">Iff", 1, math.inf, 792),
        struct.pack(">Iff", 1, -1, 792),
        struct.pack(">Iff", 1, 0, 792),
        struct.pack(">Iff", 1, 2e6, 792),
        struct.pack(">I", protocol.MAX_PAGES + 1) + bytes(8 * (protocol.MAX_PAGES + 1)),
    ],
)
def test_impossible_sizes_are_refused(payload: bytes) -> None:
    with pytest.raises(BadFrame):
        protocol.unpack_sizes(payload)


@pytest.mark.parametrize(
    ("width", "height", "pixels"), [(2, 2, 3), (2, 2, 5), (0, 2, 0), (2, 0, 0), (11, 1, 11)]
)
def test_a_picture_that_is_not_what_it_says_is_refused(width: int, height: int, pixels: int) -> None:
    with pytest.raises(BadFrame):
        protocol.unpack_picture(struct.pack(">IIB", width, height, 1) + bytes(pixels), 10)


@given(some.binary(max_size=40))
def test_no_payload_does_more_than_break_the_frame(payload: bytes) -> None:
    for unpack in (protocol.unpack_sizes, protocol.unpack_count, protocol.unpack_refusal):
        with contextlib.suppress(BadFrame):
            unpack(payload)


def test_a_long_detail_of_a_refusal_keeps_its_end_and_its_limit() -> None:
    refusal = Refusal(Reason.STOPPED, "ä" * 9000 + "the last line")
    packed = protocol.pack_refusal(refusal)
    assert len(packed) <= protocol.LIMITS[Kind.REFUSED]
    assert protocol.unpack_refusal(packed).detail.endswith("the last line")
