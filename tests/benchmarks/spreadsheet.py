"""How long 10,000 shops take from a spreadsheet to checked records, and back: CPU seconds, of all processes.

python -m tests.benchmarks.spreadsheet [SHOPS]
"""

import os
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.domain.shop import Kind, Shop
from planner.exchange.folder import read_folder
from planner.exchange.problems import ProblemLog
from planner.exchange.rollout_files import load_files
from planner.exchange.spreadsheet.csv_export import GERMAN, PLAIN, export_csv, shops_csv
from planner.exchange.spreadsheet.importing import import_spreadsheet
from planner.exchange.spreadsheet.workbook import shops_sheet, workbook_bytes
from tests.exchange.rollout_folders import write_folder

DAY = date(2021, 9, 1)


def made_shops(number: int) -> tuple[Shop, ...]:
    """`number` shops with most columns filled."""
    return tuple(
        Shop(
            id=f"S{place:06}",
            format="ML"[place % 2],
            name=f"Shop {place} Süd",
            street=f"Bahnhofstraße {place % 300}",
            postcode=f"{1000 + place % 98000:05}",
            city=f"Stadt {place % 900}",
            partner=f"Partner {place % 400}",
            kind=list(Kind)[place % 3],
            state=("BY", "SN", "NW")[place % 3],
            region=("South", "West")[place % 2],
            lat=47 + place % 7000 / 1000,
            lon=6 + place % 8000 / 1000,
            weekly_revenue=5000 + place % 20000 / 4,
            annual_target=250_000.0 + place,
            priority=1 + place % 9,
            tags=("pilot", "mall")[: place % 3],
            ready_from=DAY + timedelta(days=place % 200),
            due_by=DAY + timedelta(days=place % 300),
            published_start=DAY + timedelta(days=place % 100),
            extra=(("note", f"note {place}"),),
        )
        for place in range(number)
    )


def cpu_seconds(work: Callable[[], object]) -> float:
    """What `work` takes, its child processes included."""
    before = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - before


def main() -> None:
    """Writes and reads each kind of file once and prints what it took."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with TemporaryDirectory() as name:
        folder = Path(name)
        shops = made_shops(number)
        write_folder(folder, {"shops.csv": shops_csv(shops)})
        rollout, _ = read_folder(folder)

        def read(path: Path) -> None:
            log = ProblemLog()
            if import_spreadsheet(path, load_files(folder, log), log).checked().shops != shops:
                raise AssertionError(f"{path.name} reads back otherwise")

        for file, make in (
            ("shops.xlsx", lambda: workbook_bytes(rollout, [shops_sheet(rollout)])),
            ("plain.csv", lambda: export_csv(rollout, None, PLAIN)),
            ("german.csv", lambda: export_csv(rollout, None, GERMAN)),
        ):
            path = folder / file
            write_seconds = cpu_seconds(lambda: path.write_bytes(make()))  # noqa: B023 - runs at once
            read_seconds = cpu_seconds(lambda: read(path))  # noqa: B023 - runs at once
            print(f"{file}: {number:,} shops written in {write_seconds:.2f} s, read in {read_seconds:.2f} s of CPU")


if __name__ == "__main__":
    main()
