"""Picks what to start: a child process, a command, or the window. Nothing of Qt is imported before that is known."""

import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the answer is its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--document-worker"]:
        from ifax_desktop.documents.worker import main as work

        return work()
    if given[:1] == ["--simulator-pages"]:
        from ifax_desktop.simulator.pages import main as count

        return count()
    from ifax_desktop.options import read_options

    options = read_options(given)
    if options.command:
        from ifax_desktop.commands import run_command

        return run_command(options)
    gc.disable()  # until there is a window: modules that come in leave no garbage, and looking for it takes 60 ms
    from ifax_desktop.app import run_window

    return run_window(options, os.environ.get("XDG_ACTIVATION_TOKEN", ""))


if __name__ == "__main__":
    sys.exit(main())
