"""shops.csv with the starts of some shops fixed: all else stays as it was written."""

import csv
import io
from collections.abc import Mapping
from datetime import date

from planner.domain.shop import Status


def fix_starts(text: str, starts: Mapping[str, date]) -> bytes:
    """The shops.csv `text` (correct) in which each shop of `starts` is `fixed` to begin on its day."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = list(reader.fieldnames or ())
    names = {(column or "").strip(): column for column in columns}
    columns += [column for column in ("status", "start") if column not in names]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in reader:
        shop = (row.get(names["id"]) or "").strip()
        if shop in starts:
            row[names.get("status", "status")] = Status.FIXED.value
            row[names.get("start", "start")] = starts[shop].isoformat()
        writer.writerow(row)
    return table.getvalue().encode()
