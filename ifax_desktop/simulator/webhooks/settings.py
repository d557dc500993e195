"""What the account's owner has set about webhooks: where they go, in which form, with which name and password.

At the real service this is set in the web app; here `POST /_simulator/webhooks` does it. Only addresses of
this machine are taken: the practice service calls nobody else.
"""

import ipaddress
import ssl
from dataclasses import dataclass, field, fields
from typing import Any

import httpx

DIRECTIONS = {"outbound": "inbound", "sent": "received", "OB": "IB"}
"""The words seen for the direction of a sent fax, and the like of each for a received one."""

FEW, MANY = 5, 16
"""Tries after the first: by the table of the documentation, and by its text about received faxes."""


@dataclass(frozen=True, slots=True)
class CallbackSettings:
    """Webhooks of an account. An address that is None is not called.

    `form` sends a received fax as the documentation has it, a multipart form with the PDF; else it is JSON
    without, as seen. `wrapped` puts JSON under `data`; `twice` sends every event two times; `interim` tells
    also of a fax that is being sent; `direction` is one of `DIRECTIONS`; `retries` are for received faxes.
    `certificate` is PEM of an authority to believe for https.
    """

    sent: str | None = None
    received: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    form: bool = False
    wrapped: bool = False
    twice: bool = False
    interim: bool = False
    direction: str = "outbound"
    retries: int = FEW
    certificate: str | None = field(default=None, repr=False)

    def row(self) -> dict[str, Any]:
        """The settings as they may be shown: without the password."""
        hidden = ("password", "certificate")
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name not in hidden}

    def trusted(self) -> ssl.SSLContext:
        """Whose certificates are believed. Raises ValueError if `certificate` is none."""
        if self.certificate is None:
            return ssl.create_default_context()
        try:
            return ssl.create_default_context(cadata=self.certificate)
        except (ssl.SSLError, ValueError) as error:
            raise ValueError("certificate is PEM of an authority.") from error


def read_settings(wish: dict[str, Any]) -> CallbackSettings:
    """The settings somebody wishes for. Raises ValueError with a sentence about what is wrong."""
    known = {item.name: item for item in fields(CallbackSettings)}
    for name, value in wish.items():
        if name not in known:
            raise ValueError(f"There is no {name!r}; there are: {', '.join(known)}.")
        if isinstance(known[name].default, bool) and not isinstance(value, bool):
            raise ValueError(f"{name} is true or false.")
    for name in ("user", "password", "certificate"):
        if not isinstance(wish.get(name), str | None):
            raise ValueError(f"{name} is text.")
    settings = CallbackSettings(**wish)
    _check(settings)
    return settings


def _check(settings: CallbackSettings) -> None:
    addresses = [address for address in (settings.sent, settings.received) if address is not None]
    if not addresses:
        raise ValueError("There is no address, neither for sent nor for received faxes.")
    for address in addresses:
        if not isinstance(address, str) or not _is_here(address):
            raise ValueError(
                "An address is http or https, on this machine, without a name or password in it."
            )
    if (settings.user is None) != (settings.password is None):
        raise ValueError("user and password go together.")
    if settings.direction not in list(DIRECTIONS):
        raise ValueError(f"direction is one of {', '.join(DIRECTIONS)}.")
    if settings.retries not in (FEW, MANY) or isinstance(settings.retries, bool):
        raise ValueError(f"retries are {FEW} or {MANY}.")
    if settings.certificate is not None:
        settings.trusted()


def _is_here(address: str) -> bool:
    try:
        url = httpx.URL(address)
        is_loopback = url.host == "localhost" or ipaddress.ip_address(url.host).is_loopback
    except (httpx.InvalidURL, ValueError):
        return False
    return url.scheme in ("http", "https") and is_loopback and not url.userinfo
