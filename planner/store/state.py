"""The head of a rollout in the database: its settings, its counters and its revision."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from planner.exchange.actuals import split_actuals
from planner.exchange.crews import ABSENCES_CSV, CREWS_CSV
from planner.exchange.problems import ProblemLog
from planner.exchange.settings import Settings, read_settings
from planner.exchange.shops import SHOPS_CSV
from planner.exchange.text import Names, quoted
from planner.exchange.toml_reader import Toml
from planner.store.cells import Cells
from planner.store.errors import NotAllowedError, NotFoundError
from planner.store.records import RecordKind
from planner.store.tables import ROLLOUT
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, pgettext

FILE_OF = {RecordKind.SHOP: SHOPS_CSV, RecordKind.CREW: CREWS_CSV, RecordKind.ABSENCE: ABSENCES_CSV}

MAX_NAME = 500

# The settings are one record, of these cells; the last only where rollout.toml names a file of past jobs.
SETTINGS_KEY = "rollout.toml"
TOML, UNKNOWN_COLUMNS, PAST_JOBS = "rollout.toml", "unknown columns", "past jobs"


@dataclass(slots=True)
class State:
    """A rollout's row. `unknown` has, by file, the columns the planner does not know, in their order.

    `past_jobs` is the text of the file that rollout.toml calls `risk.actuals`, empty where there is none.
    """

    pk: int
    name: str
    toml: str
    settings_version: int
    unknown: dict[str, tuple[str, ...]]
    revision: int
    next_position: int
    next_absence: int
    next_plan: int
    past_jobs: str = ""

    @property
    def settings(self) -> Settings:
        """What rollout.toml says, which is free of mistakes here."""
        return settings_of(self.toml, self.past_jobs)

    def unknown_in(self, kind: RecordKind) -> tuple[str, ...]:
        """The unknown columns of a kind of record."""
        return self.unknown.get(FILE_OF.get(kind, ""), ())

    @property
    def unknown_in_shops(self) -> tuple[str, ...]:
        """The unknown columns of shops."""
        return self.unknown_in(RecordKind.SHOP)

    @property
    def cells(self) -> Cells:
        """The settings as a record."""
        return settings_cells(self.toml, self.unknown, self.past_jobs)


def settings_cells(toml: str, unknown: Mapping[str, tuple[str, ...]], past_jobs: str) -> Cells:
    """The cells of the settings."""
    cells = {TOML: toml, UNKNOWN_COLUMNS: unknown_text(unknown)}
    return cells | {PAST_JOBS: past_jobs} if past_jobs else cells


def unknown_text(unknown: Mapping[str, tuple[str, ...]]) -> str:
    """The unknown columns as the text they are kept as."""
    return json.dumps({file: list(columns) for file, columns in unknown.items() if columns}, ensure_ascii=False)


def unknown_of(text: str) -> dict[str, tuple[str, ...]]:
    """The unknown columns by file."""
    return {file: tuple(columns) for file, columns in json.loads(text).items()}


def toml_values(text: str) -> Toml:
    """The values of a rollout.toml that is known to be well-formed."""
    import tomllib  # noqa: PLC0415 - only where settings are read

    return tomllib.loads(text)


@lru_cache(maxsize=8)
def settings_of(text: str, past_jobs: str) -> Settings:
    """What a rollout.toml free of mistakes says. Nothing may report into its tables: they are shared."""
    values, log = toml_values(text), ProblemLog()
    settings = read_settings(values, log, split_actuals(past_jobs, values, TOML, log))
    if settings is None:
        raise ValueError("settings that were checked before they were kept have no values")
    return settings


def find_state(connection: Connection, name: str) -> State:
    """The rollout called `name`, or the only one where it is empty; raises NotFoundError."""
    query = select(ROLLOUT).order_by(ROLLOUT.c.name)
    rows = connection.execute(query.where(ROLLOUT.c.name == name) if name else query.limit(2)).mappings().all()
    if len(rows) != 1:
        raise NotFoundError(_which(connection, name))
    return _state(rows[0])


def state_at(connection: Connection, pk: int, *, locked: bool = False) -> State:
    """The rollout in row `pk`.

    `locked` keeps other writers of this rollout out until the transaction ends. SQLite has one writer anyway;
    PostgreSQL waits here, and then reads what the one before has left.
    """
    query = select(ROLLOUT).where(ROLLOUT.c.pk == pk)
    row = connection.execute(query.with_for_update() if locked else query).mappings().first()
    if row is None:
        raise NotFoundError(gettext("The rollout is no longer in the database."))
    return _state(row)


def _which(connection: Connection, name: str) -> str:
    names = list(connection.execute(select(ROLLOUT.c.name).order_by(ROLLOUT.c.name)).scalars())
    if not names:
        return gettext("There is no rollout in the database; take one in by: planner import FOLDER")
    listed = ", ".join(quoted(found) for found in names[:20])
    if name:
        hint = Names(pgettext("noun", "rollout"), names).suggestion(name) or "."
        text = gettext("There is no rollout {name} in the database{hint} It has: {names}.")
        return text.format(name=quoted(name), hint=hint, names=listed)
    text = gettext("The database has several rollouts; choose one by --rollout or PLANNER_ROLLOUT: {names}.")
    return text.format(names=listed)


def _state(row: RowMapping) -> State:
    return State(
        pk=row["pk"],
        name=row["name"],
        toml=row["settings"],
        settings_version=row["settings_version"],
        unknown=unknown_of(row["unknown_columns"]),
        revision=row["revision"],
        next_position=row["next_position"],
        next_absence=row["next_absence"],
        next_plan=row["next_plan"],
        past_jobs=row["past_jobs"] or "",
    )


def check_name(connection: Connection, name: str, pk: int) -> None:
    """Raises NotAllowedError where the rollout in row `pk` cannot be called `name`."""
    if len(name) > MAX_NAME:
        text = gettext("The rollout's name has {number} characters; the database takes at most {most}.")
        raise NotAllowedError(text.format(number=number_text(len(name)), most=MAX_NAME))
    if connection.execute(select(ROLLOUT.c.pk).where(ROLLOUT.c.name == name, ROLLOUT.c.pk != pk)).first():
        text = gettext("The database has another rollout {name}; give this one another name.")
        raise NotAllowedError(text.format(name=quoted(name)))


def save_state(connection: Connection, state: State) -> None:
    """Writes the rollout's row back."""
    connection.execute(
        update(ROLLOUT)
        .where(ROLLOUT.c.pk == state.pk)
        .values(
            name=state.name,
            settings=state.toml,
            settings_version=state.settings_version,
            unknown_columns=unknown_text(state.unknown),
            revision=state.revision,
            next_position=state.next_position,
            next_absence=state.next_absence,
            next_plan=state.next_plan,
            past_jobs=state.past_jobs or None,
        )
    )


def recall(connection: Connection, pk: int) -> dict[str, Any]:
    """What was kept for the next command, by topic."""
    text = connection.execute(select(ROLLOUT.c.remembered).where(ROLLOUT.c.pk == pk)).scalar_one()
    values: dict[str, Any] = json.loads(text)
    return values


def remember(connection: Connection, pk: int, values: Mapping[str, Any]) -> None:
    """Keeps `values` for the next command. They are no part of the rollout, so the journal does not note them."""
    text = json.dumps(dict(values), ensure_ascii=False)
    connection.execute(update(ROLLOUT).where(ROLLOUT.c.pk == pk).values(remembered=text))
