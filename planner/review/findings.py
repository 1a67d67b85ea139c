"""What the checker finds: breaches of rules 5 to 7, and the violations it reports."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.shop import Shop
from planner.wording.amounts import plain_day_text, plain_number_text
from planner.wording.translation import gettext, pgettext

SHOPS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Violation:
    """Something a plan does that the rollout format forbids.

    `rule` is the format's word for the rule, `text` one sentence that names shops, days, crews and figures;
    `shops` are those taking part and `first` to `last` the days, where there are any.
    """

    rule: str
    text: str
    shops: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """Remodels that together break a rule from `first` to `last`.

    `key` says what of the rollout is broken (which limit and group, which crew), `shops` are all that take part,
    `text` is a sentence without its days and its full stop. A breach that lies wholly in the past
    `may_be_left_out` of a plan's conflicts.
    """

    rule: str
    key: tuple[object, ...]
    first: date
    last: date
    shops: tuple[str, ...]
    text: str
    may_be_left_out: bool = False

    def overlaps(self, first: date, last: date) -> bool:
        """Whether it has a day from `first` to `last`."""
        return self.first <= last and first <= self.last


def merged(breaches: Iterable[Breach]) -> Iterator[Breach]:
    """The breaches with those of one key on adjoining days made one; it keeps the first's figures."""
    current: Breach | None = None
    for breach in sorted(breaches, key=lambda item: (item.rule, repr(item.key), item.first, item.last)):
        if current and _adjoin(current, breach):
            current = replace(
                current,
                last=max(current.last, breach.last),
                shops=tuple(dict.fromkeys((*current.shops, *breach.shops))),
                may_be_left_out=current.may_be_left_out and breach.may_be_left_out,
            )
            continue
        if current:
            yield current
        current = breach
    if current:
        yield current


def _adjoin(earlier: Breach, later: Breach) -> bool:
    same = (earlier.rule, earlier.key) == (later.rule, later.key)
    return same and later.first - earlier.last <= timedelta(days=1)


def violation_of(breach: Breach) -> Violation:
    """The breach as a violation, its days in the sentence."""
    text = gettext("{when}, {what}.").format(when=when(breach.first, breach.last), what=breach.text)
    return Violation(breach.rule, text, breach.shops, breach.first, breach.last)


def of_shop(rule: str, shop: Shop | str, text: str, first: date | None = None, last: date | None = None) -> Violation:
    """A violation by one shop; `text` continues the words `Shop S1 …`."""
    shop_id = shop if isinstance(shop, str) else shop.id
    sentence = gettext("Shop {shop} {text}.").format(shop=shop_id, text=text)
    return Violation(rule, sentence, (shop_id,), first, last or first)


def when(first: date, last: date) -> str:
    """The days in words."""
    if first == last:
        return gettext("On {day}").format(day=plain_day_text(first))
    return gettext("From {first} to {last}").format(first=plain_day_text(first), last=plain_day_text(last))


def day_or_none(day: date | None) -> str:
    """A day in words, and that there is none."""
    return pgettext("no day", "None") if day is None else plain_day_text(day)


def listed(names: Iterable[str]) -> str:
    """Names in a row, the first few of many."""
    every = list(names)
    rest = len(every) - SHOPS_SHOWN
    shown = ", ".join(every[:SHOPS_SHOWN])
    return gettext("{names} and {number} more").format(names=shown, number=rest) if rest > 0 else shown


def euros(cents: float) -> str:
    """Cents as an amount in euros."""
    return f"{plain_number_text(cents / 100, 2)} EUR"
