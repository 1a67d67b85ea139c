"""A risk report as a screen of text."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from planner.cli.messages import clip
from planner.cli.summary import LABEL_WIDTH, NAME_WIDTH, WIDTH, Line
from planner.domain.rollout import Rollout
from planner.review.risk.drivers import Drivers, Effect
from planner.review.risk.figures import BandDay, Dates, MilestoneOutlook, ShopOutlook
from planner.review.risk.report import RiskReport
from planner.wording.amounts import counted, day_text

BAR_WIDTH = 24
EFFECT_BAR_WIDTH = 16
SHOP_WIDTH = 9
SHOPS_SHOWN = 8
SOURCES_SHOWN = 12
WEEKS_A_ROW = 4
NOTHING_VARIES = (
    "[risk] in rollout.toml gives chance nothing to do, so every sample is the plan itself; say there how long phases"
    " really take and what else goes wrong"
)


def report_lines(rollout: Rollout, report: RiskReport) -> list[Line]:
    """The report as lines of at most 79 characters, names apart."""
    how = f"{report.samples:,} samples, seed {report.seed}"
    if report.early_days:
        how += f", phases up to {counted(report.early_days, 'day')} early"
    return [
        *wrapped("Risk", f"{clip(rollout.name, NAME_WIDTH)}: {how}"),
        *(wrapped("Note", NOTHING_VARIES) if not report.varies else ()),
        *_labelled("Milestones", (line for item in report.milestones for line in _milestone(item))),
        *(_drivers(report.drivers) if report.drivers else ()),
        *_labelled("Forecast", _forecast(report.band)),
        *_labelled("Least sure", _shops(report.shops)),
        *wrapped("Rules", _rules(report)),
    ]


def percent(share: float) -> str:
    """A probability as `78.5 %`; certainty is said only where it was seen in every sample."""
    if 0 < share < 0.001:
        return "< 0.1 %"
    if 0.999 < share < 1:
        return "> 99.9 %"
    return f"{100 * share:.1f} %"


def never_or(day: date | None) -> str:
    """A day, or the word for none."""
    return "never" if day is None else day_text(day)


def effect_name(effect: Effect) -> str:
    """A source of chance, or a crew, in words."""
    names = {"permit": "permits", "kit": "late kits", "illness": "illness"}
    what = names.get(effect.kind, effect.kind)
    return f"{what} {clip(effect.name, 20)}".rstrip()


def _milestone(item: MilestoneOutlook) -> Iterator[str]:
    name = clip(item.name, NAME_WIDTH)
    yield f"{name} ({day_text(item.by)}): {item.planned} planned, {item.target} asked for"
    yield f"  met in {percent(item.met.probability)} of samples ({percent(item.met.low)} to {percent(item.met.high)})"
    yield f"  done by then: {item.done.low} | {item.done.middle} | {item.done.high} (10 | 50 | 90 % of samples)"
    if item.reached is not None:
        yield f"  shop number {item.target} is done by {_dates(item.reached)}"


def _dates(dates: Dates) -> str:
    return " | ".join(never_or(day) for day in (dates.early, dates.middle, dates.late))


def _drivers(drivers: Drivers) -> Iterator[Line]:
    name = clip(drivers.milestone, NAME_WIDTH)
    lines = [f"{name}: {percent(drivers.probability)}, and without the surprises from …"]
    lines += _effects(drivers.sources[:SOURCES_SHOWN]) or ["(nothing varies)"]
    if len(drivers.sources) > SOURCES_SHOWN:
        lines.append(f"and {len(drivers.sources) - SOURCES_SHOWN} that matter less")
    yield from _labelled("Drivers", lines)
    yield from _labelled("Crews", ["with a unit more of …", *_effects(drivers.crews)] if drivers.crews else ())
    later = ", ".join(f"{days} days {percent(share)}" for days, share in drivers.earlier)
    spare = ", ".join(f"{more} {percent(share)}" for more, share in drivers.spare)
    yield from wrapped("Buffers", f"were its date later by {later}")
    yield from wrapped("", f"were that many shops more planned by its date: {spare}")
    for shop in drivers.shops:
        text = f"{clip(shop.shop, 20)} finished {counted(shop.days, 'day')} earlier: + {percent(shop.gain)}"
        yield from wrapped("", text)


def _effects(effects: Sequence[Effect]) -> list[str]:
    """A bar for each effect, as long as what it adds to the probability."""
    most = max((effect.gain for effect in effects), default=0.0)
    lines = []
    for effect in effects:
        bar = "█" * round(EFFECT_BAR_WIDTH * max(0.0, effect.gain) / most) if most > 0 else ""
        line = f"{effect_name(effect):<24}{percent(effect.probability):>9} {effect.more_done:>+6.2f} done  {bar}"
        lines.append(line.rstrip())
    return lines


def _forecast(band: Sequence[BandDay]) -> Iterator[str]:
    """Every fourth week, and the last."""
    if not band:
        return
    shown = [*band[:-1:WEEKS_A_ROW], band[-1]]
    most = max(1, *(item.done.high for item in shown), *(item.planned for item in shown))
    yield f"{'':<13}planned  10 % 50 % 90 %"
    for item in shown:
        sure = round(BAR_WIDTH * item.done.low / most)
        may = round(BAR_WIDTH * item.done.high / most) - sure
        counts = f"{item.done.low:>5}{item.done.middle:>5}{item.done.high:>5}"
        yield f"{day_text(item.day):<13}{item.planned:>7} {counts}  {'█' * sure}{'░' * may}"


def _shops(shops: Sequence[ShopOutlook]) -> Iterator[str]:
    """The shops least likely to finish by their planned days."""
    least = sorted(shops, key=lambda shop: (shop.on_time, -shop.mean_days_late, shop.shop))
    least = [shop for shop in least if shop.on_time < 1][:SHOPS_SHOWN]
    if least:
        yield f"{'shop':<{SHOP_WIDTH}} planned     in time  10 | 50 | 90 %"
    for shop in least:
        finishes = " | ".join(
            "never" if day is None else day.isoformat()
            for day in (shop.finishes.early, shop.finishes.middle, shop.finishes.late)
        )
        yield f"{clip(shop.shop, SHOP_WIDTH):<{SHOP_WIDTH}} {shop.finish}  {percent(shop.on_time):>8} {finishes}"


def _rules(report: RiskReport) -> str:
    texts = []
    if report.fixed:
        texts.append(f"of {counted(report.fixed, 'fixed date')}, {report.fixed_missed:.2f} missed on average")
    if report.blacked_out:
        texts.append(f"{report.blacked_out:.2f} shops on average still closed in a blackout")
    return "; ".join(texts)


def wrapped(label: str, text: str) -> list[Line]:
    """`text` on lines that fit beside the labels; a percent sign stays with its number."""
    lines = textwrap.wrap(text.replace(" %", "\xa0%"), WIDTH - LABEL_WIDTH)
    return _labelled(label, (line.replace("\xa0", " ") for line in lines))


def _labelled(label: str, lines: Iterable[str]) -> list[Line]:
    return [("" if number else label, line) for number, line in enumerate(lines)]
