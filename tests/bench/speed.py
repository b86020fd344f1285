"""How fast is it, beside others on the same machine in the same run?

    python tests/bench/speed.py [--mb N] [--only ROW ...] [--write docs/performance.md]

Prints ratios, for bare milliseconds do not travel; medians of runs that take
turns.  What is measured is in ``rows.py``, on what in ``texts.py``, beside whom
in ``peers.py``.
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import report
from places import FULL, PEERS, Places, Size
from rows import ROWS

SMALL = 1.0  # megabytes; 2, one round each, took ten minutes on two busy cores, two rows not among them
ROOM = 25  # times the text: several engines keep it


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--mb", type=float, default=SMALL, help=f"of German and English text, the rest in proportion [{SMALL:g}; {FULL} in full]"
    )
    parser.add_argument("--only", nargs="*", default=[], metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--rounds", type=int, default=3, help="of long measurements [3]")
    parser.add_argument("--starts", type=int, default=15, help="of whole processes [15]")
    parser.add_argument("--folder", type=Path, help="where to measure [the system's folder for temporary files]")
    parser.add_argument("--write", type=Path, help="a page to write the table to, between its marks")
    choices = parser.parse_args()
    unknown = [name for name in choices.only if name not in ROWS]
    if unknown:
        parser.error(f"no row {unknown[0]}; there are {', '.join(ROWS)}")
    if choices.write and choices.only:
        parser.error("a page shows all rows")
    with tempfile.TemporaryDirectory(dir=choices.folder) as folder:
        if shutil.disk_usage(folder).free < ROOM * choices.mb * 1e6:
            print(f"no room in {folder}: {ROOM * choices.mb:.0f} MB are wanted; name another place with --folder", file=sys.stderr)
            return 2
        text = measured(Places(Path(folder), Size(choices.mb, choices.rounds, choices.starts)), choices.only or list(ROWS))
    print("\n" + text)
    if choices.write:
        report.write(choices.write, text)
    return 0


def measured(places: Places, names: list[str]) -> str:
    """Measure some rows; give the table and what it was measured on."""
    figures: list[report.Figure] = []
    for name in names:
        began = time.monotonic()
        for figure in ROWS[name](places):
            figures.append(figure)
            print(f"{name}: {figure.work}: {figure.measured} ({figure.processor or '-'}) {figure.verdict}", flush=True)
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    versions = {PEERS[engine]: version for engine, version in places.peers.items()}
    return report.table(figures) + "\n\n" + report.conditions(places.size.megabytes, versions)


if __name__ == "__main__":
    sys.exit(main())
