"""The crews of a trade and a region taken together: `crews.South.builder` is how many builders the South has."""

from collections.abc import Iterator, Sequence

from planner.domain.scenario import Value
from planner.exchange.csv_row import LIST_SEPARATOR
from planner.exchange.scenario_rows import Row, Sheet
from planner.exchange.scenario_values import plainly, read_shift
from planner.exchange.text import Names, quoted, shortened
from planner.exchange.toml_reader import described
from planner.exchange.values import UNITS, BadValue
from planner.wording.translation import gettext, pgettext


def set_pool(crews: Sheet, absences: Sheet, shops: Sheet, region: str, trade: str, value: Value) -> Iterator[str]:
    """Give the crews of `trade` whose first region is `region` so many units in all; yields what changed.

    The first of these crews takes what is added; what is taken away comes off the last ones, and a crew without
    units goes, and its absences with it; shops that name it may be served by others. Raises BadValue.
    """
    pool = _members(crews, region, trade)
    present = sum(_units(row) for row in pool)
    shift = read_shift(value)
    wanted = shift.of(present) if shift else value
    if isinstance(wanted, bool) or not isinstance(wanted, int):
        raise BadValue(gettext("must be a whole number of units, but is {found}").format(found=described(wanted)))
    if not 0 <= wanted <= UNITS.high:
        wrong = gettext("must be from 0 to {high} units, but is {wanted}")
        raise BadValue(wrong.format(high=plainly(UNITS.high), wanted=wanted))
    if "units" not in crews.columns:
        crews.columns.append("units")
    shares = _shared(pool, wanted)
    yield gettext("{trade} crews of region {region}: {wanted} units instead of {present} ({shares})").format(
        trade=shortened(trade), region=quoted(region), wanted=wanted, present=present, shares=shares
    )
    gone = [row for row in pool if row.cells["units"] == "0"]
    if gone:
        yield crews.drop(gone)
        ids = {row.cells["id"] for row in gone}
        orphans = [row for row in absences.rows if row.cells.get("crew") in ids]
        if orphans:
            yield absences.drop(orphans)
        yield from _unname(shops, ids)


def _unname(shops: Sheet, gone: set[str]) -> Iterator[str]:
    """Take crews out of the shops that name them; yields what changed."""
    rows = [row for row in shops.rows if any(row.has("crews", name) for name in gone)]
    for row in rows:
        names = [name.strip() for name in row.cells["crews"].split(LIST_SEPARATOR)]
        row.cells["crews"] = LIST_SEPARATOR.join(name for name in names if name not in gone)
    if rows:
        text = gettext("{shops}, crews: no longer {names}")
        yield text.format(shops=shops.named(rows), names=", ".join(map(shortened, sorted(gone))))


def _shared(pool: Sequence[Row], wanted: int) -> str:
    """Share out the units and say who has how many."""
    left = wanted - sum(_units(row) for row in pool)
    pool[0].cells["units"] = str(_units(pool[0]) + max(0, left))
    for row in reversed(pool):
        taken = min(_units(row), max(0, -left))
        row.cells["units"] = str(_units(row) - taken)
        left += taken
    return ", ".join(f"{shortened(row.cells['id'])} {row.cells['units']}" for row in pool)


def _members(crews: Sheet, region: str, trade: str) -> list[Row]:
    in_region = [row for row in crews.rows if _home_region(row) == region]
    if not in_region:
        names = [row.cells.get("id", "") for row in crews.rows] + [_home_region(row) for row in crews.rows]
        raise BadValue(Names(gettext("crew or region"), filter(None, names)).unknown(region))
    pool = [row for row in in_region if row.cells.get("trade") == trade]
    if not pool:
        trades = Names(pgettext("noun", "trade"), sorted({row.cells.get("trade", "") for row in in_region}))
        wrong = gettext("no crew has {region} as its first region and this trade: {unknown}")
        raise BadValue(wrong.format(region=quoted(region), unknown=trades.unknown(trade)))
    return pool


def _home_region(row: Row) -> str:
    return row.cells.get("regions", "").split(LIST_SEPARATOR)[0].strip()


def _units(row: Row) -> int:
    cell = row.cells.get("units", "").strip()
    return int(cell) if cell else 1
