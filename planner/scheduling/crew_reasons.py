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
    if _units(crews) < need.units:
        have = _units(crews) or "none"
        return CrewReason(
            "crew", f"it needs {need.units} of trade {need.trade}, and the crews it may have: {have}", one
        )
    crews = [crew for crew in crews if not crew.regions or shop.region in crew.regions]
    if _units(crews) < need.units:
        region = f"region {shop.region}" if shop.region else "a shop without a region"
        return CrewReason("region", _too_few(one, need, f"serve {region}"), one)
    crews = [crew for crew in crews if _in_reach(crew, shop)]
    if _units(crews) < need.units:
        return CrewReason("max_km", _too_few(one, need, "travel that far"), one)
    crews = [
        crew
        for crew in crews
        if (crew.first is None or crew.first <= first) and (crew.last is None or crew.last >= last)
    ]
    if _units(crews) < need.units:
        return CrewReason("crew_dates", _too_few(one, need, "work for the rollout on all of these days"), one)
    return CrewReason("absence", _too_few(one, need, "stay throughout: some are absent"), one)


def never_crewed(rollout: Rollout, shop: Shop, needs: Sequence[VisitNeed]) -> str:
    """Why no start of a backlog shop can be crewed at all, other remodels apart."""
    for need in needs:
        reason = crew_reason(rollout, shop, need, rollout.last, rollout.today)
        if reason.rule == "crew":
            return f"it needs {need.units} of trade {need.trade}, and there are {_total(rollout, need.trade) or 'none'}"
        if reason.rule == "region":
            where = f"region {shop.region}" if shop.region else "shops without a region"
            return f"no {need.trade} crew serves {where} before the horizon ends"
        if reason.rule == "max_km":
            return f"no {need.trade} crew of region {shop.region or '–'} travels as far as this shop"
    trades = ", ".join(dict.fromkeys(need.trade for need in needs))
    return f"the crews it needs ({trades}) are not available long enough together before {rollout.last}"


def _too_few(one: str | None, need: VisitNeed, verb: str) -> str:
    """That the one crew, or too few of a trade, would `verb`."""
    if one is not None:
        return f"crew {one} does not {verb}"
    return f"no {need.trade} crews {verb}" if need.units == 1 else f"fewer than {need.units} {need.trade} units {verb}"


def _total(rollout: Rollout, trade: str) -> int:
    return _units([crew for crew in rollout.crews if crew.trade == trade])


def _units(crews: Sequence[Crew]) -> int:
    return sum(crew.units for crew in crews)


def _in_reach(crew: Crew, shop: Shop) -> bool:
    if crew.max_km is None or distance_km(crew, shop) is None:
        return True
    return is_within(crew, shop, crew.max_km)


def days_short(rollout: Rollout, shop: Shop, need: VisitNeed, working: Sequence[date]) -> list[date]:
    """The days of `working` on which absences alone leave a visit without enough units."""
    crews = [
        crew for crew in eligible_crews(rollout, shop, need.trade) if not crew.regions or shop.region in crew.regions
    ]
    crews = [crew for crew in crews if _in_reach(crew, shop)]
    return [day for day in working if sum(_present(rollout, crew, day) for crew in crews) < need.units]


def _present(rollout: Rollout, crew: Crew, day: date) -> int:
    absences = [item for item in rollout.absences if item.crew == crew.id and item.first <= day <= item.last]
    away = sum(crew.units if item.units is None else item.units for item in absences)
    return max(0, crew.units - away)
