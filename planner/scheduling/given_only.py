"""A rollout with nothing but shops whose dates are given: all of them, or some standing alone."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.filters import frozen_start


def is_given(rollout: Rollout, shop: Shop) -> bool:
    """Whether a shop is fixed, in progress, or to keep a near published start."""
    return shop.is_standing or frozen_start(rollout, shop) is not None


def given_only(rollout: Rollout, names: Collection[str] | None = None) -> Rollout:
    """The rollout without shops whose dates are open, or with the shops of `names` alone, and those that are done.

    Open shops take no part in clashes, but as undated predecessors. What a partner's target is summed over stays, as
    a shop of each partner that is done with.
    """
    wanted = {shop.id for shop in rollout.shops if is_given(rollout, shop)} if names is None else set(names)
    kept = [shop for shop in rollout.shops if shop.id in wanted or shop.status is Status.DONE]
    ids = {shop.id for shop in kept}
    shops = [
        shop if ids.issuperset(shop.after) else replace(shop, after=tuple(name for name in shop.after if name in ids))
        for shop in kept
    ]
    if rollout.partner_target is not None:
        partners = {shop.partner for shop in kept if shop.status is not Status.DONE}
        targets: dict[str, list[Shop]] = defaultdict(list)
        for shop in rollout.shops:
            if shop.is_in_plan and shop.id not in ids and shop.annual_target is not None and shop.partner in partners:
                targets[shop.partner].append(shop)
        for of_partner in targets.values():
            total = sum(shop.annual_target or 0.0 for shop in of_partner)
            done = replace(of_partner[0], status=Status.DONE, finish=rollout.today, after=(), annual_target=total)
            shops.append(done)
    return replace(rollout, shops=tuple(shops), milestones=())
