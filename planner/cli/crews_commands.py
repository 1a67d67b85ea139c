"""The commands for crews and absences in the database: their options, and what `--help` says of them.

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
    StoreChoice,
    WhyOption,
    WideOption,
    YesOption,
    choice_of,
)
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from planner.cli.store_records import RecordRequest

crews_app = typer.Typer(
    name="crews", help=gettext("The crews of a rollout in the database."), no_args_is_help=True, rich_markup_mode=None
)
absences_app = typer.Typer(
    name="absences", help=gettext("When crews are away, in the database."), no_args_is_help=True, rich_markup_mode=None
)
CrewArgument = Annotated[str, typer.Argument(metavar="CREW", help=gettext("The crew's id."))]
NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help=gettext("The absence's number, as the list shows it."))
]
DAY_FORMATS = ["%Y-%m-%d"]


def add_to(app: typer.Typer) -> None:
    """Adds the commands for crews and absences to the command line."""
    app.add_typer(crews_app)
    app.add_typer(absences_app)


def _list(choice: StoreChoice, kind: str, columns: str, *, wide: bool, as_json: bool, as_csv: bool) -> None:
    from planner.cli.store_records import ListRequest, list_records  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above
    from planner.store.records import RecordKind  # noqa: PLC0415 - see above

    request = ListRequest(kind=RecordKind(kind), columns=columns, wide=wide, as_json=as_json, as_csv=as_csv)
    raise typer.Exit(on_backlog(choice, lambda backlog: list_records(backlog, request)))


def _request(
    kind: str,
    key: str,
    assign: list[str] | None,
    why: str,
    expect: int | None = None,
    *,
    yes: bool = False,
    as_json: bool = False,
) -> "RecordRequest":
    from planner.cli.store_records import RecordRequest  # noqa: PLC0415 - see above
    from planner.store.records import RecordKind  # noqa: PLC0415 - see above

    texts = tuple(assign or ())
    return RecordRequest(kind=RecordKind(kind), key=key, texts=texts, why=why, expect=expect, yes=yes, as_json=as_json)


def _add(choice: StoreChoice, request: "RecordRequest", cells: dict[str, str]) -> None:
    from planner.cli.store_records import add_record  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    raise typer.Exit(on_backlog(choice, lambda backlog: add_record(backlog, request, cells)))


def _edit(choice: StoreChoice, request: "RecordRequest") -> None:
    from planner.cli.store_records import edit_record  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    raise typer.Exit(on_backlog(choice, lambda backlog: edit_record(backlog, request)))


def _remove(choice: StoreChoice, request: "RecordRequest") -> None:
    from planner.cli.store_records import remove_record  # noqa: PLC0415 - see above
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - see above

    raise typer.Exit(on_backlog(choice, lambda backlog: remove_record(backlog, request)))


@crews_app.command("list", short_help=gettext("List the crews."), help=gettext("List the crews."))
def list_crews(
    context: typer.Context,
    *,
    columns: ColumnsOption = "",
    wide: WideOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """List the crews."""
    _list(choice_of(context, db, rollout), "crew", columns, wide=wide, as_json=as_json, as_csv=as_csv)


@crews_app.command(
    "add",
    short_help=gettext("Add a crew."),
    help=gettext("Add a crew: planner crews add B-S3 --trade builder --set units=2 --set regions=South."),
)
def add_crew(
    context: typer.Context,
    crew: CrewArgument,
    *,
    trade: Annotated[str, typer.Option(metavar="TRADE", help=gettext("The crew's trade."))],
    assign: SetOption = None,
    why: WhyOption = "",
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Add a crew: planner crews add B-S3 --trade builder --set units=2 --set regions=South."""
    request = _request("crew", crew, assign, why, as_json=as_json)
    _add(choice_of(context, db, rollout), request, {"id": crew, "trade": trade})


@crews_app.command(
    "edit",
    short_help=gettext("Change columns of a crew."),
    help=gettext("Change columns of a crew: planner crews edit B-S1 --set units=3."),
)
def edit_crew(
    context: typer.Context,
    crew: CrewArgument,
    *,
    assign: SetOption = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Change columns of a crew: planner crews edit B-S1 --set units=3."""
    _edit(choice_of(context, db, rollout), _request("crew", crew, assign, why, expect, as_json=as_json))


@crews_app.command(
    "remove", short_help=gettext("Remove a crew."), help=gettext("Remove a crew that no shop and no absence names.")
)
def remove_crew(
    context: typer.Context,
    crew: CrewArgument,
    *,
    why: WhyOption = "",
    expect: ExpectOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Remove a crew that no shop and no absence names."""
    request = _request("crew", crew, None, why, expect, yes=yes, as_json=as_json)
    _remove(choice_of(context, db, rollout), request)


@absences_app.command(
    "list", short_help=gettext("List the absences."), help=gettext("List the absences, each with its number.")
)
def list_absences(
    context: typer.Context,
    *,
    columns: ColumnsOption = "",
    wide: WideOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """List the absences, each with its number."""
    _list(choice_of(context, db, rollout), "absence", columns, wide=wide, as_json=as_json, as_csv=as_csv)


@absences_app.command(
    "add",
    short_help=gettext("Note that a crew is away."),
    help=gettext("Note that a crew is away: planner absences add B-S1 2021-08-02 2021-08-20 --reason Holiday."),
)
def add_absence(
    context: typer.Context,
    crew: CrewArgument,
    first: Annotated[
        datetime, typer.Argument(metavar="FIRST", formats=DAY_FORMATS, help=gettext("The first day away."))
    ],
    last: Annotated[datetime, typer.Argument(metavar="LAST", formats=DAY_FORMATS, help=gettext("The last day away."))],
    *,
    units: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help=gettext("How many units are away."), show_default=gettext("all")),
    ] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=gettext("What for."))] = "",
    why: WhyOption = "",
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Note that a crew is away: planner absences add B-S1 2021-08-02 2021-08-20 --reason Holiday."""
    from planner.cli.store_records import absence_of  # noqa: PLC0415 - see above

    request = _request("absence", "", None, why, as_json=as_json)
    cells = absence_of(crew, f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}", units, reason)
    _add(choice_of(context, db, rollout), request, cells)


@absences_app.command(
    "edit",
    short_help=gettext("Change columns of an absence."),
    help=gettext("Change columns of an absence: planner absences edit 3 --set last=2021-08-27."),
)
def edit_absence(
    context: typer.Context,
    number: NumberArgument,
    *,
    assign: SetOption = None,
    why: WhyOption = "",
    expect: ExpectOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Change columns of an absence: planner absences edit 3 --set last=2021-08-27."""
    _edit(choice_of(context, db, rollout), _request("absence", str(number), assign, why, expect, as_json=as_json))


@absences_app.command(
    "remove", short_help=gettext("Remove an absence."), help=gettext("Remove an absence: the crew is there after all.")
)
def remove_absence(
    context: typer.Context,
    number: NumberArgument,
    *,
    why: WhyOption = "",
    expect: ExpectOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Remove an absence: the crew is there after all."""
    request = _request("absence", str(number), None, why, expect, yes=yes, as_json=as_json)
    _remove(choice_of(context, db, rollout), request)
