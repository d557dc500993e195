"""`python -m tests.benchmarks [--pairs N]`: every benchmark, as ratios measured in this one run.

Absolute times say little, as machines differ. Leave the machine alone meanwhile.
"""

import argparse

from tests.benchmarks import start_up, transfer

BENCHMARKS = (start_up.run, transfer.run)


def main() -> None:
    """Run all benchmarks and print a line for each figure."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--pairs", type=int, default=15, metavar="N", help="runs of each, in turn (15)")
    pairs = parser.parse_args().pairs
    for benchmark in BENCHMARKS:
        for figure in benchmark(pairs):
            print(figure, flush=True)


if __name__ == "__main__":
    main()
