"""`planner explain SHOP`: why a shop stands where it does, what binds it, and what a week either way would do."""

from dataclasses import dataclass
from pathlib import Path

from planner.cli.asked_plan import read_asked_plan
from planner.cli.endings import ExitCode
from planner.cli.explain_all import show_all
from planner.cli.explain_data import explanation_data
from planner.cli.labelled import show_labelled
from planner.cli.messages import say, show_json
from planner.cli.options import default_workers
from planner.cli.slot_words import remodel_data
from planner.domain.plan import Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.scheduling.board import CannotMoveError
from planner.scheduling.desk import Desk
from planner.scheduling.limits import Limits
from planner.studies.explanation_words import explanation_lines, place_lines
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRequest:
    """What `planner explain` was asked for; without a `shop`, what the plan as a whole lacks."""

    folder: Path
    plan: Path
    shop: str | None
    scenarios: tuple[str, ...] = ()
    seconds: float = 5.0
    as_json: bool = False


def explain_plan(request: ExplainRequest) -> ExitCode:
    """Shows why a shop stands where it does, or why the plan lacks what it lacks.

    Raises InputError.
    """
    asked = read_asked_plan(request.folder, request.plan, request.scenarios, with_dates=request.shop is not None)
    if isinstance(asked, ExitCode):
        return asked
    if request.shop is None:
        limits = Limits(seconds=request.seconds, workers=default_workers(), allow_conflicts=True)
        return show_all(asked, limits, as_json=request.as_json)
    rollout, desk = asked.rollout, Desk(asked.rollout, asked.plan)
    shop = rollout.shop_by_id.get(request.shop)
    if shop is None:
        say(gettext("The rollout has no shop {shop}.").format(shop=request.shop))
        return ExitCode.BAD_INPUT
    try:
        explanation = desk.explained(shop.id)
    except CannotMoveError as error:
        _show_unmovable(rollout, shop, desk.remodels.get(shop.id), str(error), as_json=request.as_json)
        return ExitCode.OK
    if request.as_json:
        show_json(explanation_data(explanation))
    else:
        for label, text in explanation_lines(rollout, shop, explanation):
            show_labelled(label, text)
    return ExitCode.OK


def _show_unmovable(rollout: Rollout, shop: Shop, remodel: Remodel | None, why: str, *, as_json: bool) -> None:
    if as_json:
        data = {"shop": shop.id, "status": shop.status.value, "why": why}
        show_json({**data, "remodel": remodel_data(remodel) if remodel else None})
        return
    for label, text in [*place_lines(rollout, shop, remodel), (gettext("Why"), why)]:
        show_labelled(label, text)
