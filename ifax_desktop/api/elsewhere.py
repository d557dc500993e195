"""Fetches a document from the address an answer gave: over https, without a key, up to a size."""

import asyncio
from collections.abc import Callable

import httpx

from ifax_desktop.api.exchange import LONGEST_ANSWER, MOST_ANSWER_BYTES, Keeping
from ifax_desktop.domain.errors import NoAnswer, Refused

MOST_REDIRECTS = 3

Open = Callable[[str], httpx.AsyncClient]


async def fetch(open_client: Open | None, address: str, keep: Keeping) -> None:
    """Write what lies at `address` to `keep`; `open_client` gives a client without a key for an address.

    Raises Refused for an address that is not https, and NoAnswer where nothing comes: ask again later, as such
    addresses hold for a short time only. The address is in neither, since who has it has the document.
    """
    for _ in range(MOST_REDIRECTS + 1):
        url = _checked(address)
        if open_client is None:
            break
        try:
            async with open_client(address) as http, asyncio.timeout(LONGEST_ANSWER):
                following = await _fetched(http, url, keep)
        except (httpx.RequestError, httpx.StreamError, OSError) as error:
            raise NoAnswer(
                "The document could not be fetched from where the fax service keeps it.", type(error).__name__
            ) from None
        if not following:
            return
        address = following
    raise _elsewhere()


async def _fetched(http: httpx.AsyncClient, url: httpx.URL, keep: Keeping) -> str:
    """Keep what is at the address; the answer is the address it points on to, if it does."""
    headers = {"Accept": "application/pdf", "Accept-Encoding": "identity"}
    async with http.stream("GET", url, headers=headers, follow_redirects=False) as response:
        if response.next_request is not None:
            return str(response.next_request.url)
        if response.status_code != 200:
            raise NoAnswer(
                "The document is not where the fax service says it is.", f"HTTP {response.status_code}"
            )
        size = 0
        response.headers.pop("content-encoding", None)
        async for piece in response.aiter_bytes():
            size += len(piece)
            if size > MOST_ANSWER_BYTES:
                raise NoAnswer("The document is larger than any fax.", f"more than {size} bytes")
            await keep.add(piece)
    return ""


def _checked(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise _elsewhere() from None
    if url.scheme != "https" or not url.host:
        raise _elsewhere()
    return url


def _elsewhere() -> Refused:
    return Refused("The fax service keeps this document at another address, where we do not fetch it.")
