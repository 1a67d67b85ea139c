"""Rule 5 for one remodel: each visit has its crews, the same in all its phases, and no others come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.review.entries import Context, Entry, Visit, has_trade
from planner.review.findings import Violation, of_shop
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True)
class Shortage:
    """A visit of a given remodel that is sent `missing` units too few, today or later."""

    entry: Entry
    visit: Visit
    missing: int


def check_visits(context: Context, entry: Entry) -> Iterator[Violation]:
    """Wrong crews in a remodel's phases, and too few where the remodel was the planner's to place."""
    rollout = context.rollout
    yield from _strangers(rollout, entry)
    for visit in entry.visits:
        yield from _unequal(rollout, entry, visit)
        sent = sum(visit.crews.values())
        if sent > visit.units or (sent < visit.units and not entry.is_given):
            what = gettext("is sent {sent} units of {trade} ({crews}), but needs {units}")
            what = what.format(sent=sent, trade=visit.trade, crews=_written(visit.crews), units=visit.units)
            yield _violation(entry, visit, what)
        named = named_crews(rollout, entry.shop, visit.trade)
        for crew in visit.crews:
            if named and crew not in named:
                what = gettext("is sent the {trade} crew {crew}, but names {named} for that trade")
                what = what.format(trade=visit.trade, crew=crew, named=", ".join(named))
                yield _violation(entry, visit, what)


def shortages(context: Context, entry: Entry) -> Iterator[Shortage]:
    """The visits of a given remodel that have too few crews; what is over before today is not asked."""
    for visit in entry.visits:
        missing = visit.units - sum(visit.crews.values())
        if entry.is_given and missing > 0 and visit.last >= context.rollout.today:
            yield Shortage(entry, visit, missing)


def named_crews(rollout: Rollout, shop: Shop, trade: str) -> tuple[str, ...]:
    """The crews of a trade that a fixed or in-progress shop names; none means that any may come."""
    if not shop.is_standing:
        return ()
    return tuple(crew for crew in shop.crews if has_trade(rollout, crew, trade))


def _strangers(rollout: Rollout, entry: Entry) -> Iterator[Violation]:
    """Crews that do not exist, send nobody, or have a trade that the phase does not need."""
    for phase, planned in zip(entry.shop_format.phases, entry.phases, strict=True):
        for name, units in planned.crews.items():
            crew = rollout.crew_by_id.get(name)
            if crew is None:
                text = gettext("is sent the crew {crew} for {phase!r}, which the rollout does not have")
                text = text.format(crew=name, phase=phase.name)
            elif units < 1:
                text = gettext("is sent {units} units of the crew {crew} for {phase!r}")
                text = text.format(units=units, crew=name, phase=phase.name)
            elif not phase.crews.get(crew.trade):
                text = gettext("is sent the {trade} crew {crew} for {phase!r}, which needs no {trade}")
                text = text.format(trade=crew.trade, crew=name, phase=phase.name)
            else:
                continue
            yield of_shop("visit", entry.shop, text, planned.first, planned.last)


def _unequal(rollout: Rollout, entry: Entry, visit: Visit) -> Iterator[Violation]:
    for position in visit.positions[1:]:
        phase = entry.phases[position]
        sent = {name: units for name, units in phase.crews.items() if has_trade(rollout, name, visit.trade)}
        if sent != visit.crews:
            before = entry.phases[visit.positions[0]].name
            text = gettext(
                "has {crews} in {phase!r} but {other_crews} in {other_phase!r}, which are one {trade} visit"
            ).format(
                crews=_written(visit.crews),
                phase=before,
                other_crews=_written(sent),
                other_phase=phase.name,
                trade=visit.trade,
            )
            yield _violation(entry, visit, text)


def _violation(entry: Entry, visit: Visit, text: str) -> Violation:
    return of_shop("visit", entry.shop, text, visit.first, visit.last)


def _written(crews: Mapping[str, int]) -> str:
    named = (gettext("{units} of {crew}").format(units=units, crew=name) for name, units in crews.items())
    return ", ".join(named) or gettext("nobody")
