"""Opens the way to the fax service: time-outs, certificates, proxies, and a client without the key for what lies elsewhere."""

import logging
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec

import httpx
import truststore

from ifax_desktop import __version__
from ifax_desktop.api.address import Proxy, proxy_for, service_address
from ifax_desktop.api.channel import Allows, Channel, without_consent
from ifax_desktop.api.exchange import WayBarred
from ifax_desktop.api.operations import BY_NAME, Operation

TIMEOUT = httpx.Timeout(connect=10.0, read=30.0, write=60.0, pool=10.0)
"""Seconds. Sending reads longer: see `channel.SENDING_PATIENCE`."""

SYSTEM_PROXY = Proxy()


class NoWay(httpx.AsyncBaseTransport):
    """In place of a way to the service where a setting leaves none: every call is Offline, and says why."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raise WayBarred."""
        raise WayBarred(self._sentence, request=request)


@asynccontextmanager
async def connect(
    address: str,
    key: str | Callable[[], str],
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    proxy: Proxy = SYSTEM_PROXY,
    operations: Mapping[str, Operation] = BY_NAME,
    allows: Allows = without_consent,
) -> AsyncIterator[Channel]:
    """The service at `address` (empty for the vendor's own) with an API key, for as long as the context lasts.

    With `transport` there is no socket and no proxy. Raises ServiceAddressWrong for an address that may not be used.
    """

    def elsewhere(document: str) -> httpx.AsyncClient:
        return open_bare_client(document, transport, proxy=proxy)

    async with open_client(address, transport, proxy=proxy) as http:
        yield Channel(
            http,
            key if callable(key) else lambda: key,
            operations=operations,
            allows=allows,
            elsewhere=elsewhere,
        )


def open_client(
    address: str,
    transport: httpx.AsyncBaseTransport | None = None,
    *,
    timeout: httpx.Timeout = TIMEOUT,
    proxy: Proxy = SYSTEM_PROXY,
) -> httpx.AsyncClient:
    """A client of the service at `address`; it holds no key. With `transport` there is no socket and no proxy.

    Certificates are checked by the system's own store, so that a company's certificate counts. Raises
    ServiceAddressWrong for an address that may not be used, and for a proxy of a kind that is not known.
    """
    address = service_address(address)
    return _client(address, transport, timeout, proxy, base_url=address)


def open_bare_client(
    address: str,
    transport: httpx.AsyncBaseTransport | None = None,
    *,
    timeout: httpx.Timeout = TIMEOUT,
    proxy: Proxy = SYSTEM_PROXY,
) -> httpx.AsyncClient:
    """A client for a document at an address an answer gave. No key ever goes through it."""
    return _client(address, transport, timeout, proxy)


def _client(
    address: str,
    transport: httpx.AsyncBaseTransport | None,
    timeout: httpx.Timeout,
    proxy: Proxy,
    base_url: str = "",
) -> httpx.AsyncClient:
    _quieten()
    _spare_a_search()
    certificates = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.AsyncClient(
        base_url=base_url,
        transport=transport,
        proxy=None if transport else proxy_for(httpx.URL(address), proxy, certificates),
        verify=certificates,
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"User-Agent": f"iFax-Desktop/{__version__}", "Accept": "application/json"},
    )


def _spare_a_search() -> None:
    """Let httpcore know that there is no sniffio, which it needs for other loops only.

    It tries to import it some ten times for each call, and Python remembers no module that is not there: it looks
    through all its folders every time.
    """
    if "sniffio" not in sys.modules and find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]


def _quieten() -> None:
    """Keep the HTTP libraries from logging headers, which could hold what a service sends back of ours."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
