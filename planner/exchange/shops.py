"""shops.csv: a shop a row. Each row is checked by itself; what it says about others is checked in `references`."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.shop import Kind, Shop, Status
from planner.exchange.csv_row import CsvRow, report_repeated_ids
from planner.exchange.csv_table import Columns, Table
from planner.exchange.problems import ProblemLog
from planner.exchange.settings import Settings, states_of
from planner.exchange.text import Names
from planner.exchange.values import EUR, Bounds
from planner.wording.translation import gettext, pgettext

SHOPS_CSV = "shops.csv"
COLUMNS = Columns(
    required=("id", "format"),
    optional=(
        "name",
        "street",
        "postcode",
        "city",
        "partner",
        "kind",
        "state",
        "catholic",
        "region",
        "lat",
        "lon",
        "weekly_revenue",
        "annual_target",
        "priority",
        "tags",
        "ready_from",
        "due_by",
        "after",
        "status",
        "start",
        "finish",
        "crews",
        "published_start",
    ),
)
PRIORITY = Bounds(1, 9)
DEFAULT_PRIORITY = 5
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class ShopRow:
    """A shop and the row it was read from."""

    shop: Shop
    source: CsvRow


@dataclass(frozen=True, slots=True)
class ShopTable:
    """The rows of shops.csv; not complete where mistakes may hide shops."""

    rows: Sequence[ShopRow]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What the cells of a shop may say; None where that is not known."""

    formats: Names | None
    states: Names | None
    kinds: Names
    statuses: Names
    yes_or_no: Names


def read_shops(table: Table, settings: Settings | None, log: ProblemLog) -> ShopTable:
    """Read the rows of shops.csv; formats and states are checked as far as `settings` knows them."""
    allowed = _Allowed(
        formats=Names(pgettext("noun", "format"), (item.name for item in settings.rollout.formats))
        if settings and settings.knows_formats
        else None,
        states=states_of(settings.rollout.country) if settings and settings.knows_country else None,
        kinds=Names(pgettext("noun", "kind"), list(Kind)),
        statuses=Names(pgettext("noun", "status"), list(Status)),
        yes_or_no=Names(pgettext("noun", "answer"), (YES, NO)),
    )
    rows = [ShopRow(_read_shop(row, allowed, table.unknown_columns), row) for row in table.rows]
    report_repeated_ids([(row.source, row.shop.id) for row in rows])
    if table.is_complete and not rows:
        log.warn(SHOPS_CSV, None, None, gettext("has no shops, so there is nothing to plan"))
    return ShopTable(rows, table.is_complete)


def _read_shop(row: CsvRow, allowed: _Allowed, unknown_columns: Sequence[str]) -> Shop:
    lat, lon = row.position()
    priority = row.whole("priority", PRIORITY)
    kind = row.choice("kind", allowed.kinds)
    status = Status(row.choice("status", allowed.statuses) or Status.BACKLOG)
    return Shop(
        id=row.text("id", required=True, one_name=True),
        format=_known(row, "format", allowed.formats, required=True),
        name=row.text("name"),
        street=row.text("street"),
        postcode=row.text("postcode"),
        city=row.text("city"),
        partner=row.text("partner", one_name=True),
        kind=Kind(kind) if kind else None,
        state=_known(row, "state", allowed.states),
        catholic=row.choice("catholic", allowed.yes_or_no) == YES,
        region=row.text("region", one_name=True),
        lat=lat,
        lon=lon,
        weekly_revenue=row.number("weekly_revenue", EUR) or 0.0,
        annual_target=row.number("annual_target", EUR),
        priority=DEFAULT_PRIORITY if priority is None else priority,
        tags=row.texts("tags"),
        ready_from=row.day("ready_from"),
        due_by=row.day("due_by"),
        after=row.texts("after"),
        status=status,
        start=row.day("start"),
        finish=row.day("finish"),
        crews=row.texts("crews"),
        published_start=row.day("published_start"),
        extra=row.extra(unknown_columns),
    )


def _known(row: CsvRow, column: str, names: Names | None, *, required: bool = False) -> str:
    """One of `names`, or any text where they are not known."""
    return row.text(column, required=required) if names is None else row.choice(column, names, required=required)
