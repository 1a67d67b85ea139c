"""Shops of the database on the command line: listed, and changed one by one or all that a query finds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.cli.asking import is_agreed
from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import clip, say, show, show_json
from planner.cli.text_table import show_table, write_csv
from planner.domain.query import parse
from planner.exchange.csv_row import LIST_SEPARATOR
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names
from planner.store.backlog import Backlog, Edited
from planner.store.cells import shop_cells
from planner.store.errors import StoreError
from planner.store.listing import parse_sort
from planner.store.records import Edit, RecordKind, StoredShop
from planner.store.shop_actions import with_tags
from planner.wording.amounts import counted
from planner.wording.kept import Kept, kept, kept_several
from planner.wording.translation import gettext

COLUMNS = ("id", "name", "city", "partner", "state", "format", "priority", "status", "start", "published_start", "tags")
MOST_WANTED = ("id", "name", "city", "status", "start", "priority", "published_start")
WINDOW = 1000
TEXT_LIMIT = 50
LISTED_IN_ENTRY = 3
MAX_SAID = 120

CellsOf = Callable[[Mapping[str, str]], dict[str, str]]
"""From a shop's cells to those that change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """What `planner shops list` was asked for; `limit` 0 is all, None as many as suit the form."""

    query: str = ""
    sort: str = ""
    columns: str = ""
    wide: bool = False
    limit: int | None = None
    as_json: bool = False
    as_csv: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopsRequest:
    """Which shops a change is for, and how it is made and noted."""

    shops: tuple[str, ...] = ()
    where: str | None = None
    why: str = ""
    expect: int | None = None
    yes: bool = False
    as_json: bool = False


def list_shops(backlog: Backlog, request: ListRequest) -> ExitCode:
    """Shows the shops that a query finds: a first page as text, all as JSON or CSV."""
    columns = chosen_columns(request.columns, backlog.columns(RecordKind.SHOP)) or COLUMNS
    limit = request.limit
    if limit is None:
        limit = 0 if request.as_json or request.as_csv else TEXT_LIMIT
    query, sort = parse(request.query), parse_sort(request.sort)
    total = backlog.count(query)
    wanted = min(limit or total, total)

    def stored() -> Iterator[StoredShop]:
        for offset in range(0, wanted, WINDOW):
            page = backlog.page(query, sort, offset=offset, limit=min(WINDOW, wanted - offset))
            yield from page.shops

    if request.as_json:
        show_json([_data(item) for item in stored()])
        return ExitCode.OK
    rows = ([shop_cells(item.shop).get(column, "") for column in columns] for item in stored())
    if request.as_csv:
        write_csv(columns, rows)
        return ExitCode.OK
    if total:
        show_table(columns, list(rows), first=MOST_WANTED, wide=request.wide or bool(request.columns))
    if wanted < total:
        text = gettext("{shown} of {shops}; --limit 0 shows all.")
    elif total:
        text = "{shops}"
    else:
        text = gettext("{shops}; the query finds none") if request.query else gettext("{shops}; add one")
    say(text.format(shown=wanted, shops=counted(total, "shop")))
    return ExitCode.OK


def chosen_columns(wanted: str, present: Sequence[str]) -> tuple[str, ...]:
    """The columns that `--columns` names, of those present; none where it is not given. Raises InputError."""
    if not wanted:
        return ()
    known = Names(gettext("column"), present)
    columns = tuple(name for name in (part.strip() for part in wanted.split(",")) if name)
    problems = [Problem("--columns", None, None, known.unknown(name)) for name in columns if name not in known]
    if problems or not columns:
        raise InputError(problems or [Problem("--columns", None, None, gettext("names no column"))])
    return columns


def _data(item: StoredShop) -> dict[str, object]:
    return {**shop_cells(item.shop), "version": item.version}


def add_shop(backlog: Backlog, shop: str, cells: Mapping[str, str], request: ShopsRequest) -> ExitCode:
    """Adds a shop to the backlog."""
    edited = backlog.edit(
        [Edit(RecordKind.SHOP, shop, {**cells, "id": shop}, is_new=True)],
        kept("shop {shop} added", shop=shop),
        request.why,
    )
    return report(edited, 1, request.as_json)


def change_shops(backlog: Backlog, request: ShopsRequest, what: Kept, cells_of: CellsOf) -> ExitCode:
    """Changes the shops a request names, all in one step that one undo takes back."""
    versions = _versions(backlog, request)
    if not versions:
        say(gettext("The query finds no shop; nothing was done."))
        return ExitCode.OK
    if request.where is not None:
        question = gettext("This changes {shops}.").format(shops=counted(len(versions), "shop"))
        if not is_agreed(question, yes=request.yes):
            return ExitCode.BAD_INPUT
    edits: list[Edit] = []
    ids = list(versions)
    for first in range(0, len(ids), WINDOW):
        part = ids[first : first + WINDOW]
        present = backlog.cells(RecordKind.SHOP, part)
        edits += [Edit(RecordKind.SHOP, shop, cells_of(present.get(shop, {})), versions[shop]) for shop in part]
    edited = backlog.edit(edits, kept("{shops} {what}", shops=_named(ids), what=what), request.why)
    return report(edited, len(ids), request.as_json)


def _versions(backlog: Backlog, request: ShopsRequest) -> dict[str, int]:
    """The shops a request names, with the versions that its changes are decided on."""
    if bool(request.shops) == (request.where is not None):
        raise StoreError(gettext("Name shops by their ids, or all that a query finds by --where QUERY, but not both."))
    if request.where is not None:
        if request.expect is not None:
            raise StoreError(gettext("--expect is for one shop; name it by its id."))
        return backlog.versions(parse(request.where))
    if request.expect is not None:
        if len(request.shops) > 1:
            raise StoreError(gettext("--expect is for one shop; name only that."))
        return {request.shops[0]: request.expect}
    return {item.shop.id: item.version for item in backlog.shops(list(dict.fromkeys(request.shops)))}


def _named(ids: Sequence[str]) -> Kept:
    if len(ids) > LISTED_IN_ENTRY:
        return kept_several("{number} shop", "{number} shops", len(ids))
    return kept_several("shop {names}", "shops {names}", len(ids), names=", ".join(ids))


def report(edited: Edited, asked: int, as_json: bool) -> ExitCode:
    """Says what an edit came to."""
    say_problems(edited.warnings)
    if as_json:
        entry = edited.entry
        show_json({"revision": entry.revision if entry else None, "changed": entry.records if entry else 0})
    elif edited.entry is None:
        say(gettext("Nothing had to change."))
    else:
        same = asked - edited.entry.records
        text = gettext("Entry {revision}: {what}. `planner undo` takes it back.")
        if same > 0:
            text = gettext("Entry {revision}: {what}; {same} were so already. `planner undo` takes it back.")
        show(text.format(revision=edited.entry.revision, what=edited.entry.what, same=same))
    return ExitCode.OK


def edit_columns(backlog: Backlog, request: ShopsRequest, texts: Sequence[str]) -> ExitCode:
    """Changes columns of shops as `--set` options say."""
    cells = assignments(texts)
    if not cells:
        raise StoreError(gettext("Say what to change by --set COLUMN=TEXT."))
    said = ", ".join(f"{column} {text or gettext('empty')}" for column, text in cells.items())
    what = kept("changed: {columns}", columns=clip(said, MAX_SAID))
    return change_shops(backlog, request, what, lambda _: dict(cells))


def tag_shops(backlog: Backlog, request: ShopsRequest, add: Sequence[str], remove: Sequence[str]) -> ExitCode:
    """Adds tags to shops and takes others away."""
    if not add and not remove:
        raise StoreError(gettext("Say which tags by --add TAG and --remove TAG."))
    for tag in (*add, *remove):
        if LIST_SEPARATOR in tag:
            text = gettext("A tag has no '{separator}'; write --add and --remove once for each tag.")
            raise StoreError(text.format(separator=LIST_SEPARATOR))
    said = ", ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
    wanted = [tag.strip() for tag in add]
    return change_shops(
        backlog,
        request,
        kept("tagged {tags}", tags=clip(said, MAX_SAID)),
        lambda cells: dict(with_tags(cells, wanted, remove)),
    )


def assignments(texts: Sequence[str]) -> dict[str, str]:
    """What `--set COLUMN=TEXT` options say; raises InputError."""
    cells: dict[str, str] = {}
    problems = []
    for text in texts:
        column, sign, value = text.partition("=")
        if not sign or not column.strip():
            sentence = gettext("'{text}' is not COLUMN=TEXT; write --set priority=7")
            problems.append(Problem("--set", None, None, sentence.format(text=text)))
        cells[column.strip()] = value
    if problems:
        raise InputError(problems)
    return cells
