"""Why a date moved, in sentences for people."""

from planner.domain.plan import Cost
from planner.domain.plan_difference import DifferenceKind, ShopDifference
from planner.studies.comparison_rows import kind_text
from planner.studies.why_moved import COST_KINDS, Cause, Why
from planner.wording.amounts import money_change_text, money_text
from planner.wording.translation import gettext, ngettext


def why_text(item: ShopDifference, why: Why | None) -> str:
    """Why a shop's date differs; what the new plan says of a shop without a date, where that is all."""
    if why is None:
        return item.reason
    texts = [_as_sentence(text) for text in why.texts]
    if why.days_saved > 0:
        days = ngettext(
            "On the old date the rollout would end {days} day later.",
            "On the old date the rollout would end {days} days later.",
            why.days_saved,
        )
        texts.append(days.format(days=why.days_saved))
    elif why.saved is not None and why.cause is Cause.MONEY:
        saved = gettext("Saves {money}: {kinds}.")
        texts.append(saved.format(money=money_text(why.saved.total), kinds=kinds_text(why.saved, sign=-1)))
    elif why.saved is not None and why.cause is Cause.NOTHING:
        texts.append(_for_nothing(item, why.saved.total))
    return " ".join(texts)


def kinds_text(cost: Cost, *, sign: int = 1) -> str:
    """The kinds of money that are not 0, each with its sign."""
    amounts = {kind: sign * getattr(cost, kind) for kind in COST_KINDS}
    told = [f"{kind_text(kind)} {money_change_text(cents)}" for kind, cents in amounts.items() if cents]
    return ", ".join(told) or gettext("nothing")


def _for_nothing(item: ShopDifference, saved: int) -> str:
    if item.kind is DifferenceKind.CREWS:
        if saved == 0:
            return gettext("Nothing keeps it from its old crews, which would cost as much.")
        told = gettext("Nothing keeps it from its old crews, which would cost {money} less.")
    else:
        if saved == 0:
            return gettext("Nothing keeps it from its old days, which would cost as much.")
        told = gettext("Nothing keeps it from its old days, which would cost {money} less.")
    return told.format(money=money_text(-saved))


def _as_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."
