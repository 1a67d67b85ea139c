"""What moved from one plan to the next, for people who decide on it: what matters most first, and what may stay."""

from planner.domain.plan_difference import DifferenceKind, PlanDifference, ShopDifference
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.studies.why_moved import Cause, Why
from planner.wording.translation import gettext

ORDER = (
    DifferenceKind.DROPPED,
    DifferenceKind.MOVED,
    DifferenceKind.NEW,
    DifferenceKind.RESCHEDULED,
    DifferenceKind.CREWS,
    DifferenceKind.STATUS,
)


def by_weight(rollout: Rollout, found: PlanDifference) -> list[ShopDifference]:
    """The shops that differ: promises that are broken first, then dates that go, then those that move the furthest."""

    def weight(item: ShopDifference) -> tuple[bool, int, int, str]:
        return not breaks_promise(rollout, item), ORDER.index(item.kind), -abs(item.days or 0), item.shop

    return sorted(found.shops, key=weight)


def breaks_promise(rollout: Rollout, item: ShopDifference) -> bool:
    """Whether the shop stood on the start its partner was told, and does no more."""
    shop = rollout.shop_by_id.get(item.shop)
    told = shop.published_start if shop else None
    return told is not None and item.start_before == told != item.start_after


def why_not_stay(rollout: Rollout, item: ShopDifference, why: Why | None) -> str:
    """Why a shop cannot be fixed on the start it had in the plan before; empty where it can."""
    shop = rollout.shop_by_id.get(item.shop)
    if shop is None:
        return gettext("It is not in the rollout any more.")
    if shop.status is not Status.BACKLOG:
        return gettext("Where it stands is given by the rollout; change it in the backlog.")
    if item.before is None:
        return gettext("It had no date before; defer it in the backlog if it is to wait.")
    if item.before.start == item.start_after:
        return gettext("It starts on the same day as before.")
    if item.before.start < rollout.today:
        return gettext("Its old start is past.")
    if why is not None and why.cause is Cause.RULE:
        return gettext("Its old days are not possible: {reason}").format(reason=" ".join(why.texts))
    return ""
