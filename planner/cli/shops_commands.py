"""The commands for shops in the database: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.store_options import (
    ColumnsOption,
    CsvOption,
    DbOption,
    ExpectOption,
    JsonOption,
    RolloutOption,
    SetOption,
    ShopsArgument,
    StoreChoice,
    WhereOption,
    WhyOption,
    WideOption,
    YesOption,
    choice_of,
)
from planner.wording.kept import Kept, kept
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from planner.cli.store_shops import CellsOf, ShopsRequest

shops_app = typer.Typer(
    name="shops", help=gettext("The shops of a rollout in the database."), no_args_is_help=True, rich_markup_mode=None
)
DayOption = Annotated[
    datetime,
    typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help=gettext("The first day of work, as 2021-09-06.")),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands for shops to the command line."""
    app.add_typer(shops_app)


def _change(choice: StoreChoice, request: "ShopsRequest", what: Kept, cells_of: "CellsOf") -> None:
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above
    from planner.cli.store_shops import change_shops  # noqa: PLC0415 - see above

    raise typer.Exit(on_backlog(choice, lambda backlog: change_shops(backlog, request, what, cells_of)))


def _request(
    shops: list[str] | None,
    where: str | None,
    why: str = "",
    expect: int | None = None,
    *,
    yes: bool = False,
    as_json: bool = False,
) -> "ShopsRequest":
    from planner.cli.store_shops import ShopsRequest  # noqa: PLC0415 - see above

    return ShopsRequest(shops=tuple(shops or ()), where=where, why=why, expect=expect, yes=yes, as_json=as_json)


@shops_app.command(
    "list",
    short_help=gettext("List the shops that a query finds."),
    help=gettext(
        "List the shops that a query finds, in the rollout's order or sorted.\n\n"
        'A query is words that must all hold: state:BY status:backlog ready<2021-09-01 partner:"Elbe Mobil"'
        " tag:pilot -tag:flagship text. Put it in quotes for the shell; where it begins with a minus, write"
        " -- before it."
    ),
)
def list_command(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUERY]", help=gettext("What to look for; all shops if not given."), show_default=False
        ),
    ] = None,
    *,
    sort: Annotated[
        str,
        typer.Option(
            metavar="COLUMNS", help=gettext("What to sort by, such as -priority,city: - is the greatest first.")
        ),
    ] = "",
    columns: ColumnsOption = "",
    wide: WideOption = False,
    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help=gettext("How many shops; 0 is all."),
            show_default=gettext("50, or all as JSON or CSV"),
        ),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """List the shops that a query finds, in the rollout's order or sorted."""
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above
    from planner.cli.store_shops import ListRequest, list_shops  # noqa: PLC0415 - see above

    request = ListRequest(
        query=" ".join(query or ()),
        sort=sort,
        columns=columns,
        wide=wide,
        limit=limit,
        as_json=as_json,
        as_csv=as_csv,
    )
    raise typer.Exit(on_backlog(choice_of(context, db, rollout), lambda backlog: list_shops(backlog, request)))


@shops_app.command(
    "add",
    short_help=gettext("Add a shop."),
    help=gettext("Add a shop: planner shops add S300 --set format=M --set city=Ulm."),
)
def add_command(
    context: typer.Context,
    shop: Annotated[str, typer.Argument(metavar="SHOP", help=gettext("The id of the new shop."))],
    *,
    assign: SetOption = None,
    why: WhyOption = "",
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Add a shop: planner shops add S300 --set format=M --set city=Ulm."""
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above
    from planner.cli.store_shops import add_shop, assignments  # noqa: PLC0415 - see above

    request = _request([shop], None, why, as_json=as_json)
    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: add_shop(backlog, shop, assignments(assign or ()), request)))


@shops_app.command(
    "edit",
    short_help=gettext("Change columns of shops."),
    help=gettext(
        "Change columns of shops: planner shops edit S001 --set priority=9 --set due_by=2021-12-01.\n\n"
        "The changed shops are checked by the same rules as a folder; on any mistake nothing is done."
    ),
)
def edit_command(
    context: typer.Context,
    shops: ShopsArgument = None,
    *,
    assign: SetOption = None,
    where: WhereOption = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Change columns of shops: planner shops edit S001 --set priority=9 --set due_by=2021-12-01."""
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above
    from planner.cli.store_shops import edit_columns  # noqa: PLC0415 - see above

    request = _request(shops, where, why, expect, yes=yes, as_json=as_json)
    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: edit_columns(backlog, request, assign or ())))


@shops_app.command(
    "defer",
    short_help=gettext("Put shops off: plans leave them out."),
    help=gettext(
        "Put shops off: they stay in the list, and plans leave them out. `unfix` takes them back into the backlog."
    ),
)
def defer_command(
    context: typer.Context,
    shops: ShopsArgument = None,
    *,
    where: WhereOption = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Put shops off: they stay in the list, and plans leave them out. `unfix` takes them back into the backlog."""
    from planner.store.shop_actions import deferred  # noqa: PLC0415 - see above

    request = _request(shops, where, why, expect, yes=yes, as_json=as_json)
    _change(choice_of(context, db, rollout), request, kept("deferred"), lambda _: dict(deferred()))


@shops_app.command(
    "cancel",
    short_help=gettext("Call shops off: plans leave them out."),
    help=gettext("Call shops off: they stay in the list, and plans leave them out."),
)
def cancel_command(
    context: typer.Context,
    shops: ShopsArgument = None,
    *,
    where: WhereOption = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Call shops off: they stay in the list, and plans leave them out."""
    from planner.store.shop_actions import cancelled  # noqa: PLC0415 - see above

    request = _request(shops, where, why, expect, yes=yes, as_json=as_json)
    _change(choice_of(context, db, rollout), request, kept("cancelled"), lambda _: dict(cancelled()))


@shops_app.command(
    "fix",
    short_help=gettext("Fix the start of shops."),
    help=gettext("Fix the start of shops: plans keep it. It must be a working day of the shop, today or later."),
)
def fix_command(
    context: typer.Context,
    shops: ShopsArgument = None,
    *,
    day: DayOption,
    crew: Annotated[
        list[str] | None, typer.Option("--crew", metavar="ID", help=gettext("A crew that serves them. Repeatable."))
    ] = None,
    where: WhereOption = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Fix the start of shops: plans keep it. It must be a working day of the shop, today or later."""
    from planner.store.shop_actions import fixed  # noqa: PLC0415 - see above

    request = _request(shops, where, why, expect, yes=yes, as_json=as_json)
    cells = fixed(day.date(), crew or ())
    _change(
        choice_of(context, db, rollout),
        request,
        kept("fixed on {day}", day=day.date()),
        lambda _: dict(cells),
    )


@shops_app.command(
    "unfix",
    short_help=gettext("Take shops back into the backlog."),
    help=gettext("Take fixed, deferred or cancelled shops back into the backlog, without start, finish and crews."),
)
def unfix_command(
    context: typer.Context,
    shops: ShopsArgument = None,
    *,
    where: WhereOption = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Take fixed, deferred or cancelled shops back into the backlog, without start, finish and crews."""
    from planner.store.shop_actions import unfixed  # noqa: PLC0415 - see above

    request = _request(shops, where, why, expect, yes=yes, as_json=as_json)
    cells = unfixed()
    _change(choice_of(context, db, rollout), request, kept("back in the backlog"), lambda _: dict(cells))


@shops_app.command(
    "tag",
    short_help=gettext("Add tags to shops, or take them away."),
    help=gettext("Add tags to shops, or take them away: planner shops tag S001 --add pilot."),
)
def tag_command(
    context: typer.Context,
    shops: ShopsArgument = None,
    *,
    add: Annotated[
        list[str] | None, typer.Option("--add", metavar="TAG", help=gettext("A tag to add. Repeatable."))
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="TAG", help=gettext("A tag to take away. Repeatable."))
    ] = None,
    where: WhereOption = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Add tags to shops, or take them away: planner shops tag S001 --add pilot."""
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above
    from planner.cli.store_shops import tag_shops  # noqa: PLC0415 - see above

    request = _request(shops, where, why, expect, yes=yes, as_json=as_json)
    choice = choice_of(context, db, rollout)
    raise typer.Exit(on_backlog(choice, lambda backlog: tag_shops(backlog, request, add or (), remove or ())))
