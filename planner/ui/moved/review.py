"""What moved from one plan to another, read from the store, and as rows of text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.domain.plan import Plan, Remodel
from planner.domain.plan_difference import DifferenceKind, PlanDifference, ShopDifference, crews_of, difference
from planner.domain.rollout import Rollout
from planner.exchange.key_words import word_for
from planner.review.check import check
from planner.store.kept_plans import KeptPlans
from planner.store.records import PlanInfo
from planner.studies.moves import breaks_promise, by_weight, why_not_stay
from planner.studies.why_moved import Cause, Why, each_why
from planner.studies.why_words import why_text
from planner.wording.amounts import (
    counted,
    day_in_year_text,
    day_text,
    money_change_text,
    money_text,
    number_text,
)
from planner.wording.translation import gettext, later

NONE = "–"
PROMISE = "!"
SHORT = {
    Cause.GIVEN: later("given"),
    Cause.RULE: later("rule"),
    Cause.TAKEN: later("taken"),
    Cause.LEVELS: later("milestone"),
    Cause.MONEY: later("cheaper"),
    Cause.NOTHING: later("as good"),
    Cause.REASON: later("no date"),
    Cause.GONE: later("gone"),
    Cause.NEW: later("new"),
}
COUNTS = (
    (DifferenceKind.MOVED, later("{number} moved")),
    (DifferenceKind.NEW, later("{number} new")),
    (DifferenceKind.DROPPED, later("{number} without a date now")),
    (DifferenceKind.RESCHEDULED, later("{number} on other days after their start")),
    (DifferenceKind.CREWS, later("{number} with other crews")),
    (DifferenceKind.STATUS, later("{number} with another status")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Two plans, the rollout that the later one is of and the one it is checked against, and what differs.

    `items` are the shops that differ, what matters most first; `whys` has the reasons that are known so far, and
    `is_complete` says that no more will come.
    """

    before: PlanInfo
    after: PlanInfo
    rollout: Rollout
    against: Rollout
    plans: tuple[Plan, Plan]
    found: PlanDifference
    items: tuple[ShopDifference, ...]
    whys: Mapping[str, Why] = field(default_factory=dict)
    is_complete: bool = False

    def why(self, item: ShopDifference) -> Why | None:
        """Why a shop's date differs, where that is known."""
        return self.whys.get(item.shop)

    def is_open(self, item: ShopDifference) -> bool:
        """Whether the reason is still to come."""
        return not self.is_complete and item.shop not in self.whys

    def why_not_stay(self, item: ShopDifference) -> str:
        """Why a shop cannot stay where it was; empty where it can."""
        if self.after.scenario:
            return gettext("The plan was made under a scenario, whose shops stand where they stand.")
        return why_not_stay(self.rollout, item, self.why(item))


def read_review(plans: KeptPlans, before: int, after: int) -> Review:
    """What differs from one plan of the store to another, without the reasons."""
    earlier, used = plans.plan(before), plans.to_show(after)
    found = difference(earlier, used.plan)
    return Review(
        before=plans.info(before),
        after=plans.info(after),
        rollout=used.rollout,
        against=used.against,
        plans=(earlier, used.plan),
        found=found,
        items=tuple(by_weight(used.rollout, found)),
    )


def reasons(review: Review) -> Iterator[tuple[str, Why]]:
    """Why each shop's date differs, one by one; none where the later plan does not fit the rollout any more."""
    earlier, later_plan = review.plans
    if review.items and not check(review.against, later_plan):
        yield from each_why(review.against, earlier, later_plan, review.items)


def title_of(review: Review) -> str:
    """Which plans they are."""
    return gettext("What moved from plan {before} to plan {after}").format(
        before=review.before.number, after=review.after.number
    )


def summary_of(review: Review) -> list[str]:
    """How many shops differ, the milestones and the money."""
    counts = [gettext(text).format(number=len(review.found.of_kind(kind))) for kind, text in _counted(review.found)]
    counts.append(gettext("{number} as before").format(number=review.found.unchanged))
    lines = [", ".join(counts)]
    was, now = review.found.total
    if was is not None and now is not None:
        money = gettext("Cost {before} → {after} ({change})").format(
            before=money_text(was, with_cents=False),
            after=money_text(now, review.rollout.currency, with_cents=False),
            change=money_change_text(now - was, with_cents=False),
        )
        lines.append(" · ".join([money, *_milestones(review.found)]))
    return lines


def _counted(found: PlanDifference) -> list[tuple[DifferenceKind, str]]:
    return [(kind, text) for kind, text in COUNTS if found.of_kind(kind)]


def _milestones(found: PlanDifference) -> list[str]:
    told = []
    for was, now in found.milestones:
        if was is not None and now is not None:
            numbers = str(now.planned) if was.planned == now.planned else f"{was.planned} → {now.planned}"
            text = gettext("{milestone}: {numbers} of {target}")
            told.append(text.format(milestone=now.name, numbers=numbers, target=now.target))
    return told


def row_texts(review: Review, item: ShopDifference) -> list[str]:
    """A shop as a row: promise, shop, old days, new days, by how many, money, short reason, full reason."""
    shop = review.rollout.shop_by_id.get(item.shop)
    return [
        PROMISE if breaks_promise(review.rollout, item) else "",
        f"{item.shop} {shop.name if shop else ''}".rstrip(),
        _closure(item.before),
        _closure(item.after),
        "" if item.days is None else f"{item.days:+d}",
        _money(item),
        short_reason(review, item),
        "" if review.is_open(item) else why_text(item, review.why(item)),
    ]


def _closure(remodel: Remodel | None) -> str:
    """The days a remodel is closed, or where it closes nothing its own."""
    if remodel is None:
        return NONE
    first, last = remodel.closed_from or remodel.start, remodel.closed_to or remodel.finish
    return f"{day_in_year_text(first)}–{day_in_year_text(last)}"


def _money(item: ShopDifference) -> str:
    if item.before is None or item.after is None:
        return ""
    return money_change_text(item.after.cost.total - item.before.cost.total, with_cents=False)


def short_reason(review: Review, item: ShopDifference) -> str:
    """The reason in a word or two."""
    if review.is_open(item):
        return "…"
    why = review.why(item)
    if why is None:
        return ""
    text = gettext(SHORT[why.cause])
    if why.cause in (Cause.RULE, Cause.TAKEN):
        return f"{text}: {', '.join(map(word_for, why.rules))}"
    if why.cause is Cause.MONEY and why.saved is not None:
        return f"{text}: {number_text(why.saved.total / 100)}"
    return text


def detail_lines(review: Review, item: ShopDifference) -> list[tuple[str, str]]:
    """All about one shop, as labels and texts."""
    shop = review.rollout.shop_by_id.get(item.shop)
    who = " · ".join(filter(None, [item.shop, shop.name if shop else "", shop.partner if shop else ""]))
    told = [(gettext("Shop"), who), (gettext("Days"), f"{_days(item.before)} → {_days(item.after)}")]
    if item.other_crews and item.before and item.after:
        told.append((gettext("Crews"), f"{_crews(item.before)} → {_crews(item.after)}"))
    if breaks_promise(review.rollout, item) and shop and shop.published_start:
        promise = gettext("its partner was told {day}").format(day=day_text(shop.published_start))
        told.append((gettext("Promise"), promise))
    if review.is_open(item):
        told.append((gettext("Why"), gettext("being worked out …")))
    else:
        told.append((gettext("Why"), why_text(item, review.why(item)) or gettext("not known")))
    return told


def _days(remodel: Remodel | None) -> str:
    if remodel is None:
        return gettext("no date")
    length = (remodel.finish - remodel.start).days + 1
    text = gettext("{first} to {last} ({days})")
    return text.format(first=_day(remodel.start), last=_day(remodel.finish), days=counted(length, "day"))


def _day(day: date) -> str:
    return day_text(day)


def _crews(remodel: Remodel) -> str:
    crews = dict.fromkeys(crew for sent in crews_of(remodel).values() for crew in sent)
    return ", ".join(crews) or gettext("none")
