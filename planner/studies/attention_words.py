"""The sentences in which matters that need attention are told, in the language in use."""

from collections.abc import Iterable, Sequence

from planner.domain.plan import MilestoneResult
from planner.domain.rollout import Rollout
from planner.studies.agenda import Span
from planner.studies.partner_losses import PartnerLoss
from planner.wording.amounts import day_in_year_text, day_text, money_text, number_text, percent_text
from planner.wording.translation import gettext, ngettext

NAMED = 4
"""So many shops are named, the others counted."""


def no_shops() -> str:
    """The rollout is empty."""
    return gettext("The rollout has no shops yet.")


def no_plan() -> str:
    """There is no plan."""
    return gettext("There is no plan yet.")


def more_clashes() -> str:
    """Clashes that are not told one by one, nor counted."""
    return gettext("There are more clashes of fixed dates.")


def broken(text: str) -> str:
    """A rule that the plan breaks."""
    return gettext("The plan no longer holds: {text}").format(text=text)


def more_broken(number: int) -> str:
    """Broken rules that are not told one by one."""
    return ngettext("The plan breaks {number} more rule.", "The plan breaks {number} more rules.", number).format(
        number=number_text(number)
    )


def short(milestone: MilestoneResult) -> str:
    """A milestone that is missed."""
    return gettext("{milestone}: {planned} of {target} shops by {day}, {missing} short.").format(
        milestone=milestone.name,
        planned=number_text(milestone.planned),
        target=number_text(milestone.target),
        day=day_text(milestone.by),
        missing=number_text(milestone.target - milestone.planned),
    )


def not_in_plan(shops: Sequence[str]) -> str:
    """Shops that came to the rollout after the plan."""
    return ngettext(
        "{number} shop is not in the plan yet: {shops}.", "{number} shops are not in the plan yet: {shops}.", len(shops)
    ).format(number=number_text(len(shops)), shops=_named(shops))


def unplanned(shops: Sequence[str], reason: str) -> str:
    """Shops without a date, and why."""
    return ngettext(
        "{number} shop without a date ({shops}): {reason}",
        "{number} shops without a date ({shops}): {reason}",
        len(shops),
    ).format(number=number_text(len(shops)), shops=_named(shops), reason=reason)


def more_reasons(number: int) -> str:
    """Reasons that are not told one by one."""
    return ngettext(
        "Shops without a date for {number} more reason.", "Shops without a date for {number} more reasons.", number
    ).format(number=number_text(number))


def permit_after(rollout: Rollout, spans: Sequence[Span], _days: int) -> str:
    """Shops that would close before their permit's day."""
    return ngettext(
        "{number} shop closes before its permit comes: {shops}.",
        "{number} shops close before their permits come: {shops}.",
        len(spans),
    ).format(number=number_text(len(spans)), shops=_with_permits(rollout, spans))


def permit_to_come(rollout: Rollout, spans: Sequence[Span], days: int) -> str:
    """Shops that close soon on a permit that is still to come."""
    return ngettext(
        "{number} shop closes within {days} days on a permit still to come: {shops}.",
        "{number} shops close within {days} days on permits still to come: {shops}.",
        len(spans),
    ).format(number=number_text(len(spans)), days=days, shops=_with_permits(rollout, spans))


def no_permit(_rollout: Rollout, spans: Sequence[Span], days: int) -> str:
    """Shops that close soon without a day for their permit."""
    closing = (f"{span.shop} ({day_in_year_text(span.closed_from)})" for span in spans if span.closed_from)
    return ngettext(
        "{number} shop closes within {days} days without a permit date: {shops}.",
        "{number} shops close within {days} days without a permit date: {shops}.",
        len(spans),
    ).format(number=number_text(len(spans)), days=days, shops=_listed(closing, len(spans)))


def late(shops: Sequence[tuple[str, int]]) -> str:
    """Shops that finish after their wished last day, each with the days it is late."""
    told = (
        ngettext("{shop} by {days} day", "{shop} by {days} days", days).format(shop=shop, days=days)
        for shop, days in shops
    )
    return ngettext(
        "{number} shop finishes after its wished day: {shops}.",
        "{number} shops finish after their wished day: {shops}.",
        len(shops),
    ).format(number=number_text(len(shops)), shops=_listed(told, len(shops)))


def near_target(loss: PartnerLoss, currency: str) -> str:
    """A partner whose closures take most of what its target allows."""
    return gettext("{partner} loses {lost} by closures, {share} of the {allowed} its target allows.").format(
        partner=loss.partner,
        lost=money_text(round(loss.lost * 100), currency, with_cents=False),
        share=percent_text(loss.share) if loss.allowed else "∞",
        allowed=money_text(round(loss.allowed * 100), currency, with_cents=False),
    )


def more_partners(number: int) -> str:
    """Partners that are not told one by one."""
    return ngettext(
        "{number} more partner is near its target.", "{number} more partners are near their targets.", number
    ).format(number=number_text(number))


def outdated(changes: int) -> str:
    """The plan is older than the rollout."""
    return ngettext(
        "The plan is older than {number} change of the rollout.",
        "The plan is older than {number} changes of the rollout.",
        changes,
    ).format(number=number_text(changes))


def untold(shops: Sequence[str]) -> str:
    """The plan departs from what partners were told."""
    return ngettext(
        "{number} start differs from the one published: {shops}.",
        "{number} starts differ from those published: {shops}.",
        len(shops),
    ).format(number=number_text(len(shops)), shops=_named(shops))


def _with_permits(rollout: Rollout, spans: Sequence[Span]) -> str:
    told = []
    for span in spans[:NAMED]:
        ready = rollout.shop_by_id[span.shop].ready_from
        if ready is not None and span.closed_from is not None:
            told.append(
                gettext("{shop} (closes {day}, permit {permit})").format(
                    shop=span.shop, day=day_in_year_text(span.closed_from), permit=day_in_year_text(ready)
                )
            )
    return _listed(told, len(spans))


def _named(shops: Sequence[str]) -> str:
    return _listed(shops, len(shops))


def _listed(told: Iterable[str], number: int) -> str:
    """The first few, and how many there are besides."""
    first = [text for text, _ in zip(told, range(NAMED), strict=False)]
    if number > NAMED:
        first.append(gettext("{number} more").format(number=number_text(number - NAMED)))
    return ", ".join(first)
