"""A command at work on the database: opened, closed, and what goes wrong told as sentences."""

import os
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from planner.cli.endings import ExitCode, run_to_its_end
from planner.cli.messages import say
from planner.cli.store_options import StoreChoice
from planner.cli.typer_words import in_our_words
from planner.domain.query import QueryError
from planner.store.backlog import Backlog
from planner.store.errors import StoreError
from planner.store.kept_plans import FailedCheckError
from planner.store.location import locate
from planner.store.settings import StoreSettings
from planner.store.store import Store, open_store
from planner.wording.translation import gettext


def settings_of(choice: StoreChoice) -> StoreSettings:
    """The settings, with what options say on top; raises StoreError where the environment has a wrong one."""
    given: dict[str, Any] = {"db": choice.db, "rollout": choice.rollout}
    try:
        return StoreSettings(**{name: text for name, text in given.items() if text})
    except ValidationError as error:
        found = ((str(item["loc"][0]), in_our_words(item["msg"])) for item in error.errors() if item["loc"])
        wrong = [f"PLANNER_{name.upper()}: {what}." for name, what in found]
        raise StoreError("\n".join(wrong)) from None


def is_there(choice: StoreChoice) -> bool:
    """Whether the database that `choice` names is a file that is there, or on a server; raises nothing."""
    try:
        location = locate(settings_of(choice).db)
    except StoreError:
        return True  # opening it will say what is wrong
    return location.path is None or os.path.lexists(location.path)


def on_store(
    choice: StoreChoice, work: Callable[[Store, StoreSettings], ExitCode], *, create: bool = False
) -> ExitCode:
    """Runs `work` on the database that `choice` names, to its end; a file that is not there is made only if told to."""

    def run() -> ExitCode:
        settings = settings_of(choice)
        with open_store(settings, create=create) as store:
            return work(store, settings)

    return run_to_its_end(lambda: told(run))


def on_backlog(choice: StoreChoice, work: Callable[[Backlog], ExitCode]) -> ExitCode:
    """Runs `work` on the rollout that `choice` names, to its end."""
    return on_store(choice, lambda store, settings: work(store.backlog(settings.rollout)))


def told(run: Callable[[], ExitCode]) -> ExitCode:
    """Runs what uses the database; what goes wrong with it becomes sentences and an exit code."""
    try:
        return run()
    except FailedCheckError as error:
        _say_lines(str(error))
        return ExitCode.FAILED
    except StoreError as error:
        _say_lines(str(error))
        return ExitCode.BAD_INPUT
    except QueryError as error:
        for mistake in error.mistakes:
            say(gettext("query, {mistake}").format(mistake=mistake))
        return ExitCode.BAD_INPUT


def _say_lines(text: str) -> None:
    for line in text.splitlines():
        say(line)
