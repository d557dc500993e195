"""Gets a document that a fax-send names by its address: over http, from this machine itself, and no more than a fax.

The real service fetches from anywhere. The practice service stays at home: nothing that is practised leaves the
machine, so any other address is refused, and so is one that points on to another.
"""

import asyncio
import ipaddress

import httpx

from ifax_desktop.simulator.answers import ADDRESS_REFUSED, TOO_LARGE, Refusal

MOST_BYTES = 20 * 1024 * 1024
SECONDS = 10.0


async def fetch_document(address: str, *, most: int = MOST_BYTES, seconds: float = SECONDS) -> bytes:
    """The document at `address`. Raises `Refusal`."""
    try:
        url = httpx.URL(address)
        if url.host.lower() == "localhost":  # a name that a machine may know otherwise, or not at all
            url = url.copy_with(host="127.0.0.1")
        if url.scheme != "http" or not _is_here(url.host):
            raise Refusal(*ADDRESS_REFUSED)
        async with asyncio.timeout(seconds), httpx.AsyncClient(trust_env=False) as client:
            return await _read(client, url, most)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise Refusal(*ADDRESS_REFUSED) from error


async def _read(client: httpx.AsyncClient, url: httpx.URL, most: int) -> bytes:
    content = bytearray()
    async with client.stream("GET", url) as response:
        if response.status_code != httpx.codes.OK:
            raise Refusal(*ADDRESS_REFUSED)
        async for piece in response.aiter_bytes():
            content += piece
            if len(content) > most:
                raise Refusal(*TOO_LARGE)
    return bytes(content)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
