"""Breaches of rule 6: crews held for more units than they have, away, too far, out of region or out of date."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from planner.domain.crew import Absence, Crew
from planner.domain.shop import Shop
from planner.review.days import ONE_DAY, each_day
from planner.review.entries import Context, Entry, Visit
from planner.review.findings import Breach, Violation, listed, of_shop
from planner.review.neighbours import EDGE_KM, distance_km
from planner.review.visits import Shortage, named_crews, shortages

CREW_RULES = frozenset({"crew", "absence", "region", "max_km", "crew_dates"})

Held = dict[date, list[tuple[Entry, int]]]


def crew_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """All breaches of rule 6, day by day from today on."""
    held_by_crew = crew_days(context, entries)
    absences: dict[str, list[Absence]] = defaultdict(list)
    for absence in context.rollout.absences:
        absences[absence.crew].append(absence)
    for name, held in held_by_crew.items():
        crew = context.rollout.crew_by_id[name]
        yield from _over_units(crew, held)
        yield from _while_away(context, crew, absences[name], held)
    for entry in entries:
        for visit in entry.visits:
            for name in visit.crews:
                yield from _out_of_bounds(context, entry, visit, context.rollout.crew_by_id[name])


def crew_days(context: Context, entries: Sequence[Entry]) -> dict[str, Held]:
    """For each crew and each day from today on, the remodels it is held by and for how many units."""
    held: dict[str, Held] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        for visit in entry.visits:
            for day in each_day(max(visit.first, context.rollout.today), visit.last):
                for name, units in visit.crews.items():
                    held[name][day].append((entry, units))
    return held


def away_units(crew: Crew, absences: Sequence[Absence], day: date) -> int:
    """How many of a crew's units are absent on a day."""
    away = [crew.units if item.units is None else item.units for item in absences if item.first <= day <= item.last]
    return min(crew.units, sum(away))


def refusal(crew: Crew, shop: Shop) -> tuple[str, str] | None:
    """The rule that keeps a crew from serving a shop on any day, and why; None where nothing does."""
    if crew.regions and shop.region not in crew.regions:
        return "region", f"crew {crew.id} serves {', '.join(crew.regions)}, but shop {shop.id} is in {shop.region!r}"
    distance = distance_km(crew, shop)
    if crew.max_km is not None and distance is not None and distance > crew.max_km + EDGE_KM:
        what = f"crew {crew.id} is sent to shop {shop.id}, {distance:.1f} km from its home"
        return "max_km", f"{what}; it travels {crew.max_km:g} km at most"
    return None


def eligible_crews(context: Context, entry: Entry, visit: Visit) -> list[Crew]:
    """The crews that could make a visit if nobody else needed them and none were absent."""
    named = named_crews(context.rollout, entry.shop, visit.trade)
    first = max(visit.first, context.rollout.today)
    return [
        crew
        for crew in context.rollout.crews
        if crew.trade == visit.trade
        and (not named or crew.id in named)
        and refusal(crew, entry.shop) is None
        and (crew.first or first) <= first
        and visit.last <= (crew.last or visit.last)
    ]


def past_visits_unmade(context: Context, entry: Entry) -> Iterator[Violation]:
    """Visits of a given remodel that were over before today and have too few crews, though some could have come.

    Where none could, nobody knows who came, and nothing is asked.
    """
    for visit in entry.visits:
        sent = sum(visit.crews.values())
        if entry.is_given and visit.last < context.rollout.today and sent < visit.units:
            named = named_crews(context.rollout, entry.shop, visit.trade)
            able = [
                crew for crew in context.rollout.crews if crew.trade == visit.trade and (not named or crew.id in named)
            ]
            able = [crew for crew in able if refusal(crew, entry.shop) is None]
            if sum(crew.units for crew in able) >= visit.units:
                text = f"is sent {sent} units of {visit.trade}, but needed {visit.units}, which could have come"
                yield of_shop("visit", entry.shop, text, visit.first, visit.last)


def used_up_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Remodels that hold crews which a given remodel is short of, on the days it needs them (rule 8)."""
    held = crew_days(context, entries)
    for entry in entries:
        for shortage in shortages(context, entry):
            yield from _takers(context, shortage, held)


def _takers(context: Context, shortage: Shortage, held: dict[str, Held]) -> Iterator[Breach]:
    visit, shop = shortage.visit, shortage.entry.shop
    crews = eligible_crews(context, shortage.entry, visit)
    units = sum(crew.units for crew in crews)
    for day in each_day(max(visit.first, context.rollout.today), visit.last):
        holders = [holder for crew in crews for holder in held.get(crew.id, {}).get(day, ())]
        takers = tuple(dict.fromkeys(entry.shop.id for entry, _ in holders if not entry.is_given))
        if takers and sum(taken for _, taken in holders) + shortage.missing > units:
            what = f"shop {shop.id} lacks {shortage.missing} units of {visit.trade}"
            text = f"{what}, while {listed(takers)} holds crews that could come"
            yield Breach("crew", (shop.id, visit.trade), day, day, (shop.id, *takers), text)


def _over_units(crew: Crew, held: Held) -> Iterator[Breach]:
    for day, holders in held.items():
        units = sum(taken for _, taken in holders)
        if units > crew.units:
            shops = tuple(entry.shop.id for entry, _ in holders)
            what = f"crew {crew.id} is held for {units} units by {listed(shops)}"
            yield Breach("crew", (crew.id,), day, day, shops, f"{what}; it has {crew.units}")


def _while_away(context: Context, crew: Crew, absences: Sequence[Absence], held: Held) -> Iterator[Breach]:
    if not absences:
        return
    for day, holders in held.items():
        away = away_units(crew, absences, day)
        if not away:
            continue
        working = [(entry.shop, units) for entry, units in holders if context.days.of(entry.shop).is_working(day)]
        units = sum(taken for _, taken in working)
        if units > crew.units - away:
            shops = tuple(shop.id for shop, _ in working)
            what = f"crew {crew.id} works {units} units at {listed(shops)}"
            text = f"{what}, while {away} of its {crew.units} are absent"
            yield Breach("absence", (crew.id,), day, day, shops, text)


def _out_of_bounds(context: Context, entry: Entry, visit: Visit, crew: Crew) -> Iterator[Breach]:
    first = max(visit.first, context.rollout.today)
    shops = (entry.shop.id,)
    if visit.last < first:
        return
    refused = refusal(crew, entry.shop)
    if refused is not None:
        yield Breach(refused[0], (crew.id, *shops), first, visit.last, shops, refused[1])
    open_from, open_to = crew.first or first, crew.last or visit.last
    if first < open_from or visit.last > open_to:
        early = first if first < open_from else max(first, open_to + ONE_DAY)
        late = visit.last if visit.last > open_to else min(visit.last, open_from - ONE_DAY)
        window = f"{crew.first or 'any day'} to {crew.last or 'any day'}"
        text = f"crew {crew.id} is held by shop {entry.shop.id}, but is available only from {window}"
        yield Breach("crew_dates", (crew.id, *shops), early, late, shops, text)
