"""Why a rule leaves a backlog shop no option, whatever other shops do, in words."""

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.scheduling.days import DayAxis
from planner.wording.amounts import long_weekday_text, plain_day_text
from planner.wording.translation import gettext


def why_impossible(rollout: Rollout, axis: DayAxis, shop: Shop, rule: str, start: int | None) -> str:
    """Why a rule leaves a backlog shop no option; `start` is the published one if it is too near to be moved."""
    today, last = plain_day_text(rollout.today), plain_day_text(rollout.last)
    match rule:
        case "freeze" if start is not None:
            return _why_not_then(axis, shop, start)
        case "ready_from" if shop.ready_from is not None:
            text = (
                gettext("its permit and landlord consent come on {day}, too late to finish by {last}")
                if start is None
                else gettext("its permit and landlord consent come on {day}, too late for that start")
            )
            return text.format(day=plain_day_text(shop.ready_from), last=last)
        case "after":
            text = gettext("the shops it comes after ({shops}) finish too late to finish it by {last}")
            return text.format(shops=", ".join(shop.after), last=last)
        case "blackout":
            matching = [item.name for item in rollout.blackouts if item.scope.matches(shop)]
            names = ", ".join(gettext("“{name}”").format(name=name) for name in matching)
            return gettext("the blackouts {names} leave no stretch long enough for its closure").format(names=names)
        case _:
            return gettext("its remodel does not fit between {today} and {last}").format(today=today, last=last)


def _why_not_then(axis: DayAxis, shop: Shop, start: int) -> str:
    """Why no remodel of a shop can begin on its published start."""
    day = axis.day(start)
    if axis.calendars.of(shop).is_working(day):
        text = gettext("a remodel begun on {day} would not end before the horizon does")
        return text.format(day=plain_day_text(day))
    text = gettext("{day}, a {weekday}, is no working day of the shop")
    return text.format(day=plain_day_text(day), weekday=long_weekday_text(day))
