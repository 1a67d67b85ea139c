"""The plan that `planner run --from` begins from, and how far the new one departs from it."""

from dataclasses import dataclass
from pathlib import Path

from planner.cli.messages import say
from planner.domain.plan import Plan
from planner.domain.plan_difference import DifferenceKind, difference
from planner.domain.rollout import Rollout
from planner.exchange.plan_json import read_plan
from planner.exchange.problems import InputError, Problem
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, ngettext


@dataclass(frozen=True, slots=True)
class EarlierPlan:
    """A plan to begin from, and what to call it."""

    name: str
    plan: Plan


def read_earlier_plan(path: Path, rollout: Rollout) -> EarlierPlan:
    """The plan in file `path`, of this rollout or of an earlier state of it; says so where it has no dates.

    Raises InputError, also where the plan has none of the rollout's shops.
    """
    plan = read_plan(path)
    if not plan.remodels:
        say(gettext("{file} has no dates to begin from.").format(file=path.name))
    elif all(remodel.shop not in rollout.shop_by_id for remodel in plan.remodels):
        text = gettext("has none of the rollout's shops, but {shop} and others; name a plan of this rollout")
        raise InputError([Problem(path.name, None, None, text.format(shop=plan.remodels[0].shop))])
    return EarlierPlan(str(path), plan)


def changes_data(rollout: Rollout, earlier: EarlierPlan, plan: Plan) -> dict[str, object]:
    """How many remodels differ from the earlier plan's, by how; and how many published starts are not kept."""
    found = difference(earlier.plan, plan)
    counts = {kind.value: len(found.of_kind(kind)) for kind in DifferenceKind}
    return {"from": earlier.name, **counts, "published_moved": _published_moved(rollout, plan)}


def changes_text(rollout: Rollout, earlier: EarlierPlan, plan: Plan) -> str:
    """The same in a sentence for the closing summary."""
    found = difference(earlier.plan, plan)
    moved, new, dropped = (
        len(found.of_kind(kind)) for kind in (DifferenceKind.MOVED, DifferenceKind.NEW, DifferenceKind.DROPPED)
    )
    parts = [ngettext("{number} start moved", "{number} starts moved", moved).format(number=number_text(moved))]
    parts += [gettext("{number} new").format(number=new)] if new else []
    parts += [gettext("{number} dropped out").format(number=dropped)] if dropped else []
    broken = _published_moved(rollout, plan)
    text = ngettext(
        "{changes} since {plan}; {number} published start not kept; `planner diff` shows which and why",
        "{changes} since {plan}; {number} published starts not kept; `planner diff` shows which and why",
        broken,
    )
    return text.format(changes=", ".join(parts), plan=earlier.name, number=number_text(broken))


def _published_moved(rollout: Rollout, plan: Plan) -> int:
    published = {shop.id: shop.published_start for shop in rollout.shops}
    return sum(published[item.shop] not in (None, item.start) for item in plan.remodels)
