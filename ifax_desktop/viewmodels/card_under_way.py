"""The card of a fax that has left: being handed over, on its way, or not certain."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from ifax_desktop.delivery import plan
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import Fax, FaxDetail, Happening, Standing, State, Stop
from ifax_desktop.viewmodels import times, wording
from ifax_desktop.viewmodels.card import Act, Verdict, last, quoted, raw_details

translate = QCoreApplication.translate

_LONG: Final = timedelta(minutes=15)
"""After this it is worth saying how long such a fax usually takes, or that nobody knows."""


def on_its_way(detail: FaxDetail, catalogue: Catalogue, now: datetime) -> Verdict:
    """What to say of a fax that is being handed over, or that the service has."""
    fax, standing = detail.fax, detail.standing
    if fax.stop is Stop.REFUSED:
        return _not_stopped(detail, catalogue)
    if fax.stop is not Stop.NOT_ASKED:
        return _stopping(fax)
    if standing.silent_since is not None:
        return _silent(fax, standing, standing.silent_since, now)
    if word := wording.unknown_word(fax):
        title = translate("card", "The service says {0}").format(quoted(word))
        again = translate("card", "This word is new to the program. It goes on asking how the fax ends.")
        return Verdict("plain", "info", title, again, details=raw_details(fax))
    if fax.state is State.SENDING:
        title = translate("card", "The fax is being handed over to the service")
        return _sending(title, translate("card", "You can go on working."))
    if fax.service_status.lower() == "scheduled":
        title = translate("card", "The service keeps this fax until its time")
        return _sending(title, translate("card", "It goes out even when this program is closed."))
    if page := wording.page_on_the_line(fax):
        title = (
            translate("card", "Page {0} of {1} is on the line").format(page, fax.pages)
            if fax.pages
            else translate("card", "Page {0} is on the line").format(page)
        )
    else:
        title = translate("card", "The service has the fax and sends it")
    stays = translate("card", "It goes on even when you close the program.")
    return _sending(title, f"{stays} {_how_long(standing, now)}".strip())


def doubtful(detail: FaxDetail, now: datetime) -> Verdict:
    """What to say of a fax of which nobody knows whether the service has it."""
    lost = last(detail.events, Happening.DOUBTFUL)
    when = times.in_sentence(lost.at, now) if lost else ""
    broke = (
        translate("card", "The answer of the service was lost {0}, after the fax was handed over.").format(
            when
        )
        if when
        else translate("card", "The answer of the service was lost after the fax was handed over.")
    )
    rest = translate(
        "card",
        "It will not be sent again by guess; if you know that it did not arrive, you can send it again.",
    )
    parts = [broke, _looks(detail.standing, now), rest]
    if detail.fax.stop is Stop.WANTED:
        parts.append(
            translate("card", "As you want it stopped, the service is asked for that as soon as it is found.")
        )
    return Verdict(
        "warn",
        "state-uncertain",
        translate("card", "We are not certain that this fax went out"),
        " ".join(parts),
        act=Act.LOOK_AGAIN,
        button=translate("card", "Look again now"),
        button_icon="refresh",
        link_act=Act.SEND_ANYWAY,
        link=translate("card", "Send again…"),
    )


def _looks(standing: Standing, now: datetime) -> str:
    pause = plan.next_look(standing.looks)
    if pause is None:
        return translate(
            "card", "We looked for it at the service for a day and do not look by ourselves any more."
        )
    if standing.looked_at is None:
        return translate("card", "We look for it at the service by ourselves.")
    looked = times.in_sentence(standing.looked_at, now)
    due = standing.looked_at + pause
    if due <= now:
        return translate("card", "We looked for it at the service {0}, and look again now.").format(looked)
    words = translate("card", "We looked for it at the service {0}, and look again {1}.")
    return words.format(looked, times.in_sentence(due, now))


def _sending(title: str, sentences: str) -> Verdict:
    return Verdict("plain", "state-sending", title, sentences, icon_token="link")  # noqa: S106


def _stopping(fax: Fax) -> Verdict:
    if fax.state is State.SENDING:
        words = translate("card", "If it cannot be held back any more, the service is asked to stop it.")
    elif fax.stop is Stop.ASKED:
        words = translate(
            "card", "It took the wish. The fax is canceled as soon as it says so of the fax itself."
        )
    else:
        words = translate("card", "Whether that is still possible, it says next.")
    return Verdict(
        "plain", "state-sending", translate("card", "The service is asked to stop this fax"), words
    )


def _not_stopped(detail: FaxDetail, catalogue: Catalogue) -> Verdict:
    goes_on = translate("card", "The fax goes on, and we show how it ends.")
    refusal = last(detail.events, Happening.STOP_REFUSED)
    if refusal is None or refusal.code is None:
        title = translate("card", "The service does not stop this fax")
        words = refusal.detail if refusal else ""
    else:
        failure = catalogue.find(refusal.code, refusal.detail)
        title, words = failure.title, failure.meaning
    raw = [f"{refusal.detail} {refusal.code}"] if refusal and refusal.code is not None else []
    details = "\n".join([*raw, raw_details(detail.fax)])
    return Verdict("plain", "info", title, f"{words} {goes_on}".strip(), details=details)


def _silent(fax: Fax, standing: Standing, since: datetime, now: datetime) -> Verdict:
    words = translate("card", "It gives no answer to that since {0}. We go on asking, less and less often.")
    return Verdict(
        "warn",
        "info",
        translate("card", "The service does not say how this fax stands"),
        words.format(times.in_text(since, now)),
        details="\n".join(part for part in (standing.silence, raw_details(fax)) if part),
    )


def _how_long(standing: Standing, now: datetime) -> str:
    """Whether it takes longer than the last faxes to the number did; nothing while it is young."""
    if standing.accepted_at is None:
        return ""
    passed, usual = now - standing.accepted_at, standing.usual
    if usual is None:
        if passed < _LONG:
            return ""
        return translate("card", "How long faxes to this number usually take is not known yet.")
    if passed <= usual.longest or passed < timedelta(minutes=2):
        return ""
    words = translate(
        "card", "This takes longer than usual: the last {0} faxes to this number took {1} at most."
    )
    return words.format(usual.faxes, times.duration(usual.longest))
