"""`python -m tests.benchmarks [NAME ...]`: every benchmark or some, as ratios measured in this one run.

Absolute times say little, as machines differ. Leave the machine alone meanwhile.
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import asking, fax_pages, listing, memory, receiving, start_up, taking_in, transfer
from tests.benchmarks.archives import Archives

SIZES = (1_000, 100_000, 1_000_000)
BENCHMARKS: dict[str, Callable[[int, Archives], Iterable[object]]] = {
    "start": start_up.run,
    "transfer": lambda pairs, archives: transfer.run(pairs),
    "asking": asking.run,
    "listing": listing.run,
    "taking-in": taking_in.run,
    "memory": memory.run,
    "receiving": receiving.run,
    "pages": fax_pages.run,
}


def main() -> None:
    """Run the benchmarks and print a line for each figure."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)} (all)")
    parser.add_argument("--pairs", type=int, default=15, metavar="N", help="runs of each, in turn (15)")
    parser.add_argument(
        "--faxes",
        type=int,
        nargs="+",
        default=SIZES,
        metavar="N",
        help="sizes of archives (1000 100000 1000000)",
    )
    parser.add_argument(
        "--archives", type=Path, metavar="FOLDER", help="keep the archives here, and use them again"
    )
    wishes = parser.parse_args()
    if strange := set(wishes.names) - set(BENCHMARKS):
        parser.error(f"no benchmark of this name: {', '.join(sorted(strange))}")
    with TemporaryDirectory() as folder:
        place = wishes.archives or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        archives = Archives(place, wishes.faxes)
        for name in wishes.names or BENCHMARKS:
            for figure in BENCHMARKS[name](wishes.pairs, archives):
                print(figure, flush=True)


if __name__ == "__main__":
    main()
