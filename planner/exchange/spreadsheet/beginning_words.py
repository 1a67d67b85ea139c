"""What a new rollout out of a spreadsheet assumes, in words."""

from collections import Counter

from planner.exchange.spreadsheet.beginning import LATE_DAY_EUR, UPLIFT, Beginning, Begun
from planner.exchange.text import shortened
from planner.wording.amounts import day_text, number_text, percent_text
from planner.wording.translation import gettext, ngettext

FORMATS_SHOWN = 12


def assumptions(beginning: Beginning, begun: Begun) -> list[str]:
    """What the rollout is told besides its shops, a sentence each."""
    closed = ngettext(
        "Each remodel takes {days} working day, for which the shop is closed.",
        "Each remodel takes {days} working days, for which the shop is closed.",
        beginning.days,
    )
    crews = ngettext("{crews} crew goes everywhere.", "{crews} crews go everywhere.", begun.crews)
    horizon = gettext("It is planned from {today} to {last}, with Germany's public holidays.")
    return [
        gettext("Formats: {formats}.").format(formats=formats_text(begun.formats)),
        closed.format(days=number_text(beginning.days)),
        crews.format(crews=number_text(begun.crews)),
        horizon.format(today=day_text(beginning.today), last=day_text(beginning.last)),
        *_target(beginning),
        _aim(begun),
    ]


def _target(beginning: Beginning) -> list[str]:
    if beginning.target is None:
        return []
    shops = ngettext("{number} shop is wanted by {day}.", "{number} shops are wanted by {day}.", beginning.target)
    return [shops.format(number=number_text(beginning.target), day=day_text(beginning.last))]


def _aim(begun: Begun) -> str:
    if not begun.has_sales:
        return gettext("No column is read as sales, so the aim is to have all shops done early.")
    aim = gettext(
        "The aim is the least cost: a remodelled shop sells {uplift} more, a day past its due date costs {late} EUR."
    )
    return aim.format(uplift=percent_text(UPLIFT), late=number_text(LATE_DAY_EUR))


def formats_text(formats: Counter[str]) -> str:
    """Formats with the number of their shops: `M (12), L (3)`."""
    shown = [f"{shortened(name)} ({number_text(number)})" for name, number in formats.most_common(FORMATS_SHOWN)]
    return ", ".join(shown + ["…"] * (len(formats) > FORMATS_SHOWN))
