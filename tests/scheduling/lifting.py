"""Rollouts in which what an explanation names really gives way, made without the code that explains."""

from dataclasses import replace

from planner.domain.rollout import Rollout
from planner.scheduling.things import Thing


def without(rollout: Rollout, shop_id: str, thing: Thing) -> Rollout:
    """The rollout without a thing that stands in a shop's way; one more of each crew of a trade is there for it."""
    shop = rollout.shop_by_id[shop_id]
    match thing.rule:
        case "crew":
            crews = [crew for crew in rollout.crews if crew.trade == thing.subject]
            more = [replace(crew, id=f"{crew.id}+", units=9, first=None, last=None) for crew in crews]
            named = tuple(crew.id for crew in more) if shop.crews else ()
            return _with(replace(rollout, crews=(*rollout.crews, *more)), shop_id, crews=(*shop.crews, *named))
        case "limit":
            kept = (item for item in rollout.limits if not thing.subject.startswith(f"“{item.name}”"))
            return replace(rollout, limits=tuple(kept))
        case "neighbours":
            return replace(rollout, neighbours_km=None)
        case "supply":
            return replace(
                rollout, supplies=tuple(item for item in rollout.supplies if f"“{item.name}”" != thing.subject)
            )
        case "partner_target":
            return replace(rollout, partner_target=None)
        case "blackout":
            return replace(rollout, blackouts=tuple(item for item in rollout.blackouts if item.name != thing.subject))
        case "ready_from":
            return _with(rollout, shop_id, ready_from=None)
        case "freeze":
            return replace(rollout, freeze_days=0)
        case "after":
            other = rollout.shop_by_id[thing.subject]
            rollout = _with(rollout, shop_id, after=tuple(name for name in shop.after if name != other.id))
            return _with(rollout, other.id, after=tuple(name for name in other.after if name != shop_id))
        case "milestone":
            return replace(rollout, milestones=tuple(item for item in rollout.milestones if item.name != thing.subject))
        case _:
            raise ValueError(f"nobody knows how to lift {thing}")


def _with(rollout: Rollout, shop_id: str, **changes: object) -> Rollout:
    shops = (replace(shop, **changes) if shop.id == shop_id else shop for shop in rollout.shops)  # type: ignore[arg-type] # fields by name
    return replace(rollout, shops=tuple(shops))
