"""The card of a fax that is over: delivered, not delivered, canceled."""

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.failures import Advice, Failure
from ifax_desktop.domain.fax import Fax
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels import times, wording
from ifax_desktop.viewmodels.card import Act, Verdict, raw_details

translate = QCoreApplication.translate


def delivered(fax: Fax) -> Verdict:
    """Their machine took it."""
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


def not_delivered(fax: Fax, failure: Failure) -> Verdict:
    """It did not get through: why, and the one thing to do next."""
    act, button, icon = _remedy(fax, failure)
    if fax.own_words:
        title, _, rest = fax.message.partition(". ")
        sentences = [rest, translate("card", "Nothing more is sent by itself.")]
        return _bad(fax, title.rstrip("."), sentences, (act, button, icon))
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
    return _bad(fax, failure.title, sentences, (act, button, icon))


def canceled(fax: Fax) -> Verdict:
    """Nobody sends it any more."""
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


def sent_elsewhere(fax: Fax, failure: Failure) -> Verdict:
    """Another program of the account sent it: what the service says of it, and nothing that is done by itself."""
    words = [translate("card", "It is known here from the list of the service, without its document.")]
    if fax.state == "failed":
        words = [f"{failure.title}. {failure.meaning}".strip(), *words]
    return Verdict(
        "plain",
        "info",
        translate("card", "Another program of your account sent this fax"),
        " ".join(words),
        details=raw_details(fax),
    )


def _bad(fax: Fax, title: str, sentences: list[str], remedy: tuple[Act, str, str]) -> Verdict:
    act, button, icon = remedy
    return Verdict(
        "bad",
        "state-failed",
        title,
        " ".join(part for part in sentences if part),
        act=act,
        button=button,
        button_icon=icon,
        details=raw_details(fax),
    )


def _remedy(fax: Fax, failure: Failure) -> tuple[Act, str, str]:
    """The one thing to do next."""
    again = (Act.SEND_AGAIN, translate("card", "Send again"), "send-again")
    if fax.own_words:
        return again
    if failure.is_caller_id:
        return Act.EDIT, translate("card", "Choose another sender"), "edit"
    match failure.advice:
        case Advice.NUMBER:
            return Act.EDIT, translate("card", "Edit number and send"), "edit"
        case Advice.DOCUMENT:
            return Act.SEND_AGAIN, translate("card", "Attach again"), "attach"
        case Advice.ACCOUNT:
            words = (
                translate("card", "Add credit")
                if failure.is_money
                else translate("card", "Open your account")
            )
            return Act.OPEN_ACCOUNT, words, "globe"
        case Advice.SUPPORT:
            return Act.SUPPORT, translate("card", "Contact support"), "copy"
    if failure.retry_is_safe and not fax.pages_done:
        return Act.TRY_AGAIN, translate("card", "Try again"), "send-again"
    return again
