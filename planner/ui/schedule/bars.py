"""What is drawn of each shop: its phases as pieces, and what is to be told of it at a glance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from planner.domain.plan import Conflict, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.standing import RemodelDays
from planner.domain.standing_plan import StandingPlan
from planner.exchange.phase_marks import COLOURS, UNKNOWN_MARK, PhaseMark
from planner.wording.amounts import span_text


class Standing(Enum):
    """Where a shop stands, each with the mark that shows it."""

    PLANNED = " "
    FIXED = "◆"
    IN_PROGRESS = "▶"
    DONE = "✓"
    UNDATED = "–"


STANDING_OF = {
    RemodelStatus.PLANNED: Standing.PLANNED,
    RemodelStatus.FIXED: Standing.FIXED,
    RemodelStatus.IN_PROGRESS: Standing.IN_PROGRESS,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A phase from `first` to `last` (ordinals): its letter, small where the shop is open, and its colour's number."""

    first: int
    last: int
    letter: str
    colour: int


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that given dates break, from a day (an ordinal) on, as a sentence."""

    day: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A shop's row. `first` to `last` are its days, `closed` those it is closed on, as ordinals; None without any.

    `published` is the start that partners were told, where it is another one. `is_stale` says that the rollout has it
    otherwise than the plan that was made.
    """

    shop: Shop
    standing: Standing
    remodel: Remodel | None = None
    pieces: tuple[Piece, ...] = ()
    days: tuple[int, int] | None = None
    closed: tuple[int, int] | None = None
    published: int | None = None
    is_stale: bool = False
    clashes: tuple[Clash, ...] = ()

    @property
    def order(self) -> tuple[int, str]:
        """By what bars are ordered: their first day, those without one last."""
        return (self.days[0] if self.days else 10**9, self.shop.id)


def make_bars(rollout: Rollout, standing: StandingPlan, marks: Mapping[str, PhaseMark]) -> dict[str, Bar]:
    """The bar of each shop that is in the plan, is left out of it without a date, or is done; in order of start."""
    clashes: dict[str, list[Clash]] = {}
    for conflict in standing.plan.conflicts:
        for shop_id in conflict.shops:
            clashes.setdefault(shop_id, []).append(_clash(conflict))
    bars = {}
    for remodel in standing.plan.remodels:
        shop = rollout.shop_by_id[remodel.shop]
        bars[shop.id] = Bar(
            shop=shop,
            standing=STANDING_OF[remodel.status],
            remodel=remodel,
            pieces=pieces_of(rollout, shop, ((item.name, item.first, item.last) for item in remodel.phases), marks),
            days=(remodel.start.toordinal(), remodel.finish.toordinal()),
            closed=_closed(remodel),
            published=_published(shop, remodel),
            is_stale=shop.id in standing.stale,
            clashes=tuple(clashes.get(shop.id, ())),
        )
    for item in standing.plan.unplanned:
        shop = rollout.shop_by_id[item.shop]
        bars[shop.id] = Bar(shop=shop, standing=Standing.UNDATED, is_stale=shop.id in standing.stale)
    done = (shop for shop in rollout.shops if shop.status is Status.DONE and shop.finish is not None)
    bars |= {shop.id: _done(shop) for shop in done}
    return dict(sorted(bars.items(), key=lambda item: item[1].order))


def moved_bar(rollout: Rollout, bar: Bar, days: RemodelDays, marks: Mapping[str, PhaseMark]) -> Bar:
    """A bar as it would be, fixed on other days."""
    phases = rollout.format_of(bar.shop).phases
    named = ((phase.name, first, last) for phase, (first, last) in zip(phases, days.phases, strict=True))
    published = bar.shop.published_start
    return Bar(
        shop=bar.shop,
        standing=Standing.FIXED,
        remodel=bar.remodel,
        pieces=pieces_of(rollout, bar.shop, named, marks),
        days=(days.start.toordinal(), days.finish.toordinal()),
        closed=_closed(days),
        published=published.toordinal() if published and published != days.start else None,
        is_stale=True,
    )


def pieces_of(
    rollout: Rollout, shop: Shop, phases: Iterable[tuple[str, date, date]], marks: Mapping[str, PhaseMark]
) -> tuple[Piece, ...]:
    """The phases, each a name with its first and last day, as pieces."""
    numbers = {name: number for number, name in enumerate(marks)}
    is_closed = {phase.name: phase.closed for phase in rollout.format_of(shop).phases}
    pieces = []
    for name, first, last in phases:
        letter = marks[name].letter if name in marks else UNKNOWN_MARK
        shown = letter if is_closed.get(name, True) else letter.lower()
        pieces.append(Piece(first.toordinal(), last.toordinal(), shown, numbers.get(name, 0) % len(COLOURS)))
    return tuple(pieces)


def _clash(conflict: Conflict) -> Clash:
    return Clash(conflict.first.toordinal(), f"{conflict.text} ({span_text(conflict.first, conflict.last)})")


def _done(shop: Shop) -> Bar:
    if shop.finish is None:
        raise ValueError(f"shop {shop.id} is done without a finish")
    last = shop.finish.toordinal()
    first = shop.start.toordinal() if shop.start else last
    return Bar(shop=shop, standing=Standing.DONE, days=(min(first, last), last))


def _closed(remodel: Remodel | RemodelDays) -> tuple[int, int] | None:
    if remodel.closed_from is None or remodel.closed_to is None:
        return None
    return remodel.closed_from.toordinal(), remodel.closed_to.toordinal()


def _published(shop: Shop, remodel: Remodel) -> int | None:
    told = shop.published_start
    return told.toordinal() if told is not None and told != remodel.start else None
