"""Why a visit cannot be crewed, found by asking one rule after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.crew import Crew
from planner.domain.geography import distance_km, is_within
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import VisitNeed


@dataclass(frozen=True, slots=True)
class CrewReason:
    """The first rule that leaves a visit without enough units, in words, and the one crew it is about, if one."""

    rule: str
    text: str
    crew: str | None


def eligible_crews(rollout: Rollout, shop: Shop, trade: str) -> list[Crew]:
    """The crews of a trade that may be asked to come: all, or those that a shop with given dates names."""
    crews = [crew for crew in rollout.crews if crew.trade == trade]
    named = [crew for crew in crews if crew.id in shop.crews] if shop.is_standing else []
    return named or crews


def crew_reason(rollout: Rollout, shop: Shop, need: VisitNeed, first: date, last: date) -> CrewReason:
    """Why a visit from `first` to `last` cannot have its units, other remodels apart."""
    crews = eligible_crews(rollout, shop, need.trade)
    one = crews[0].id if len(crews) == 1 else None
    who = one or f"{need.trade} crews"
    if _units(crews) < need.units:
        have = _units(crews)
        text = f"it needs {need.units} of trade {need.trade}, and there {'is' if have == 1 else 'are'} {have or 'none'}"
        return CrewReason("crew", text, one)
    crews = [crew for crew in crews if not crew.regions or shop.region in crew.regions]
    if _units(crews) < need.units:
        region = f"region {shop.region}" if shop.region else "a shop without a region"
        return CrewReason("region", f"{_too_few(who, need)} serve {region}", one)
    crews = [crew for crew in crews if _in_reach(crew, shop)]
    if _units(crews) < need.units:
        return CrewReason("max_km", f"{_too_few(who, need)} travel as far", one)
    crews = [
        crew
        for crew in crews
        if (crew.first is None or crew.first <= first) and (crew.last is None or crew.last >= last)
    ]
    if _units(crews) < need.units:
        return CrewReason("crew_dates", f"{_too_few(who, need)} are available from {first} to {last}", one)
    return CrewReason("absence", f"{_too_few(who, need)} are there throughout from {first} to {last}", one)


def never_crewed(rollout: Rollout, shop: Shop, needs: Sequence[VisitNeed]) -> str:
    """Why no start of a backlog shop can be crewed at all, other remodels apart."""
    for need in needs:
        reason = crew_reason(rollout, shop, need, rollout.last, rollout.today)
        if reason.rule == "crew":
            return reason.text
        if reason.rule == "region":
            where = f"region {shop.region}" if shop.region else "shops without a region"
            return f"no {need.trade} crew serves {where} before the horizon ends"
        if reason.rule == "max_km":
            return f"no {need.trade} crew of region {shop.region or '–'} travels as far as this shop"
    trades = ", ".join(dict.fromkeys(need.trade for need in needs))
    return f"the crews it needs ({trades}) are not available long enough together before {rollout.last}"


def _too_few(who: str, need: VisitNeed) -> str:
    return f"not enough of {who} (it needs {need.units})" if need.units > 1 else f"no {who}"


def _units(crews: Sequence[Crew]) -> int:
    return sum(crew.units for crew in crews)


def _in_reach(crew: Crew, shop: Shop) -> bool:
    if crew.max_km is None or distance_km(crew, shop) is None:
        return True
    return is_within(crew, shop, crew.max_km)
