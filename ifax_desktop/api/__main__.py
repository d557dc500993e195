"""`python -m ifax_desktop.api check`: which of the paths we assume does the real service know? For users to tell us."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from ifax_desktop.api.address import Proxy
from ifax_desktop.api.check import Finding, Outcome, check
from ifax_desktop.api.connection import connect
from ifax_desktop.domain.errors import FaxError, NoAnswer, Offline, SignInNeeded

WORKED, WRONG, NO_SERVICE = 0, 2, 4

INTRODUCTION = """\
Asks the fax service with every operation that only reads. Nothing is changed and nothing is spent.
The lines hold field names and types, no values: they can be shown to anybody.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check; the answer is the exit code: 0 asked, 2 something given is wrong, 4 not reached or not let in."""
    options = _options(arguments)
    try:
        return asyncio.run(_check(options))
    except (Offline, NoAnswer, SignInNeeded) as error:
        sys.stderr.write(f"{error}\n")
        return NO_SERVICE
    except FaxError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG
    except KeyboardInterrupt:
        return 130


async def _check(options: argparse.Namespace) -> int:
    key = _key()
    print(INTRODUCTION, flush=True)
    found: list[Finding] = []
    async with connect(options.service, key, proxy=Proxy(options.proxy)) as channel:
        async for finding in check(channel, datetime.now(UTC).date()):
            found.append(finding)
            print(line(finding), flush=True)
    if suggested := suggestion(found):
        print(
            f"\nThese lines in operations.toml would make the program use what worked:\n\n{suggested}", end=""
        )
    return WORKED


def line(finding: Finding) -> str:
    """One finding as a line: operation, how its path is known, the path, and what it answered."""
    operation = finding.operation
    said = f" ({finding.words})" if finding.outcome is Outcome.REFUSED else f": {finding.words}"
    return f"{operation.name:21}{operation.provenance:10}{operation.path:36}{finding.outcome}{said}"


def suggestion(found: Sequence[Finding]) -> str:
    """Corrections for operations whose own path did not work while another one did."""
    lines = []
    for name in dict.fromkeys(finding.operation.name for finding in found):
        mine = [finding for finding in found if finding.operation.name == name]
        if mine[0].outcome is Outcome.WORKED:
            continue
        right = next((finding for finding in mine if finding.outcome is Outcome.WORKED), None)
        if right:
            lines.append(f'[{name}]\npath = "{right.operation.path}"\nprovenance = "confirmed"\n')
    return "\n".join(lines)


def _key() -> str:
    """The API key: typed without being shown, or the first line of standard input. Never an argument."""
    if sys.stdin.isatty():
        return getpass.getpass("API key (it is not shown and not stored): ").strip()
    return sys.stdin.readline().strip()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m ifax_desktop.api",
        description="Tells which paths of the fax service are right. The API key is asked for, or read as one line "
        "from standard input.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="check")
    command = commands.add_parser(
        "check", help="ask with every operation that only reads", description=INTRODUCTION
    )
    command.add_argument("--service", default="", metavar="URL", help="another address of the service")
    command.add_argument(
        "--proxy", default="system", metavar="URL", help="system (as when absent), none, or http://host:port"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
