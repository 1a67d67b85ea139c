"""What a change that gives a rollout more room is called."""

from planner.domain.rollout import Rollout
from planner.studies.lifts import Lift, LiftKind
from planner.wording.amounts import day_text


def more_text(lift: Lift) -> str:
    """A change by a little: `one more builder in South from 6 Sep 2021`."""
    match lift.kind:
        case LiftKind.CREW:
            since = f" from {day_text(lift.first)}" if lift.first else ""
            return f"one more {lift.subject} {_where(lift)}{since}"
        case LiftKind.SUPPLY:
            return f"{lift.amount} more “{lift.subject}” a week"
        case LiftKind.LIMIT:
            return f"the limit “{lift.subject}” {lift.amount} higher"
        case LiftKind.BLACKOUT:
            return f"no blackout “{lift.subject}”"
        case LiftKind.PERMITS:
            return f"permits {lift.amount} days earlier"
        case _:
            return _whole(lift)


def whole_text(lift: Lift) -> str:
    """What was taken out of the way altogether: `too few builder crews in South`."""
    match lift.kind:
        case LiftKind.CREW:
            return f"too few {lift.subject} crews {_where(lift)}"
        case LiftKind.SUPPLY:
            return f"the supply of “{lift.subject}”"
        case LiftKind.LIMIT:
            return f"the limit “{lift.subject}”"
        case LiftKind.BLACKOUT:
            return f"the blackout “{lift.subject}”"
        case LiftKind.PERMITS:
            return "permits that are still to come"
        case _:
            return _whole(lift)


def _whole(lift: Lift) -> str:
    return "the rule on neighbours" if lift.kind is LiftKind.NEIGHBOURS else "the partners' half-year target"


def _where(lift: Lift) -> str:
    return f"in {', '.join(lift.regions)}" if lift.regions else "for every region"


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
