"""What is told below the chart, or beside it, of the row under the cursor and of a remodel that is carried."""

from collections.abc import Iterator
from datetime import date

from rich.text import Text

from planner.domain.plan import Remodel
from planner.exchange.text import printable
from planner.studies.slot_words import break_text, cost_text, currency_text
from planner.ui.schedule.bars import Bar, Standing
from planner.ui.schedule.carry import Carry
from planner.ui.schedule.chart import Chart
from planner.ui.schedule.groups import Group
from planner.ui.schedule.rows import Row
from planner.ui.schedule.shading import SYMBOLS, Day
from planner.wording.amounts import day_text, money_change_text, money_text, short_day_text, span_text
from planner.wording.translation import gettext, later, ngettext

STANDINGS = {
    Standing.PLANNED: later("planned"),
    Standing.FIXED: later("fixed"),
    Standing.IN_PROGRESS: later("in progress"),
    Standing.DONE: later("done"),
    Standing.UNDATED: later("no date"),
}


def row_text(chart: Chart, row: Row, *, is_wide: bool) -> Text:
    """What is told of a row; `is_wide` where there is room for a line a phase."""
    if row.bar is None:
        return Text("\n").join(_group_lines(chart, row.group))
    return Text("\n").join(_bar_lines(chart, row.bar, is_wide=is_wide))


def _group_lines(chart: Chart, group: Group) -> Iterator[Text]:
    dated = [bar for bar in group.bars if bar.days and bar.standing is not Standing.DONE]
    count = ngettext("{number} remodel", "{number} remodels", len(dated)).format(number=len(dated))
    yield Text.assemble((printable(group.title), "bold"), "  ", count)
    parts = []
    for standing in (Standing.FIXED, Standing.IN_PROGRESS, Standing.UNDATED):
        number = sum(bar.standing is standing for bar in group.bars)
        if number:
            parts.append(f"{number} {gettext(STANDINGS[standing])}")
    if dated:
        first, last = min(bar.days[0] for bar in dated if bar.days), max(bar.days[1] for bar in dated if bar.days)
        parts.append(span_text(date.fromordinal(first), date.fromordinal(last)))
    yield Text(" · ".join(parts))
    cents = sum(bar.remodel.cost.total for bar in dated if bar.remodel)
    money = money_text(cents, currency_text(chart.rollout.currency), with_cents=False)
    yield Text(gettext("cost {money}").format(money=money))


def _bar_lines(chart: Chart, bar: Bar, *, is_wide: bool) -> Iterator[Text]:
    yield _title(bar)
    if bar.remodel is None:
        yield Text(_without_days(chart, bar))
        return
    for clash in bar.clashes:
        yield Text(f"! {printable(clash.text)}", style="bold")
    if bar.is_stale:
        yield Text(
            "↻ " + gettext("Changed since plan {number} was made: press r to plan again.").format(number=chart.number)
        )
    remodel = bar.remodel
    yield Text(_days_line(bar, remodel))
    yield Text(printable(cost_text(remodel.cost, chart.rollout.currency)))
    yield Text(("\n" if is_wide else "; ").join(_phases(remodel)))


def _title(bar: Bar) -> Text:
    shop = bar.shop
    city = "" if shop.city in shop.name else shop.city
    words = [shop.name, city, shop.region, shop.partner, gettext("format {name}").format(name=shop.format)]
    where = " · ".join(printable(word) for word in dict.fromkeys(words) if word)
    status = f"{bar.standing.value} {gettext(STANDINGS[bar.standing])}".strip()
    return Text.assemble((f"{printable(shop.id)} {status}", "bold"), f" · {where}")


def _without_days(chart: Chart, bar: Bar) -> str:
    shop = bar.shop
    if bar.standing is Standing.DONE and shop.finish:
        return gettext("Finished on {day}.").format(day=day_text(shop.finish))
    reason = next((item.reason for item in chart.plan.unplanned if item.shop == shop.id), "")
    return gettext("No date: {reason}.").format(reason=printable(reason).rstrip("."))


def _days_line(bar: Bar, remodel: Remodel) -> str:
    parts = [span_text(remodel.start, remodel.finish)]
    if remodel.closed_from and remodel.closed_to:
        days = (remodel.closed_to - remodel.closed_from).days + 1
        closed = ngettext("closed {days} ({number} day)", "closed {days} ({number} days)", days)
        parts.append(closed.format(days=span_text(remodel.closed_from, remodel.closed_to), number=days))
    if bar.published is not None:
        parts.append(gettext("○ told: {day}").format(day=day_text(date.fromordinal(bar.published))))
    return " · ".join(parts)


def _phases(remodel: Remodel) -> list[str]:
    texts = []
    for phase in remodel.phases:
        crews = ", ".join(f"{units} {crew}" if units > 1 else crew for crew, units in phase.crews.items())
        texts.append(f"{phase.name} {span_text(phase.first, phase.last)}{f' ({crews})' if crews else ''}")
    return [printable(text) for text in texts]


def carry_text(chart: Chart, carry: Carry) -> Text:
    """Where a carried remodel is held, what that costs or saves, and which rules it would break."""
    return Text("\n").join(_carry_lines(chart, carry))


def _carry_lines(chart: Chart, carry: Carry) -> Iterator[Text]:
    shop, days = carry.bar.shop, carry.days
    text = short_day_text(carry.start) + _shift(carry)
    if days.closed_from and days.closed_to:
        text += " · " + gettext("closed {days}").format(days=span_text(days.closed_from, days.closed_to))
    yield Text.assemble((gettext("Moving {shop}").format(shop=printable(shop.id)), "bold"), f" → {text}")
    answer = carry.answer
    if answer is None:
        yield Text("…")
        return
    if answer.slot is None:
        yield Text(printable(answer.refusal))
        return
    effect = answer.slot.effect
    money = money_change_text(effect.cents, currency_text(chart.rollout.currency))
    against = gettext("{money} against now") if effect.is_dated else gettext("{money} against no date")
    parts = [against.format(money=money)]
    parts += [f"{printable(name)} {before} → {after}" for name, before, after in effect.milestones]
    if effect.last_finish_days:
        parts.append(gettext("last finish {days:+} days").format(days=effect.last_finish_days))
    yield Text(" · ".join(parts), style="bold")
    if not answer.breaks:
        yield Text("✓ " + gettext("breaks no rule"))
    for item in answer.breaks:
        yield Text("! " + printable(break_text(chart.rollout, shop, item)))


def _shift(carry: Carry) -> str:
    if carry.bar.remodel is None:
        return ""
    days = (carry.start - carry.bar.remodel.start).days
    return f" ({days:+} {gettext('d')})" if days else ""


def legend_text(chart: Chart) -> Text:
    """What the letters and symbols mean, for where there is room."""
    lines = [f"{mark.letter} {printable(mark.name)}" for mark in chart.marks.values()]
    small = gettext("small letters: the shop is open")
    signs = [
        ("·", gettext("wait")),
        (Standing.FIXED.value, gettext("fixed date")),
        (Standing.IN_PROGRESS.value, gettext("in progress")),
        (Standing.DONE.value, gettext("done")),
        ("!", gettext("clash")),
        ("↻", gettext("changed since the plan")),
        ("○", gettext("start partners were told")),
        (SYMBOLS[Day.WEEKEND], gettext("weekend")),
        (SYMBOLS[Day.HOLIDAY], gettext("holiday")),
        (SYMBOLS[Day.BLACKOUT], gettext("blackout")),
        (SYMBOLS[Day.SHUTDOWN], gettext("shutdown")),
        ("│", gettext("today")),
        ("◇", gettext("milestone")),
    ]
    return Text("\n".join([*lines, small, *(f"{sign} {meaning}" for sign, meaning in signs)]))
