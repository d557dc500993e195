"""When a form is worth keeping."""

from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.form import Form


def test_an_untouched_form_is_empty_and_a_touched_one_is_not() -> None:
    assert Form().is_empty
    assert Form(number="  ", own_number="+12025550119", cover=Cover(CoverKind.OWN)).is_empty
    assert not Form(number="2").is_empty
    assert not Form(attachments=(Attachment("a.pdf", "0" * 64, 1),)).is_empty
    assert not Form(cover=Cover(message="Call me.")).is_empty
