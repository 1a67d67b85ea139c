"""Breaches of `ready_from` and `after`: what must have happened before a shop's turn (rule 7)."""

from collections.abc import Iterator, Sequence

from planner.domain.shop import Shop, Status
from planner.review.entries import Context, Entry
from planner.review.findings import Breach
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext


def ready_from_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Closed phases that begin from today on and before the shop's permit."""
    for entry in entries:
        ready = entry.shop.ready_from
        if ready is None:
            continue
        for phase, planned in zip(entry.shop_format.phases, entry.phases, strict=True):
            if phase.closed and context.rollout.today <= planned.first < ready:
                text = gettext("shop {shop} begins {phase!r}, but is ready only from {day}")
                text = text.format(shop=entry.shop.id, phase=phase.name, day=plain_day_text(ready))
                key = (entry.shop.id,)
                yield Breach("ready_from", key, planned.first, planned.first, (entry.shop.id,), text)


def after_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Remodels that begin before a predecessor has finished, or whose predecessor has no date."""
    by_shop = {entry.shop.id: entry for entry in entries}
    for entry in entries:
        if entry.start < context.rollout.today:
            continue
        for name in entry.shop.after:
            predecessor = context.rollout.shop_by_id[name]
            if name in by_shop:
                yield from _too_early(entry, by_shop[name])
            elif predecessor.status is Status.DONE:
                yield from _before_done(entry, predecessor)
            elif name in context.undated:
                yield _after_undated(entry, name)


def _too_early(entry: Entry, predecessor: Entry) -> Iterator[Breach]:
    if entry.start <= predecessor.finish:
        pair = (entry.shop.id, predecessor.shop.id)
        text = gettext("shop {shop} starts on {start}, but {predecessor} before it finishes on {finish}")
        days = {"start": plain_day_text(entry.start), "finish": plain_day_text(predecessor.finish)}
        text = text.format(shop=pair[0], predecessor=pair[1], **days)
        yield Breach("after", pair, entry.start, predecessor.finish, pair, text)


def _before_done(entry: Entry, predecessor: Shop) -> Iterator[Breach]:
    if predecessor.finish is not None and entry.start <= predecessor.finish:
        text = gettext("shop {shop} starts, but {predecessor} before it was done on {finish}")
        finish = plain_day_text(predecessor.finish)
        text = text.format(shop=entry.shop.id, predecessor=predecessor.id, finish=finish)
        key = (entry.shop.id, predecessor.id)
        yield Breach("after", key, entry.start, predecessor.finish, (entry.shop.id,), text)


def _after_undated(entry: Entry, predecessor: str) -> Breach:
    text = gettext("shop {shop} starts, but {predecessor} before it has no date")
    text = text.format(shop=entry.shop.id, predecessor=predecessor)
    key = (entry.shop.id, predecessor)
    # Only fixed shops are named: one in progress has begun, and cannot wait for a date.
    begun = entry.shop.status is Status.IN_PROGRESS
    return Breach("after", key, entry.start, entry.finish, (entry.shop.id,), text, may_be_left_out=begun)
