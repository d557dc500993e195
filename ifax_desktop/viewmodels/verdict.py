"""What the card of a fax says: what happened, what it means, and the one thing to do next."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import FaxDetail, State
from ifax_desktop.viewmodels import card_ended, card_under_way
from ifax_desktop.viewmodels.card import Act, Verdict
from ifax_desktop.viewmodels.card_waiting import waiting_card

__all__ = ["Act", "Verdict", "verdict"]

translate = QCoreApplication.translate


def verdict(detail: FaxDetail, catalogue: Catalogue, now: datetime, *, paused: bool = False) -> Verdict:
    """What to say of this fax now; `paused` holds for the whole outbox."""
    fax = detail.fax
    if fax.elsewhere:
        return card_ended.sent_elsewhere(fax, catalogue.reason(fax.code, fax.message, fax.service_status))
    match fax.state:
        case State.QUEUED:
            return waiting_card(fax, catalogue, now, paused=paused)
        case State.SENDING | State.ACCEPTED:
            return card_under_way.on_its_way(detail, catalogue, now)
        case State.DOUBTFUL:
            return card_under_way.doubtful(detail, now)
        case State.DELIVERED:
            return card_ended.delivered(fax)
        case State.FAILED:
            return card_ended.not_delivered(fax, catalogue.reason(fax.code, fax.message, fax.service_status))
        case State.CANCELED:
            return card_ended.canceled(fax)
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
