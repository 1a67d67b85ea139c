"""The commands for calendar feeds: their options, and what `--help` says of them.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.calendar_options import (
    FolderArgument,
    JsonOption,
    LanguageChoice,
    LanguageOption,
    NamedCrews,
    NamedPartners,
    NamedRegions,
    NamedShops,
    PerChoice,
    PlanOption,
    ScenarioOption,
    at_place,
    named,
)
from planner.cli.store_options import DbOption, RolloutOption
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from planner.cli.calendar_place import Place
    from planner.cli.endings import ExitCode
    from planner.exchange.ical_selection import Audience

FEED_PORT = 8642


def add_to(app: typer.Typer) -> None:
    """Adds the commands for calendar feeds to the command line."""
    serve_app = typer.Typer(
        name="serve",
        help=gettext("Offer calendars that teams subscribe to."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    serve_app.command(
        "calendars",
        short_help=gettext("Serve calendar feeds."),
        help=gettext(
            "Serve a plan as calendars to subscribe to, until Ctrl-C: that of FOLDER, or without one that of"
            " the database.\n\n"
            "Each calendar has a secret address (`planner serve address`). The plan and the rollout are read"
            " again when they change; while they do not fit each other, the last plan that did goes on being"
            " served.\n\n"
            "Exit codes: 0 ended; 2 wrong input or usage."
        ),
    )(serve_calendars)
    serve_app.command(
        "address",
        short_help=gettext("Give somebody a secret address."),
        help=gettext(
            "Show the secret addresses of crews, partners, regions or shops; make those that are missing.\n\n"
            "They are kept in calendar-feeds.json in FOLDER, which only its owner can read, or in the database.\n\n"
            "Exit codes: 0 done; 2 wrong input or usage."
        ),
    )(serve_address)
    serve_app.command(
        "revoke",
        short_help=gettext("Make addresses worthless."),
        help=gettext(
            "Make addresses worthless, at once, also while the server runs.\n\n"
            "Exit codes: 0 done; 2 wrong input or usage."
        ),
    )(serve_revoke)
    serve_app.command(
        "list",
        short_help=gettext("Show who has an address."),
        help=gettext("Show who has an address. The addresses themselves are secret, and not shown."),
    )(serve_list)
    app.add_typer(serve_app)


def serve_calendars(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help=gettext("Where to listen; other machines cannot connect to 127.0.0.1.")),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="N", help=gettext("The port; 0 takes a free one."), min=0, max=65535)
    ] = FEED_PORT,
    plan: PlanOption = None,
    scenario: ScenarioOption = None,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Serve a plan as calendars to subscribe to, until Ctrl-C: that of FOLDER, or without one that of the database."""
    from planner.cli.serve_calendars import serve_calendars  # noqa: PLC0415 - see above

    at_place(context, folder, plan, scenario, db, rollout, lambda place: serve_calendars(place, host, port))


def serve_address(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    crew: NamedCrews = None,
    partner: NamedPartners = None,
    region: NamedRegions = None,
    shop: NamedShops = None,
    per: Annotated[PerChoice | None, typer.Option(help=gettext("One for each of these."))] = None,
    lang: LanguageOption = LanguageChoice.ENGLISH,
    base: Annotated[
        str, typer.Option(metavar="URL", help=gettext("Where readers reach the server."))
    ] = f"http://127.0.0.1:{FEED_PORT}",
    renew: Annotated[
        bool,
        typer.Option(
            "--renew", help=gettext("Make a new address in place of the old one, for a new language as well.")
        ),
    ] = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show the secret addresses of crews, partners, regions or shops; make those that are missing."""
    names = named(crew, partner, region, shop)
    _need_somebody(names, is_given=per is not None, otherwise="--per")
    from planner.cli.serve_calendars import give_addresses  # noqa: PLC0415 - see above
    from planner.exchange.ical_selection import Audience  # noqa: PLC0415 - see above
    from planner.wording.language import Language  # noqa: PLC0415 - see above

    everyone = None if per is None else Audience(per.value)
    language = Language(lang.value)

    def work(place: "Place") -> "ExitCode":
        return give_addresses(place, names, everyone, language, base, renew=renew)

    at_place(context, folder, None, None, db, rollout, work)


def serve_revoke(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    crew: NamedCrews = None,
    partner: NamedPartners = None,
    region: NamedRegions = None,
    shop: NamedShops = None,
    everyone: Annotated[bool, typer.Option("--all", help=gettext("All addresses."))] = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Make addresses worthless, at once, also while the server runs."""
    names = named(crew, partner, region, shop)
    _need_somebody(names, is_given=everyone, otherwise="--all")
    from planner.cli.serve_calendars import revoke_addresses  # noqa: PLC0415 - see above

    def work(place: "Place") -> "ExitCode":
        return revoke_addresses(place, names, everyone=everyone)

    at_place(context, folder, None, None, db, rollout, work)


def serve_list(
    context: typer.Context,
    folder: FolderArgument = None,
    *,
    as_json: JsonOption = False,
    db: DbOption = None,
    rollout: RolloutOption = None,
) -> None:
    """Show who has an address. The addresses themselves are secret, and not shown."""
    from planner.cli.serve_calendars import list_addresses  # noqa: PLC0415 - see above

    at_place(context, folder, None, None, db, rollout, lambda place: list_addresses(place, as_json=as_json))


def _need_somebody(names: "dict[Audience, list[str]]", *, is_given: bool, otherwise: str) -> None:
    if not is_given and not any(names.values()):
        raise typer.BadParameter(
            gettext("say whose: --crew, --partner, --region or --shop, or {otherwise}").format(otherwise=otherwise)
        )
