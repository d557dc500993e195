"""Opens the way to the fax service: which addresses may be used, time-outs, certificates, proxies."""

import ipaddress
import logging
import ssl
import urllib.request
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
import truststore

from ifax_desktop import __version__
from ifax_desktop.domain.errors import ServiceAddressWrong

DEFAULT_ADDRESS = "https://api.ifaxapp.com/v1"
"""Base of every path (wire contract, section 1)."""

TIMEOUT = httpx.Timeout(connect=10.0, read=30.0, write=60.0, pool=10.0)
"""Seconds. Sending reads longer: see `channel.SENDING_PATIENCE`."""


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
    if url.scheme == "http" and not _is_loopback(url.host):
        raise ServiceAddressWrong(
            "Faxes go over https only. An address with http is possible on this computer itself."
        )
    return str(url).rstrip("/")


def open_client(
    address: str, transport: httpx.AsyncBaseTransport | None = None, *, timeout: httpx.Timeout = TIMEOUT
) -> httpx.AsyncClient:
    """A client of the service at `address`; it holds no key. With `transport` there is no socket and no proxy.

    Certificates are checked by the system's own store, so that a company's certificate counts. Raises
    ServiceAddressWrong for an address that may not be used, and for a proxy of a kind that is not known.
    """
    address = service_address(address)
    _quieten()
    certificates = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.AsyncClient(
        base_url=address,
        transport=transport,
        proxy=None if transport else _proxy(httpx.URL(address), certificates),
        verify=certificates,
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"User-Agent": f"iFax-Desktop/{__version__}", "Accept": "application/json"},
    )


def _quieten() -> None:
    """Keep the HTTP libraries from logging headers, which could hold what a service sends back of ours."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _proxy(address: httpx.URL, certificates: ssl.SSLContext) -> httpx.Proxy | None:
    """The system's proxy for this address, if it has one; never for this computer itself."""
    if _is_loopback(address.host) or urllib.request.proxy_bypass(address.host):
        return None
    proxies = urllib.request.getproxies()
    text = proxies.get(address.scheme) or proxies.get("all")
    if not text:
        return None
    try:
        url = httpx.URL(text if "://" in text else f"http://{text}")
    except httpx.InvalidURL as error:
        raise ServiceAddressWrong("The proxy in this computer's settings is no web address.") from error
    if url.scheme not in ("http", "https"):
        raise ServiceAddressWrong(
            "This computer's settings name a proxy of a kind that this program does not know.", url.scheme
        )
    return httpx.Proxy(url, ssl_context=certificates if url.scheme == "https" else None)
