"""A risk report as a screen of text."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from planner.cli.messages import clip
from planner.cli.nouns import noun
from planner.cli.summary import LABEL_WIDTH, NAME_WIDTH, WIDTH, Line
from planner.domain.rollout import Rollout
from planner.review.risk.drivers import Drivers, Effect
from planner.review.risk.figures import BandDay, Dates, MilestoneOutlook, ShopOutlook
from planner.review.risk.report import RiskReport
from planner.wording.amounts import counted, day_text, number_text, percent_text
from planner.wording.translation import gettext, later, ngettext, pgettext

BAR_WIDTH = 24
EFFECT_BAR_WIDTH = 16
DAY_WIDTH = 13
SHOP_WIDTH = 9
SHOPS_SHOWN = 8
SOURCES_SHOWN = 12
WEEKS_A_ROW = 4
NOTHING_VARIES = later(
    "[risk] in rollout.toml gives chance nothing to do, so every sample is the plan itself; say there how long phases"
    " really take and what else goes wrong"
)


def report_lines(rollout: Rollout, report: RiskReport) -> list[Line]:
    """The report as lines of at most 79 characters, names apart."""
    return [
        *wrapped(gettext("Risk"), f"{clip(rollout.name, NAME_WIDTH)}: {_samples(report)}"),
        *(wrapped(pgettext("label", "Note"), gettext(NOTHING_VARIES)) if not report.varies else ()),
        *_labelled(pgettext("label", "Milestones"), (line for item in report.milestones for line in _milestone(item))),
        *(_drivers(report.drivers) if report.drivers else ()),
        *_labelled(gettext("Forecast"), _forecast(report.band)),
        *_labelled(gettext("Least sure"), _shops(report.shops)),
        *wrapped(gettext("Rules"), _rules(report)),
    ]


def _samples(report: RiskReport) -> str:
    text = gettext("{number} samples, seed {seed}")
    if report.early_days:
        text = gettext("{number} samples, seed {seed}, phases up to {days} early")
    return text.format(number=number_text(report.samples), seed=report.seed, days=counted(report.early_days, "day"))


def percent(share: float) -> str:
    """A probability as `78.5 %`; certainty is said only where it was seen in every sample."""
    if 0 < share < 0.001:
        return f"< {percent_text(0.001, 1)}"
    if 0.999 < share < 1:
        return f"> {percent_text(0.999, 1)}"
    return percent_text(share, 1)


def signed_text(number: float) -> str:
    """A difference with its sign: `+1.25`."""
    text = number_text(number, 2)
    return text if text.startswith("-") else f"+{text}"


def never_or(day: date | None) -> str:
    """A day, or the word for none."""
    return gettext("never") if day is None else day_text(day)


def effect_name(effect: Effect) -> str:
    """A source of chance, or a crew, in words."""
    names = {"permit": gettext("permits"), "kit": gettext("late kits"), "illness": gettext("illness")}
    what = names.get(effect.kind) or noun(effect.kind)
    return f"{what} {clip(effect.name, 20)}".rstrip()


def _milestone(item: MilestoneOutlook) -> Iterator[str]:
    name = clip(item.name, NAME_WIDTH)
    text = gettext("{name} ({day}): {planned} planned, {target} asked for")
    yield text.format(name=name, day=day_text(item.by), planned=item.planned, target=item.target)
    text = gettext("met in {share} of samples ({low} to {high})")
    share, low, high = (percent(share) for share in (item.met.probability, item.met.low, item.met.high))
    yield "  " + text.format(share=share, low=low, high=high)
    text = gettext("done by then: {low} | {middle} | {high} (10 | 50 | 90 % of samples)")
    yield "  " + text.format(low=item.done.low, middle=item.done.middle, high=item.done.high)
    if item.reached is not None:
        text = gettext("shop number {number} is done by {days}")
        yield "  " + text.format(number=item.target, days=_dates(item.reached))


def _dates(dates: Dates) -> str:
    return " | ".join(never_or(day) for day in (dates.early, dates.middle, dates.late))


def _drivers(drivers: Drivers) -> Iterator[Line]:
    name = clip(drivers.milestone, NAME_WIDTH)
    text = gettext("{name}: {share}, and without the surprises from …")
    lines = [text.format(name=name, share=percent(drivers.probability))]
    lines += _effects(drivers.sources[:SOURCES_SHOWN]) or [gettext("(nothing varies)")]
    if len(drivers.sources) > SOURCES_SHOWN:
        lines.append(gettext("and {number} that matter less").format(number=len(drivers.sources) - SOURCES_SHOWN))
    yield from _labelled(gettext("Drivers"), lines)
    more_crews = [gettext("with a unit more of …"), *_effects(drivers.crews)]
    yield from _labelled(gettext("Crews"), more_crews if drivers.crews else ())
    moved = ", ".join(
        gettext("{days} days {share}").format(days=days, share=percent(share)) for days, share in drivers.earlier
    )
    spare = ", ".join(f"{more} {percent(share)}" for more, share in drivers.spare)
    yield from wrapped(gettext("Buffers"), gettext("were its date later by {days}").format(days=moved))
    text = gettext("were that many shops more planned by its date: {shops}")
    yield from wrapped("", text.format(shops=spare))
    for shop in drivers.shops:
        text = gettext("{shop} finished {days} earlier: + {share}")
        days = counted(shop.days, "day")
        yield from wrapped("", text.format(shop=clip(shop.shop, 20), days=days, share=percent(shop.gain)))


def _effects(effects: Sequence[Effect]) -> list[str]:
    """A bar for each effect, as long as what it adds to the probability."""
    most = max((effect.gain for effect in effects), default=0.0)
    lines = []
    for effect in effects:
        bar = "█" * round(EFFECT_BAR_WIDTH * max(0.0, effect.gain) / most) if most > 0 else ""
        figures = f"{percent(effect.probability):>9} {signed_text(effect.more_done):>6}"
        lines.append(f"{effect_name(effect):<24}{figures} {pgettext('shops', 'done')}  {bar}".rstrip())
    return lines


def _forecast(band: Sequence[BandDay]) -> Iterator[str]:
    """Every fourth week, and the last."""
    if not band:
        return
    shown = [*band[:-1:WEEKS_A_ROW], band[-1]]
    most = max(1, *(item.done.high for item in shown), *(item.planned for item in shown))
    days = [day_text(item.day) for item in shown]
    width = max(DAY_WIDTH, *(len(day) + 1 for day in days))
    yield f"{'':<{width}}{gettext('planned')}  10 % 50 % 90 %"
    for day, item in zip(days, shown, strict=True):
        sure = round(BAR_WIDTH * item.done.low / most)
        may = round(BAR_WIDTH * item.done.high / most) - sure
        counts = f"{item.done.low:>5}{item.done.middle:>5}{item.done.high:>5}"
        yield f"{day:<{width}}{item.planned:>7} {counts}  {'█' * sure}{'░' * may}"


def _shops(shops: Sequence[ShopOutlook]) -> Iterator[str]:
    """The shops least likely to finish by their planned days."""
    least = sorted(shops, key=lambda shop: (shop.on_time, -shop.mean_days_late, shop.shop))
    least = [shop for shop in least if shop.on_time < 1][:SHOPS_SHOWN]
    if least:
        yield f"{noun('shop'):<{SHOP_WIDTH}} {gettext('planned'):<11} {gettext('in time')}  10 | 50 | 90 %"
    for shop in least:
        finishes = " | ".join(
            gettext("never") if day is None else day.isoformat()
            for day in (shop.finishes.early, shop.finishes.middle, shop.finishes.late)
        )
        yield f"{clip(shop.shop, SHOP_WIDTH):<{SHOP_WIDTH}} {shop.finish}  {percent(shop.on_time):>8} {finishes}"


def _rules(report: RiskReport) -> str:
    texts = []
    if report.fixed:
        text = ngettext(
            "of {number} fixed date, {missed} missed on average",
            "of {number} fixed dates, {missed} missed on average",
            report.fixed,
        )
        texts.append(text.format(number=number_text(report.fixed), missed=number_text(report.fixed_missed, 2)))
    if report.blacked_out:
        text = gettext("{number} shops on average still closed in a blackout")
        texts.append(text.format(number=number_text(report.blacked_out, 2)))
    return "; ".join(texts)


def wrapped(label: str, text: str) -> list[Line]:
    """`text` on lines that fit beside the labels; a percent sign stays with its number."""
    lines = textwrap.wrap(text.replace(" %", "\xa0%"), WIDTH - LABEL_WIDTH)
    return _labelled(label, (line.replace("\xa0", " ") for line in lines))


def _labelled(label: str, lines: Iterable[str]) -> list[Line]:
    return [("" if number else label, line) for number, line in enumerate(lines)]
