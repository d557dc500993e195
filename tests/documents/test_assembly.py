"""Putting documents together: every page in order, and nothing but pages."""

import io

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NameObject

from ifax_desktop.documents.assembly import Assembly
from ifax_desktop.documents.opening import open_source
from ifax_desktop.documents.protocol import Reason, Refusal
from tests.documents import samples
from tests.documents.samples import shown


def assembled(*documents: bytes) -> bytes:
    assembly = Assembly()
    for document in documents:
        add(assembly, document)
    return assembly.finish()


def add(assembly: Assembly, document: bytes, *picks: tuple[int, int]) -> int:
    source = open_source(document)
    try:
        return assembly.add(source, picks)
    finally:
        source.close()


def texts(document: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(io.BytesIO(document)).pages]


def test_every_page_comes_in_order() -> None:
    whole = assembled(samples.letter("A", "B"), samples.letter("C"), samples.letter("D", "E"))
    assert texts(whole) == ["A", "B", "C", "D", "E"]


def test_adding_says_how_many_pages() -> None:
    assert add(Assembly(), samples.letter("A", "B")) == 2


def test_scripts_actions_attachments_outlines_and_links_are_gone() -> None:
    original = samples.dangerous()
    assert original.count(b"evil") >= 5
    whole = assembled(original)
    reader = PdfReader(io.BytesIO(whole))
    assert b"evil" not in whole
    assert set(reader.root_object) == {"/Type", "/Pages"}
    assert {"/Annots", "/AA"}.isdisjoint(reader.pages[0])
    assert not reader.metadata
    assert texts(whole) == ["Harmless text"]


@pytest.mark.parametrize("document", [samples.filled_form(), samples.stamped()], ids=["form", "stamp"])
def test_fields_and_notes_stay_to_be_seen(document: bytes) -> None:
    whole = assembled(samples.letter(), document)
    assert shown(whole, page=1) == shown(document)
    assert "/Annots" not in PdfReader(io.BytesIO(whole)).pages[1]


def test_layers_switched_off_stay_off_in_every_part() -> None:
    whole = assembled(samples.hidden_layer(), samples.letter(), samples.hidden_layer(all_but_named=True))
    assert shown(whole, page=0).pixels.count(0) == 0
    assert shown(whole, page=2).pixels.count(0) == 0


def test_the_same_pages_give_the_same_bytes() -> None:
    parts = (samples.dangerous(), samples.filled_form(), samples.restricted(), samples.standard_fax())
    assert assembled(*parts) == assembled(*parts)


def test_what_was_encrypted_against_changes_is_open_now() -> None:
    whole = assembled(samples.restricted())
    assert not PdfReader(io.BytesIO(whole)).is_encrypted
    assert texts(whole) == ["Restricted"]


def test_sizes_inherited_from_the_page_tree_are_kept() -> None:
    document = samples.letter("A", size=(400, 500))
    reader = PdfReader(io.BytesIO(document))
    box = reader.pages[0].pop("/MediaBox")
    pages = reader.root_object["/Pages"]
    assert isinstance(pages, DictionaryObject)
    pages[NameObject("/MediaBox")] = box
    whole = PdfReader(io.BytesIO(assembled(samples.rewritten(reader))))
    assert (whole.pages[0].mediabox.width, whole.pages[0].mediabox.height) == (400, 500)


def test_nothing_is_not_a_document() -> None:
    with pytest.raises(Refusal) as caught:
        Assembly().finish()
    assert caught.value.reason is Reason.NO_PAGES


def test_parts_can_be_too_many_pages_together() -> None:
    assembly = Assembly()
    add(assembly, samples.many_pages(1200))
    with pytest.raises(Refusal) as caught:
        add(assembly, samples.many_pages(1200))
    assert caught.value.reason is Reason.TOO_MANY_PAGES
