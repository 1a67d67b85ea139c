"""`planner scenario`: lists scenarios, and shows in plain words what they change."""

from collections.abc import Sequence

from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import show, show_json
from planner.cli.scenario_shelf import Shelf
from planner.exchange.scenarios import apply_scenarios, effects_of_each
from planner.wording.translation import gettext, pgettext

LABEL_WIDTH = 12


def list_scenarios(shelf: Shelf, *, as_json: bool) -> ExitCode:
    """Lists the scenarios that come with a rollout. Raises InputError."""
    listed = shelf.all()
    if as_json:
        show_json([{"scenario": name, "name": item.name, "why": item.why} for name, item in listed])
        return ExitCode.OK
    width = max((len(name) for name, _ in listed), default=0) + 2
    for name, scenario in listed:
        show(scenario.name, label=name.ljust(width))
        if scenario.why:
            show(" " * width + scenario.why)
    if not listed:
        show(gettext("There are no scenarios in {place}.").format(place=shelf.place))
    return ExitCode.OK


def show_scenario(shelf: Shelf, name: str, *, as_json: bool) -> ExitCode:
    """Shows what a scenario, and those it builds on, change in a rollout. Raises InputError."""
    base, (chain,) = shelf.read_each([[name]])
    told = effects_of_each(base, chain)
    changed = apply_scenarios(base, chain)
    say_problems([problem for problem in changed.warnings if problem not in base.warnings])
    if as_json:
        show_json([{"name": item.name, "why": item.why, "changes": list(effects)} for item, effects in told])
        return ExitCode.OK
    *bases, last = told
    show(last[0].name, label=gettext("Scenario").ljust(LABEL_WIDTH))
    if last[0].why:
        show(last[0].why, label=gettext("Why").ljust(LABEL_WIDTH))
    for scenario, effects in bases:
        show(scenario.name, label=gettext("Builds on").ljust(LABEL_WIDTH))
        _show_effects(effects)
    if bases:
        show("", label=gettext("Itself"))
    _show_effects(last[1])
    return ExitCode.OK


def _show_effects(effects: Sequence[str]) -> None:
    for number, effect in enumerate(effects):
        show(effect, label=("" if number else pgettext("label", "Changes")).ljust(LABEL_WIDTH))
