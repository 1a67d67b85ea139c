"""[risk] in rollout.toml: how reality departs from a plan."""

from collections.abc import Sequence

from planner.domain.rules import Risk, Spread
from planner.domain.shop_format import ShopFormat
from planner.exchange.text import Names
from planner.exchange.toml_table import TomlTable
from planner.exchange.values import RATE, WAIT_DAYS, Bounds
from planner.wording.translation import pgettext

SIGMA = Bounds(0, 10)
MEDIAN = Bounds(0.01, 100)
SPELLS_A_YEAR = Bounds(0, 100)


def read_risk(table: TomlTable | None, formats: Sequence[ShopFormat] | None, fitted: Sequence[Spread]) -> Risk | None:
    """The table `risk`; `formats` is None where their phases are not known, and then not asked.

    Particular phases come before trades, and what is given for either before what was `fitted` to past jobs.
    """
    if table is None:
        return None
    # The file is read before this table is; a scenario may have dropped the key since.
    has_actuals = table.knows("actuals")
    sigma, median, shared = _read_duration(table.table("duration"))
    slip_probability, slip_days = _read_delay(table.table("permit_slip"))
    late_probability, late_days = _read_delay(table.table("late_kits"))
    per_year, ill_days = _read_illness(table.table("illness"))
    phases = [_read_spread(item, _phase_names(formats)) for item in table.tables("phase")]
    trades = [_read_spread(item, _trade_names(formats)) for item in table.tables("trade")]
    table.finish()
    return Risk(
        duration_sigma=sigma,
        duration_median=median,
        duration_shared=shared,
        spreads=(
            *(Spread(median=median, sigma=sigma, phase=name) for name, median, sigma in phases),
            *widest_first([Spread(median=median, sigma=sigma, trade=name) for name, median, sigma in trades]),
            *(fitted if has_actuals else ()),
        ),
        permit_slip_probability=slip_probability,
        permit_slip_days=slip_days,
        illness_per_year=per_year,
        illness_days=ill_days,
        late_kits_probability=late_probability,
        late_kits_days=late_days,
    )


def widest_first(spreads: Sequence[Spread]) -> list[Spread]:
    """Where a phase needs several trades, the least certain of them says how long it takes."""
    return sorted(spreads, key=lambda spread: -spread.sigma)


def _read_duration(table: TomlTable | None) -> tuple[float, float, float]:
    default = Risk()
    if table is None:
        return default.duration_sigma, default.duration_median, default.duration_shared
    sigma = table.number("sigma", SIGMA, default.duration_sigma)
    median = table.number("median", MEDIAN, default.duration_median)
    shared = table.number("shared", RATE, default.duration_shared)
    table.finish()
    return sigma, median, shared


def _read_delay(table: TomlTable | None) -> tuple[float, int]:
    """How likely something is late, and by how many days."""
    if table is None:
        return 0.0, 0
    probability, days = table.number("probability", RATE, 0.0), table.whole("days", WAIT_DAYS, 0)
    table.finish()
    return probability, days


def _read_illness(table: TomlTable | None) -> tuple[float, int]:
    if table is None:
        return 0.0, 0
    per_year, days = table.number("per_year", SPELLS_A_YEAR, 0.0), table.whole("days", WAIT_DAYS, 0)
    table.finish()
    return per_year, days


def _read_spread(table: TomlTable, allowed: Names | None) -> tuple[str, float, float]:
    """A name, and the median and sigma for it."""
    name = table.text("name")
    if allowed is not None and table.is_good("name") and name not in allowed:
        table.error("name", allowed.unknown(name))
    median, sigma = table.number("median", MEDIAN, 1.0), table.number("sigma", SIGMA, 0.0)
    table.finish()
    return name, median, sigma


def _phase_names(formats: Sequence[ShopFormat] | None) -> Names | None:
    if formats is None:
        return None
    return Names(pgettext("noun", "phase"), (phase.name for shop_format in formats for phase in shop_format.phases))


def _trade_names(formats: Sequence[ShopFormat] | None) -> Names | None:
    if formats is None:
        return None
    return Names(
        pgettext("noun", "trade"), (trade for item in formats for phase in item.phases for trade in phase.crews)
    )
