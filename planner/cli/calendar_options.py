"""Options that the commands for calendars share, and the choice of events they make."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from planner.cli.store_options import StoreChoice, choice_of
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from planner.cli.calendar_choice import CalendarChoice
    from planner.cli.calendar_place import Place
    from planner.cli.endings import ExitCode
    from planner.exchange.ical_selection import Audience


class PerChoice(StrEnum):
    """Whom each calendar is for; `planner.exchange.ical_selection` knows what that means."""

    CREW = "crew"
    PARTNER = "partner"
    REGION = "region"
    SHOP = "shop"


class LanguageChoice(StrEnum):
    """A language calendars are written in."""

    ENGLISH = "en"
    GERMAN = "de"


FolderArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]", help=gettext("The rollout folder; the database if not given."), show_default=False
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|NUMBER",
        help=gettext("The plan: a plan.json with FOLDER, or else its number in the database."),
        show_default=gettext("FOLDER/out/plan.json, or the one published last, or the newest"),
    ),
]
EventsOption = Annotated[
    str | None,
    typer.Option(
        metavar="LIST",
        help=gettext(
            "Which events, as a list of closure (the days a shop is closed), visits (the days each crew really"
            " works), survey (phases that leave the shop open) and reopening. Days of a survey are shown once."
        ),
        show_default=gettext("all; for crews visits,survey"),
    ),
]
CrewOption = Annotated[
    list[str] | None, typer.Option(metavar="ID", help=gettext("Only what concerns this crew. Repeatable."))
]
PartnerOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help=gettext("Only this partner's shops. Repeatable."))
]
RegionOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help=gettext("Only this region's shops. Repeatable."))
]
ShopOption = Annotated[list[str] | None, typer.Option(metavar="ID", help=gettext("Only this shop. Repeatable."))]
CalendarOption = Annotated[
    str | None, typer.Option(metavar="NAME", help=gettext("The calendar on a CalDAV server, as it is called there."))
]
SourceArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE|URL",
        help=gettext("A calendar file (.ics), or the address of a calendar: https, webcal or CalDAV."),
    ),
]
NamedCrews = Annotated[list[str] | None, typer.Option("--crew", metavar="ID", help=gettext("A crew. Repeatable."))]
NamedPartners = Annotated[
    list[str] | None, typer.Option("--partner", metavar="NAME", help=gettext("A partner. Repeatable."))
]
NamedRegions = Annotated[
    list[str] | None, typer.Option("--region", metavar="NAME", help=gettext("A region. Repeatable."))
]
NamedShops = Annotated[list[str] | None, typer.Option("--shop", metavar="ID", help=gettext("A shop. Repeatable."))]
WhereOption = Annotated[
    str, typer.Option(metavar="QUERY", help=gettext("Only shops that a query finds, such as 'state:BY tag:pilot'."))
]
LanguageOption = Annotated[LanguageChoice, typer.Option("--lang", help=gettext("The language of the events."))]
AlarmOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TIME", help=gettext("Remind so long before an event's first day begins: 15h, 1d, 2w. Repeatable.")
    ),
]
ScenarioOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help=gettext(
            "A scenario that the plan was made with: a file, or the name of one in FOLDER/scenarios. Repeatable."
        ),
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=gettext("Write the result as JSON to standard output."))]


def chosen(
    events: str | None,
    crew: list[str] | None,
    partner: list[str] | None,
    region: list[str] | None,
    shop: list[str] | None,
    where: str,
    lang: LanguageChoice,
    alarm: list[str] | None,
) -> "CalendarChoice":
    """The events that these options choose; raises typer.BadParameter."""
    from planner.cli.calendar_choice import (  # noqa: PLC0415 - loaded when a command runs
        CalendarChoice,
        chosen_names,
        read_alarm,
        read_kinds,
    )
    from planner.wording.language import Language  # noqa: PLC0415 - loaded when a command runs

    return CalendarChoice(
        kinds=None if events is None else read_kinds(events),
        only=chosen_names(named(crew, partner, region, shop)),
        where=where,
        language=Language(lang.value),
        alarms=tuple(sorted({read_alarm(text) for text in alarm or ()})),
    )


def named(
    crew: list[str] | None, partner: list[str] | None, region: list[str] | None, shop: list[str] | None
) -> "dict[Audience, list[str]]":
    """The names that options give, by whom they are of."""
    from planner.exchange.ical_selection import Audience  # noqa: PLC0415 - loaded when a command runs

    return {
        Audience.CREW: crew or [],
        Audience.PARTNER: partner or [],
        Audience.REGION: region or [],
        Audience.SHOP: shop or [],
    }


def at_place(
    context: typer.Context,
    folder: Path | None,
    plan: str | None,
    scenario: list[str] | None,
    db: str | None,
    rollout: str | None,
    work: "Callable[[Place], ExitCode]",
) -> NoReturn:
    """Does the work on a folder, or without one on the database, and ends the command with its code.

    Raises typer.BadParameter where the options do not go together.
    """
    if folder is not None:
        if db or rollout:
            raise typer.BadParameter(gettext("give a FOLDER, or --db and --rollout for the database, not both"))
        from planner.cli.calendar_place import FolderPlace  # noqa: PLC0415 - loaded when a command runs
        from planner.cli.endings import run_to_its_end  # noqa: PLC0415 - loaded when a command runs

        place = FolderPlace(folder, Path(plan) if plan else None, tuple(scenario or ()))
        raise typer.Exit(run_to_its_end(lambda: work(place)))
    if scenario:
        raise typer.BadParameter(gettext("--scenario goes with a FOLDER"))
    raise typer.Exit(_at_store(choice_of(context, db, rollout), plan, work))


def _at_store(choice: StoreChoice, plan: str | None, work: "Callable[[Place], ExitCode]") -> "ExitCode":
    if plan is not None and not plan.isdecimal():
        raise typer.BadParameter(
            gettext("--plan must be the number of a plan in the database where no FOLDER is given")
        )
    from planner.cli.calendar_store_place import StorePlace  # noqa: PLC0415 - loaded when a command runs
    from planner.cli.store_session import on_backlog  # noqa: PLC0415 - loaded when a command runs

    number = int(plan) if plan else None
    return on_backlog(choice, lambda backlog: work(StorePlace(backlog, number)))
