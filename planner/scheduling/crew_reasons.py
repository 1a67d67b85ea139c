"""Why a visit cannot be crewed, found by asking one rule after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.crew import Crew
from planner.domain.geography import distance_km, is_within
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import VisitNeed
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext, later, pgettext

TOO_FEW = {
    "region": (
        later("crew {crew} does not serve {where}"),
        later("no {trade} crews serve {where}"),
        later("fewer than {units} {trade} units serve {where}"),
    ),
    "max_km": (
        later("crew {crew} does not travel that far"),
        later("no {trade} crews travel that far"),
        later("fewer than {units} {trade} units travel that far"),
    ),
    "crew_dates": (
        later("crew {crew} does not work for the rollout on all of these days"),
        later("no {trade} crews work for the rollout on all of these days"),
        later("fewer than {units} {trade} units work for the rollout on all of these days"),
    ),
    "absence": (
        later("crew {crew} does not stay throughout: some are absent"),
        later("no {trade} crews stay throughout: some are absent"),
        later("fewer than {units} {trade} units stay throughout: some are absent"),
    ),
}
"""For each rule that leaves too few units: where one crew may come, where one unit is needed, and where several are."""


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
        text = gettext("it needs {units} of trade {trade}, and the crews it may have: {number}")
        return CrewReason("crew", text.format(units=need.units, trade=need.trade, number=_or_none(_units(crews))), one)
    crews = [crew for crew in crews if not crew.regions or shop.region in crew.regions]
    if _units(crews) < need.units:
        where = pgettext("served", "region {region}").format(region=shop.region)
        return _too_few("region", one, need, where if shop.region else gettext("a shop without a region"))
    crews = [crew for crew in crews if _in_reach(crew, shop)]
    if _units(crews) < need.units:
        return _too_few("max_km", one, need)
    crews = [
        crew
        for crew in crews
        if (crew.first is None or crew.first <= first) and (crew.last is None or crew.last >= last)
    ]
    if _units(crews) < need.units:
        return _too_few("crew_dates", one, need)
    return _too_few("absence", one, need)


def never_crewed(rollout: Rollout, shop: Shop, needs: Sequence[VisitNeed]) -> str:
    """Why no start of a backlog shop can be crewed at all, other remodels apart."""
    for need in needs:
        reason = crew_reason(rollout, shop, need, rollout.last, rollout.today)
        if reason.rule == "crew":
            text = gettext("it needs {units} of trade {trade}, and there are {number}")
            number = _or_none(_total(rollout, need.trade))
            return text.format(units=need.units, trade=need.trade, number=number)
        if reason.rule == "region":
            where = pgettext("served", "region {region}").format(region=shop.region)
            text = gettext("no {trade} crew serves {where} before the horizon ends")
            return text.format(trade=need.trade, where=where if shop.region else gettext("shops without a region"))
        if reason.rule == "max_km":
            text = gettext("no {trade} crew of region {region} travels as far as this shop")
            return text.format(trade=need.trade, region=shop.region or "–")
    trades = ", ".join(dict.fromkeys(need.trade for need in needs))
    text = gettext("the crews it needs ({trades}) are not available long enough together before {day}")
    return text.format(trades=trades, day=plain_day_text(rollout.last))


def _too_few(rule: str, one: str | None, need: VisitNeed, where: str = "") -> CrewReason:
    """That the one crew, or too many of a trade, are kept away by a rule."""
    of_crew, of_one_unit, of_units = TOO_FEW[rule]
    text = of_crew if one is not None else of_one_unit if need.units == 1 else of_units
    return CrewReason(rule, gettext(text).format(crew=one, trade=need.trade, units=need.units, where=where), one)


def _or_none(number: int) -> str:
    return str(number) if number else pgettext("no units", "none")


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
