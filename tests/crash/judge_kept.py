"""Judges what is kept: received faxes, drafts, documents, the archive's file, what is left on the disk, and the logs."""

import re
from collections import Counter
from collections.abc import Iterator

from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store.times import maybe_from_ms
from tests.crash.shown import Shown
from tests.crash.truth import Truth
from tests.crash.verdict import Fault, Verdict, Violation


def judge_received(truth: Truth, shown: Shown) -> Verdict:
    """Each fax the service received is there once, with its document, or awaited: shown so, and asked for again."""
    rows = [row for row in shown.faxes.values() if row["direction"] == "received"]
    kept = Counter((row["job_id"], row["transaction_id"]) for row in rows)
    came = {(fax.job_id, fax.transaction_id): fax.document for fax in truth.received}
    verdict = Verdict(counts=Counter({"faxes received": len(came)}))
    say = verdict.violations.append
    for ids in came:
        if ids in shown.awaited and not kept[ids] and shown.awaited[ids]["next_try"] is not None:
            verdict.counts["faxes received: awaited, and shown as such"] += 1
        elif not kept[ids]:
            say(Violation(Fault.RECEIVED_LOST, f"job {ids[0]}"))
        elif kept[ids] > 1:
            say(Violation(Fault.RECEIVED_TWICE, f"job {ids[0]}, {kept[ids]} times"))
    for ids in shown.awaited:
        if ids not in came or kept[ids]:
            say(Violation(Fault.INVENTED, f"job {ids[0]} is awaited"))
    for row in rows:
        document = came.get((row["job_id"], row["transaction_id"]))
        if document is None:
            say(Violation(Fault.INVENTED, f"fax {row['id']}", (str(row),)))
        elif row["document"] != document or not shown.documents.get(document):
            say(Violation(Fault.RECEIVED_HALF, f"fax {row['id']}", (str(row),)))
    verdict.violations += [Violation(Fault.RECEIVED_HALF, name) for name in truth.half_files]
    return verdict


def judge_drafts(truth: Truth, shown: Shown) -> Verdict:
    """Each draft is where it was, as it was last said to be kept, or as it was just being kept."""
    verdict = Verdict(counts=Counter({"drafts": len(truth.drafts)}))
    for fax, typed in truth.drafts.items():
        row = shown.faxes.get(fax)
        if row is None or row["state"] != "draft":
            verdict.violations.append(Violation(Fault.DRAFT_LOST, f"draft {fax}", (str(row),)))
            continue
        form = form_of(shown, fax)
        if form not in (typed.told, typed.on_its_way):
            told = (f"told: {typed.told!r}", f"found: {form!r}")
            verdict.violations.append(
                Violation(Fault.DRAFT_LOST, f"draft {fax} is not as it was typed", told)
            )
    return verdict


def judge_files(truth: Truth, shown: Shown) -> Verdict:
    """The archive's file is sound, the documents of drafts are there, and nothing old is left on its way."""
    verdict = Verdict()
    say = verdict.violations.append
    for damage in shown.damage:
        say(Violation(Fault.DAMAGED, damage))
    for fax, parts in shown.attachments.items():
        for _, document, _ in parts:
            if not shown.documents.get(document):
                say(Violation(Fault.LOST, f"a document of fax {fax} is missing or damaged"))
    for name in shown.leftovers:
        say(Violation(Fault.LEFT_BEHIND, name))
    return verdict


def judge_logs(truth: Truth, shown: Shown) -> Verdict:
    """No log holds the key, a number, or the name of a document or a person."""
    numbers = {fax.number for fax in truth.faxes.values()} | {row["number"] for row in shown.faxes.values()}
    digits = {number.removeprefix("+1") for number in numbers if number.startswith("+")}
    secrets = {"the key": {truth.key}, "a number": digits, "a name": truth.words}
    verdict = Verdict()
    for name, text in shown.logs.items():
        verdict.logged.update(line for line in _lines(text) if " Qt: " not in line)
        for what, words in secrets.items():
            if found := next((line for line in text.splitlines() if any(word in line for word in words)), ""):
                verdict.violations.append(Violation(Fault.TOLD_IN_LOG, f"{what} in {name}", (found,)))
    return verdict


def form_of(shown: Shown, fax: int) -> Form:
    """A draft as the archive has it."""
    row = shown.faxes[fax]
    cover = dict(shown.covers.get(fax, {}))
    cover.pop("fax", None)
    kind = CoverKind(cover.pop("kind")) if cover else CoverKind.NONE
    attachments = tuple(Attachment(*part) for part in shown.attachments.get(fax, ()))
    return Form(
        row["typed"],
        row["name"],
        row["own_number"],
        attachments,
        Cover(kind, **cover),
        Quality(row["quality"]),
        maybe_from_ms(row["send_at"]),
    )


def _lines(log: str) -> Iterator[str]:
    """The lines of a log that begin with a time, without it."""
    for line in log.splitlines():
        if found := re.match(r"\d{4}-\d\d-\d\d [\d:,]+ (.*)", line):
            yield found[1]
