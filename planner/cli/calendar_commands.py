"""The commands for calendars: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.calendar_options import (
    AlarmOption,
    CalendarOption,
    CrewOption,
    EventsOption,
    FolderArgument,
    JsonOption,
    LanguageChoice,
    LanguageOption,
    PartnerOption,
    PerChoice,
    PlanOption,
    RegionOption,
    ScenarioOption,
    ShopOption,
    SourceArgument,
    WhereOption,
    at_place,
    chosen,
)
from planner.cli.export_app import export_app
from planner.cli.feed_commands import add_to as add_feed_commands
from planner.cli.import_app import import_app
from planner.cli.store_options import DbOption, RolloutOption
from planner.wording.translation import gettext


def add_to(app: typer.Typer) -> None:
    """Adds the commands for calendars to the command line."""
    export_app.command(
        "ics",
        short_help=gettext("Write a plan as calendars."),
        help=gettext(
            "Write a plan as iCalendar files: that of FOLDER, or without one that of the database.\n\n"
            "Each file is remembered, by its name, in calendars.state.json beside it, or in the database: on"
            " the next export, what has not changed stays as it is, what has changed carries a higher SEQUENCE,"
            " and what dropped out is cancelled. Write another selection to a file of another name, or it"
            " cancels what it leaves out.\n\n"
            "Where nothing matches, nothing is written, and that is wrong input.\n\n"
            "Exit codes: 0 written; 1 the plan fails its check; 2 wrong input or usage; 3 the plan has no dates."
        ),
    )(export_ics)
    import_app.command(
        "absences",
        short_help=gettext("Take crews' holidays from a calendar."),
        help=gettext(
            "Take crews' holidays from a calendar into absences.csv in FOLDER, or without one into the"
            " database.\n\n"
            "Shows what would be added, and asks before it does it. Recurring events are written out from today"
            " to the end of the horizon; days count that an event covers wholly. What is there already stays as"
            " it is.\n\n"
            "Exit codes: 0 done, or there was nothing to do; 2 not agreed, wrong input or usage, or no such calendar."
        ),
    )(import_absences)
    publish_app = typer.Typer(
        name="publish", help=gettext("Bring a plan to where people look."), no_args_is_help=True, rich_markup_mode=None
    )
    publish_app.callback()(_publish)
    publish_app.command(
        "caldav",
        short_help=gettext("Push a plan to a CalDAV calendar."),
        help=gettext(
            "Push a plan to a calendar on a CalDAV server: that of FOLDER, or without one that of the database.\n\n"
            "Only what has changed since the last time is sent; FOLDER/out/caldav.state.json remembers that, or"
            " the database. What dropped out is cancelled. Events of others are left alone, and so are events"
            " that somebody moved there. After a break, the same command sends the rest.\n\n"
            "User name and password come from PLANNER_CALDAV_USER and PLANNER_CALDAV_PASSWORD in the"
            " environment, or from the system's keyring (service 'remodel-planner HOST'), or they are asked"
            " for. Certificates are always verified.\n\n"
            "Exit codes: 0 all is there; 1 something could not be sent, or the plan fails its check; 2 wrong"
            " input or usage, or no such server; 3 the plan has no dates."
        ),
    )(publish_caldav)
    app.add_typer(publish_app)
    calendar_app = typer.Typer(
        name="calendar",
        help=gettext("Take notice of what people did in their calendars."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    calendar_app.callback()(_calendar)
    calendar_app.command(
        "changes",
        short_help=gettext("Show what was moved in a calendar, and what would follow."),
        help=gettext(
            "Show which events of a plan somebody moved in a calendar, and what would follow from that.\n\n"
            "The plan is that of FOLDER, or without one that of the database. For each shop: the start that"
            " brings its events to the days they were moved to, the rules that would break while all other"
            " shops stay where they are, and the money. Nothing is changed but what --accept names.\n\n"
            "Exit codes: 0 shown; 1 the plan fails its check; 2 wrong input or usage, or no such calendar; 3"
            " the plan has no dates."
        ),
    )(calendar_changes)
    app.add_typer(calendar_app)
    add_feed_commands(app)


def _publish() -> None:
    """Bring a plan to where people look."""


def _calendar() -> None:
    """Take notice of what people did in their calendars."""


def export_ics(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    plan: PlanOption = None,
    scenario: ScenarioOption = None,
    events: EventsOption = None,
    crew: CrewOption = None,
    partner: PartnerOption = None,
    region: RegionOption = None,
    shop: ShopOption = None,
    where: WhereOption = "",
    per: Annotated[PerChoice | None, typer.Option(help=gettext("One calendar for each of these."))] = None,
    lang: LanguageOption = LanguageChoice.ENGLISH,
    alarm: AlarmOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE|DIR",
            help=gettext("The file to write, or with --per the folder."),
            show_default=gettext("calendar.ics, with --per calendars/, in FOLDER/out or else here"),
        ),
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Write a plan as iCalendar files: that of FOLDER, or without one that of the database."""
    choice = chosen(events, crew, partner, region, shop, where, lang, alarm)
    from planner.cli.export_calendar import ExportRequest, export_calendars  # noqa: PLC0415 - see above
    from planner.exchange.ical_selection import Audience  # noqa: PLC0415 - see above

    audience = None if per is None else Audience(per.value)
    request = ExportRequest(choice=choice, per=audience, out=out, as_json=as_json)
    at_place(context, folder, plan, scenario, db, rollout, lambda place: export_calendars(place, request))


def publish_caldav(
    context: typer.Context,
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help=gettext("The address of a calendar, or of a server with --calendar. Never with a password."),
        ),
    ],
    folder: FolderArgument = None,
    *,
    calendar: CalendarOption = None,
    create: Annotated[bool, typer.Option("--create", help=gettext("Make the calendar where there is none."))] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=gettext("Put back events that somebody moved in the calendar."))
    ] = False,
    plan: PlanOption = None,
    scenario: ScenarioOption = None,
    events: EventsOption = None,
    crew: CrewOption = None,
    partner: PartnerOption = None,
    region: RegionOption = None,
    shop: ShopOption = None,
    where: WhereOption = "",
    lang: LanguageOption = LanguageChoice.ENGLISH,
    alarm: AlarmOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Push a plan to a calendar on a CalDAV server: that of FOLDER, or without one that of the database."""
    choice = chosen(events, crew, partner, region, shop, where, lang, alarm)
    from planner.cli.publish_calendar import PublishRequest, publish_calendar  # noqa: PLC0415 - see above

    request = PublishRequest(
        url=url, choice=choice, calendar=calendar, create=create, overwrite=overwrite, as_json=as_json
    )
    at_place(context, folder, plan, scenario, db, rollout, lambda place: publish_calendar(place, request))


def import_absences(
    context: typer.Context,
    source: SourceArgument,
    folder: FolderArgument = None,
    *,
    calendar: CalendarOption = None,
    crew: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help=gettext("Whose calendar it is."),
            show_default=gettext("the crew whose id or name stands in an event, its categories or the calendar's name"),
        ),
    ] = None,
    units: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help=gettext("How many of a pool are away."), show_default=gettext("all")),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help=gettext("Drop the crews' absences from today on that the calendar does not have: it is all."),
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=gettext("Do not ask."))] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Take crews' holidays from a calendar into absences.csv in FOLDER, or without one into the database."""
    from planner.cli.import_absences import AbsencesRequest, import_absences  # noqa: PLC0415 - see above

    request = AbsencesRequest(
        source=source, calendar=calendar, crew=crew, units=units, replace=replace, is_agreed=yes, as_json=as_json
    )
    at_place(context, folder, None, None, db, rollout, lambda place: import_absences(place, request))


def calendar_changes(
    context: typer.Context,
    source: SourceArgument,
    folder: FolderArgument = None,
    *,
    calendar: CalendarOption = None,
    plan: PlanOption = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="SHOP", help=gettext("Fix this shop to the start proposed. Repeatable.")),
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show which events of a plan somebody moved in a calendar, and what would follow from that."""
    from planner.cli.calendar_changes import ChangesRequest, show_changes  # noqa: PLC0415 - see above

    request = ChangesRequest(
        source=source, calendar=calendar, accept=tuple(dict.fromkeys(accept or ())), as_json=as_json
    )
    at_place(context, folder, plan, None, db, rollout, lambda place: show_changes(place, request))
