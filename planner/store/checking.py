"""Changes are judged by the same readers and rules as a rollout folder, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from planner.domain.crew import Absence, Crew
from planner.domain.shop import Shop
from planner.exchange.actuals import split_actuals
from planner.exchange.crews import CrewTable, read_absences, read_crews
from planner.exchange.folder import read_files
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.references import check_references, find_circles
from planner.exchange.rollout_files import RolloutFiles
from planner.exchange.shop_dates import check_dates
from planner.exchange.shops import ShopTable, read_shops
from planner.exchange.text import Names, printable, shortened
from planner.store.cells import Cells
from planner.store.change import Change
from planner.store.held import all_held, in_statements
from planner.store.many_values import among
from planner.store.records import RecordKind
from planner.store.scenario_texts import TEXT, check_texts, with_changes
from planner.store.state import FILE_OF, PAST_JOBS, TOML, UNKNOWN_COLUMNS, State, toml_values, unknown_of
from planner.store.stored_rows import table_of
from planner.store.tables import SHOP, SHOP_ITEM
from planner.wording.translation import gettext, pgettext

READ = (RecordKind.SHOP, RecordKind.CREW, RecordKind.ABSENCE)
AFTER = "after"


@dataclass(slots=True)
class Checked:
    """What the changed records are, by key, as the readers understand them, and what is odd about them."""

    shops: dict[str, Shop] = field(default_factory=dict)
    crews: dict[str, Crew] = field(default_factory=dict)
    absences: dict[str, Absence] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()


def check_changes(connection: Connection, state: State, changes: Sequence[Change]) -> Checked:
    """Read and check the records as they will be; raises InputError with all mistakes.

    A change of shops, of crews or of absences is judged with what it refers to. Whatever may concern other records
    too (settings, removals, several kinds at once) is judged with all of them.
    """
    log = ProblemLog()
    kinds = {change.kind for change in changes if change.kind in (*READ, RecordKind.SETTINGS)}
    is_removal = any(change.after is None for change in changes)
    if len(kinds) > 1 or RecordKind.SETTINGS in kinds or (is_removal and kinds & {RecordKind.SHOP, RecordKind.CREW}):
        checked = _check_whole(connection, state, changes, log)
    else:
        checked = _check_part(connection, state, changes, log)
    if any(change.kind is RecordKind.SCENARIO for change in changes):
        present = {
            name: record.cells[TEXT] for name, record in all_held(connection, state, RecordKind.SCENARIO).items()
        }
        after = {change.key: change.after for change in changes if change.kind is RecordKind.SCENARIO}
        check_texts(with_changes(present, after), log)
    if log.errors:
        raise InputError(log.errors)
    checked.warnings = tuple(log.warnings)
    return checked


def _check_part(connection: Connection, state: State, changes: Sequence[Change], log: ProblemLog) -> Checked:
    checked = Checked()
    for kind in READ:
        present = [change for change in changes if change.kind is kind and change.after is not None]
        if not present:
            continue
        records = [(change.key, change.after or {}) for change in present]
        table = table_of(kind, records, state.unknown_in(kind), log, is_complete=False)
        if kind is RecordKind.CREW:
            checked.crews = {row.crew.id: row.crew for row in read_crews(table).rows}
            continue
        crews = _all_crews(connection, state)
        if kind is RecordKind.ABSENCE:
            absences = read_absences(table, crews)
            checked.absences = {change.key: absence for change, absence in zip(present, absences, strict=True)}
        else:
            shops = ShopTable(read_shops(table, state.settings, log).rows, is_complete=False)
            check_dates(shops.rows, state.settings)
            check_references(shops, crews, state.settings)
            _check_after(connection, state, present, shops)
            checked.shops = {row.shop.id: row.shop for row in shops.rows}
    return checked


def _all_crews(connection: Connection, state: State) -> CrewTable:
    records = [(key, crew.cells) for key, crew in all_held(connection, state, RecordKind.CREW).items()]
    unread = ProblemLog()  # they were judged when they were kept
    return read_crews(table_of(RecordKind.CREW, records, (), unread, is_complete=True))


def _check_after(connection: Connection, state: State, changes: Sequence[Change], shops: ShopTable) -> None:
    """Where `after` changes, its shops must be there, and must not wait for one another in a circle."""
    moved = [row for change, row in zip(changes, shops.rows, strict=True) if row.shop.after and AFTER in change.columns]
    if not moved:
        return
    own = {row.shop.id: row.shop.after for row in shops.rows}
    named = {name for row in moved for name in row.shop.after}
    missing = named - own.keys() - _ids_among(connection, state, named - own.keys())
    if missing:
        everything = select(SHOP.c.id).where(SHOP.c.rollout == state.pk)
        ids = Names(pgettext("noun", "shop"), (*connection.execute(everything).scalars(), *own))
        for row in moved:
            for name in row.shop.after:
                if name in missing:
                    row.source.error(AFTER, ids.unknown(name))
        return
    _report_circles(connection, state, own, shops)


def _ids_among(connection: Connection, state: State, names: set[str]) -> set[str]:
    found: set[str] = set()
    for part in in_statements(connection, names):
        query = select(SHOP.c.id).where(SHOP.c.rollout == state.pk, among(connection, SHOP.c.id, part))
        found |= set(connection.execute(query).scalars())
    return found


def _report_circles(connection: Connection, state: State, own: Mapping[str, tuple[str, ...]], shops: ShopTable) -> None:
    links = (
        select(SHOP.c.id, SHOP_ITEM.c.item)
        .join(SHOP, SHOP.c.pk == SHOP_ITEM.c.shop)
        .where(SHOP_ITEM.c.rollout == state.pk, SHOP_ITEM.c.field == AFTER)
    )
    graph: dict[str, list[str]] = {}
    for shop, item in connection.execute(links):
        if shop not in own:
            graph.setdefault(shop, []).append(item)
    graph |= {shop: list(after) for shop, after in own.items() if after}
    for links_of in list(graph.values()):
        for item in links_of:
            graph.setdefault(item, [])
    rows = {row.shop.id: row for row in shops.rows}
    for circle in find_circles(graph):
        row = next((rows[name] for name in circle if name in rows), None)
        # A circle inside the changed shops alone has been told by the folder's own check.
        if row is not None and not rows.keys() >= set(circle):
            way = " → ".join(shortened(name) for name in (*circle[:8], circle[0]))
            text = gettext("goes in a circle, {way}: each waits for the next; drop one")
            row.source.error(AFTER, text.format(way=way))


def _check_whole(connection: Connection, state: State, changes: Sequence[Change], log: ProblemLog) -> Checked:
    after = {(change.kind, change.key): change.after for change in changes}
    settings = after.get((RecordKind.SETTINGS, TOML)) or state.cells
    unknown = unknown_of(settings[UNKNOWN_COLUMNS])
    tables = {}
    keys: list[str] = []
    for kind in READ:
        records: dict[str, Cells] = {key: record.cells for key, record in all_held(connection, state, kind).items()}
        for (changed_kind, key), cells in after.items():
            if changed_kind is not kind:
                continue
            if cells is None:
                records.pop(key, None)
            else:
                records[key] = cells
        tables[kind] = table_of(kind, records.items(), unknown.get(FILE_OF[kind], ()), log, is_complete=True)
        keys = list(records)  # in the end those of the absences, which carry none themselves
    shops, crews, absences = (tables[kind] for kind in READ)
    try:
        values = toml_values(settings[TOML])
    except ValueError as error:
        log.error(TOML, None, None, gettext("is not valid TOML: {shown}").format(shown=printable(str(error))))
        return Checked()
    past_jobs = split_actuals(settings.get(PAST_JOBS, ""), values, TOML, log)
    rollout = read_files(RolloutFiles(values, shops, crews, absences, past_jobs), log)
    if rollout is None:
        return Checked()
    return Checked(dict(rollout.shop_by_id), dict(rollout.crew_by_id), dict(zip(keys, rollout.absences, strict=True)))
