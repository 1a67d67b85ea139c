"""The commands for the database's journal: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from typing import Annotated

import typer

from planner.cli.store_options import DbOption, JsonOption, RolloutOption, choice_of
from planner.wording.translation import gettext

StepsOption = Annotated[
    int, typer.Option("--steps", min=1, metavar="N", help=gettext("How many changes, one after another."))
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands for the journal to the command line."""
    app.command(
        "history",
        short_help=gettext("Show what was changed, when, by whom and why."),
        help=gettext("Show what was changed, when, by whom and why, the newest first."),
    )(history_command)
    app.command(
        "undo",
        short_help=gettext("Undo your last change."),
        help=gettext("Undo your last change, or the entry that is named; what others changed since is never trampled."),
    )(undo_command)
    app.command(
        "redo", short_help=gettext("Do again what you undid last."), help=gettext("Do again what you undid last.")
    )(redo_command)


def history_command(
    context: typer.Context,
    shop: Annotated[
        str | None, typer.Argument(metavar="[SHOP]", help=gettext("Only what concerns this shop."), show_default=False)
    ] = None,
    *,
    entry: Annotated[
        int | None, typer.Option("--entry", metavar="N", help=gettext("One entry with all it changed."))
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help=gettext("How many entries; 0 is all."))] = 20,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show what was changed, when, by whom and why, the newest first."""
    from planner.cli.store_history import show_entry, show_history  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    if entry is not None:
        raise typer.Exit(on_backlog(choice, lambda backlog: show_entry(backlog, entry, as_json=as_json)))
    raise typer.Exit(on_backlog(choice, lambda backlog: show_history(backlog, shop, limit=limit, as_json=as_json)))


def undo_command(
    context: typer.Context,
    entry: Annotated[
        int | None,
        typer.Argument(
            metavar="[ENTRY]", help=gettext("An entry of the history, whoever made it."), show_default=False
        ),
    ] = None,
    *,
    steps: StepsOption = 1,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Undo your last change, or the entry that is named; what others changed since is never trampled."""
    from planner.cli.store_history import undo  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: undo(backlog, entry, steps, as_json=as_json)))


def redo_command(
    context: typer.Context,
    *,
    steps: StepsOption = 1,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Do again what you undid last."""
    from planner.cli.store_history import redo  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: redo(backlog, steps, as_json=as_json)))
