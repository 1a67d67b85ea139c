"""What a change that gives a rollout more room is called."""

from planner.domain.rollout import Rollout
from planner.studies.lifts import Lift, LiftKind
from planner.wording.amounts import day_text
from planner.wording.translation import gettext


def more_text(lift: Lift) -> str:
    """A change by a little: `one more builder in South from 6 Sep 2021`."""
    match lift.kind:
        case LiftKind.CREW:
            return _more_crew_text(lift)
        case LiftKind.SUPPLY:
            return gettext("{number} more “{name}” a week").format(number=lift.amount, name=lift.subject)
        case LiftKind.LIMIT:
            return gettext("the limit “{name}” {number} higher").format(name=lift.subject, number=lift.amount)
        case LiftKind.BLACKOUT:
            return gettext("no blackout “{name}”").format(name=lift.subject)
        case LiftKind.PERMITS:
            return gettext("permits {number} days earlier").format(number=lift.amount)
        case _:
            return _whole(lift)


def whole_text(lift: Lift) -> str:
    """What was taken out of the way altogether: `too few builder crews in South`."""
    match lift.kind:
        case LiftKind.CREW:
            if lift.regions:
                text = gettext("too few {trade} crews in {regions}")
                return text.format(trade=lift.subject, regions=", ".join(lift.regions))
            return gettext("too few {trade} crews for every region").format(trade=lift.subject)
        case LiftKind.SUPPLY:
            return gettext("the supply of “{name}”").format(name=lift.subject)
        case LiftKind.LIMIT:
            return gettext("the limit “{name}”").format(name=lift.subject)
        case LiftKind.BLACKOUT:
            return gettext("the blackout “{name}”").format(name=lift.subject)
        case LiftKind.PERMITS:
            return gettext("permits that are still to come")
        case _:
            return _whole(lift)


def _whole(lift: Lift) -> str:
    if lift.kind is LiftKind.NEIGHBOURS:
        return gettext("the rule on neighbours")
    return gettext("the partners' half-year target")


def _more_crew_text(lift: Lift) -> str:
    trade, regions = lift.subject, ", ".join(lift.regions)
    if lift.first is None:
        if regions:
            return gettext("one more {trade} in {regions}").format(trade=trade, regions=regions)
        return gettext("one more {trade} for every region").format(trade=trade)
    day = day_text(lift.first)
    if regions:
        return gettext("one more {trade} in {regions} from {day}").format(trade=trade, regions=regions, day=day)
    return gettext("one more {trade} for every region from {day}").format(trade=trade, day=day)


def lift_data(rollout: Rollout, lift: Lift) -> dict[str, object]:
    """A change for --json."""
    like = rollout.crew_by_id.get(lift.home)
    return {
        "kind": lift.kind.value,
        "subject": lift.subject,
        "regions": list(lift.regions),
        "amount": lift.amount,
        "from": lift.first and lift.first.isoformat(),
        "like_crew": like.id if like else None,
    }
