"""The pages of a fax that is being written: which there are, how each will be printed, and what may go wrong with it."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ifax_desktop.delivery.prints import Prints
from ifax_desktop.documents.renderer import FaxPage
from ifax_desktop.domain.cover import Cover, CoverKind, CoverPage
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.findings import Finding, Trouble
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.leaves import Leaf
from ifax_desktop.domain.line_time import CodedSize
from ifax_desktop.domain.page import ACROSS, WIDTH, PageFormat
from ifax_desktop.domain.sheet import Sheet
from ifax_desktop.viewmodels.page_pictures import colour_image, grey_image
from ifax_desktop.viewmodels.tasks import Report, Tasks

Zoom = int | Literal["page", "width"]
_Key = tuple[Sheet, PageFormat]
_Page = tuple[str, int]
"""A page of a document, however it is printed."""
_COVER_AFTER: Final = 0.15
"""Seconds of rest in typing before our own cover page is made anew."""
_PICTURES: Final = 24
_SMALL: Final = 600
_PDF_PAGE: Final = 600
"""Bytes a page takes in the document that goes out beside its code, about."""
_KNOWN: Final = 10_000
"""Pages whose findings are kept: those of covers typed over, and of pages turned back and forth, add up."""
_LANES: Final = 2
"""Pages made at once beside the one that is looked at."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One page in the strip."""

    sheet: Sheet | None
    """None for the cover page the service makes: what it looks like only the service knows."""
    number: int = 0
    """Which page of the fax it is, from 1; 0 for one that does not go out from here."""
    place: int = -1
    """Which of the form's leaves it is; -1 for a cover page."""
    part: int = -1
    """Which document it is from; -1 for a cover page."""
    group: str = ""
    """The name of that document; empty for a cover page."""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What is known of a page once it was made."""

    size: CodedSize = field(default_factory=CodedSize)
    findings: tuple[Finding, ...] = ()
    problem: str = ""
    """Why it could not be made."""


@dataclass(frozen=True, slots=True)
class FaxPreviewState:
    """What the strip and the pane show."""

    spots: tuple[Spot, ...] = ()
    at: int = -1
    """Which of them is looked at."""
    page_format: PageFormat = field(default_factory=PageFormat)
    zoom: Zoom = "page"
    as_faxed: bool = True
    """Else the page is shown as it is in its document."""
    loading: bool = False
    problem: str = ""
    """Why the page, or the whole fax, cannot be shown."""
    picture: QImage | None = None
    """The page, or None while it is on its way."""
    made: int = 0
    """Counts pages made: what is known of pages, and which have a thumbnail, changed."""

    @property
    def spot(self) -> Spot | None:
        """The page that is looked at."""
        return self.spots[self.at] if 0 <= self.at < len(self.spots) else None

    @property
    def pages(self) -> int:
        """Pages that go out from here."""
        return max((spot.number for spot in self.spots), default=0)


class FaxPreviewViewModel(QObject):
    """Shows a form's pages as they will be printed: the page looked at first, then those in sight, then all others."""

    changed = Signal()

    def __init__(self, prints: Prints, report: Report) -> None:
        """`report` hears of surprises."""
        super().__init__()
        self.state = FaxPreviewState()
        self._prints = prints
        self._tasks = Tasks(report)
        self._form = Form()
        self._cover: CoverPage | None = None
        self._cover_sheets: list[Sheet] = []
        self._in_sight = (0, 0)
        self._accepted: set[tuple[_Page, Trouble]] = set()
        self._made: dict[_Key, Made] = {}
        self._under_way: set[_Key] = set()
        self._done = 0
        """Spots before this one are made."""
        self._pictures: OrderedDict[tuple[Sheet, PageFormat | None], QImage] = OrderedDict()
        self._small: OrderedDict[_Key, QImage] = OrderedDict()

    @property
    def cover_pages(self) -> int:
        """Sheets of our own cover page, as far as they are known."""
        return len(self._cover_sheets)

    @property
    def cover(self) -> Cover:
        """The words the cover page is made of."""
        return self._form.cover

    @property
    def goes_as_it_is(self) -> bool:
        """The original pages go out, by the user's setting: what is shown is a guess."""
        return self._prints.goes_as_it_is

    def show(self, form: Form) -> None:
        """Show the pages of a form; the page looked at stays so wherever it goes."""
        self._form = form
        cover = self._prints.cover_page(form) if self._has_content(form) else None
        if cover == self._cover:
            self._tasks.cancel("cover")
            self._lay_out()
        else:
            self._tasks.start("cover", self._count_cover(form, cover))

    def go_to(self, at: int) -> None:
        """Look at one of the spots, counted from 0, or the nearest there is."""
        at = min(max(at, 0), len(self.state.spots) - 1)
        if at != self.state.at:
            self._look_at(at)

    def step(self, by: int) -> None:
        """Go on to the next page that goes out, or back."""
        at = self.state.at + by
        while 0 <= at < len(self.state.spots) and self.state.spots[at].left_out:
            at += by
        if 0 <= at < len(self.state.spots):
            self.go_to(at)

    def set_zoom(self, zoom: Zoom) -> None:
        """Fit the page or its width, or show it at a percentage."""
        self._update(zoom=zoom)

    def set_as_faxed(self, as_faxed: bool) -> None:
        """Show the page as it will be printed, or as it is in its document."""
        if as_faxed != self.state.as_faxed:
            self._update(as_faxed=as_faxed)
            self._look_at(self.state.at)

    def want_thumbnails(self, first: int, last: int) -> None:
        """Say which spots are in sight, counted from 0: these are made before the others."""
        if (first, last) != self._in_sight:
            self._in_sight = (first, last)
            self._make_more()

    def thumbnail(self, at: int) -> QImage | None:
        """The small picture of a spot, if it is there."""
        key = self._key(self.state.spots[at])
        return self._small.get(key) if key else None

    def made(self, at: int) -> Made | None:
        """What is known of a spot, once it was made."""
        key = self._key(self.state.spots[at])
        return self._made.get(key) if key else None

    def findings(self, at: int) -> tuple[Finding, ...]:
        """What may go wrong with a spot, but for what the user does not mind."""
        spot, made = self.state.spots[at], self.made(at)
        found = made.findings if made else ()
        return tuple(finding for finding in found if (_page(spot), finding.trouble) not in self._accepted)

    def is_signed(self, at: int) -> bool:
        """Whether a spot has a sign: something may go wrong with it, or it cannot be printed."""
        made = self.made(at)
        return made is not None and (bool(made.problem) or bool(self.findings(at)))

    def accept(self, at: int, trouble: Trouble) -> None:
        """Say no more that this may go wrong with a spot."""
        self._accepted.add((_page(self.state.spots[at]), trouble))
        self._update(made=self.state.made + 1)

    def sizes(self) -> dict[int, CodedSize] | None:
        """The size of every page that goes out, by its number; None until all are known."""
        found: dict[int, CodedSize] = {}
        # From the end, where pages are made last: as long as one is missing it is found at once.
        for at in reversed(range(len(self.state.spots))):
            spot = self.state.spots[at]
            if spot.number:
                made = self.made(at)
                if made is None or made.problem:
                    return None
                found[spot.number] = made.size
        return dict(sorted(found.items()))

    def size(self) -> int:
        """Bytes of the document that will go out, about; 0 until all pages are known, and for pages that go as they are."""
        sizes = None if self.goes_as_it_is else self.sizes()
        return sum(size.mmr + _PDF_PAGE for size in sizes.values()) if sizes else 0

    async def close(self) -> None:
        """End everything under way."""
        await self._tasks.close()

    def _has_content(self, form: Form) -> bool:
        return bool(form.attachments or form.cover.message.strip())

    async def _count_cover(self, form: Form, cover: CoverPage | None) -> None:
        if self._cover_sheets and cover is not None:
            await asyncio.sleep(_COVER_AFTER)
        try:
            sheets = await self._prints.cover_sheets(form) if cover else []
        except FaxError:
            # Whoever looks at it is told why: the press says the same of its first page.
            self._cover, self._cover_sheets = cover, [Sheet(cover, 0)] if cover else []
            self._lay_out()
            self.go_to(0)
            return
        self._cover, self._cover_sheets = cover, sheets
        self._lay_out()

    def _lay_out(self) -> None:
        """Take over the pages of the form."""
        before = self.state.spot
        spots = tuple(self._spots())
        at = next((at for at, spot in enumerate(spots) if before and _page(spot) == _page(before)), -1)
        if at < 0:
            at = min(max(self.state.at, 0), len(spots) - 1)
        page_format = self._prints.page_format(self._form)
        if (spots, page_format) == (self.state.spots, self.state.page_format):
            return
        same = before is not None and at >= 0 and _page(spots[at]) == _page(before)
        self._done = 0
        self._update(spots=spots, page_format=page_format, at=at)
        self._look_at(at, keep=self.state.picture if same else None)
        self._make_more()

    def _make_more(self) -> None:
        if len(self._made) > _KNOWN:
            current = {self._key(spot) for spot in self.state.spots}
            self._made = {key: made for key, made in self._made.items() if key in current}
        for lane in range(_LANES):
            if self._next() is not None and not self._tasks.is_running(f"lane {lane}"):
                self._tasks.start(f"lane {lane}", self._make_others())

    def _spots(self) -> Iterable[Spot]:
        number = 0
        if self._form.cover.kind is CoverKind.SERVICE and self._has_content(self._form):
            yield Spot(None)
        for sheet in self._cover_sheets:
            number += 1
            yield Spot(sheet, number)
        for place, leaf in enumerate(self._form.arrangement.leaves):
            number += not leaf.left_out
            yield self._spot(place, leaf, number)

    def _spot(self, place: int, leaf: Leaf, number: int) -> Spot:
        name = self._form.attachments[leaf.part].name
        sheet = self._prints.sheet(self._form, leaf)
        return Spot(sheet, 0 if leaf.left_out else number, place, leaf.part, name, leaf.left_out)

    def _look_at(self, at: int, *, keep: QImage | None = None) -> None:
        """Show what there is of a spot; `keep` stays on the screen while there is nothing."""
        spot = self.state.spots[at] if 0 <= at < len(self.state.spots) else None
        sheet = spot.sheet if spot else None
        if sheet is None:
            self._tasks.cancel("page")
            self._update(at=at, picture=None, loading=False, problem="")
            return
        as_faxed = self.state.as_faxed
        made = self._made.get((sheet, self.state.page_format))
        picture = self._pictures.get((sheet, self.state.page_format if as_faxed else None))
        problem = made.problem if made else ""
        loading = picture is None and not problem
        self._update(at=at, picture=keep if loading else picture, loading=loading, problem=problem)
        if loading:
            self._tasks.start("page", self._make_picture(sheet, self.state.page_format, as_faxed))
        else:
            self._tasks.cancel("page")

    async def _make_picture(self, sheet: Sheet, form: PageFormat, as_faxed: bool) -> None:
        if as_faxed:
            await self._make(sheet, form)
        else:
            try:
                picture = await self._prints.original(sheet, WIDTH)
            except FaxError as error:
                self._update(loading=False, picture=None, problem=str(error))
                return
            self._keep_picture((sheet, None), colour_image(picture))
        self._show_made()

    async def _make_others(self) -> None:
        """Make what is not known yet, what is in sight first, until there is no more."""
        while (key := self._next()) is not None:
            self._under_way.add(key)
            try:
                await self._make(*key, later=True)
            finally:
                self._under_way.discard(key)
            self._show_made()

    def _next(self) -> _Key | None:
        first, last = self._in_sight
        count = len(self.state.spots)
        # All before are made, and stay so: nobody looks at a thousand pages for each page that is made.
        while self._done < count and self._is_open(self._done) is None:
            self._done += 1
        for at in (*range(max(first, 0), min(last + 1, count)), *range(self._done, count)):
            key = self._is_open(at, seen=first <= at <= last)
            if key is not None and key not in self._under_way:
                return key
        return None

    def _is_open(self, at: int, *, seen: bool = False) -> _Key | None:
        """The key of a spot of which not all is known, with its small picture if it can be `seen`; else None."""
        key = self._key(self.state.spots[at])
        return None if key is None or self._is_made(key, seen=seen) else key

    def _is_made(self, key: _Key, *, seen: bool) -> bool:
        """Whether all is known of a page, with its small picture if it can be `seen`."""
        made = self._made.get(key)
        return made is not None and (not seen or bool(made.problem) or key in self._small)

    async def _make(self, sheet: Sheet, form: PageFormat, *, later: bool = False) -> None:
        try:
            page = await self._prints.page(sheet, form, later=later)
        except FaxError as error:
            self._made[sheet, form] = Made(problem=str(error))
            return
        sizes = CodedSize(page.mh_bytes, page.mr_bytes, page.mmr_bytes)
        self._made[sheet, form] = Made(sizes, page.findings)
        if not later:
            self._keep_picture((sheet, form), fax_image(page, form))
        if page.small is not None:
            self._small[sheet, form] = grey_image(page.small)
            if len(self._small) > _SMALL:
                self._small.popitem(last=False)

    def _keep_picture(self, key: tuple[Sheet, PageFormat | None], picture: QImage) -> None:
        self._pictures[key] = picture
        self._pictures.move_to_end(key)
        if len(self._pictures) > _PICTURES:
            self._pictures.popitem(last=False)

    def _show_made(self) -> None:
        """Show what has come: thumbnails, warnings, and perhaps the page itself."""
        spot = self.state.spot
        changes: dict[str, Any] = {"made": self.state.made + 1}
        if spot is not None and spot.sheet is not None:
            made = self._made.get((spot.sheet, self.state.page_format))
            wanted = self.state.page_format if self.state.as_faxed else None
            picture = self._pictures.get((spot.sheet, wanted))
            if made is not None and made.problem:
                changes |= {"problem": made.problem, "loading": False, "picture": None}
            elif picture is not None:
                changes |= {"picture": picture, "loading": False, "problem": ""}
        self._update(**changes)

    def _key(self, spot: Spot) -> _Key | None:
        return None if spot.sheet is None else (spot.sheet, self.state.page_format)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()


def fax_image(page: FaxPage, form: PageFormat) -> QImage:
    """A page of a fax as a picture of black and white dots in the shape they have on paper."""
    image = QImage(page.bits, WIDTH, page.lines, WIDTH // 8, QImage.Format.Format_Mono).copy()
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    image.setDotsPerMeterX(round(ACROSS / 0.0254))
    image.setDotsPerMeterY(round(form.fineness / 0.0254))
    return image


def _page(spot: Spot) -> _Page:
    """Which page of which document a spot is, wherever it stands and however it is printed."""
    if spot.sheet is None:
        return ("", -1)
    original = spot.sheet.original
    return (original if isinstance(original, str) else "", spot.sheet.page)
