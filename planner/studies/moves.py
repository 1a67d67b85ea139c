"""What moved from one plan to the next, for people who decide on it: what matters most first, and what may stay."""

from datetime import date

from planner.domain.calendar import Calendars
from planner.domain.fixed_days import start_to_keep
from planner.domain.plan import Remodel
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


def start_to_stay(rollout: Rollout, item: ShopDifference) -> date | None:
    """The start to fix a shop on, so that it is closed on the days it had in the plan before; None without such."""
    shop = rollout.shop_by_id.get(item.shop)
    if shop is None or item.before is None:
        return None
    return start_to_keep(rollout.format_of(shop), Calendars(rollout).of(shop), item.before)


def why_not_stay(rollout: Rollout, item: ShopDifference, why: Why | None) -> str:
    """Why a shop cannot be fixed where it was in the plan before; empty where it can."""
    shop = rollout.shop_by_id.get(item.shop)
    if shop is None:
        return gettext("It is not in the rollout any more.")
    if shop.status is not Status.BACKLOG:
        return gettext("Where it stands is given by the rollout; change it in the backlog.")
    if item.before is None:
        return gettext("It had no date before; defer it in the backlog if it is to wait.")
    if item.after is not None and _days(item.before) == _days(item.after):
        return gettext("It starts on the same day as before.")
    start = start_to_stay(rollout, item)
    if start is None or start < rollout.today:
        return gettext("Its old start is past.")
    if why is not None and why.cause is Cause.RULE:
        return gettext("Its old days are not possible: {reason}").format(reason=" ".join(why.texts))
    return ""


def _days(remodel: Remodel) -> tuple[date, date | None, date | None]:
    return remodel.start, remodel.closed_from, remodel.closed_to
