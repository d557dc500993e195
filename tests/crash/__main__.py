"""`python -m tests.crash [--kills N] [--seed N] [--faults none|light|heavy] [--keep]`: kill the real program and judge.

Ends with 1 where anything was lost, sent twice, or shown as it is not; the profiles are kept then.
"""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.crash.report import table
from tests.crash.run import Wish, run
from tests.crash.trouble import LEVELS


def main() -> int:
    """Run it; the answer is the exit code."""
    parser = argparse.ArgumentParser("python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, metavar="N", help="how many times (300)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), metavar="N", help="of all dice")
    parser.add_argument("--faults", choices=LEVELS, default="light", help="of the network (light)")
    parser.add_argument("--keep", action="store_true", help="keep the profiles in any case")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ifax-crash-"))
    log = folder / "run.log"

    def tell(line: str) -> None:
        print(line, flush=True)
        with log.open("a") as file:
            print(line, file=file)

    wish = Wish(given.kills, given.seed, given.faults, folder, tell=tell)
    outcome = asyncio.run(run(wish))
    tell(f"\n{table(wish, outcome)}")
    if given.keep or outcome.violations:
        print(f"\nThe profiles are in {folder}.")
    else:
        shutil.rmtree(folder)
    return 1 if outcome.violations else 0


if __name__ == "__main__":
    sys.exit(main())
