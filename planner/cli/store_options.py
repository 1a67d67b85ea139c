"""The options that choose a database and a rollout in it, and others that commands on the database share."""

from dataclasses import dataclass
from typing import Annotated

import typer

DbOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH|URL",
        help="The database: a file, or postgresql+psycopg://user@host/name. PLANNER_DB if not given.",
        show_default="a file in your data directory",
    ),
]
RolloutOption = Annotated[
    str | None,
    typer.Option(
        "--rollout",
        metavar="NAME",
        help="The rollout in the database. PLANNER_ROLLOUT if not given.",
        show_default="the only one",
    ),
]
WhereOption = Annotated[
    str | None,
    typer.Option("--where", metavar="QUERY", help="All shops that a query finds, such as 'state:BY tag:pilot'."),
]
ShopsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[SHOP]...", help="Ids of shops.", show_default=False)
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="COLUMN=TEXT",
        help="A column as in the CSV files and what it becomes; nothing after the = empties it. Repeatable.",
    ),
]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, for the history.")]
ExpectOption = Annotated[
    int | None,
    typer.Option(
        "--expect",
        metavar="VERSION",
        help="Do it only if the record still has this version, as a list with --json shows it.",
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write the result as JSON to standard output.")]
WideOption = Annotated[bool, typer.Option("--wide", help="All columns, however narrow the terminal is.")]
ColumnsOption = Annotated[str, typer.Option(metavar="COLUMNS", help="Which columns to show, such as id,city,tags.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Write the list as CSV to standard output.")]


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
