"""Which addresses may be used: the fax service's own, and that of the proxy on the way to it."""

import ipaddress
import ssl
import urllib.request
from dataclasses import dataclass, field

import httpx

from ifax_desktop.domain.errors import ServiceAddressWrong

DEFAULT_ADDRESS = "https://api.ifaxapp.com/v1"
"""Base of every path (wire contract, section 1)."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """What leads out of this network. The name and password a proxy asks for are secrets like the key."""

    address: str = "system"
    """"system", "none", or a proxy of the user's own: http://host:port or https://host:port."""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def service_address(text: str) -> str:
    """The service's address as typed, checked and without a slash at its end; empty gives the vendor's own.

    https with any host, http on this computer only. Raises ServiceAddressWrong with a sentence that says why.
    """
    text = text.strip().rstrip("/")
    if not text:
        return DEFAULT_ADDRESS
    try:
        url = httpx.URL(text if text.split() == [text] else "")  # a space would become a part of the host
    except httpx.InvalidURL as error:
        raise ServiceAddressWrong("This is not a web address.", str(error)) from error
    if url.scheme not in ("http", "https") or not url.host:
        raise ServiceAddressWrong("The address of the fax service begins with https://.")
    if url.userinfo or url.query or url.fragment:
        raise ServiceAddressWrong("The address of the fax service is a host and a path, nothing more.")
    if url.scheme == "http" and not is_loopback(url.host):
        raise ServiceAddressWrong(
            "Faxes go over https only. An address with http is possible on this computer itself."
        )
    return str(url).rstrip("/")


def is_loopback(host: str) -> bool:
    """The host is this computer itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def proxy_for(address: httpx.URL, proxy: Proxy, certificates: ssl.SSLContext) -> httpx.Proxy | None:
    """The proxy on the way to an address, None for straight; never one to this computer itself.

    Raises ServiceAddressWrong for one that is no address, or of a kind that is not known.
    """
    if is_loopback(address.host) or proxy.address == "none":
        return None
    if proxy.address != "system":
        url = _proxy_address(proxy.address, "The address of the proxy")
        name = (proxy.user, proxy.password) if proxy.user else None
        return httpx.Proxy(url, auth=name, ssl_context=certificates if url.scheme == "https" else None)
    if urllib.request.proxy_bypass(address.host):
        return None
    proxies = urllib.request.getproxies()
    text = proxies.get(address.scheme) or proxies.get("all")
    if not text:
        return None
    url = _proxy_address(text, "The proxy in this computer's settings")
    return httpx.Proxy(url, ssl_context=certificates if url.scheme == "https" else None)


def _proxy_address(text: str, what: str) -> httpx.URL:
    try:
        url = httpx.URL(text if "://" in text else f"http://{text}")
    except httpx.InvalidURL as error:
        raise ServiceAddressWrong(f"{what} is no web address.") from error
    if url.scheme not in ("http", "https"):
        raise ServiceAddressWrong(f"{what} is of a kind that this program does not know.", url.scheme)
    if not url.host:
        raise ServiceAddressWrong(f"{what} is no web address.")
    return url
