"""What needs the coordinator's attention in a rollout and its plan, the most pressing first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from threading import Event as Flag
from typing import TypeVar

from planner.domain.plan import Conflict, Plan
from planner.domain.rollout import Rollout
from planner.review.check import Violation, check
from planner.studies import attention_words as words
from planner.studies.agenda import Agenda, Span, make_agenda
from planner.studies.known_part import known_part
from planner.studies.partner_losses import partner_losses

SOON = timedelta(days=28)
"""A permit is asked after so long before a shop closes."""
NEAR = 0.9
"""A partner is near its target from this part of what it may lose."""
MOST = 20
"""More items of a concern than these are counted in one."""
TOLD_ELSEWHERE = frozenset({"bound", "conflict", "cost", "levels", "list", "ready_from"})
"""Rules of the checker that say less here than other concerns: figures, clashes, shops that came or went, permits."""

Item = TypeVar("Item")


class Concern(StrEnum):
    """What is the matter, the most pressing first."""

    CLASH = "clash"
    BROKEN = "broken"
    EMPTY = "empty"
    NO_PLAN = "no_plan"
    SHORT = "short"
    UNPLANNED = "unplanned"
    PERMIT = "permit"
    LATE = "late"
    PARTNER = "partner"
    OUTDATED = "outdated"
    UNTOLD = "untold"


class Pressing(StrEnum):
    """How pressing a matter is."""

    NOW = "now"
    SOON = "soon"
    KNOW = "know"


PRESSING = {
    Concern.CLASH: Pressing.NOW,
    Concern.BROKEN: Pressing.NOW,
    Concern.EMPTY: Pressing.NOW,
    Concern.NO_PLAN: Pressing.NOW,
    Concern.SHORT: Pressing.SOON,
    Concern.UNPLANNED: Pressing.SOON,
    Concern.PERMIT: Pressing.SOON,
    Concern.LATE: Pressing.SOON,
    Concern.PARTNER: Pressing.KNOW,
    Concern.OUTDATED: Pressing.KNOW,
    Concern.UNTOLD: Pressing.KNOW,
}


@dataclass(frozen=True, slots=True)
class Attention:
    """One matter: a sentence in the language in use, and the shops, or the partner, it is about."""

    concern: Concern
    text: str
    shops: tuple[str, ...] = ()
    partner: str = ""

    @property
    def pressing(self) -> Pressing:
        """How pressing it is."""
        return PRESSING[self.concern]


def attention(
    rollout: Rollout, plan: Plan | None, *, against: Rollout | None = None, changes_since: int = 0
) -> list[Attention]:
    """All that needs attention.

    `against` is the rollout that the plan is checked against (by default `rollout`), `changes_since` the number of
    changes that came after the plan.
    """
    if not rollout.shops:
        return [Attention(Concern.EMPTY, words.no_shops())]
    found: list[Attention] = []
    found += _clashes(_conflicts(rollout, plan, is_fresh=changes_since == 0))
    known = None if plan is None else known_part(rollout, plan)
    agenda = make_agenda(rollout, known)
    if plan is None or known is None:
        found.append(Attention(Concern.NO_PLAN, words.no_plan()))
    else:
        found += _broken(check(against or rollout, plan) if changes_since else ())
        found += _short(plan)
        found += _unplanned(rollout, plan)
    found += _permits(rollout, agenda)
    found += _late(rollout, agenda)
    if plan is not None and known is not None:
        found += _partners(rollout, known)
        if changes_since:
            found.append(Attention(Concern.OUTDATED, words.outdated(changes_since)))
        found += _untold(rollout, agenda, plan)
    return sorted(found, key=lambda item: list(Concern).index(item.concern))


def _conflicts(rollout: Rollout, plan: Plan | None, *, is_fresh: bool) -> Sequence[Conflict]:
    """The conflicts of given dates: as the plan tells them, or looked for anew where that is not of the rollout now.

    No more are looked for than it takes to know that there are more than MOST: thousands would take minutes.
    """
    if plan is not None and is_fresh:
        return plan.conflicts
    from planner.scheduling.clashes import given_conflicts  # noqa: PLC0415 - loads the solver
    from planner.scheduling.clock import Clock  # noqa: PLC0415 - loads the solver
    from planner.scheduling.limits import Limits  # noqa: PLC0415 - only with the two above

    return given_conflicts(rollout, Clock(Limits(), Flag()), enough=MOST + 1)


def _clashes(conflicts: Sequence[Conflict]) -> Iterator[Attention]:
    return _some(
        conflicts,
        lambda conflict: Attention(Concern.CLASH, conflict.text, conflict.shops),
        lambda _: Attention(Concern.CLASH, words.more_clashes()),
    )


def _broken(violations: Sequence[Violation]) -> Iterator[Attention]:
    """Rules that a plan breaks since the rollout was changed, the first of each set of shops."""
    first: dict[tuple[str, ...], Violation] = {}
    for violation in violations:
        if violation.rule not in TOLD_ELSEWHERE:
            first.setdefault(violation.shops, violation)
    return _some(
        list(first.values()),
        lambda violation: Attention(Concern.BROKEN, words.broken(violation.text), violation.shops),
        lambda number: Attention(Concern.BROKEN, words.more_broken(number)),
    )


def _short(plan: Plan) -> Iterator[Attention]:
    for milestone in plan.milestones:
        if milestone.planned < milestone.target:
            yield Attention(Concern.SHORT, words.short(milestone))


def _unplanned(rollout: Rollout, plan: Plan) -> Iterator[Attention]:
    """Shops without a date by reason, the one of most shops first; and those that came after the plan."""
    groups: dict[str, list[str]] = defaultdict(list)
    for item in plan.unplanned:
        if item.shop in rollout.shop_by_id and rollout.shop_by_id[item.shop].is_in_plan:
            groups[item.reason].append(item.shop)
    known = {item.shop for item in plan.unplanned} | {item.shop for item in plan.remodels}
    new = tuple(shop.id for shop in rollout.shops if shop.is_in_plan and shop.id not in known)
    if new:
        yield Attention(Concern.UNPLANNED, words.not_in_plan(new), new)
    yield from _some(
        sorted(groups.items(), key=lambda group: -len(group[1])),
        lambda group: Attention(Concern.UNPLANNED, words.unplanned(group[1], group[0]), tuple(group[1])),
        lambda number: Attention(Concern.UNPLANNED, words.more_reasons(number)),
    )


def _permits(rollout: Rollout, agenda: Agenda) -> Iterator[Attention]:
    """Closures that begin before the permit's day; and those that begin soon on a permit still to come, or on none.

    A permit without a day is missing only where the rollout notes such days at all.
    """
    before, coming, missing = [], [], []
    notes_permits = any(shop.ready_from is not None for shop in rollout.shops)
    for span in sorted(agenda.spans, key=lambda item: (item.closed_from or item.start, item.shop)):
        if span.closed_from is None or span.closed_from <= rollout.today:
            continue
        ready, is_soon = rollout.shop_by_id[span.shop].ready_from, span.closed_from <= rollout.today + SOON
        if ready is not None and ready > span.closed_from:
            before.append(span)
        elif ready is not None and ready > rollout.today and is_soon:
            coming.append(span)
        elif ready is None and notes_permits and is_soon:
            missing.append(span)
    for spans, tell in ((before, words.permit_after), (coming, words.permit_to_come), (missing, words.no_permit)):
        if spans:
            yield Attention(Concern.PERMIT, tell(rollout, spans, SOON.days), _shops(spans))


def _late(rollout: Rollout, agenda: Agenda) -> Iterator[Attention]:
    late: Counter[str] = Counter()
    for span in agenda.spans:
        due = rollout.shop_by_id[span.shop].due_by
        if due is not None and span.finish > due:
            late[span.shop] = (span.finish - due).days
    if late:
        yield Attention(Concern.LATE, words.late(late.most_common()), tuple(shop for shop, _ in late.most_common()))


def _partners(rollout: Rollout, plan: Plan) -> Iterator[Attention]:
    shops: dict[str, list[str]] = defaultdict(list)
    for remodel in plan.remodels:
        shops[rollout.shop_by_id[remodel.shop].partner].append(remodel.shop)
    return _some(
        [loss for loss in partner_losses(rollout, plan) if loss.share >= NEAR],
        lambda loss: Attention(
            Concern.PARTNER, words.near_target(loss, rollout.currency), tuple(shops[loss.partner]), loss.partner
        ),
        lambda number: Attention(Concern.PARTNER, words.more_partners(number)),
    )


def _untold(rollout: Rollout, agenda: Agenda, plan: Plan) -> Iterator[Attention]:
    """Published starts that the plan departs from, by another start or by none."""
    told = {shop.id: shop.published_start for shop in rollout.shops if shop.published_start is not None}
    moved = [span.shop for span in agenda.spans if told.get(span.shop, span.start) != span.start]
    moved += [item.shop for item in plan.unplanned if item.shop in told]
    if moved:
        yield Attention(Concern.UNTOLD, words.untold(moved), tuple(moved))


def _shops(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(span.shop for span in spans)


def _some(
    items: Sequence[Item], one: Callable[[Item], Attention], more: Callable[[int], Attention]
) -> Iterator[Attention]:
    """The first items one by one, the rest counted."""
    yield from (one(item) for item in islice(items, MOST))
    if len(items) > MOST:
        yield more(len(items) - MOST)
