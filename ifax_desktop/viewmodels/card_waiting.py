"""The card of a fax that waits here: until when, for what, and how to change that."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.failures import Catalogue, Failure
from ifax_desktop.domain.fax import Fax, Waiting
from ifax_desktop.viewmodels import times
from ifax_desktop.viewmodels.card import Act, Verdict

translate = QCoreApplication.translate


def waiting_card(fax: Fax, catalogue: Catalogue, now: datetime, *, paused: bool) -> Verdict:
    """What to say of a queued fax; `paused` holds for the whole outbox."""
    if fax.waiting is Waiting.LATE:
        return _late(fax, now)
    if paused:
        return _paused()
    if fax.waiting is Waiting.RETRY:
        return _busy(fax, catalogue.reason(fax.code, fax.message, fax.service_status), now)
    if fax.waiting is Waiting.SIGN_IN:
        return _without_key()
    title, sentences = _patience(fax, now)
    offline = fax.waiting is Waiting.OFFLINE
    return Verdict(
        "plain",
        "offline" if offline else "state-waiting",
        title,
        sentences,
        act=Act.TRY_NOW,
        button=translate("card", "Try now") if offline else translate("card", "Send now"),
        button_icon="send",
        link_act=Act.CANCEL,
        link=translate("card", "Cancel fax"),
    )


def _late(fax: Fax, now: datetime) -> Verdict:
    words = translate(
        "card",
        "It should have gone out {0}, when this program could not send it. It waits for your word, as it may be "
        "of no use any more.",
    )
    return Verdict(
        "warn",
        "state-waiting",
        translate("card", "This fax is more than 12 hours late"),
        words.format(times.in_sentence(fax.due_at, now) if fax.due_at else ""),
        act=Act.TRY_NOW,
        button=translate("card", "Send it now"),
        button_icon="send",
        link_act=Act.CANCEL,
        link=translate("card", "Cancel fax"),
    )


def _paused() -> Verdict:
    return Verdict(
        "plain",
        "state-waiting",
        translate("card", "Sending is paused"),
        translate("card", "You paused it. This fax is kept here, and nothing goes out until you go on."),
        act=Act.RESUME,
        button=translate("card", "Go on sending"),
        button_icon="send",
        primary=True,
        link_act=Act.CANCEL,
        link=translate("card", "Cancel fax"),
    )


def _without_key() -> Verdict:
    return Verdict(
        "warn",
        "key",
        translate("card", "The service does not accept the key"),
        translate("card", "This fax is kept here and goes out as soon as the key is put right."),
        act=Act.MEND_KEY,
        button=translate("card", "Check the key"),
        button_icon="key",
        link_act=Act.CANCEL,
        link=translate("card", "Cancel fax"),
    )


def _patience(fax: Fax, now: datetime) -> tuple[str, str]:
    when = times.in_sentence(fax.due_at, now) if fax.due_at and fax.due_at > now else ""
    if fax.waiting is Waiting.OFFLINE:
        again = translate("card", "Next try by itself {0}.").format(when) if when else ""
        kept = translate("card", "This fax is kept here and goes out by itself when the service answers.")
        return translate("card", "The fax service cannot be reached"), f"{kept} {again}".strip()
    if fax.waiting is Waiting.UNDO:
        return (
            translate("card", "This fax goes out in a moment"),
            translate("card", "Until then you can still stop it."),
        )
    if fax.waiting is Waiting.SCHEDULED and when:
        return (
            translate("card", "This fax goes out {0}").format(when),
            translate("card", "It is kept here until then. The program must be open at that time."),
        )
    if when:
        return (
            translate("card", "This fax goes out {0}").format(when),
            translate("card", "It is kept here until then."),
        )
    if fax.resend_of:
        return (
            translate("card", "The service is asked to send this fax again"),
            translate("card", "It sends its own copy, as the document is not on this computer."),
        )
    return (
        translate("card", "This fax goes out next"),
        translate("card", "Faxes to one number go out one after the other."),
    )


def _busy(fax: Fax, failure: Failure, now: datetime) -> Verdict:
    if fax.due_at is None or fax.due_at <= now:
        plan = translate("card", "The next try starts by itself now.")
    else:
        plan = translate("card", "Next try by itself {0}, {1}.")
        plan = plan.format(times.in_sentence(fax.due_at, now), times.minutes_until(fax.due_at, now))
    return Verdict(
        "plain",
        "state-waiting",
        failure.title,
        f"{failure.meaning} {plan}".strip(),
        strong=(times.clock(fax.due_at),) if fax.due_at else (),
        act=Act.TRY_NOW,
        button=translate("card", "Try now"),
        button_icon="send",
        primary=True,
        link_act=Act.CANCEL,
        link=translate("card", "Stop trying"),
        aside=translate("card", "Try {0} of {1}").format(fax.tries + 1, max(failure.tries, fax.tries) + 1),
    )
