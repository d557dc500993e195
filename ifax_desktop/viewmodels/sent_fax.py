"""Everything the details of a sent fax show, in words."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import FINAL, Fax, FaxDetail, State, Stop
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels import history, times, wording
from ifax_desktop.viewmodels.card import raw_details
from ifax_desktop.viewmodels.timeline import RetryMark, TimelineRow
from ifax_desktop.viewmodels.verdict import Act, Verdict, verdict

translate = QCoreApplication.translate

_ACTS: dict[State, frozenset[Act]] = {
    State.DRAFT: frozenset({Act.OPEN_DRAFT, Act.DISCARD}),
    State.QUEUED: frozenset({Act.TRY_NOW, Act.CANCEL}),
    State.SENDING: frozenset({Act.CANCEL}),
    State.ACCEPTED: frozenset({Act.CANCEL}),
    State.DOUBTFUL: frozenset({Act.LOOK_AGAIN, Act.SEND_ANYWAY, Act.CANCEL}),
    State.DELIVERED: frozenset({Act.SEND_AGAIN, Act.DELETE}),
    State.FAILED: frozenset({Act.TRY_AGAIN, Act.EDIT, Act.SUPPORT, Act.DELETE}),
    State.CANCELED: frozenset({Act.TRY_AGAIN, Act.EDIT, Act.DELETE}),
}
_OF_ITS_DOCUMENT = frozenset({Act.TRY_AGAIN, Act.EDIT, Act.SEND_AGAIN})


@dataclass(frozen=True, slots=True)
class SentFax:
    """The details pane of one sent fax. `number` is "" where the title is the number."""

    id: int
    title: str
    number: str
    state: str
    state_words: str
    facts: tuple[str, ...]
    tip: str
    """The times of the facts with date and zone."""
    card: Verdict
    plan: tuple[RetryMark, ...]
    plan_sentence: str
    timeline: tuple[TimelineRow, ...]
    documents: tuple[tuple[str, str], ...]
    """Name and pages in words, in sending order."""
    acts: frozenset[Act]
    document: str
    """SHA-256 of what the preview shows; "" while there is nothing to show."""
    can_copy: bool
    has_left: bool
    """The service has it, or may have it."""
    support_details: str = field(repr=False)
    """What support needs to know: the service's own words, ids and times; no number and no name."""


def present(
    detail: FaxDetail,
    catalogue: Catalogue,
    now: datetime,
    remark: str = "",
    *,
    paused: bool = False,
    has_document: bool = True,
) -> SentFax:
    """Put a fax into words; `remark` is a short word beside the title of the card.

    `paused` holds for the whole outbox. Without its document only the service can send a fax again.
    """
    fax = detail.fax
    plan = history.retry_plan(detail, catalogue, now)
    card = verdict(detail, catalogue, now, paused=paused)
    if not has_document and card.act in _OF_ITS_DOCUMENT:
        card = _without_document(card, fax)
    attached = detail.attachments[0].document if detail.attachments else ""
    return SentFax(
        id=fax.id,
        title=wording.title(fax),
        number=show(fax.number) if fax.name else "",
        state=wording.state_key(fax),
        state_words=wording.state_words(fax),
        facts=_facts(fax, now),
        tip=times.whole(fax.ended_at or fax.created_at),
        card=replace(card, aside=remark) if remark else card,
        plan=plan,
        plan_sentence=history.plan_sentence(plan),
        timeline=history.timeline(detail, catalogue, now),
        documents=_documents(detail),
        acts=_acts(fax, card, paused=paused, has_document=has_document),
        document=(fax.document or attached) if has_document else "",
        can_copy=bool(fax.number),
        has_left=fax.state in (State.SENDING, State.ACCEPTED, State.DOUBTFUL),
        support_details="\n".join(part for part in (raw_details(fax), times.whole(fax.created_at)) if part),
    )


def _acts(fax: Fax, card: Verdict, *, paused: bool, has_document: bool) -> frozenset[Act]:
    """What can be done with it: what its state allows, and what its card says."""
    acts = set(_ACTS.get(fax.state, ()))
    if fax.state is State.FAILED and fax.pages_done:
        acts -= {Act.TRY_AGAIN, Act.EDIT}  # some pages would print twice: that is looked at first
        acts.add(Act.SEND_AGAIN)
    if fax.stop is not Stop.NOT_ASKED:
        acts.discard(Act.CANCEL)
    if paused:
        acts.discard(Act.TRY_NOW)
    if not has_document or fax.elsewhere:
        acts -= _OF_ITS_DOCUMENT
        acts -= {Act.CANCEL} if fax.elsewhere else set()
        acts |= {Act.HAVE_RESENT} if fax.job_id and fax.state in FINAL else set()
    acts |= {act for act in (card.act, card.link_act) if act is not None}
    if Act.SEND_AGAIN in acts:
        acts.discard(Act.EDIT)  # both open New fax
    return frozenset(acts)


def _without_document(card: Verdict, fax: Fax) -> Verdict:
    if not fax.job_id:
        return replace(card, act=None, button="", button_icon="")
    words = translate("card", "Have it sent again…")
    return replace(card, act=Act.HAVE_RESENT, button=words, button_icon="send-again")


def _facts(fax: Fax, now: datetime) -> tuple[str, ...]:
    facts = [wording.pages(fax.pages)] if fax.pages else []
    if fax.elsewhere:
        facts.append(translate("details", "sent elsewhere"))
    when = times.in_sentence(fax.ended_at or fax.created_at, now)
    if fax.ended_at is None:
        facts.append(translate("details", "stored {0}").format(when))
    elif fax.state is State.DELIVERED:
        facts.append(translate("details", "delivered {0}").format(when))
    elif fax.state is State.CANCELED:
        facts.append(translate("details", "canceled {0}").format(when))
    else:
        facts.append(translate("details", "stopped {0}").format(when))
    return tuple(facts)


def _documents(detail: FaxDetail) -> tuple[tuple[str, str], ...]:
    covers = {
        CoverKind.OWN: translate("details", "Cover page"),
        CoverKind.SERVICE: translate("details", "Cover page of the service"),
    }
    cover = [(covers[detail.cover.kind], "")] if detail.cover.kind in covers else []
    return (*cover, *((part.name, wording.pages(part.pages)) for part in detail.attachments))
