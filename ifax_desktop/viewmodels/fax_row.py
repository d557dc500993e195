"""One row of a fax list, ready to be shown. Lists of numbers use it too."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaxRow:
    """What a row says, in words of the user's language.

    `number` stands first on the second line and is never cut; `facts` follow it and are left out from the end
    where the room ends. `slot` is the text at the right of the second line and `slot_state` the key of the state
    that colours it ("" for none). `icon_state` is the key of the state shown at the left, or the name of an
    icon, or "". `sentence` is the whole row for a screen reader. `labels` are shown as small pills.
    """

    id: int
    name: str
    number: str
    when: str
    facts: tuple[str, ...] = ()
    slot: str = ""
    slot_state: str = ""
    icon_state: str = ""
    unread: bool = False
    sentence: str = ""
    labels: tuple[str, ...] = ()
