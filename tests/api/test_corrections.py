"""The user's file of operation paths: what it may correct, and what it is told when it makes no sense."""

import pytest

from ifax_desktop.api.corrections import corrected, corrected_qualities
from ifax_desktop.api.operations import BY_NAME, Policy, Provenance
from ifax_desktop.api.qualities import FAX_QUALITY
from ifax_desktop.domain.errors import OperationsWrong
from ifax_desktop.domain.quality import Quality


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[fax_cancel]\n"])
def test_nothing_to_correct(text: str) -> None:
    assert corrected(text) == BY_NAME


def test_a_path_that_turned_out_to_be_right() -> None:
    table = corrected(
        '[fax_cancel]\npath = "/customer/fax-canceled"\nmethod = "DELETE"\nprovenance = "confirmed"\n'
    )
    cancel = table["fax_cancel"]
    assert (cancel.path, cancel.method, cancel.provenance) == (
        "/customer/fax-canceled",
        "DELETE",
        Provenance.CONFIRMED,
    )
    assert cancel.policy is Policy.RUNS
    assert cancel.alternatives == ("/customer/fax-cancel",)
    assert {name: row for name, row in table.items() if name != "fax_cancel"} == {
        name: row for name, row in BY_NAME.items() if name != "fax_cancel"
    }


def test_a_corrected_path_alone_is_still_asked_for() -> None:
    assert corrected('[fax_cancel]\npath = "/customer/stop"\n')["fax_cancel"].policy is Policy.ASKS_ONCE


def test_a_guess_of_another_operation_may_turn_out_to_be_this_one() -> None:
    table = corrected('[fax_detail]\npath = "/customer/usage"\n')
    assert table["fax_detail"].path == "/customer/usage"
    assert "/customer/usage" not in table["cdr_list"].alternatives


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("path = ", "cannot be read"),
        ("[fax_fly]\n", "fax_fly"),
        ('fax_cancel = "/customer/stop"', "no lines"),
        ("[fax_cancel]\ncosts = false", "costs"),
        ("[fax_cancel]\npath = 5", "quotation marks"),
        ('[fax_cancel]\npath = "https://elsewhere.example/x"', "Not a path"),
        ('[fax_cancel]\npath = "/a/../b"', "Not a path"),
        ('[fax_cancel]\nmethod = "GET"', "method"),
        ('[fax_cancel]\nprovenance = "sure"', "sure"),
        ('[fax_forward]\npath = "/customer/fax-resend"', "fax_resend"),
        ('[fax_status]\npath = "/customer/cdr-list"', "path of"),
        ('[label_list]\npath = "/customer/x"\n[cdr_list]\npath = "/customer/x"', "path of"),
        (
            '[fax_resend]\npath = "/customer/again"\n[fax_forward]\npath = "/customer/fax-resend"',
            "fax_resend",
        ),
    ],
)
def test_what_makes_no_sense_is_said_with_its_place(text: str, words: str) -> None:
    with pytest.raises(OperationsWrong, match=words) as caught:
        corrected(text)
    assert str(caught.value).endswith(".")


def test_the_words_for_qualities_are_corrected_in_the_same_file() -> None:
    text = '[faxQuality]\nfine = "Fine"\nsuperfine = "Ultra HD"\n[fax_cancel]\nmethod = "DELETE"\n'
    assert corrected_qualities(text) == {
        Quality.LOW: "Low",
        Quality.STANDARD: "Standard",
        Quality.HD: "Fine",
        Quality.SUPERFINE: "Ultra HD",
    }
    assert corrected(text)["fax_cancel"].method == "DELETE"
    assert corrected_qualities("") == FAX_QUALITY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[faxQuality]\nbest = "HD"', "“best” is none of standard, fine, superfine."),
        ("[faxQuality]\nfine = 196", "“fine” is no word of the service in quotation marks."),
        ('[faxQuality]\nfine = "H\\nD"', "“fine” is no word of the service in quotation marks."),
        ('faxQuality = "HD"', "it has no lines of its own."),
        ("[faxQuality", "The file of operation paths cannot be read."),
    ],
)
def test_qualities_that_make_no_sense_are_said(text: str, words: str) -> None:
    with pytest.raises(OperationsWrong) as caught:
        corrected_qualities(text)
    assert words in str(caught.value)
