"""Hundreds of processes killed while they edit: `python -m tests.benchmarks.store_kill [--kills N] [--seed N]`.

After each kill the file is opened and must pass SQLite's integrity check, hold every acknowledged edit, and have a
journal in which every entry matches the records it changed. Ends with exit code 1 at the first that does not.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from tests.store.folders import write_folder
from tests.store.kill_stream import check_file, kill_once

LONGEST_SECONDS = 0.4


def main() -> int:
    """Kills and checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "planner.db"
        with open_store(StoreSettings(db=str(path))) as store:
            store.add(read_folder_content(write_folder(Path(place) / "folder")))
        revision = 1
        for number in range(1, options.kills + 1):
            acknowledged = kill_once(path, dice.randrange(2**32), dice.uniform(0, LONGEST_SECONDS))
            try:
                revision = check_file(path, max(acknowledged, revision))
            except AssertionError as error:
                print(f"after kill {number}: {error}")
                return 1
            if number % 10 == 0:
                print(f"{number} kills, {revision} revisions, all there", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
