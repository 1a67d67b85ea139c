"""What the page tells of a plan, as plain data for its script.

Days are numbers, counted from 1 January 1970; money is in cents. What is empty is left out of a shop's entry.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.domain.calendar import Calendars
from planner.domain.costs import unplanned_cost
from planner.domain.crew import Crew
from planner.domain.plan import Cost, Plan, PlannedPhase, Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.milestone_figures import MilestoneFigures, done_days, grown, milestone_figures, planned_days
from planner.exchange.phase_marks import phase_marks
from planner.exchange.plan_json import COST_KINDS
from planner.exchange.report.load import bottlenecks, trade_loads, weeks_of
from planner.exchange.report.outline import GERMANY, PLACES, is_in_germany
from planner.exchange.report.state import state_of
from planner.exchange.text import clean

EPOCH = date(1970, 1, 1).toordinal()

Entry = dict[str, object]


def page_contents(rollout: Rollout, plan: Plan) -> Entry:
    """All that the page shows of `plan`, which is one of `rollout`."""
    return {
        "rollout": clean(rollout.name),
        "scenario": [clean(name) for name in plan.scenario or ()],
        "currency": clean(rollout.currency),
        "today": _day(plan.today),
        "status": plan.status.value,
        "quality": _quality(plan),
        "milestones": [_milestone(figures) for figures in milestone_figures(rollout, plan)],
        "finishes": _finishes(rollout, plan),
        "phases": [{"name": clean(mark.name), "letter": mark.letter} for mark in phase_marks(rollout).values()],
        "crews": [
            {"id": clean(crew.id), "name": clean(crew.name), "trade": clean(crew.trade)} for crew in rollout.crews
        ],
        "spans": _spans(rollout),
        "shops": _shops(rollout, plan),
        "load": _load(rollout, plan),
        "money": _money(rollout, plan),
        "unplanned": _unplanned(rollout, plan),
        "conflicts": _conflicts(plan),
        "map": _map(rollout),
    }


def _quality(plan: Plan) -> Entry:
    return {
        "total": plan.total,
        "gap": plan.gap,
        "bound": plan.bound,
        "lastFinishDay": plan.last_finish_day,
        "shortfall": plan.shortfall,
        "shortfallProved": plan.proved_shortfall,
    }


def _crew(crew: Crew) -> Entry:
    return {"id": clean(crew.id), "name": clean(crew.name), "trade": clean(crew.trade)}


def _milestone(figures: MilestoneFigures) -> Entry:
    return {
        "name": clean(figures.name),
        "by": _day(figures.by),
        "target": figures.target,
        "planned": figures.planned,
        "done": figures.done,
        "total": figures.total,
    }


def _finishes(rollout: Rollout, plan: Plan) -> Entry:
    """How many shops were done, and will be finished, by each day on which that number grows."""
    done = done_days(rollout)
    return {
        "done": [(_day(day), total) for day, total in grown(done)],
        "planned": [(_day(day), total) for day, total in grown(planned_days(plan), done.total())],
    }


def _spans(rollout: Rollout) -> list[Entry]:
    """The times in which nobody works, or some shops may not close."""
    spans = [("shutdown", shutdown.name, shutdown.first, shutdown.last) for shutdown in rollout.shutdowns]
    spans += [("blackout", blackout.name, blackout.first, blackout.last) for blackout in rollout.blackouts]
    return [
        {"kind": kind, "name": clean(name), "first": _day(first), "last": _day(last)}
        for kind, name, first, last in spans
    ]


@dataclass(frozen=True, slots=True)
class _Numbering:
    """The positions of phases and crews in the page's lists of them."""

    phases: dict[str, int]
    crews: dict[str, int]

    @classmethod
    def of(cls, rollout: Rollout) -> "_Numbering":
        return cls(
            {name: number for number, name in enumerate(phase_marks(rollout))},
            {crew.id: number for number, crew in enumerate(rollout.crews)},
        )


def _shops(rollout: Rollout, plan: Plan) -> list[Entry]:
    remodels = {remodel.shop: remodel for remodel in plan.remodels}
    reasons = {unplanned.shop: unplanned.reason for unplanned in plan.unplanned}
    numbering = _Numbering.of(rollout)
    entries = []
    for shop in rollout.shops:
        remodel = remodels.get(shop.id)
        entry = _shop(shop) | {"is": state_of(shop, remodel).value, "reason": clean(reasons.get(shop.id, ""))}
        entry |= _dates(shop) if remodel is None else _remodel(remodel, numbering)
        entries.append({key: value for key, value in entry.items() if value not in ("", None)})
    return entries


def _shop(shop: Shop) -> Entry:
    return {
        "id": clean(shop.id),
        "name": clean(shop.name),
        "street": clean(shop.street),
        "postcode": clean(shop.postcode),
        "city": clean(shop.city),
        "land": clean(shop.state),
        "region": clean(shop.region),
        "partner": clean(shop.partner),
        "format": clean(shop.format),
        "priority": shop.priority,
        "at": None if shop.lat is None or shop.lon is None else (round(shop.lon, 4), round(shop.lat, 4)),
        "ready": _day(shop.ready_from),
        "due": _day(shop.due_by),
        "published": _day(shop.published_start),
    }


def _dates(shop: Shop) -> Entry:
    """What is known of a shop without a remodel in the plan."""
    return {"start": _day(shop.start), "finish": _day(shop.finish)}


def _remodel(remodel: Remodel, numbering: _Numbering) -> Entry:
    closed = remodel.closed_from and remodel.closed_to and (_day(remodel.closed_from), _day(remodel.closed_to))
    return {
        "start": _day(remodel.start),
        "finish": _day(remodel.finish),
        "closed": closed,
        "phases": [_phase(phase, numbering) for phase in remodel.phases],
        "cost": _by_kind(remodel.cost),
    }


def _phase(phase: PlannedPhase, numbering: _Numbering) -> tuple[object, ...]:
    """Position of the phase's name, first and last day, and pairs of a crew's position and its units."""
    crews = [(numbering.crews[crew], units) for crew, units in phase.crews.items()]
    return numbering.phases[phase.name], _day(phase.first), _day(phase.last), crews


def _load(rollout: Rollout, plan: Plan) -> Entry:
    loads = trade_loads(rollout, plan)
    return {
        "weeks": [_day(monday) for monday in weeks_of(plan)],
        "rows": [
            {
                "trade": clean(load.trade),
                "area": None if load.area is None else [clean(region) for region in load.area],
                "share": load.share,
                "held": load.held,
                "available": load.available,
                "full": [load.is_full(week) for week in range(len(load.held))],
            }
            for load in loads
        ],
        "bottlenecks": [
            {"row": loads.index(item.load), "fullWeeks": item.full_weeks, "run": item.run}
            for item in bottlenecks(loads)
        ],
    }


def _money(rollout: Rollout, plan: Plan) -> Entry | None:
    """The plan's money by kind, and by region; None where there is no plan."""
    if plan.cost is None:
        return None
    regions: dict[str, Cost] = defaultdict(Cost)
    for remodel in plan.remodels:
        regions[rollout.shop_by_id[remodel.shop].region] += remodel.cost
    calendars = Calendars(rollout)
    for unplanned in plan.unplanned:
        shop = rollout.shop_by_id[unplanned.shop]
        regions[shop.region] += unplanned_cost(rollout, calendars, shop)
    return {
        "kinds": COST_KINDS,
        "all": _by_kind(plan.cost),
        "regions": [{"region": clean(region), "cost": _by_kind(regions[region])} for region in sorted(regions)],
    }


def _by_kind(cost: Cost) -> list[int]:
    return [getattr(cost, kind) for kind in COST_KINDS]


def _unplanned(rollout: Rollout, plan: Plan) -> list[Entry]:
    """The shops without a date by reason, the reason of most shops first; shops are positions in the list."""
    groups: dict[str, list[str]] = defaultdict(list)
    for unplanned in plan.unplanned:
        groups[unplanned.reason].append(unplanned.shop)
    number = {shop.id: number for number, shop in enumerate(rollout.shops)}
    return [
        {"reason": clean(reason), "shops": [number[shop] for shop in shops]}
        for reason, shops in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]


def _conflicts(plan: Plan) -> list[Entry]:
    return [
        {
            "rule": clean(conflict.rule),
            "first": _day(conflict.first),
            "last": _day(conflict.last),
            "shops": _cleaned(conflict.shops),
            "text": clean(conflict.text),
        }
        for conflict in plan.conflicts
    ]


def _map(rollout: Rollout) -> Entry:
    german = is_in_germany(rollout)
    return {"outline": GERMANY if german else (), "places": PLACES if german else ()}


def _cleaned(texts: Iterable[str]) -> list[str]:
    return [clean(text) for text in texts]


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal() - EPOCH
