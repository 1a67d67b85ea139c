"""The options that choose a database and a rollout in it, and others that commands on the database share."""

from dataclasses import dataclass
from typing import Annotated

import typer

from planner.wording.translation import gettext

DbOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH|URL",
        help=gettext("The database: a file, or postgresql+psycopg://user@host/name. PLANNER_DB if not given."),
        show_default=gettext("a file in your data directory"),
    ),
]
RolloutOption = Annotated[
    str | None,
    typer.Option(
        "--rollout",
        metavar="NAME",
        help=gettext("The rollout in the database. PLANNER_ROLLOUT if not given."),
        show_default=gettext("the only one"),
    ),
]
WhereOption = Annotated[
    str | None,
    typer.Option(
        "--where", metavar="QUERY", help=gettext("All shops that a query finds, such as 'state:BY tag:pilot'.")
    ),
]
ShopsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[SHOP]...", help=gettext("Ids of shops."), show_default=False)
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="COLUMN=TEXT",
        help=gettext("A column as in the CSV files and what it becomes; nothing after the = empties it. Repeatable."),
    ),
]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help=gettext("The reason, for the history."))]
ExpectOption = Annotated[
    int | None,
    typer.Option(
        "--expect",
        metavar="VERSION",
        help=gettext("Do it only if the record still has this version, as a list with --json shows it."),
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=gettext("Do not ask."))]
JsonOption = Annotated[bool, typer.Option("--json", help=gettext("Write the result as JSON to standard output."))]
WideOption = Annotated[bool, typer.Option("--wide", help=gettext("All columns, however narrow the terminal is."))]
ColumnsOption = Annotated[
    str, typer.Option(metavar="COLUMNS", help=gettext("Which columns to show, such as id,city,tags."))
]
CsvOption = Annotated[bool, typer.Option("--csv", help=gettext("Write the list as CSV to standard output."))]


@dataclass(frozen=True, slots=True)
class StoreChoice:
    """The database and the rollout that options name; None where the settings decide."""

    db: str | None = None
    rollout: str | None = None


def choice_of(context: typer.Context, db: str | None, rollout: str | None) -> StoreChoice:
    """What the options of a command name, or else those before it."""
    before = context.find_root().obj
    if not isinstance(before, StoreChoice):
        before = StoreChoice()
    return StoreChoice(db or before.db, rollout or before.rollout)
