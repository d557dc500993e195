"""The state behind Settings: every change applies at once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtGui import QGuiApplication

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.quality import Quality
from ifax_desktop.viewmodels.tasks import Report, Tasks

if TYPE_CHECKING:
    from decimal import Decimal

    from ifax_desktop.store.settings import Settings
    from ifax_desktop.viewmodels.archive_settings import ArchiveViewModel


class Listening(Protocol):
    """At which address the service can call."""

    @property
    def address(self) -> str:
        """The address with its secret; empty for none."""

    @property
    def lasts(self) -> bool:
        """It is the same after the next start."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """What is known of the key. The key itself is never kept here."""

    trying: bool = False
    words: str = ""
    """How the last try went, or where the key is kept."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CallState:
    """Whether the service can call us."""

    address: str = field(default="", repr=False)
    """What the service must be given; it holds a secret. Empty while it cannot call."""
    lasts: bool = True
    """It is the same after the next start."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Every setting, how the key is doing, and whether the service can call us."""

    settings: "Settings"
    key: KeyState = KeyState()
    calls: CallState = CallState()
    price_words: str = ""
    """What the service's records told of the price of a page, or why they told nothing."""


class SettingsViewModel(QObject):
    """Shows the settings, keeps each change at once, and tries keys."""

    changed = Signal()

    def __init__(
        self,
        settings: Callable[[], "Settings"],
        save: Callable[["Settings"], None],
        test_key: Callable[[str], Awaitable[str]],
        keep_key: Callable[[str], Awaitable[str]],
        forget_key: Callable[[], Awaitable[None]],
        service_address: str,
        practice: bool,
        switch: Callable[[str], None],
        report: Report,
        *,
        own_numbers: Callable[[], Sequence[OwnNumber]] = tuple,
        profile: str = "",
        listen: Callable[["Settings"], Awaitable["Listening"]] | None = None,
        keep_call_password: Callable[[str], Awaitable[None]] | None = None,
        archive: "ArchiveViewModel | None" = None,
        learn_price: Callable[[], Awaitable["Decimal | None"]] | None = None,
    ) -> None:
        """`own_numbers` are offered as senders; `profile` is the folder where everything is kept.

        `listen` lets the service call us as the settings say and gives the address for it; `keep_call_password` keeps
        what it signs in with. `learn_price` asks for what a page costs. `archive` is the state behind the page of that name, which outlives this one.
        """
        super().__init__()
        self.state = SettingsState(settings())
        self.service_address = service_address
        self.practice = practice
        self.profile = profile
        self.archive = archive
        self._settings = settings
        self._save = save
        self._test_key = test_key
        self._keep_key = keep_key
        self._forget_key = forget_key
        self._switch = switch
        self._report = report
        self._own_numbers = own_numbers
        self._listen = listen
        self._keep_call_password = keep_call_password
        self._learn_price = learn_price
        self._tasks = Tasks(report)

    def own_numbers(self) -> tuple[str, ...]:
        """Our numbers (E.164), the one in use among them even if the service no longer lists it."""
        try:
            listed = tuple(number.number for number in self._own_numbers())
        except FaxError as error:
            self._report(error)
            listed = ()
        used = self.state.settings.own_number
        return listed if not used or used in listed else (*listed, used)

    def set_own_number(self, number: str) -> None:
        """Start new faxes with this sender number; "" leaves the choice to the service."""
        self._change(own_number=number)

    def set_quality(self, quality: str) -> None:
        """Start new faxes with this quality."""
        self._change(quality=Quality(quality))

    def set_paper(self, paper: str) -> None:
        """Fit pages to this paper; "" for what is usual in the country."""
        self._change(paper=paper)

    def set_original_pages(self, original: bool) -> None:
        """Hand over the pages as they are instead of in black and white."""
        self._change(original_pages=original)

    def set_page_price(self, price: str) -> None:
        """What a page costs, to estimate what a fax will."""
        self._change(page_price=price.strip())

    def learn_page_price(self) -> None:
        """Take the price of a page from what the account was charged lately."""
        if self._learn_price is not None and not self._tasks.is_running("price"):
            self._update(price_words=self.tr("Asking the service"))
            self._tasks.start("price", self._learn(self._learn_price))

    def set_cover(self, kind: str) -> None:
        """Start new faxes with this cover page."""
        self._change(cover=CoverKind(kind))

    def set_hold(self, seconds: int) -> None:
        """Wait so long after Send, so that it can be undone."""
        self._change(hold_seconds=seconds)

    def set_region(self, region: str) -> None:
        """Read numbers without a country as numbers of this one (two letters)."""
        self._change(region=region)

    def set_check_every(self, seconds: int) -> None:
        """Ask for received faxes so often."""
        self._change(check_every=seconds)

    def show_calls(self) -> None:
        """Say whether the service can call us now."""
        if self._listen is not None:
            self._tasks.start("calls", self._let_call(self._listen))

    def set_webhook_host(self, host: str) -> None:
        """Let the service call at this address of the computer; "" for not at all."""
        self._change(webhook_host=host)
        self.show_calls()

    def set_webhook_port(self, port: int) -> None:
        """Let the service call at this port."""
        if port != self.state.settings.webhook_port:
            self._change(webhook_port=port)
            self.show_calls()

    def set_webhook_address(self, address: str) -> None:
        """Let the service reach us from outside by this address; "" where it reaches this computer itself."""
        if address.strip() != self.state.settings.webhook_address:
            self._change(webhook_address=address.strip())
            self.show_calls()

    def set_webhook_user(self, user: str) -> None:
        """Let the service sign in with this name when it calls; "" for no name."""
        if user.strip() != self.state.settings.webhook_user:
            self._change(webhook_user=user.strip())
            self.show_calls()

    def set_webhook_password(self, password: str) -> None:
        """Let the service sign in with this password when it calls; it is kept like the key."""
        if password and self._listen is not None and self._keep_call_password is not None:
            self._tasks.start("calls", self._sign_in(password, self._keep_call_password, self._listen))

    def copy_call_address(self) -> None:
        """Put the address for the service on the clipboard."""
        QGuiApplication.clipboard().setText(self.state.calls.address)

    def set_theme(self, theme: str) -> None:
        """Use "light" or "dark" colours, or what the system says ("system")."""
        self._change(theme=theme)

    def use_key(self, key: str) -> None:
        """Try a key, and keep it if the service accepts it."""
        if not key.strip():
            self._update(key=KeyState(problem=self.tr("Paste the key first.")))
        elif not self.state.key.trying:
            self._update(key=KeyState(trying=True))
            self._tasks.start("key", self._use(key.strip()))

    def key_edited(self) -> None:
        """What was said of the key no longer holds."""
        if not self.state.key.trying:
            self._update(key=KeyState())

    def forget_key(self) -> None:
        """Take the key out of the keyring."""
        if not self.state.key.trying:
            self._update(key=KeyState(trying=True))
            self._tasks.start("key", self._forget())

    def practise(self) -> None:
        """Go over to practice mode."""
        self._switch("practice")

    def go_live(self) -> None:
        """Go over to the account."""
        self._switch("live")

    async def left(self) -> bool:
        """Whether the dialog may go: always, as everything is kept when it is chosen."""
        return True

    async def close(self) -> None:
        """End what is under way."""
        await self._tasks.close()

    async def _sign_in(
        self,
        password: str,
        keep: Callable[[str], Awaitable[None]],
        listen: Callable[["Settings"], Awaitable["Listening"]],
    ) -> None:
        await keep(password)
        await self._let_call(listen)

    async def _let_call(self, listen: Callable[["Settings"], Awaitable["Listening"]]) -> None:
        try:
            listening = await listen(self._settings())
            self._update(calls=CallState(listening.address, listening.lasts))
        except FaxError as error:
            self._update(calls=CallState(problem=str(error)))

    async def _learn(self, learn: Callable[[], Awaitable["Decimal | None"]]) -> None:
        try:
            price = await learn()
        except FaxError as error:
            self._update(price_words=str(error))
            return
        if price is None:
            self._update(price_words=self.tr("The service's records tell no price."))
            return
        self.set_page_price(f"{price.normalize():f}")
        self._update(price_words=self.tr("What a page cost lately, by the service's records."))

    async def _use(self, key: str) -> None:
        await self._say_how(self._tested_and_kept(key))

    async def _forget(self) -> None:
        await self._say_how(self._forgotten())

    async def _tested_and_kept(self, key: str) -> str:
        tested = await self._test_key(key)
        kept = await self._keep_key(key)
        return f"{tested} {kept}".strip()

    async def _forgotten(self) -> str:
        await self._forget_key()
        return self.tr("The key is forgotten. Faxes wait here until there is another one.")

    async def _say_how(self, work: Awaitable[str]) -> None:
        try:
            words = await work
        except FaxError as error:
            self._update(key=KeyState(problem=str(error)))
        except BaseException:
            self._update(key=KeyState())
            raise
        else:
            self._update(key=KeyState(words=words))

    def _change(self, **changes: Any) -> None:
        new = replace(self._settings(), **changes)
        try:
            self._save(new)
        except FaxError as error:
            self._report(error)
            new = self._settings()
        self._update(settings=new)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()


def regions() -> list[tuple[str, str]]:
    """Every country by its name in the user's language, with its two letters."""
    found: dict[str, str] = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha() and code != "ZZ":
            found[code] = QLocale.territoryToString(territory)
    return sorted(((name, code) for code, name in found.items()), key=lambda each: each[0].casefold())
