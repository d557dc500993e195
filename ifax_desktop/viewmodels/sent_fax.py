"""Everything the details of a sent fax show, in words."""

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import Fax, FaxDetail, State
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels import history, times, wording
from ifax_desktop.viewmodels.timeline import RetryMark, TimelineRow
from ifax_desktop.viewmodels.verdict import Act, Verdict, verdict

translate = QCoreApplication.translate

_ACTS: dict[State, frozenset[Act]] = {
    State.DRAFT: frozenset({Act.OPEN_DRAFT, Act.DISCARD}),
    State.QUEUED: frozenset({Act.TRY_NOW, Act.CANCEL}),
    State.DOUBTFUL: frozenset({Act.LOOK_AGAIN, Act.SEND_AGAIN}),
    State.DELIVERED: frozenset({Act.SEND_AGAIN}),
    State.FAILED: frozenset({Act.TRY_AGAIN, Act.EDIT}),
    State.CANCELED: frozenset({Act.TRY_AGAIN, Act.EDIT}),
}


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


def present(detail: FaxDetail, catalogue: Catalogue, now: datetime, remark: str = "") -> SentFax:
    """Put a fax into words; `remark` is a short word beside the title of the card."""
    fax = detail.fax
    plan = history.retry_plan(detail, catalogue, now)
    card = verdict(detail, catalogue, now)
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
        acts=_acts(fax),
        document=fax.document or attached,
        can_copy=bool(fax.number),
    )


def _acts(fax: Fax) -> frozenset[Act]:
    if fax.state is State.FAILED and fax.pages_done:
        return frozenset({Act.SEND_AGAIN})  # some pages would print twice: that is looked at first
    return _ACTS.get(fax.state, frozenset())


def _facts(fax: Fax, now: datetime) -> tuple[str, ...]:
    facts = [wording.pages(fax.pages)] if fax.pages else []
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
