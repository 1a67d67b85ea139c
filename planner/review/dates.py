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
from planner.review.findings import Violation, day_or_none, of_shop
from planner.review.given import standing_spans
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext

# Days further from the horizon than this are a slip of the pen, and too many to follow one by one.
FOLLOWED = timedelta(days=3653)


def misshapen(rollout: Rollout, shop_format: ShopFormat, remodel: Remodel) -> str | None:
    """Why a remodel's phases cannot be followed day by day, or None where they can."""
    expected = [phase.name for phase in shop_format.phases]
    found = [phase.name for phase in remodel.phases]
    if found != expected:
        text = gettext("has the phases {found}, but its format {format} has {expected}")
        return text.format(found=found, format=shop_format.name, expected=expected)
    for phase in remodel.phases:
        if phase.last < phase.first:
            return _with_days(gettext("has the phase {phase!r} end on {last}, before it begins on {first}"), phase)
        if rollout.today - phase.first > FOLLOWED or phase.last - rollout.last > FOLLOWED:
            text = gettext("has the phase {phase!r} from {first} to {last}, years away from the horizon")
            return _with_days(text, phase)
    return None


def _with_days(text: str, phase: PlannedPhase) -> str:
    return text.format(phase=phase.name, first=plain_day_text(phase.first), last=plain_day_text(phase.last))


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
        text = gettext("starts on {start} in the plan, but its first phase begins on {first}")
        text = text.format(start=plain_day_text(remodel.start), first=plain_day_text(first))
        yield of_shop("start", remodel.shop, text, remodel.start)
    if remodel.finish != last:
        text = gettext("finishes on {finish} in the plan, but its last phase ends on {last}")
        text = text.format(finish=plain_day_text(remodel.finish), last=plain_day_text(last))
        yield of_shop("start", remodel.shop, text, remodel.finish)


def _closed(shop_format: ShopFormat, remodel: Remodel) -> Iterator[Violation]:
    expected = closed_period(shop_format, remodel.phases) or (None, None)
    if (remodel.closed_from, remodel.closed_to) != expected:
        days = (remodel.closed_from, remodel.closed_to, *expected)
        first, last, first_expected, last_expected = (day_or_none(day) for day in days)
        text = gettext(
            "is closed from {first} to {last} in the plan, but its phases close it from {first_expected} to "
            "{last_expected}"
        ).format(first=first, last=last, first_expected=first_expected, last_expected=last_expected)
        yield of_shop("closed", remodel.shop, text, expected[0], expected[1])


def _stands(context: Context, shop: Shop, remodel: Remodel) -> Iterator[Violation]:
    spans = standing_spans(context, shop)
    if spans is None:
        text = gettext("is {status}, but has too few working days after its start")
        yield of_shop("fixed", shop, text.format(status=shop.status.value))
        return
    for phase, (first, last) in zip(remodel.phases, spans, strict=True):
        if (phase.first, phase.last) != (first, last):
            text = gettext(
                "has {phase!r} from {found_first} to {found_last}, but as it is {status} that stands from {first} to "
                "{last}"
            ).format(
                phase=phase.name,
                found_first=plain_day_text(phase.first),
                found_last=plain_day_text(phase.last),
                status=shop.status.value,
                first=plain_day_text(first),
                last=plain_day_text(last),
            )
            yield of_shop("fixed", shop, text, first, last)


def _horizon(context: Context, remodel: Remodel) -> Iterator[Violation]:
    rollout = context.rollout
    start, finish = remodel.phases[0].first, remodel.phases[-1].last
    if start < rollout.today:
        text = gettext("starts on {start}, before today, {today}")
        text = text.format(start=plain_day_text(start), today=plain_day_text(rollout.today))
        yield of_shop("start", remodel.shop, text, start)
    if finish > rollout.last:
        text = gettext("finishes on {finish}, after the horizon's last day, {last}")
        text = text.format(finish=plain_day_text(finish), last=plain_day_text(rollout.last))
        yield of_shop("horizon", remodel.shop, text, finish)


def _working_days(context: Context, shop: Shop, phases: Sequence[PlannedPhase]) -> Iterator[Violation]:
    days = context.days.of(shop)
    for planned, phase in zip(phases, context.rollout.format_of(shop).phases, strict=True):
        for day in dict.fromkeys((planned.first, planned.last)):
            if not days.is_working(day):
                text = gettext("has {phase!r} begin or end on {day}, which is no working day there")
                yield of_shop("calendar", shop, text.format(phase=phase.name, day=plain_day_text(day)), day)
        taken = days.working_between(planned.first, planned.last)
        if taken != phase.days:
            text = gettext("has {phase!r} take {taken} working days, but it takes {days}")
            text = text.format(phase=phase.name, taken=taken, days=phase.days)
            yield of_shop("phase", shop, text, planned.first, planned.last)


def _waits(context: Context, shop: Shop, phases: Sequence[PlannedPhase]) -> Iterator[Violation]:
    days = context.days.of(shop)
    for (before, planned), phase in zip(pairwise(phases), context.rollout.format_of(shop).phases[1:], strict=True):
        if planned.first <= before.last:
            text = gettext("has {phase!r} begin on {first}, before the phase before it has ended")
            text = text.format(phase=phase.name, first=plain_day_text(planned.first))
            yield of_shop("wait", shop, text, planned.first, before.last)
            continue
        waited = days.working_between(before.last + ONE_DAY, planned.first - ONE_DAY)
        if not phase.wait_min <= waited <= phase.wait_max:
            text = gettext("waits {waited} working days before {phase!r}, but must wait {least} to {most}")
            text = text.format(waited=waited, phase=phase.name, least=phase.wait_min, most=phase.wait_max)
            yield of_shop("wait", shop, text, before.last, planned.first)
