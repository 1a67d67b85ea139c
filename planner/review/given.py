"""Remodels whose dates are given: fixed, in progress, and backlog shops frozen on their published start."""

from datetime import date, timedelta
from itertools import islice, product
from math import prod

from planner.domain.shop import Shop, Status
from planner.domain.shop_format import ShopFormat
from planner.review.entries import Context, Entry, Spans, entry_on

CHOICES_TRIED = 200


def is_frozen(context: Context, shop: Shop) -> bool:
    """Whether the shop's published start is too near to be moved."""
    rollout = context.rollout
    if shop.status is not Status.BACKLOG or shop.published_start is None or rollout.freeze_days <= 0:
        return False
    return rollout.today <= shop.published_start <= rollout.today + timedelta(days=rollout.freeze_days)


def standing_spans(context: Context, shop: Shop) -> Spans | None:
    """The phases' days of a fixed or in-progress remodel (rules 2 and 4), None where working days run out."""
    if shop.start is None:
        return None
    shop_format = context.rollout.format_of(shop)
    waits = [phase.wait_min for phase in shop_format.phases]
    spans = _spans(shop_format, _working_days(context, shop, shop.start), waits)
    if spans is None or shop.status is not Status.IN_PROGRESS:
        return spans
    first, last = spans[-1]
    return (*spans[:-1], (first, max(last, shop.finish or last, context.rollout.today)))


def frozen_spans(context: Context, shop: Shop) -> tuple[list[Spans], bool]:
    """The ways a frozen remodel can run from its published start, and whether these are all of them.

    None breaks the horizon; where its permit can be kept, none breaks that either.
    """
    shop_format = context.rollout.format_of(shop)
    if shop.published_start is None or not context.days.of(shop).is_working(shop.published_start):
        return [], True
    working = _working_days(context, shop, shop.published_start)
    ranges = [range(phase.wait_min, phase.wait_max + 1) for phase in shop_format.phases]
    ranges[0] = range(1)
    choices = [
        spans
        for waits in islice(product(*ranges), CHOICES_TRIED)
        if (spans := _spans(shop_format, working, list(waits))) and spans[-1][1] <= context.rollout.last
    ]
    permitted = [spans for spans in choices if _keeps_permit(shop, shop_format, spans)]
    return permitted or choices, prod(map(len, ranges)) <= CHOICES_TRIED


def frozen_start_allowed(context: Context, shop: Shop) -> bool:
    """Whether a remodel may begin on the shop's published start: a working day, in the horizon, permit in time."""
    start = shop.published_start
    if start is None or not context.days.of(shop).is_working(start):
        return False
    shop_format = context.rollout.format_of(shop)
    working = _working_days(context, shop, start)
    waits = [phase.wait_min for phase in shop_format.phases]
    # Waiting longer only helps the permit, and only before the first closed phase.
    for position, phase in enumerate(shop_format.phases):
        spans = _spans(shop_format, working, waits)
        while spans and position and waits[position] < phase.wait_max and not _keeps_permit(shop, shop_format, spans):
            waits[position] += 1
            spans = _spans(shop_format, working, waits)
        if phase.closed:
            break
    return bool(spans and spans[-1][1] <= context.rollout.last and _keeps_permit(shop, shop_format, spans))


def given_choices(context: Context, shop: Shop) -> tuple[list[Entry], bool]:
    """The ways a given remodel can stand (one, unless it is frozen), and whether these are all of them."""
    if is_frozen(context, shop):
        spans, complete = frozen_spans(context, shop)
        return [entry_on(context.rollout, shop, choice) for choice in spans], complete
    standing = standing_spans(context, shop) if shop.is_standing else None
    return ([entry_on(context.rollout, shop, standing)] if standing else []), True


def _keeps_permit(shop: Shop, shop_format: ShopFormat, spans: Spans) -> bool:
    if shop.ready_from is None:
        return True
    begun = [first for phase, (first, _) in zip(shop_format.phases, spans, strict=True) if phase.closed]
    return all(first >= shop.ready_from for first in begun)


def _working_days(context: Context, shop: Shop, start: date) -> list[date]:
    """As many working days from `start` on as the remodel can reach over."""
    phases = context.rollout.format_of(shop).phases
    reach = sum(phase.days + max(phase.wait_min, phase.wait_max) for phase in phases)
    return list(islice(context.days.of(shop).working_from(start), reach))


def _spans(shop_format: ShopFormat, working: list[date], waits: list[int]) -> Spans | None:
    spans: list[tuple[date, date]] = []
    index = 0
    for position, phase in enumerate(shop_format.phases):
        index += waits[position] if position else 0
        if index + phase.days > len(working):
            return None
        spans.append((working[index], working[index + phase.days - 1]))
        index += phase.days
    return tuple(spans)
