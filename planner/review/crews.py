"""Breaches of rule 6: crews held for more units than they have, away, too far, out of region or out of date."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from planner.domain.crew import Absence, Crew
from planner.domain.shop import Shop
from planner.review.days import ONE_DAY, each_day
from planner.review.entries import Context, Entry, Visit
from planner.review.findings import Breach, Violation, listed, of_shop
from planner.review.neighbours import EDGE_KM, distance_km
from planner.review.visits import Shortage, named_crews, shortages
from planner.wording.amounts import plain_day_text, plain_number_text
from planner.wording.translation import gettext, pgettext

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
            for name, units in visit.crews.items():
                of_crew, holder = held[name], (entry, units)
                for day in each_day(max(visit.first, context.rollout.today), visit.last):
                    of_crew[day].append(holder)
    return held


def away_units(crew: Crew, absences: Sequence[Absence], day: date) -> int:
    """How many of a crew's units are absent on a day."""
    away = [crew.units if item.units is None else item.units for item in absences if item.first <= day <= item.last]
    return min(crew.units, sum(away))


def refusal(crew: Crew, shop: Shop) -> tuple[str, str] | None:
    """The rule that keeps a crew from serving a shop on any day, and why; None where nothing does."""
    if crew.regions and shop.region not in crew.regions:
        text = gettext("crew {crew} serves {regions}, but shop {shop} is in {region!r}")
        text = text.format(crew=crew.id, regions=", ".join(crew.regions), shop=shop.id, region=shop.region)
        return "region", text
    distance = None if crew.max_km is None else distance_km(crew, shop)
    if crew.max_km is not None and distance is not None and distance > crew.max_km + EDGE_KM:
        text = gettext(
            "crew {crew} is sent to shop {shop}, {distance} km from its home; it travels {most} km at most"
        ).format(
            crew=crew.id,
            shop=shop.id,
            distance=plain_number_text(distance, 1),
            most=plain_number_text(crew.max_km),
        )
        return "max_km", text
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
                text = gettext("is sent {sent} units of {trade}, but needed {units}, which could have come")
                text = text.format(sent=sent, trade=visit.trade, units=visit.units)
                yield of_shop("visit", entry.shop, text, visit.first, visit.last)


def used_up_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Remodels that hold crews which a given remodel is short of, on the days it needs them (rule 8)."""
    found = [shortage for entry in entries for shortage in shortages(context, entry)]
    held = crew_days(context, entries) if found else {}
    for shortage in found:
        yield from _takers(context, shortage, held)


def _takers(context: Context, shortage: Shortage, held: dict[str, Held]) -> Iterator[Breach]:
    visit, shop = shortage.visit, shortage.entry.shop
    crews = eligible_crews(context, shortage.entry, visit)
    units = sum(crew.units for crew in crews)
    for day in each_day(max(visit.first, context.rollout.today), visit.last):
        holders = [holder for crew in crews for holder in held.get(crew.id, {}).get(day, ())]
        takers = tuple(dict.fromkeys(entry.shop.id for entry, _ in holders if not entry.is_given))
        if takers and sum(taken for _, taken in holders) + shortage.missing > units:
            text = gettext("shop {shop} lacks {missing} units of {trade}, while {takers} holds crews that could come")
            text = text.format(shop=shop.id, missing=shortage.missing, trade=visit.trade, takers=listed(takers))
            yield Breach("crew", (shop.id, visit.trade), day, day, (shop.id, *takers), text)


def _over_units(crew: Crew, held: Held) -> Iterator[Breach]:
    for day, holders in held.items():
        units = sum(taken for _, taken in holders)
        if units > crew.units:
            shops = tuple(entry.shop.id for entry, _ in holders)
            text = gettext("crew {crew} is held for {units} units by {shops}; it has {has}")
            text = text.format(crew=crew.id, units=units, shops=listed(shops), has=crew.units)
            yield Breach("crew", (crew.id,), day, day, shops, text)


def _while_away(context: Context, crew: Crew, absences: Sequence[Absence], held: Held) -> Iterator[Breach]:
    if not absences or not held:
        return
    begin, end = min(held), max(held)
    spans = (each_day(max(item.first, begin), min(item.last, end)) for item in absences)
    for day in sorted(held.keys() & set(chain.from_iterable(spans))):
        away = away_units(crew, absences, day)
        if not away:
            continue
        working = [(entry.shop, units) for entry, units in held[day] if context.days.of(entry.shop).is_working(day)]
        units = sum(taken for _, taken in working)
        if units > crew.units - away:
            shops = tuple(shop.id for shop, _ in working)
            text = gettext("crew {crew} works {units} units at {shops}, while {away} of its {has} are absent")
            text = text.format(crew=crew.id, units=units, shops=listed(shops), away=away, has=crew.units)
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
        window = {"first": _day_or_any(crew.first), "last": _day_or_any(crew.last)}
        text = gettext("crew {crew} is held by shop {shop}, but is available only from {first} to {last}")
        text = text.format(crew=crew.id, shop=entry.shop.id, **window)
        yield Breach("crew_dates", (crew.id, *shops), early, late, shops, text)


def _day_or_any(day: date | None) -> str:
    return pgettext("without end", "any day") if day is None else plain_day_text(day)
