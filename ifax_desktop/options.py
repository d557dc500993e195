"""The command line: what may be said on it, and what it means. The only reader of arguments and of standard input's key."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ifax_desktop import __version__

DESCRIPTION = "Send and receive faxes through the iFax service. Without a command the window opens, with a new fax for the files."
USAGE = "ifax [options] [FILE ...]\n       ifax [options] send | receive ..."
COMMANDS = ("send", "receive")
EXIT_CODES = """commands (say "ifax send -h" and "ifax receive -h" for what they take):
  send     send PDF files as one fax
  receive  fetch received faxes into a folder

exit codes of the commands:
  0  done (send --wait: delivered)      4  the service cannot be reached, or does not take the key for these faxes
  1  not delivered, or canceled         5  not certain whether the fax went out: it is not sent again by guess
  2  something given is wrong           6  this computer could not keep it (disk full, profile in use)
  3  still on its way when the waiting time was over
"""


@dataclass(frozen=True, slots=True)
class Options:
    """One call of the program."""

    command: str = ""
    """"send", "receive", or nothing for the window."""
    demo: bool = False
    profile: Path | None = None
    service: str = ""
    key: str = ""
    """Read from standard input, never from arguments or the environment, and never stored."""
    files: tuple[Path, ...] = ()
    to: str = ""
    sender: str = ""
    wait: bool = False
    patience: float = 600.0
    """Seconds that --wait waits."""
    folder: Path | None = None

    def __repr__(self) -> str:
        return f"Options({self.command or 'window'})"  # the key and numbers stay out of logs and tracebacks


def read_options(arguments: Sequence[str]) -> Options:
    """Read the command line; ends the program with code 2 and a sentence when it cannot be read."""
    command = _command_in(arguments)
    given = _parser(command).parse_args(arguments)
    return Options(
        command=command,
        demo=given.demo,
        profile=given.profile,
        service=given.service,
        key=sys.stdin.readline().strip() if given.key_from_stdin else "",
        files=tuple(file.absolute() for file in given.files) if command != "receive" else (),
        to=given.to if command == "send" else "",
        sender=given.sender if command == "send" else "",
        wait=given.wait if command == "send" else False,
        patience=given.patience if command == "send" else 0.0,
        folder=given.folder if command == "receive" else None,
    )


def _command_in(arguments: Sequence[str]) -> str:
    """The command among the arguments, where the first that is no option is one: other words are files."""
    shared = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    _add_shared(shared, None)
    try:
        _, rest = shared.parse_known_args(arguments)
    except argparse.ArgumentError:
        return ""  # the parser that knows everything says what is wrong
    word = next((word for word in rest if word == "--" or not word.startswith("-")), "")
    return word if word in COMMANDS else ""


def _parser(command: str) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    _add_shared(shared, argparse.SUPPRESS)
    parser = argparse.ArgumentParser(
        "ifax",
        usage=USAGE,
        allow_abbrev=False,
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_shared(parser, None)
    parser.add_argument("--version", action="version", version=f"iFax Desktop {__version__}")
    if not command:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a document for a new fax")
        return parser
    commands = parser.add_subparsers(dest="command", metavar="send | receive", prog="ifax")
    send = commands.add_parser("send", parents=[shared], allow_abbrev=False, help="send PDF files as one fax")
    send.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a PDF")
    send.add_argument("--to", required=True, metavar="NUMBER", help="the recipient's fax number")
    send.add_argument(
        "--from", dest="sender", default="", metavar="NUMBER", help="the sender number, one of yours"
    )
    send.add_argument(
        "--wait", action="store_true", help="wait until the fax is delivered or known not to be"
    )
    send.add_argument(
        "--patience", type=float, default=600.0, metavar="SECONDS", help="how long --wait waits (600)"
    )
    receive = commands.add_parser(
        "receive", parents=[shared], allow_abbrev=False, help="fetch received faxes into a folder"
    )
    receive.add_argument(
        "--to", dest="folder", required=True, type=Path, metavar="DIR", help="where the PDFs go"
    )
    return parser


def _add_shared(parser: argparse.ArgumentParser, default: object) -> None:
    off = False if default is None else default
    parser.add_argument(
        "--demo", action="store_true", default=off, help="practice mode: nothing is really sent"
    )
    parser.add_argument(
        "--profile", type=Path, default=default, metavar="DIR", help="keep everything in this folder"
    )
    parser.add_argument(
        "--service",
        default="" if default is None else default,
        metavar="URL",
        help="another address of the service (https, or http on this computer only)",
    )
    parser.add_argument(
        "--key-from-stdin",
        action="store_true",
        default=off,
        help="read the API key as one line; it is never stored",
    )
