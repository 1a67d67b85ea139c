"""The tables, in SQLModel. What they hold is checked before it gets here; callers see `records`, not these.

Text that queries compare is kept a second time, folded, with None for "not given" so that such rows sort last.

Sort orders and filters have an index each that ends in `position`, so that a first page never sorts all shops. In a
file that is so for every column. A server writes a changed row anew, and then every index of its table, unless the row
finds room on the page where it was and no index holds a column that changes. So a server has indexes only of what a
shop is found by, and sorts by other columns anew, which it does quickly; its pages are kept half empty.
"""

from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import BigInteger, DateTime, Index, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
# PostgreSQL would order text by the rules of its host's language; by code point it is the same everywhere.
EXACT: TypeEngine[str] = String().with_variant(String(collation="C"), "postgresql")
LONG: TypeEngine[str] = Text()
MOMENT: TypeEngine[datetime] = DateTime(timezone=True)

ONLY_ON = "only on"
"""In the `info` of an index: the one kind of database that has it."""

# Columns of a shop that lists are sorted and filtered by, each with an index in a file.
INDEXED = (
    "id_folded",
    "name_folded",
    "street_folded",
    "postcode_folded",
    "city_folded",
    "partner_folded",
    "kind",
    "state",
    "catholic",
    "region_folded",
    "lat",
    "lon",
    "format_folded",
    "weekly_revenue",
    "annual_target",
    "priority",
    "ready_from",
    "due_by",
    "status",
    "start",
    "finish",
    "published_start",
)
# Those of them that have one on a server, too.
INDEXED_ON_SERVER = (
    "id_folded",
    "name_folded",
    "postcode_folded",
    "city_folded",
    "partner_folded",
    "state",
    "region_folded",
)


def _index(column: str) -> Index:
    return Index(None, "rollout", column, "position", info={} if column in INDEXED_ON_SERVER else {ONLY_ON: "sqlite"})


class Base(SQLModel):
    """What all tables share: how constraints and indexes are named."""

    # What rows hold is checked elsewhere, so pydantic need not get ready to check it.
    model_config = {"defer_build": True}
    metadata = MetaData(naming_convention=NAMING)


class RolloutRow(Base, table=True):
    """A rollout: rollout.toml as it was written, and counters that only grow."""

    __tablename__ = "rollout"
    pk: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=EXACT, unique=True)
    settings: str = Field(sa_type=LONG)
    settings_version: int
    unknown_columns: str = Field(sa_type=LONG, description="JSON: file to its columns the planner does not know")
    remembered: str = Field(sa_type=LONG, description="JSON: choices kept for the next command, such as column names")
    revision: int
    next_position: int
    next_absence: int
    next_plan: int
    past_jobs: str | None = Field(sa_type=LONG, description="CSV: the file of past jobs that rollout.toml names")


class ShopRow(Base, table=True):
    """A shop of a rollout. Lists are joined by `|`, as in shops.csv, and kept one by one in `shop_item`."""

    __tablename__ = "shop"
    __table_args__ = (
        UniqueConstraint("rollout", "id"),
        Index(None, "rollout", "position"),
        *(_index(column) for column in INDEXED),
    )
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    position: int
    version: int
    id: str = Field(sa_type=EXACT)
    name: str = Field(sa_type=LONG)
    street: str = Field(sa_type=LONG)
    postcode: str = Field(sa_type=LONG)
    city: str = Field(sa_type=LONG)
    partner: str = Field(sa_type=LONG)
    kind: str | None = Field(sa_type=EXACT)
    state: str | None = Field(sa_type=EXACT)
    catholic: bool
    region: str = Field(sa_type=LONG)
    lat: float | None
    lon: float | None
    format: str = Field(sa_type=LONG)
    weekly_revenue: float
    annual_target: float | None
    priority: int
    tags: str = Field(sa_type=LONG)
    ready_from: date | None
    due_by: date | None
    after: str = Field(sa_type=LONG)
    status: str = Field(sa_type=EXACT)
    start: date | None
    finish: date | None
    crews: str = Field(sa_type=LONG)
    published_start: date | None
    extra: str = Field(sa_type=LONG, description="JSON: unknown column to text")
    id_folded: str | None = Field(sa_type=EXACT)
    name_folded: str | None = Field(sa_type=EXACT)
    street_folded: str | None = Field(sa_type=EXACT)
    postcode_folded: str | None = Field(sa_type=EXACT)
    city_folded: str | None = Field(sa_type=EXACT)
    partner_folded: str | None = Field(sa_type=EXACT)
    region_folded: str | None = Field(sa_type=EXACT)
    format_folded: str | None = Field(sa_type=EXACT)


class ShopItemRow(Base, table=True):
    """An item of one of a shop's lists (`field`: tags, after or crews), for look-ups."""

    __tablename__ = "shop_item"
    __table_args__ = (Index(None, "rollout", "field", "folded", "shop"), Index(None, "rollout", "field", "item"))
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    shop: int = Field(foreign_key="shop.pk", index=True)
    field: str = Field(sa_type=EXACT)
    item: str = Field(sa_type=EXACT)
    folded: str = Field(sa_type=EXACT)


class ShopTextRow(Base, table=True):
    """The folded texts of a shop that parts of are looked for; apart, so that all are read through quickly."""

    __tablename__ = "shop_text"
    shop: int = Field(primary_key=True, foreign_key="shop.pk")
    rollout: int = Field(foreign_key="rollout.pk", index=True)
    id: str = Field(sa_type=LONG)
    name: str = Field(sa_type=LONG)
    street: str = Field(sa_type=LONG)
    city: str = Field(sa_type=LONG)
    partner: str = Field(sa_type=LONG)


class CrewRow(Base, table=True):
    """A crew: its columns as in crews.csv."""

    __tablename__ = "crew"
    __table_args__ = (UniqueConstraint("rollout", "id"),)
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    position: int
    version: int
    id: str = Field(sa_type=EXACT)
    trade: str = Field(sa_type=LONG)
    name: str = Field(sa_type=LONG)
    units: int
    lat: float | None
    lon: float | None
    regions: str = Field(sa_type=LONG)
    max_km: float | None
    first: date | None
    last: date | None
    extra: str = Field(sa_type=LONG)


class AbsenceRow(Base, table=True):
    """An absence of a crew, known by a number that is never used again."""

    __tablename__ = "absence"
    __table_args__ = (UniqueConstraint("rollout", "number"), Index(None, "rollout", "crew"))
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    position: int
    version: int
    number: int
    crew: str = Field(sa_type=EXACT)
    first: date
    last: date
    units: int | None
    reason: str = Field(sa_type=LONG)
    extra: str = Field(sa_type=LONG)


class EntryRow(Base, table=True):
    """An entry of the journal. Its revision counts the changes of its rollout, without gaps."""

    __tablename__ = "entry"
    __table_args__ = (Index(None, "rollout", "who", "action", "state", "revision"),)
    rollout: int = Field(primary_key=True, foreign_key="rollout.pk")
    revision: int = Field(primary_key=True)
    moment: datetime = Field(sa_type=MOMENT)
    who: str = Field(sa_type=EXACT)
    action: str = Field(sa_type=EXACT)
    what: str = Field(sa_type=LONG)
    why: str = Field(sa_type=LONG)
    state: str = Field(sa_type=EXACT)
    target: int | None
    records: int


class EntryRecordRow(Base, table=True):
    """What an entry did to one record: JSON of the cells that changed, of all where it was added or removed (None)."""

    __tablename__ = "entry_record"
    __table_args__ = (Index(None, "rollout", "kind", "key", "revision"), Index(None, "rollout", "revision"))
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    revision: int
    kind: str = Field(sa_type=EXACT)
    key: str = Field(sa_type=EXACT)
    position: int | None
    before: str | None = Field(sa_type=LONG)
    after: str | None = Field(sa_type=LONG)


class PlanRow(Base, table=True):
    """A plan: plan.json as it was made, and the figures that lists show."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("rollout", "number"),)
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    number: int
    version: int
    state: str = Field(sa_type=EXACT)
    made_at: datetime = Field(sa_type=MOMENT)
    made_by: str = Field(sa_type=LONG)
    note: str = Field(sa_type=LONG)
    based_on: int
    published_at: datetime | None = Field(sa_type=MOMENT)
    published_by: str = Field(sa_type=LONG)
    status: str = Field(sa_type=EXACT)
    remodels: int
    unplanned: int
    shortfall: int | None
    total: int | None = Field(sa_type=BigInteger)
    gap: float | None
    document: str = Field(sa_type=LONG)
    scenarios: str | None = Field(sa_type=LONG, description="JSON: names of the scenarios it is made under, if any")


class ScenarioRow(Base, table=True):
    """A scenario: TOML as it was written, under the name it has as a file."""

    __tablename__ = "scenario"
    __table_args__ = (UniqueConstraint("rollout", "name"),)
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    version: int
    name: str = Field(sa_type=EXACT)
    text: str = Field(sa_type=LONG)


class CalendarRow(Base, table=True):
    """A calendar that a plan was written to: a file, a feed, or one on a server (`place`). `writes` counts changes."""

    __tablename__ = "calendar"
    __table_args__ = (UniqueConstraint("rollout", "place", "name"),)
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    place: str = Field(sa_type=EXACT)
    name: str = Field(sa_type=EXACT)
    writes: int


class CalendarEventRow(Base, table=True):
    """An event that a calendar last held, or that was called off there, and the server's name for that version."""

    __tablename__ = "calendar_event"
    calendar: int = Field(primary_key=True, foreign_key="calendar.pk")
    uid: str = Field(primary_key=True, sa_type=EXACT)
    version: str = Field(sa_type=LONG, description="JSON: the event, its sequence and when it changed")
    etag: str | None = Field(sa_type=LONG)


class FeedRow(Base, table=True):
    """The secret address of a calendar that somebody may subscribe to."""

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("rollout", "audience", "name"),)
    pk: int | None = Field(default=None, primary_key=True)
    rollout: int = Field(foreign_key="rollout.pk")
    audience: str = Field(sa_type=EXACT)
    name: str = Field(sa_type=EXACT)
    language: str = Field(sa_type=EXACT)
    token: str = Field(sa_type=EXACT)


def _table(row: type[SQLModel]) -> Table:
    return cast(Table, cast(Any, row).__table__)


ROLLOUT = _table(RolloutRow)
SHOP = _table(ShopRow)
SHOP_ITEM = _table(ShopItemRow)
SHOP_TEXT = _table(ShopTextRow)
CREW = _table(CrewRow)
ABSENCE = _table(AbsenceRow)
ENTRY = _table(EntryRow)
ENTRY_RECORD = _table(EntryRecordRow)
PLAN = _table(PlanRow)
SCENARIO = _table(ScenarioRow)
CALENDAR = _table(CalendarRow)
CALENDAR_EVENT = _table(CalendarEventRow)
FEED = _table(FeedRow)
METADATA = Base.metadata
SHOP_TABLES = (SHOP, SHOP_ITEM, SHOP_TEXT)
