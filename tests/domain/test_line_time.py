"""How long a fax keeps the line busy."""

import pytest

from ifax_desktop.domain.line_time import CodedSize, fax_time, page_time


def test_a_page_takes_its_bits_and_its_handshake() -> None:
    time = page_time(CodedSize(48_000, 36_000, 18_000))
    assert time.shortest == pytest.approx(4 + 10)
    assert time.usual == pytest.approx(4 + 30)
    assert time.longest == pytest.approx(4 + 40)


def test_a_fax_is_one_call() -> None:
    size = CodedSize(12_000, 12_000, 12_000)
    assert fax_time([size] * 3).usual == pytest.approx(20 + 3 * (4 + 10))
    assert fax_time([]).usual == 20
