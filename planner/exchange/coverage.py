"""Whether crews and shops meet: trades and regions that no crew serves, and rules that are for no shop."""

from collections.abc import Iterator, Sequence

from planner.domain.rollout import Rollout
from planner.domain.rules import Scope
from planner.domain.shop import Kind
from planner.exchange.crews import CREWS_CSV, CrewTable
from planner.exchange.problems import ProblemLog
from planner.exchange.settings import Settings, states_of
from planner.exchange.shops import ShopRow, ShopTable
from planner.exchange.text import Names, quoted, shortened
from planner.exchange.toml_table import TomlTable
from planner.wording.translation import gettext, ngettext, pgettext

ANYWHERE = ""  # stands in a crew's regions for all of them; the regions themselves are never empty
MUST_EXIST = ("shop", "kind", "state", "format")


def check_coverage(shops: ShopTable, crews: CrewTable, settings: Settings | None, log: ProblemLog) -> None:
    """Warn of shops that no crew serves and crews without a shop, and check what scopes name."""
    knows_regions = shops.is_complete and all(row.source.is_good("region", "state") for row in shops.rows)
    knows_crews = crews.is_complete and all(row.source.is_good("trade") for row in crews.rows)
    if knows_regions:
        _warn_of_idle_regions(shops, crews)
    if settings is None:
        return
    if knows_regions and knows_crews and settings.knows_days:
        _warn_of_unserved(shops.rows, crews, settings.rollout, log)
    for table, scope in settings.scopes:
        _check_scope(table, scope, shops, settings)


def _warn_of_idle_regions(shops: ShopTable, crews: CrewTable) -> None:
    regions = Names(pgettext("noun", "region"), sorted({row.shop.region for row in shops.rows} - {""}))
    if not shops.rows:
        return
    warned: set[str] = set()
    for row in crews.rows:
        for region in row.crew.regions:
            if region not in regions and region not in warned:
                warned.add(region)
                odd = gettext("no shop is in the region {region}{hint}")
                row.source.warn("regions", odd.format(region=quoted(region), hint=regions.suggestion(region)))


def _warn_of_unserved(rows: Sequence[ShopRow], crews: CrewTable, rollout: Rollout, log: ProblemLog) -> None:
    """Warn once for each trade that no crew has, and for each trade and region that no crew of it serves."""
    regions_of: dict[str, set[str]] = {}
    for crew in (row.crew for row in crews.rows):
        regions_of.setdefault(crew.trade, set()).update(crew.regions or {ANYWHERE})
    unserved: dict[tuple[str, str | None], list[ShopRow]] = {}
    for row, trade in _needs(rows, rollout):
        served = regions_of.get(trade)
        if served is None:
            unserved.setdefault((trade, None), []).append(row)
        elif ANYWHERE not in served and row.shop.region not in served:
            unserved.setdefault((trade, row.shop.region), []).append(row)
    trades = Names(pgettext("noun", "trade"), sorted(regions_of))
    for (trade, region), left in unserved.items():
        if region is None:
            _warn_of_missing_trade(trade, trades, left, log)
        else:
            regions = Names(pgettext("noun", "region"), sorted(regions_of[trade]))
            _warn_of_unserved_region(trade, region, regions, left)


def _needs(rows: Sequence[ShopRow], rollout: Rollout) -> Iterator[tuple[ShopRow, str]]:
    """Each shop that may be in a plan, with each trade its format needs."""
    trades = {item.name: sorted({trade for phase in item.phases for trade in phase.crews}) for item in rollout.formats}
    for row in rows:
        if row.shop.is_in_plan and row.source.is_good("format", "status"):
            for trade in trades[row.shop.format]:
                yield row, trade


def _warn_of_missing_trade(trade: str, trades: Names, left: Sequence[ShopRow], log: ProblemLog) -> None:
    odd = ngettext(
        "no crew has the trade {trade}, so {number} shop cannot be remodelled{hint}",
        "no crew has the trade {trade}, so {number} shops cannot be remodelled{hint}",
        len(left),
    )
    odd = odd.format(trade=quoted(trade), number=len(left), hint=trades.suggestion(trade))
    log.warn(CREWS_CSV, None, "trade", odd)


def _warn_of_unserved_region(trade: str, region: str, regions: Names, left: Sequence[ShopRow]) -> None:
    odd = ngettext(
        "no {trade} crew serves shops without a region, so {number} shop cannot be remodelled",
        "no {trade} crew serves shops without a region, so {number} shops cannot be remodelled",
        len(left),
    ).format(trade=shortened(trade), number=len(left))
    if region:
        odd = ngettext(
            "no {trade} crew serves the region {region}, so {number} shop cannot be remodelled{hint}",
            "no {trade} crew serves the region {region}, so {number} shops cannot be remodelled{hint}",
            len(left),
        )
        hint = regions.suggestion(region)
        odd = odd.format(trade=shortened(trade), region=quoted(region), number=len(left), hint=hint)
    left[0].source.warn("region", odd)


def _check_scope(table: TomlTable, scope: Scope, shops: ShopTable, settings: Settings) -> None:
    for key, values in scope.values.items():
        names = _names_for(key, shops, settings)
        if names is None or not table.is_good(key):
            continue
        for value in values:
            if value in names:
                continue
            if key in MUST_EXIST:
                table.error(key, names.unknown(value))
            elif shops.rows:
                odd = gettext("no shop has the {key} {value}{hint}")
                table.warn(key, odd.format(key=key, value=quoted(value), hint=names.suggestion(value)))


def _names_for(key: str, shops: ShopTable, settings: Settings) -> Names | None:
    """What a scope may name under `key`; None where that is not known."""
    rows = shops.rows
    match key:
        case "kind":
            return Names(pgettext("noun", "kind"), list(Kind))
        case "state":
            return states_of(settings.rollout.country) if settings.knows_country else None
        case "format":
            return (
                Names(pgettext("noun", "format"), settings.rollout.format_by_name) if settings.knows_formats else None
            )
        case "shop":
            return Names(pgettext("noun", "shop"), (row.shop.id for row in rows)) if shops.is_complete else None
    if not shops.is_complete:
        return None
    if key == "tag":
        return Names(pgettext("noun", "tag"), (tag for row in rows for tag in row.shop.tags))
    if not all(row.source.is_good(key) for row in rows):
        return None
    return Names(key, (getattr(row.shop, key) for row in rows))
