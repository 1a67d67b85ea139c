"""The shop formats of rollout.toml and their phases."""

from planner.domain.shop_format import Phase, ShopFormat
from planner.exchange.text import quoted
from planner.exchange.toml_table import TomlTable
from planner.exchange.values import PHASE_DAYS, UNITS, WAIT_DAYS
from planner.wording.translation import gettext


def read_formats(top: TomlTable) -> tuple[tuple[ShopFormat, ...], bool]:
    """The formats, and whether the names of all of them are known."""
    tables = top.tables("format")
    if not tables and top.is_good("format"):
        top.error("format", gettext("there is no format; add a [[format]] with its phases"))
    formats = tuple(_read_format(table) for table in tables)
    _report_repeated_names([(table, shop_format.name) for table, shop_format in zip(tables, formats, strict=True)])
    knows_names = bool(tables) and all(table.is_good("name") for table in tables)
    return formats, knows_names


def _read_format(table: TomlTable) -> ShopFormat:
    name = table.text("name")
    phase_tables = table.tables("phase", by_name=False)
    if not phase_tables and table.is_good("phase"):
        table.error("phase", gettext("the format has no phase; add a [[format.phase]] for each step"))
    phases = tuple(_read_phase(phase, number) for number, phase in enumerate(phase_tables))
    _report_repeated_names([(source, phase.name) for source, phase in zip(phase_tables, phases, strict=True)])
    table.finish()
    return ShopFormat(name=name, phases=phases)


def _read_phase(table: TomlTable, number: int) -> Phase:
    name = table.text("name")
    days = table.whole("days", PHASE_DAYS)
    crews = table.units("crews", UNITS)
    closed = table.flag("closed", default=True)
    wait_min = table.whole("wait_min", WAIT_DAYS, 0)
    wait_max = table.whole("wait_max", WAIT_DAYS, wait_min)
    if table.is_good("wait_min", "wait_max") and wait_max < wait_min:
        text = gettext("{wait_max} is less than 'wait_min' ({wait_min}); raise it, or leave it out")
        table.error("wait_max", text.format(wait_max=wait_max, wait_min=wait_min))
    if number == 0 and (wait_min or wait_max):
        table.warn("wait_min" if wait_min else "wait_max", gettext("is not used: no phase comes before the first one"))
    table.finish()
    return Phase(name=name, days=days, crews=crews, closed=closed, wait_min=wait_min, wait_max=wait_max)


def _report_repeated_names(named: list[tuple[TomlTable, str]]) -> None:
    numbers: dict[str, int] = {}
    for number, (table, name) in enumerate(named, start=1):
        if not name:
            continue
        if name in numbers:
            text = gettext("{name} is already the name of number {number}; give each its own name")
            table.error("name", text.format(name=quoted(name), number=numbers[name]))
        numbers.setdefault(name, number)
