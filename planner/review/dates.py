"""Rules 1 to 4 and 8 for one remodel: its phases, waits, closed period and start, and that given dates stand."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from planner.domain.plan import PlannedPhase, Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import ShopFormat
from planner.review.days import ONE_DAY
from planner.review.entries import Context, closed_period
from planner.review.findings import Violation, of_shop
from planner.review.given import standing_spans

# Days further from the horizon than this are a slip of the pen, and too many to follow one by one.
FOLLOWED = timedelta(days=3653)


def misshapen(rollout: Rollout, shop_format: ShopFormat, remodel: Remodel) -> str | None:
    """Why a remodel's phases cannot be followed day by day, or None where they can."""
    expected = [phase.name for phase in shop_format.phases]
    found = [phase.name for phase in remodel.phases]
    if found != expected:
        return f"has the phases {found}, but its format {shop_format.name} has {expected}"
    for phase in remodel.phases:
        if phase.last < phase.first:
            return f"has the phase {phase.name!r} end on {phase.last}, before it begins on {phase.first}"
        if rollout.today - phase.first > FOLLOWED or phase.last - rollout.last > FOLLOWED:
            return f"has the phase {phase.name!r} from {phase.first} to {phase.last}, years away from the horizon"
    return None


def check_dates(context: Context, shop: Shop, remodel: Remodel) -> Iterator[Violation]:
    """All that is wrong with the days of a remodel whose phases can be followed."""
    yield from _ends(remodel)
    yield from _closed(context.rollout.format_of(shop), remodel)
    if shop.is_standing:
        yield from _stands(context, shop, remodel)
        return
    yield from _horizon(context, remodel)
    yield from _working_days(context, shop, remodel.phases)
    yield from _waits(context, shop, remodel.phases)


def _ends(remodel: Remodel) -> Iterator[Violation]:
    first, last = remodel.phases[0].first, remodel.phases[-1].last
    if remodel.start != first:
        text = f"starts on {remodel.start} in the plan, but its first phase begins on {first}"
        yield of_shop("start", remodel.shop, text, remodel.start)
    if remodel.finish != last:
        text = f"finishes on {remodel.finish} in the plan, but its last phase ends on {last}"
        yield of_shop("start", remodel.shop, text, remodel.finish)


def _closed(shop_format: ShopFormat, remodel: Remodel) -> Iterator[Violation]:
    expected = closed_period(shop_format, remodel.phases) or (None, None)
    if (remodel.closed_from, remodel.closed_to) != expected:
        found = f"from {remodel.closed_from} to {remodel.closed_to}"
        text = f"is closed {found} in the plan, but its phases close it from {expected[0]} to {expected[1]}"
        yield of_shop("closed", remodel.shop, text, expected[0], expected[1])


def _stands(context: Context, shop: Shop, remodel: Remodel) -> Iterator[Violation]:
    spans = standing_spans(context, shop)
    if spans is None:
        yield of_shop("fixed", shop, f"is {shop.status.value}, but has too few working days after its start")
        return
    for phase, (first, last) in zip(remodel.phases, spans, strict=True):
        if (phase.first, phase.last) != (first, last):
            moved = f"has {phase.name!r} from {phase.first} to {phase.last}"
            text = f"{moved}, but as it is {shop.status.value} that stands from {first} to {last}"
            yield of_shop("fixed", shop, text, first, last)


def _horizon(context: Context, remodel: Remodel) -> Iterator[Violation]:
    rollout = context.rollout
    start, finish = remodel.phases[0].first, remodel.phases[-1].last
    if start < rollout.today:
        yield of_shop("start", remodel.shop, f"starts on {start}, before today, {rollout.today}", start)
    if finish > rollout.last:
        text = f"finishes on {finish}, after the horizon's last day, {rollout.last}"
        yield of_shop("horizon", remodel.shop, text, finish)


def _working_days(context: Context, shop: Shop, phases: Sequence[PlannedPhase]) -> Iterator[Violation]:
    days = context.days.of(shop)
    for planned, phase in zip(phases, context.rollout.format_of(shop).phases, strict=True):
        for day in dict.fromkeys((planned.first, planned.last)):
            if not days.is_working(day):
                text = f"has {phase.name!r} begin or end on {day}, which is no working day there"
                yield of_shop("calendar", shop, text, day)
        taken = days.working_between(planned.first, planned.last)
        if taken != phase.days:
            text = f"has {phase.name!r} take {taken} working days, but it takes {phase.days}"
            yield of_shop("phase", shop, text, planned.first, planned.last)


def _waits(context: Context, shop: Shop, phases: Sequence[PlannedPhase]) -> Iterator[Violation]:
    days = context.days.of(shop)
    for (before, planned), phase in zip(pairwise(phases), context.rollout.format_of(shop).phases[1:], strict=True):
        if planned.first <= before.last:
            text = f"has {phase.name!r} begin on {planned.first}, before the phase before it has ended"
            yield of_shop("wait", shop, text, planned.first, before.last)
            continue
        waited = days.working_between(before.last + ONE_DAY, planned.first - ONE_DAY)
        if not phase.wait_min <= waited <= phase.wait_max:
            allowed = f"{phase.wait_min} to {phase.wait_max}"
            text = f"waits {waited} working days before {phase.name!r}, but must wait {allowed}"
            yield of_shop("wait", shop, text, before.last, planned.first)
