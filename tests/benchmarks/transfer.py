"""A fax of 14 MB out of a file and into one, against plain httpx with the whole document in memory.

Time, the longest that the loop (and so a window) stands still, and the most memory Python needs. The service is the practice
service in a process of its own.
"""

import asyncio
import base64
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from ifax_desktop.api.connection import connect
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.simulator.fax_pdf import CodedPage, fax_pdf
from tests.benchmarks.pairs import Comparison, compare

KEY, NUMBER = "live-benchmark", "+12025550143"
SIZE = 13 * 1024 * 1024
"""Bytes of the page: with what is round it 14 MB, the most that fits into a request as base64."""
TICK = 0.001

Work = Callable[[str], Awaitable[object]]


@contextmanager
def service() -> Iterator[str]:
    """The practice service; gives its address."""
    command = [sys.executable, "-m", "ifax_desktop.simulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"{server.stdout.readline().removeprefix('listening on ').strip()}/v1"
        finally:
            server.terminate()


def seconds(work: Work, address: str) -> float:
    """How long the work takes."""

    async def measured() -> float:
        began = time.perf_counter()
        await work(address)
        return time.perf_counter() - began

    return asyncio.run(measured())


def stall(work: Work, address: str) -> float:
    """The longest time, in seconds, for which the loop did nothing else."""
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            longest = max(longest, time.perf_counter() - began - TICK)

    async def measured() -> None:
        ticking = asyncio.create_task(tick())
        await asyncio.sleep(2 * TICK)  # it ticks before the work begins, and once more after it
        await work(address)
        await asyncio.sleep(2 * TICK)
        ticking.cancel()

    asyncio.run(measured())
    return longest


def memory(work: Work, address: str) -> float:
    """The most bytes that Python's objects took at a time."""
    tracemalloc.start()
    try:
        seconds(work, address)
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def run(pairs: int) -> list[Comparison]:
    """Sending and downloading, each in time, in standing still and in memory."""
    with TemporaryDirectory() as name, service() as address:
        folder = Path(name)
        letter = folder / "letter.pdf"
        letter.write_bytes(fax_pdf([CodedPage(os.urandom(SIZE), 1728, 2156)]))
        out, plain_out = _sending(letter)
        job = asyncio.run(_sent(out, address))
        into, plain_into = _downloading(job, folder)
        return [
            compare(
                f"{what}, {took}",
                None,
                _of(measure, ours, address),
                _of(measure, plain, address),
                pairs,
                unit,
            )
            for what, ours, plain in (("14 MB sent", out, plain_out), ("14 MB downloaded", into, plain_into))
            for took, measure, unit in (
                ("time", seconds, "ms"),
                ("longest stall", stall, "ms"),
                ("memory", memory, "MB"),
            )
        ]


def _of(measure: Callable[[Work, str], float], work: Work, address: str) -> Callable[[], float]:
    return lambda: measure(work, address)


async def _sent(out: Work, address: str) -> str:
    return str(await out(address))


def _sending(letter: Path) -> tuple[Work, Work]:
    async def ours(address: str) -> str:
        async with connect(address, KEY) as channel:
            return await Outbound(channel).send(OutgoingFax(NUMBER, "", "fax-1.pdf", letter))

    async def plain(address: str) -> str:
        async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
            document = base64.b64encode(letter.read_bytes()).decode()
            fields = {"faxNumber": NUMBER, "faxData": [{"fileName": "fax-1.pdf", "fileData": document}]}
            answer = await http.post(
                f"{address}/customer/fax-send", json=fields, headers={"accessToken": KEY}
            )
            return str(answer.json()["data"]["jobId"])

    return ours, plain


def _downloading(job: str, folder: Path) -> tuple[Work, Work]:
    async def ours(address: str) -> int:
        async with connect(address, KEY) as channel:
            return await Outbound(channel).download(job, folder / "ours.pdf")

    async def plain(address: str) -> int:
        async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
            answer = await http.post(
                f"{address}/customer/fax-download", json={"jobId": int(job)}, headers={"accessToken": KEY}
            )
            return (folder / "plain.pdf").write_bytes(base64.b64decode(answer.json()["data"]))

    return ours, plain
