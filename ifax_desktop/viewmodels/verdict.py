"""What the card of a fax says: what happened, what it means, and the one thing to do next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.failures import Advice, Catalogue, Failure
from ifax_desktop.domain.fax import Event, Fax, FaxDetail, Happening, State, Waiting
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels import times, wording

translate = QCoreApplication.translate


class Act(StrEnum):
    """What a user can do with a sent fax."""

    OPEN_DRAFT = "open draft"
    DISCARD = "discard"
    CANCEL = "cancel"
    TRY_NOW = "try now"
    TRY_AGAIN = "try again"
    LOOK_AGAIN = "look again"
    EDIT = "edit"
    """Open it in New fax to change the number."""
    SEND_AGAIN = "send again"
    """Open it in New fax as it is."""
    MEND_KEY = "mend key"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The words of a card. `strong` are words to stand out; a card has a link or details, not both."""

    tone: str
    icon: str
    title: str
    sentences: str = ""
    strong: tuple[str, ...] = ()
    act: Act | None = None
    button: str = ""
    button_icon: str = ""
    primary: bool = False
    link_act: Act | None = None
    link: str = ""
    details: str = ""
    aside: str = ""
    icon_token: str = ""


def verdict(detail: FaxDetail, catalogue: Catalogue, now: datetime) -> Verdict:
    """What to say of this fax now."""
    fax = detail.fax
    match fax.state:
        case State.QUEUED:
            return _waiting(fax, catalogue, now)
        case State.SENDING | State.ACCEPTED:
            return _on_its_way(fax)
        case State.DOUBTFUL:
            return _doubtful(detail, now)
        case State.DELIVERED:
            return _delivered(fax)
        case State.FAILED:
            return _not_delivered(fax, catalogue.reason(fax.code, fax.message, fax.service_status))
        case State.CANCELED:
            return _canceled(fax)
        case _:
            return _draft()


def _draft() -> Verdict:
    return Verdict(
        "plain",
        "state-draft",
        translate("card", "This fax is not sent yet"),
        translate("card", "It is kept here until you go on with it."),
        act=Act.OPEN_DRAFT,
        button=translate("card", "Open draft"),
        button_icon="edit",
        primary=True,
    )


def _waiting(fax: Fax, catalogue: Catalogue, now: datetime) -> Verdict:
    if fax.waiting is Waiting.RETRY:
        return _busy(fax, catalogue.reason(fax.code, fax.message, fax.service_status), now)
    if fax.waiting is Waiting.SIGN_IN:
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
    title, sentences = _patience(fax, now)
    return Verdict(
        "plain",
        "offline" if fax.waiting is Waiting.OFFLINE else "state-waiting",
        title,
        sentences,
        act=Act.TRY_NOW,
        button=translate("card", "Try now")
        if fax.waiting is Waiting.OFFLINE
        else translate("card", "Send now"),
        button_icon="send",
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
    if when:
        return (
            translate("card", "This fax goes out {0}").format(when),
            translate("card", "It is kept here until then."),
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


def _on_its_way(fax: Fax) -> Verdict:
    look = ("plain", "state-sending")
    if word := wording.unknown_word(fax):
        title = translate(
            "card", "The service says \N{LEFT DOUBLE QUOTATION MARK}{0}\N{RIGHT DOUBLE QUOTATION MARK}"
        )
        again = translate("card", "This word is new to the program. It goes on asking how the fax ends.")
        return Verdict("plain", "info", title.format(word), again, details=raw_details(fax))
    if fax.state is State.SENDING:
        title = translate("card", "The fax is being handed over to the service")
        return Verdict(*look, title, translate("card", "You can go on working."), icon_token="link")  # noqa: S106
    if page := wording.page_on_the_line(fax):
        title = (
            translate("card", "Page {0} of {1} is on the line").format(page, fax.pages)
            if fax.pages
            else translate("card", "Page {0} is on the line").format(page)
        )
    else:
        title = translate("card", "The service has the fax and sends it")
    stays = translate("card", "It goes on even when you close the program.")
    return Verdict(*look, title, stays, icon_token="link")  # noqa: S106


def _doubtful(detail: FaxDetail, now: datetime) -> Verdict:
    lost = _last(detail.events, Happening.DOUBTFUL)
    when = times.in_sentence(lost.at, now) if lost else ""
    broke = (
        translate("card", "The connection broke {0}, after the fax was handed over.").format(when)
        if when
        else translate("card", "The connection broke after the fax was handed over.")
    )
    rest = translate(
        "card",
        "It will not be sent again by guess. We look for it at the service by ourselves; if you know "
        "that it did not arrive, you can send it again.",
    )
    return Verdict(
        "warn",
        "state-uncertain",
        translate("card", "We are not certain that this fax went out"),
        f"{broke} {rest}",
        act=Act.LOOK_AGAIN,
        button=translate("card", "Look again now"),
        button_icon="refresh",
        link_act=Act.SEND_AGAIN,
        link=translate("card", "Send again"),
    )


def _delivered(fax: Fax) -> Verdict:
    if not fax.pages:
        title = translate("card", "Their fax machine took all pages")
    elif fax.pages == 1:
        title = translate("card", "Their fax machine took the page")
    else:
        title = translate("card", "Their fax machine took all {0} pages").format(fax.pages)
    when = times.whole(fax.ended_at or fax.created_at)
    how = (
        translate("card", "{0}, after {1} tries.").format(when, fax.tries)
        if fax.tries > 1
        else translate("card", "{0}, at the first try.").format(when)
    )
    means = translate("card", "That the machine took it does not mean that a person has read it.")
    return Verdict("ok", "state-delivered", title, f"{how} {means}")


def _not_delivered(fax: Fax, failure: Failure) -> Verdict:
    sentences = [failure.meaning]
    if fax.pages_done:
        arrived = wording.pages_arrived(fax.pages_done, fax.pages)
        sentences += [f"{arrived}.", translate("card", "Sent again, they would print twice.")]
    if fax.tries > 1:
        sentences.append(translate("card", "We stopped after {0} tries.").format(fax.tries))
    elif failure.advice is Advice.NUMBER:
        more = translate("card", "Every further try to {0} would end the same way, so we stopped.")
        sentences.append(more.format(show(fax.number)))
    else:
        sentences.append(translate("card", "We stopped, and nothing more is sent by itself."))
    act, button, icon = _remedy(fax, failure)
    return Verdict(
        "bad",
        "state-failed",
        failure.title,
        " ".join(part for part in sentences if part),
        act=act,
        button=button,
        button_icon=icon,
        details=raw_details(fax),
    )


def _remedy(fax: Fax, failure: Failure) -> tuple[Act, str, str]:
    if failure.advice is Advice.NUMBER:
        return Act.EDIT, translate("card", "Edit number and send"), "edit"
    if failure.advice is Advice.DOCUMENT:
        return Act.SEND_AGAIN, translate("card", "Change and send"), "edit"
    if failure.retry_is_safe and not fax.pages_done:
        return Act.TRY_AGAIN, translate("card", "Try again"), "send-again"
    return Act.SEND_AGAIN, translate("card", "Send again"), "send-again"


def _canceled(fax: Fax) -> Verdict:
    sentences = [translate("card", "Nothing more is sent.")]
    if fax.pages_done:
        sentences.insert(0, f"{wording.pages_arrived(fax.pages_done, fax.pages)}.")
    return Verdict(
        "plain",
        "state-canceled",
        translate("card", "This fax was canceled"),
        " ".join(sentences),
        act=Act.SEND_AGAIN,
        button=translate("card", "Send again"),
        button_icon="send-again",
    )


def raw_details(fax: Fax) -> str:
    """What the service itself said of a fax, for support."""
    told = [fax.service_status, fax.message, "" if fax.code is None else str(fax.code)]
    lines = [" ".join(part for part in told if part)]
    if fax.job_id:
        lines.append(translate("card", "Fax {0} of the service").format(fax.job_id))
    return "\n".join(line for line in lines if line)


def _last(events: tuple[Event, ...], what: Happening) -> Event | None:
    return next((event for event in reversed(events) if event.what is what), None)
