"""Which addresses may be used, and what a client is set to."""

import http.cookiejar
import logging

import httpx
import pytest

from ifax_desktop import __version__
from ifax_desktop.api.address import DEFAULT_ADDRESS, Proxy, service_address
from ifax_desktop.api.connection import open_bare_client, open_client
from ifax_desktop.domain.errors import ServiceAddressWrong


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", DEFAULT_ADDRESS),
        ("  ", DEFAULT_ADDRESS),
        ("https://api.ifaxapp.com/v1/", "https://api.ifaxapp.com/v1"),
        (" HTTPS://Fax.Example:8443/v1 ", "https://fax.example:8443/v1"),
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
    ],
)
def test_addresses_that_may_be_used(typed: str, address: str) -> None:
    assert service_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "http://fax.example/v1",
        "http://127.0.0.1.example/v1",
        "http://localhost.example",
        "http://192.168.1.1/v1",
        "api.ifaxapp.com",
        "ftp://fax.example",
        "file:///v1",
        "https://",
        "https://user:word@fax.example/v1",
        "https://fax.example/v1?key=1",
        "https://fax.example/v1#top",
        "https://fax.example:many/v1",
        "https://fax example/v1",
    ],
)
def test_addresses_that_may_not_be_used(typed: str) -> None:
    with pytest.raises(ServiceAddressWrong) as caught:
        service_address(typed)
    assert str(caught.value).endswith(".")


async def test_a_client_is_patient_stays_where_it_is_and_says_who_it_is() -> None:
    async with open_client("") as client:
        assert client.timeout == httpx.Timeout(connect=10.0, read=30.0, write=60.0, pool=10.0)
        assert client.follow_redirects is False
        assert client.trust_env is False
        assert client.headers["User-Agent"] == f"iFax-Desktop/{__version__}"
        assert str(client.base_url) == f"{DEFAULT_ADDRESS}/"


async def test_a_client_for_an_address_that_may_not_be_used_is_not_opened() -> None:
    with pytest.raises(ServiceAddressWrong):
        open_client("http://fax.example/v1")


async def test_a_client_keeps_nothing_between_calls() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("cookie"))
        return httpx.Response(200, headers={"Set-Cookie": "session=1"})

    async with open_client("", httpx.MockTransport(answer)) as client:
        await client.post("/customer/fax-lists")
        await client.post("/customer/fax-lists")
        assert isinstance(client.cookies.jar, http.cookiejar.CookieJar)
    assert asked == [None, None]


def proxies_of(client: httpx.AsyncClient, url: str) -> str:
    """Where a call to `url` would connect first; empty for straight."""
    transport = client._transport_for_url(httpx.URL(url))
    proxy = getattr(getattr(transport, "_pool", None), "_proxy_url", None)
    return "" if proxy is None else f"{proxy.scheme.decode()}://{proxy.host.decode()}:{proxy.port}"


@pytest.mark.parametrize(
    ("settings", "address", "proxy"),
    [
        ({"https_proxy": "http://proxy.example:3128"}, "https://fax.example/v1", "http://proxy.example:3128"),
        ({"https_proxy": "proxy.example:3128"}, "https://fax.example/v1", "http://proxy.example:3128"),
        (
            {"https_proxy": "https://proxy.example:3129"},
            "https://fax.example/v1",
            "https://proxy.example:3129",
        ),
        ({"all_proxy": "http://proxy.example:3128"}, "https://fax.example/v1", "http://proxy.example:3128"),
        ({"http_proxy": "http://proxy.example:3128"}, "https://fax.example/v1", ""),
        (
            {"https_proxy": "http://proxy.example:3128", "no_proxy": "fax.example"},
            "https://fax.example/v1",
            "",
        ),
        ({"https_proxy": "http://proxy.example:3128"}, "https://localhost/v1", ""),
        ({"http_proxy": "http://proxy.example:3128"}, "http://127.0.0.1:8080/v1", ""),
        ({"http_proxy": "http://proxy.example:3128"}, "http://[::1]:8080/v1", ""),
        ({}, "https://fax.example/v1", ""),
    ],
)
async def test_the_systems_proxy_is_used_but_never_for_this_computer(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], address: str, proxy: str
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    async with open_client(address) as client:
        assert proxies_of(client, address) == proxy


@pytest.mark.parametrize("proxy", ["socks5://proxy.example:1080", "http://proxy.example:port"])
def test_a_proxy_we_cannot_use_is_said_and_not_passed_by(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(ServiceAddressWrong, match="proxy"):
        open_client("https://fax.example/v1")


async def test_the_http_libraries_log_warnings_only() -> None:
    async with open_client(""):
        assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
        assert not logging.getLogger("httpcore.http11").isEnabledFor(logging.DEBUG)


MANUAL = Proxy("http://office.example:8080", "alder", "proxy-canary-815")


@pytest.mark.parametrize(
    ("chosen", "address", "proxy"),
    [
        (MANUAL, "https://fax.example/v1", "http://office.example:8080"),
        (Proxy("office.example:8080"), "https://fax.example/v1", "http://office.example:8080"),
        (Proxy("https://office.example:8443"), "https://fax.example/v1", "https://office.example:8443"),
        (Proxy("none"), "https://fax.example/v1", ""),
        (MANUAL, "http://127.0.0.1:8080/v1", ""),
        (MANUAL, "https://localhost/v1", ""),
        (MANUAL, "http://[::1]:8080/v1", ""),
    ],
)
async def test_a_proxy_of_the_users_own_comes_before_the_systems(
    monkeypatch: pytest.MonkeyPatch, chosen: Proxy, address: str, proxy: str
) -> None:
    monkeypatch.setenv("https_proxy", "http://system.example:3128")
    monkeypatch.setenv("no_proxy", "")
    async with open_client(address, proxy=chosen) as client, open_bare_client(address, proxy=chosen) as bare:
        assert proxies_of(client, address) == proxy
        assert proxies_of(bare, address) == proxy


@pytest.mark.parametrize(
    "proxy", ["socks5://office.example:1080", "http://office.example:port", "http://", ""]
)
def test_a_proxy_of_the_users_own_that_makes_no_sense_is_said(proxy: str) -> None:
    with pytest.raises(ServiceAddressWrong, match="proxy") as caught:
        open_client("https://fax.example/v1", proxy=Proxy(proxy, "alder", "proxy-canary-815"))
    assert "canary" not in f"{caught.value!r} {caught.value.detail} {MANUAL!r}"


async def test_a_client_for_documents_has_no_address_and_no_key() -> None:
    async with open_bare_client("https://files.example/a.pdf") as bare:
        assert str(bare.base_url) == ""
        assert "accessToken" not in bare.headers
        assert bare.follow_redirects is False
        assert bare.trust_env is False
