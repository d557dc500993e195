"""Serves the practice service over a socket: `python -m ifax_desktop.simulator --port N`."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService

HELP = """\
The calls of the service are served under /v1. Tests of other programs read the ground truth and drive the
service in JSON under /_simulator/, from this machine only:

  GET accepted                   every fax accepted, in order: jobId, sha256, faxStatus, requests, ...
  POST faults                    {"kind": "slow", "seconds": 9, "operation": "fax_send", "count": 2}
                                 or {"kind": ..., "probability": 0.1, "seed": 7}
  GET faults, DELETE faults      what is set; none any more
  GET kinds                      every kind of fault, and what it takes
  POST clock, GET clock          {"speed": 60}, up to 100000
  POST inbound                   {"from": "+13125550188", "to": "+12025550119", "pages": 2}
                                 or "pdf": base64 in the place of pages
  POST webhooks                  {"sent": url, "received": url}; also user, password, form, wrapped, twice,
                                 interim, direction, retries, certificate; urls of this machine only
  GET webhooks, DELETE webhooks  the settings and every call made so far; no more calls
  POST reset                     forget faxes, faults and webhooks; the speed stays
"""


def main() -> int:
    """Serve until SIGINT or SIGTERM. Returns the exit status."""
    options = _options()
    letters = sorted(options.letters.glob("*.pdf")) if options.letters else []
    service = FaxService(folder=options.folder, letters=letters, speed=options.speed)
    try:
        asyncio.run(_serve(service, options.host, options.port))
    except KeyboardInterrupt:  # Ctrl+C where a loop takes no signal handlers
        return 0
    except OSError as error:
        sys.stderr.write(f"The address cannot be served: {error}\n")
        return 1
    return 0


async def _serve(service: FaxService, host: str, port: int) -> None:
    over = asyncio.Event()
    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, over.set)
    async with serve(service, host, port) as url:
        sys.stdout.write(f"listening on {url}\n")
        sys.stdout.flush()
        await over.wait()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ifax_desktop.simulator",
        description="The practice fax service over a socket. It takes any key that starts with live- or test-.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, required=True, help="port to listen on; 0 takes a free one")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; this machine only by default"
    )
    parser.add_argument("--folder", type=Path, help="where its state is kept; in memory by default")
    parser.add_argument(
        "--letters", type=Path, help="folder of ready-made PDF faxes that arrive by themselves"
    )
    parser.add_argument(
        "--speed",
        type=float,
        help="how much faster than the clock its time runs; as before by default, at first 1",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
