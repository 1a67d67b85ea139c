"""Breaches of the partner target: what closures cost each partner in the window (rule 7)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from planner.domain.rules import PartnerTarget
from planner.domain.shop import Status
from planner.review.entries import Context, Entry
from planner.review.findings import Breach, listed
from planner.wording.amounts import plain_number_text
from planner.wording.translation import gettext

TOLERANCE_EUR = 0.005


def partner_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Partners who lose more than the target allows, from today on."""
    target = context.rollout.partner_target
    if target is None:
        return
    losses: dict[str, dict[str, float]] = defaultdict(dict)
    for entry in entries:
        loss = _loss_eur(context, target, entry)
        if entry.shop.partner and loss > 0:
            losses[entry.shop.partner][entry.shop.id] = loss
    allowed = _allowed_eur(context, target)
    first = max(target.first, context.rollout.today)
    for partner, by_shop in losses.items():
        lost = sum(by_shop.values())
        if partner in allowed and lost > allowed[partner] + TOLERANCE_EUR:
            text = gettext(
                "partner {partner} loses {lost} EUR by the closures of {shops}; its target allows {allowed} EUR"
            ).format(
                partner=partner,
                lost=plain_number_text(lost, 2),
                shops=listed(by_shop),
                allowed=plain_number_text(allowed[partner], 2),
            )
            yield Breach("partner_target", (partner,), first, target.last, tuple(by_shop), text)


def _loss_eur(context: Context, target: PartnerTarget, entry: Entry) -> float:
    closed = entry.closed_from(max(target.first, context.rollout.today))
    if closed is None or closed[0] > target.last:
        return 0.0
    share = context.days.of(entry.shop).sales_share(closed[0], min(closed[1], target.last))
    return entry.shop.weekly_revenue * share * (1 - context.rollout.costs.recapture)


def _allowed_eur(context: Context, target: PartnerTarget) -> dict[str, float]:
    """What each partner with a target may lose."""
    allowed: dict[str, float] = defaultdict(float)
    for shop in context.rollout.shops:
        counts = shop.status not in (Status.DEFERRED, Status.CANCELLED)
        if counts and shop.annual_target is not None:
            allowed[shop.partner] += shop.annual_target * target.share * target.max_loss
    return dict(allowed)
