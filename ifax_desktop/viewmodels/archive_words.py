"""What came of an export, an import or a look through the archive, in words for people."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.number import show
from ifax_desktop.store.exporting import Exported
from ifax_desktop.store.importing import Imported
from ifax_desktop.store.integrity import Affected, Findings
from ifax_desktop.viewmodels import wording
from ifax_desktop.viewmodels.archive_doing import Doing
from ifax_desktop.viewmodels.times import short_date

translate = QCoreApplication.translate

_MOST = 200
"""Faxes named one by one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended: a title, sentences, and what whoever wants to know more can read."""

    tone: str
    """"ok", "warn" or "bad"."""
    title: str
    sentences: str = ""
    details: str = ""


def exported(done: Exported, name: str) -> Outcome:
    """After an export into the file of this name."""
    title = translate("archive", "Exported into “{0}”").format(name)
    words = translate(
        "archive", "{0} and {1} are in it. Keep it safe: whoever has the file can read them."
    ).format(wording.faxes(done.faxes), documents(done.documents))
    if not done.missing:
        return Outcome("ok", title, words)
    lost = translate(
        "archive",
        "{0} could not be put in, as they are gone or damaged here. “Check now” tells whose they are.",
    ).format(documents(done.missing))
    return Outcome("warn", title, f"{words} {lost}")


def imported(done: Imported) -> Outcome:
    """After an import."""
    if not done.added:
        title = translate("archive", "Nothing new in this file")
    else:
        title = translate("archive", "{0} imported").format(wording.faxes(done.added))
    tr = translate
    told = (
        (done.known, tr("archive", "Here already: {0}.")),
        (done.deleted, tr("archive", "Deleted here earlier, and left out: {0}.")),
        (done.drafts, tr("archive", "Waited, and are drafts now: {0}.")),
        (done.doubtful, tr("archive", "Were on their way, and are not certain now: {0}.")),
        (done.elsewhere, tr("archive", "Of another account, and shown once its key is used here: {0}.")),
        (done.documents, tr("archive", "Documents added: {0}.")),
    )
    sentences = " ".join(words.format(QLocale().toString(count)) for count, words in told if count)
    return Outcome("warn" if done.doubtful else "ok", title, sentences)


def looked_through(found: Findings) -> Outcome:
    """After a look through everything."""
    seen = translate("archive", "{0} and {1} were looked through.").format(
        wording.faxes(found.faxes), documents(found.documents)
    )
    if found.damage:
        return _damaged(found)
    if found.affected:
        return _affected(found.affected, seen)
    if found.strays:
        stray = translate("archive", "{0} belong to no fax, which does no harm.").format(
            documents(found.strays)
        )
        seen = f"{seen} {stray}"
    return Outcome("ok", translate("archive", "Everything is in order"), seen)


def did_not_work(doing: Doing, error: FaxError) -> Outcome:
    """After work that ended in a failure."""
    titles = {
        Doing.EXPORT: translate("archive", "Nothing was exported"),
        Doing.IMPORT: translate("archive", "Nothing was imported"),
        Doing.CHECK: translate("archive", "The archive could not be checked"),
    }
    return Outcome("bad", titles[doing], str(error), error.detail)


def documents(count: int) -> str:
    """A number of documents in words."""
    if count == 1:
        return translate("archive", "1 document")
    return translate("archive", "%Ln documents", None, count)


def _damaged(found: Findings) -> Outcome:
    return Outcome(
        "bad",
        translate("archive", "The archive is damaged"),
        translate(
            "archive",
            "Export everything now: what can still be read goes into the file. Then look at the disk, as it may be "
            "about to break. Copies from before an update lie in the folder of the profile, which Advanced shows.",
        ),
        "\n".join((*found.damage, *map(_line, found.affected[:_MOST]))),
    )


def _affected(affected: Sequence[Affected], seen: str) -> Outcome:
    faxes = len({one.fax for one in affected})
    title = (
        translate("archive", "1 fax misses its document")
        if faxes == 1
        else translate("archive", "%Ln faxes miss their document", None, faxes)
    )
    what = translate(
        "archive",
        "Import a file that you exported earlier: the documents in it are put back. Without one, ask the sender of a "
        "received fax to send it again.",
    )
    lines = [_line(one) for one in affected[:_MOST]]
    if len(affected) > _MOST:
        lines.append(translate("archive", "And %Ln more.", None, len(affected) - _MOST))
    return Outcome("bad", title, f"{seen} {what}", "\n".join(lines))


def _line(one: Affected) -> str:
    """A fax in a line: which way, with whom, when, and what is wrong."""
    who = ", ".join(filter(None, (one.name, show(one.number))))
    day = short_date(one.at.astimezone().date())
    if one.direction is Direction.RECEIVED:
        way = translate("archive", "From {0}, {1}").format(who, day)
    else:
        way = translate("archive", "To {0}, {1}").format(who, day)
    wrong = (
        translate("archive", "document damaged") if one.is_there else translate("archive", "document gone")
    )
    return f"{way}: {wrong}"
