"""Why a shop can have no date even if it had every crew to itself: the fewest of its own rules that rule one out.

Each answer is found by lifting rules and making the shop's options anew, so that what is named is what it takes.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from planner.domain.crew import Crew
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.filters import frozen_start
from planner.scheduling.problem import build_problem
from planner.scheduling.things import Thing

MORE_DAYS = timedelta(days=366)
MOST_TOGETHER = 3


def rules_in_the_way(rollout: Rollout, shop_id: str) -> list[tuple[Thing, ...]]:
    """The smallest sets of rules without which a backlog shop would have an option; all of the same size.

    Empty where the shop has one as it is, or none whatever is lifted.
    """
    around = _around(rollout, shop_id)
    things = list(_things(around, shop_id))
    if _has_option(around, shop_id, ()) or not _has_option(around, shop_id, things):
        return []
    for size in range(1, MOST_TOGETHER + 1):
        found = [chosen for chosen in combinations(things, size) if _has_option(around, shop_id, chosen)]
        if found:
            return found
    kept = list(things)
    for thing in things:
        rest = [other for other in kept if other != thing]
        if _has_option(around, shop_id, rest):
            kept = rest
    return [tuple(kept)]


def lift(rollout: Rollout, shop_id: str, thing: Thing) -> Rollout:
    """The rollout without what `thing` asks of a shop."""
    match thing.rule:
        case "horizon":
            return replace(rollout, last=rollout.last + MORE_DAYS)
        case "ready_from":
            return _with_shop(rollout, replace(rollout.shop_by_id[shop_id], ready_from=None))
        case "freeze":
            return replace(rollout, freeze_days=0)
        case "blackout":
            return replace(rollout, blackouts=tuple(item for item in rollout.blackouts if item.name != thing.subject))
        case "after":
            shop, other = rollout.shop_by_id[shop_id], rollout.shop_by_id[thing.subject]
            changed = _with_shop(rollout, replace(shop, after=_without(shop.after, other.id)))
            other = changed.shop_by_id[thing.subject]
            return _with_shop(changed, replace(other, after=_without(other.after, shop_id)))
        case "crew":
            need = max(
                need.units
                for need in rollout.format_of(rollout.shop_by_id[shop_id]).visits
                if need.trade == thing.subject
            )
            new = Crew(id=f"{thing.subject} that comes anywhere", trade=thing.subject, units=need)
            return replace(rollout, crews=(*rollout.crews, new))
        case "absence":
            kept = (item for item in rollout.absences if rollout.crew_by_id[item.crew].trade != thing.subject)
            return replace(rollout, absences=tuple(kept))
        case _:
            crews = (_lifted_crew(crew, thing) for crew in rollout.crews)
            return replace(rollout, crews=tuple(crews))


def _lifted_crew(crew: Crew, thing: Thing) -> Crew:
    if crew.trade != thing.subject:
        return crew
    match thing.rule:
        case "region":
            return replace(crew, regions=())
        case "max_km":
            return replace(crew, max_km=None)
        case _:
            return replace(crew, first=None, last=None)


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in names if other != name)


def _with_shop(rollout: Rollout, shop: Shop) -> Rollout:
    return replace(rollout, shops=tuple(shop if other.id == shop.id else other for other in rollout.shops))


def _around(rollout: Rollout, shop_id: str) -> Rollout:
    """The rollout with the shop, others only as far as their given dates bear on it, and no rules that shops share."""
    shop = rollout.shop_by_id[shop_id]
    near = {shop_id, *shop.after, *(other.id for other in rollout.shops if shop_id in other.after)}
    kept = [other for other in rollout.shops if other.id == shop_id or (other.id in near and _is_dated(rollout, other))]
    names = {other.id for other in kept}
    shops = tuple(replace(other, after=tuple(name for name in other.after if name in names)) for other in kept)
    return replace(rollout, shops=shops, limits=(), supplies=(), neighbours_km=None, partner_target=None, milestones=())


def _is_dated(rollout: Rollout, shop: Shop) -> bool:
    return shop.is_standing or shop.status is Status.DONE or frozen_start(rollout, shop) is not None


def _things(rollout: Rollout, shop_id: str) -> Iterator[Thing]:
    shop = rollout.shop_by_id[shop_id]
    if shop.ready_from is not None:
        yield Thing("ready_from")
    yield from dict.fromkeys(Thing("blackout", item.name) for item in rollout.blackouts if item.scope.matches(shop))
    for other in rollout.shops:
        if other.id in shop.after or shop_id in other.after:
            yield Thing("after", other.id)
    for trade in dict.fromkeys(need.trade for need in rollout.format_of(shop).visits):
        crews = [crew for crew in rollout.crews if crew.trade == trade]
        most = max(need.units for need in rollout.format_of(shop).visits if need.trade == trade)
        if sum(crew.units for crew in crews) < most:
            yield Thing("crew", trade)
            continue
        if any(crew.regions for crew in crews):
            yield Thing("region", trade)
        if any(crew.max_km is not None for crew in crews):
            yield Thing("max_km", trade)
        if any(crew.first or crew.last for crew in crews):
            yield Thing("crew_dates", trade)
        if any(rollout.crew_by_id[item.crew].trade == trade for item in rollout.absences):
            yield Thing("absence", trade)
    yield Thing("horizon")


def _has_option(rollout: Rollout, shop_id: str, lifted: Collection[Thing]) -> bool:
    for thing in lifted:
        rollout = lift(rollout, shop_id, thing)
    return shop_id not in build_problem(rollout).impossible


def able_to_finish(rollout: Rollout, by: date) -> int:
    """How many shops finish by a day, or could if each had all crews and whatever shops share to itself."""
    problem = build_problem(rollout)
    day = problem.axis.number(by)
    done = sum(shop.status is Status.DONE and shop.finish is not None and shop.finish <= by for shop in rollout.shops)
    open_finishes = (options.finish[options.blocks[-1].open] for options in problem.options)
    return done + sum(bool((finish <= day).any()) for finish in open_finishes)
