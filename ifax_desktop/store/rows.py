"""Rows of the archive as domain objects, and the parts of a fax that are kept beside its row."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import (
    Attachment,
    Direction,
    Event,
    Fax,
    Happening,
    Standing,
    State,
    Stop,
    Usual,
    Waiting,
)
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store.leaf_rows import from_words
from ifax_desktop.store.times import from_ms, maybe_from_ms

# To ask an enum itself for one of its words takes eight times as long, and a list asks at every repaint.
_DIRECTIONS = {str(direction): direction for direction in Direction}
_STATES = {str(state): state for state in State}
_WAITINGS = {str(waiting): waiting for waiting in Waiting}
_STOPS = {str(stop): stop for stop in Stop}

# A plus keeps SQLite from walking through all faxes of the account instead of going to these few.
_FAXES = """
    SELECT id, direction, state, number, name, own_number, pages, created_at, pages_done, due_at, waiting,
           ended_at, tries, job_id, transaction_id, service_status, code, message, unread, document,
           elsewhere, stop, own_words, resend_of
    FROM fax WHERE +account = ? AND id IN (SELECT value FROM json_each(?))
"""


def read_faxes(connection: sqlite3.Connection, account: str, ids: Iterable[int]) -> dict[int, Fax]:
    """The faxes that are there, by id."""
    rows = connection.execute(_FAXES, (account, json.dumps(list(ids))))
    return {row[0]: _fax(row) for row in rows}


class Page(Mapping[int, Fax]):
    """Faxes by id. Each is made of its row when it is looked at: of those that are read at a time few are ever shown."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._rows = {row[0]: row for row in rows}
        self._made: dict[int, Fax] = {}

    def __getitem__(self, fax: int) -> Fax:
        made = self._made.get(fax)
        if made is None:
            made = self._made[fax] = _fax(self._rows[fax])
        return made

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def read_page(connection: sqlite3.Connection, account: str, ids: Iterable[int]) -> Page:
    """The faxes that are there, for a list that will show some of them."""
    return Page(connection.execute(_FAXES, (account, json.dumps(list(ids)))))


def read_form(connection: sqlite3.Connection, account: str, fax: int) -> Form | None:
    """What was filled in for a fax of ours; None for one that is not there or was received."""
    row = connection.execute(
        """
        SELECT typed, name, own_number, quality, send_at, at_service, leaves FROM fax
        WHERE account = ? AND id = ? AND direction = 'sent'
        """,
        (account, fax),
    ).fetchone()
    if row is None:
        return None
    typed, name, own_number, quality, send_at, at_service, leaves = row
    attachments = read_attachments(connection, fax)
    cover = read_cover(connection, fax)
    return Form(
        typed,
        name,
        own_number,
        attachments,
        cover,
        Quality(quality),
        maybe_from_ms(send_at),
        bool(at_service),
        from_words(leaves, attachments),
    )


def read_cover(connection: sqlite3.Connection, fax: int) -> Cover:
    """The words on a fax's cover page."""
    return _kept_cover(connection, fax) or Cover()


def _kept_cover(connection: sqlite3.Connection, fax: int) -> Cover | None:
    row = connection.execute(
        "SELECT kind, to_name, from_name, subject, message, notice, template_id FROM cover WHERE fax = ?",
        (fax,),
    ).fetchone()
    return Cover(CoverKind(row[0]), *row[1:]) if row else None


def read_attachments(connection: sqlite3.Connection, fax: int) -> tuple[Attachment, ...]:
    """A fax's documents as the user gave them, in their order."""
    rows = connection.execute(
        "SELECT name, document, pages FROM attachment WHERE fax = ? ORDER BY position", (fax,)
    )
    return tuple(Attachment(*row) for row in rows)


def read_events(connection: sqlite3.Connection, fax: int) -> tuple[Event, ...]:
    """A fax's history, oldest first."""
    rows = connection.execute(
        "SELECT at, what, detail, pages, code FROM event WHERE fax = ? ORDER BY id", (fax,)
    )
    return tuple(
        Event(from_ms(at), Happening(what), detail, pages, code) for at, what, detail, pages, code in rows
    )


_FEW = 3
"""Fewer delivered faxes than this tell nothing about the next one."""


def read_standing(connection: sqlite3.Connection, fax: int) -> Standing:
    """What is known of a fax's latest attempt, and how long the last ten to its number took."""
    row = connection.execute(
        """
        SELECT fax.account, number, accepted_at, looks, looked_at, silent_since, silence
        FROM fax JOIN attempt ON attempt.id = fax.attempt WHERE fax.id = ?
        """,
        (fax,),
    ).fetchone()
    if row is None:
        return Standing()
    account, number, accepted_at, looks, looked_at, silent_since, silence = row
    took = [
        ended - accepted
        for ended, accepted in connection.execute(
            """
            SELECT fax.ended_at, accepted_at FROM fax JOIN attempt ON attempt.id = fax.attempt
            WHERE fax.account = ? AND number = ? AND state = 'delivered' AND accepted_at IS NOT NULL
            ORDER BY fax.ended_at DESC LIMIT 10
            """,
            (account, number),
        )
    ]
    return Standing(
        maybe_from_ms(accepted_at),
        looks,
        maybe_from_ms(looked_at),
        maybe_from_ms(silent_since),
        silence,
        Usual(len(took), timedelta(milliseconds=max(took))) if len(took) >= _FEW else None,
    )


def write_parts(connection: sqlite3.Connection, fax: int, form: Form) -> None:
    """Keep the cover page and the documents of a form, in place of those the fax had."""
    cover = form.cover
    # Only what differs is written: a draft is kept at every pause of typing, and all that is written is indexed anew.
    if cover != _kept_cover(connection, fax):
        words = (
            cover.kind,
            cover.to_name,
            cover.from_name,
            cover.subject,
            cover.message,
            cover.notice,
            cover.template_id,
        )
        connection.execute("DELETE FROM cover WHERE fax = ?", (fax,))
        connection.execute("INSERT INTO cover VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (fax, *words))
    if form.attachments != read_attachments(connection, fax):
        connection.execute("DELETE FROM attachment WHERE fax = ?", (fax,))
        connection.executemany(
            "INSERT INTO attachment VALUES (?, ?, ?, ?, ?)",
            [
                (fax, position, part.name, part.document, part.pages)
                for position, part in enumerate(form.attachments)
            ],
        )


def digits(number: str) -> str:
    """The digits of a number, which is what a search compares."""
    return "".join(filter(str.isdecimal, number))


def to_json(raw: Mapping[str, Any]) -> str:
    """What the service sent, as it is kept."""
    return json.dumps(dict(raw), ensure_ascii=False, sort_keys=True, default=str) if raw else ""


def _fax(row: tuple[Any, ...]) -> Fax:
    (fax, direction, state, number, name, own_number, pages, created_at, pages_done, due_at, waiting) = row[
        :11
    ]
    (ended_at, tries, job_id, transaction_id, service_status, code, message, unread, document) = row[11:20]
    (elsewhere, stop, own_words, resend_of) = row[20:]
    return Fax(
        fax,
        _DIRECTIONS[direction],
        _STATES[state],
        number,
        name,
        own_number,
        pages,
        from_ms(created_at),
        pages_done,
        maybe_from_ms(due_at),
        _WAITINGS[waiting],
        maybe_from_ms(ended_at),
        tries,
        job_id,
        transaction_id,
        service_status,
        code,
        message,
        bool(unread),
        document,
        bool(elsewhere),
        _STOPS[stop],
        bool(own_words),
        resend_of,
    )
