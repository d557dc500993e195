"""Whose faxes these are: nothing is sent, looked up or received before the key is known to belong to their account.

The service knows one of our numbers or faxes, or the user says that it is the same account. What was found is kept
beside the key (`store.proofs`), so that it is not asked at every start.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.delivery import plan
from ifax_desktop.delivery.line import Line, LineReport
from ifax_desktop.delivery.recognition import Questions, recognized
from ifax_desktop.domain.errors import AccountMoved, AccountUnproven, NoAnswer, Offline, Refused, SignInNeeded
from ifax_desktop.store.accounts import Accounts, Traces, new_account

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.store.proofs import Proofs

_ROUNDS = 4
"""So often the service may give answers nobody understands before the user is asked instead."""
_SELDOM = 600.0
"""Seconds between two questions while the user is asked: the service may come to know one of ours after all."""
_NOT_YET = "The fax service has not confirmed yet that this key belongs to your faxes. Try again in a moment."
ASKED = "This key may belong to another account. Nothing is sent or received until you answer."


class Whose(StrEnum):
    """What is known of the key and the faxes kept here."""

    FREE = "free"
    """Nothing here was ever in touch with the service: any key may have it."""
    OURS = "ours"
    UNSURE = "unsure"
    """The service is being asked."""
    ASKED = "asked"
    """The service knows nothing of ours, or cannot be understood: the user is asked."""


class Ownership:
    """What is known of whose these rows are. Calls go out only while `check` lets them."""

    def __init__(
        self, accounts: Accounts, account: str, line: Line, *, always: bool = False, pulse: float = 1.0
    ) -> None:
        """`always` is for practice mode, which has one account; with a shorter `pulse` (seconds) it asks more often."""
        self._accounts = accounts
        self._account = account
        self._line = line
        self._always = always
        self._pulse = pulse
        self._questions: Questions | None = None
        self._key: Callable[[], str] = str
        self._proofs: Proofs | None = None
        self._moved = ""
        self._listeners: list[Callable[[Whose], None]] = []
        self.whose = self._at_first()

    def connect(self, questions: Questions, key: Callable[[], str]) -> None:
        """Give the calls that may be made before anything is known, and the key they are made with."""
        self._questions = questions
        self._key = key

    def keep_proofs(self, proofs: "Proofs") -> None:
        """Look here for what was found earlier, and keep there what is found."""
        self._proofs = proofs

    def subscribe(self, listener: Callable[[Whose], None]) -> Callable[[], None]:
        """Call `listener` at every change; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def check(self) -> None:
        """Raise AccountUnproven while nothing may be asked of the service but whose key it is."""
        if self._is_open:
            self._wake.set()
            raise AccountUnproven(ASKED if self.whose is Whose.ASKED else _NOT_YET)

    def renew(self) -> None:
        """Another key is in place: nothing is known of it."""
        self._set(self._at_first())

    async def settle(self) -> None:
        """Wait until the rows are known to be the key's, asking again and again.

        Raises AccountMoved if they are those of another account, and StorageFailed.
        """
        rounds = 0
        while self._is_open:
            self._wake.clear()
            pause = await self._round(rounds)
            rounds += 1
            if self._is_open and not self._moved:
                await self._rest(pause * self._pulse)
            if self._moved:
                raise AccountMoved(self._moved)

    async def look(self) -> str:
        """Ask once whose key it is: an account of this archive, or "" if the service knows none of them by it.

        Then it is up to the user.

        Raises Offline, NoAnswer, SignInNeeded or Refused while the service has no answer to that, and StorageFailed.
        """
        if not self._is_open:
            return self._account
        known = await self._accounts.traces()
        kept = await self._kept()
        if kept and (kept == self._account or kept in known):
            account = kept
        else:
            account = await self._asked_of_service(known)
        if account == self._account:
            await self._own()
        elif not account:
            self._set(Whose.ASKED)
        return account

    async def remember(self) -> None:
        """As soon as a key has worked for rows that were free, they are its account's."""
        import asyncio

        if self.whose is not Whose.FREE:
            return
        before = self._line.report.checked_at
        listed = asyncio.Event()

        def look(report: LineReport) -> None:
            if report.checked_at != before:
                listed.set()

        # Not every answer tells that the key was taken; a list does.
        unsubscribe = self._line.subscribe(look)
        try:
            await listed.wait()
        finally:
            unsubscribe()
        await self._own()

    async def same(self) -> None:
        """The user says that the key belongs to the account of these faxes."""
        if self._is_open:
            await self._own()
            self._wake.set()

    async def other(self) -> None:
        """The user says that it belongs to another account: these faxes stay until their own key comes back."""
        if self._is_open:
            self._moved = new_account()
            self._wake.set()

    @cached_property
    def _wake(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    @property
    def _is_open(self) -> bool:
        return self.whose in (Whose.UNSURE, Whose.ASKED)

    def _at_first(self) -> Whose:
        if self._always:
            return Whose.OURS
        return Whose.FREE if self._accounts.is_fresh(self._account) else Whose.UNSURE

    async def _asked_of_service(self, known: dict[str, Traces]) -> str:
        if self._questions is None:
            raise Offline("The program is still starting. Try again in a moment.")
        account = await recognized(self._questions, known, self._account)
        self._line.worked()
        if not account and await self._accounts.is_free(self._account):
            return self._account  # nothing of it waits for another key, and the key is none of the others'
        return account

    async def _kept(self) -> str:
        import asyncio

        return await asyncio.to_thread(self._proofs.account_of, self._key()) if self._proofs else ""

    async def _own(self) -> None:
        import asyncio

        await self._accounts.touch(self._account)
        self._set(Whose.OURS)
        if self._proofs is not None:
            await asyncio.to_thread(self._proofs.keep, self._key(), self._account)

    async def _round(self, rounds: int) -> float:
        """Ask once; the answer is how many seconds to wait before the next time, if there is one."""
        pause = plan.offline_wait(rounds).total_seconds()
        try:
            account = await self.look()
        except (Offline, NoAnswer, SignInNeeded, Refused) as error:
            self._line.broke(error)
            wish = error.retry_after if isinstance(error, Refused) else 0.0
            if isinstance(error, NoAnswer | Refused) and not wish and rounds >= _ROUNDS:
                self._set(Whose.ASKED)
            return max(pause, wish)
        if not account:
            return _SELDOM
        self._moved = account if account != self._account else self._moved
        return pause

    async def _rest(self, pause: float) -> None:
        import asyncio

        try:
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            return

    def _set(self, whose: Whose) -> None:
        if whose is not self.whose:
            self.whose = whose
            for listener in tuple(self._listeners):
                listener(whose)
