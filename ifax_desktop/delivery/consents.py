"""What the user allowed to be tried with the real service although nobody knows yet whether it works that way.

An operation that changes something and whose path is an assumption asks once, in plain words; whether it worked is
remembered (design: rules that hold everywhere).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from ifax_desktop.store.facts import Facts

if TYPE_CHECKING:
    from ifax_desktop.api.operations import Operation


class Consent(StrEnum):
    """What is known of trying an operation."""

    NOT_ASKED = ""
    GIVEN = "given"
    WORKED = "worked"
    FAILED = "did not work"
    """It was tried, and the service did not know it: the user is asked again before it is tried once more."""


class Consents:
    """The consents of one account, kept in its archive. In practice mode none is needed."""

    def __init__(self, facts: Facts, *, practice: bool) -> None:
        self._facts = facts
        self._practice = practice
        self._table: Mapping[str, Operation] = {}

    def use(self, table: "Mapping[str, Operation]") -> None:
        """Take the table of operations with the user's corrections: a path somebody confirmed needs no consent."""
        self._table = table

    def allows(self, operation: "Operation") -> bool:
        """Whether the operation may be called now. On the calling thread."""
        from ifax_desktop.api.operations import Policy

        if self._practice or operation.policy is not Policy.ASKS_ONCE:
            return True
        return self.known(operation.name) in (Consent.GIVEN, Consent.WORKED)

    def known(self, name: str) -> Consent:
        """What is known of the operation of this name. On the calling thread."""
        return Consent(self._facts.get(f"consent {name}"))

    def is_needed(self, name: str) -> bool:
        """Whether the user must be asked before the operation of this name may be tried. On the calling thread."""
        from ifax_desktop.api.operations import BY_NAME

        return not self.allows((self._table or BY_NAME)[name])

    async def give(self, name: str) -> None:
        """The user wants it to be tried."""
        await self._facts.keep(f"consent {name}", Consent.GIVEN)

    async def remember(self, name: str, *, worked: bool) -> None:
        """How it went."""
        consent = Consent.WORKED if worked else Consent.FAILED
        if self.known(name) not in (consent, Consent.NOT_ASKED):
            await self._facts.keep(f"consent {name}", consent)
