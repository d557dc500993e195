"""The draft behind one New fax window: made, renewed, discarded or queued, one step after the other."""

import asyncio

from ifax_desktop.delivery.drafts import Drafts, Queued
from ifax_desktop.domain.form import Form


class DraftRow:
    """Writes one row of the outbox. Every method that writes may raise a FaxError, and then nothing was written."""

    def __init__(self, drafts: Drafts, form: Form) -> None:
        """Begin with nothing kept; `form` is what an untouched window looks like, which is not worth keeping."""
        self._drafts = drafts
        self._form = form
        self._fax: int | None = None
        # Saving and queueing write the same row, and a save may be under way when Send is pressed.
        self._turn = asyncio.Lock()
        self.was_written = False
        """Something was kept since the window was opened."""

    def begin(self, form: Form, fax: int | None) -> None:
        """Go on with the draft `fax`, which holds `form`; None for a new fax that looks like that."""
        self._form = form
        self._fax = fax

    def holds(self, form: Form) -> bool:
        """Whether the draft is what the form is now."""
        return self._fax is not None and form == self._form

    async def keep(self, form: Form) -> None:
        """Make the draft what the form is: a new one, a newer one, or none if the form is empty."""
        async with self._turn:
            if form == self._form:
                return
            if not form.is_empty:
                self._fax = await self._drafts.save(form, self._fax)
                self.was_written = True
            elif self._fax is not None:
                await self._drafts.discard(self._fax)
                self._fax = None
            self._form = form

    async def queue(self, form: Form) -> Queued:
        """Hand the fax to the outbox; the draft becomes it."""
        async with self._turn:
            queued = await self._drafts.queue(form, self._fax)
            self._form = form
            return queued
