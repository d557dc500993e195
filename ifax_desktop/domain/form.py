"""The New fax form: everything a person fills in before a fax is queued."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from ifax_desktop.domain.cover import Cover
from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.leaves import Arrangement, Leaf, natural
from ifax_desktop.domain.quality import Quality


@dataclass(frozen=True, slots=True)
class Form:
    """A fax on somebody's desk: not sent, perhaps not complete."""

    number: str = field(default="", repr=False)
    """As it was typed."""
    name: str = field(default="", repr=False)
    own_number: str = field(default="", repr=False)
    """The sender number, E.164; empty leaves the choice to the service."""
    attachments: tuple[Attachment, ...] = ()
    cover: Cover = field(default_factory=Cover)
    quality: Quality = Quality.STANDARD
    send_at: datetime | None = None
    """When it shall go out, UTC; None for at once."""
    at_service: bool = False
    """The service keeps it until then, not this program."""
    leaves: tuple[Leaf, ...] = ()
    """The pages of the documents, each once, as they are to go out; empty where all do, in their own order."""

    @property
    def arrangement(self) -> Arrangement:
        """The documents with the order of their pages."""
        return Arrangement.of(self.attachments, self.leaves)

    @property
    def pages(self) -> int:
        """The pages of documents that go out."""
        if not self.leaves:
            return sum(attachment.pages for attachment in self.attachments)
        return sum(not leaf.left_out for leaf in self.leaves)

    def arranged(self, arrangement: Arrangement) -> "Form":
        """The same form with these documents and pages."""
        leaves = arrangement.leaves if arrangement.leaves != natural(arrangement.attachments) else ()
        return replace(self, attachments=arrangement.attachments, leaves=leaves)

    @property
    def is_empty(self) -> bool:
        """Nothing in it is worth keeping."""
        return not (
            self.number.strip() or self.name.strip() or self.attachments or self.cover.message.strip()
        )
