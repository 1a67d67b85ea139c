"""A risk report as a page that needs nothing but itself."""

from collections.abc import Iterator

from planner.cli.html_page import heading, page, paragraph, table
from planner.cli.messages import clip
from planner.cli.risk_charts import band_chart, tornado
from planner.cli.risk_text import NOTHING_VARIES, never_or, percent, signed_text
from planner.domain.rollout import Rollout
from planner.review.risk.drivers import Drivers, Effect
from planner.review.risk.figures import Dates, Share
from planner.review.risk.report import RiskReport
from planner.wording.amounts import counted, day_text, number_text
from planner.wording.translation import gettext, ngettext


def report_page(rollout: Rollout, report: RiskReport) -> bytes:
    """The page."""
    return page(gettext("How sure is the plan? {rollout}").format(rollout=rollout.name), _parts(report))


def _parts(report: RiskReport) -> Iterator[str]:
    text = gettext("{number} samples, seed {seed}.")
    if report.early_days:
        text = gettext("{number} samples, seed {seed}. Phases may begin up to {days} before their dates.")
    number, days = number_text(report.samples), counted(report.early_days, "day")
    yield paragraph(text.format(number=number, seed=report.seed, days=days))
    if not report.varies:
        yield paragraph(f"{gettext(NOTHING_VARIES)}.")
    yield heading(gettext("Milestones"))
    yield table(
        (
            gettext("Milestone"),
            gettext("Date"),
            gettext("Asked for"),
            gettext("Planned"),
            gettext("Met in"),
            gettext("Done by then, 10 | 50 | 90 %"),
            gettext("Last one done"),
        ),
        [
            (
                item.name,
                day_text(item.by),
                str(item.target),
                str(item.planned),
                (percent(item.met.probability), _range(item.met)),
                f"{item.done.low} | {item.done.middle} | {item.done.high}",
                gettext("reached already") if item.reached is None else _dates(item.reached),
            )
            for item in report.milestones
        ],
    )
    yield heading(gettext("Forecast"))
    text = gettext("Shops finished: planned (dashed), the middle sample, and the band from 10 to 90 %.")
    yield paragraph(text, "legend")
    yield band_chart(report.band, report.milestones)
    if report.drivers is not None:
        yield from _drivers(report.drivers)
    yield heading(gettext("Dates"))
    yield paragraph(_rules(report))
    yield table(
        (
            gettext("Shop"),
            gettext("Start"),
            gettext("On time"),
            gettext("Finish"),
            gettext("In time"),
            gettext("By due date"),
            gettext("Finished, 10 | 50 | 90 %"),
            gettext("Days late"),
            gettext("Never"),
        ),
        [
            (
                (shop.shop, gettext("fixed") if shop.is_fixed else ""),
                day_text(shop.start),
                percent(shop.starts_on_time),
                day_text(shop.finish),
                percent(shop.on_time),
                "" if shop.due is None else percent(shop.due),
                _dates(shop.finishes),
                number_text(shop.mean_days_late, 1),
                percent(shop.never) if shop.never else "",
            )
            for shop in sorted(report.shops, key=lambda item: (item.on_time, item.shop))
        ],
    )


def _drivers(drivers: Drivers) -> Iterator[str]:
    yield heading(gettext("What drives {milestone}").format(milestone=drivers.milestone))
    text = gettext("The probability if there were no surprises from one source, the same luck in all others.")
    yield paragraph(text, "legend")
    yield tornado(drivers)
    if drivers.crews:
        yield heading(gettext("Which crew helps"))
        header = (gettext("A unit more of"), gettext("Met in"), gettext("Shops more by the date"))
        yield table(header, [_row(effect) for effect in drivers.crews])
    yield heading(gettext("Which buffer helps"))
    yield table((gettext("Buffer"), gettext("Met in")), list(_buffers(drivers)))


def _buffers(drivers: Drivers) -> Iterator[tuple[str, str]]:
    for days, share in drivers.earlier:
        yield gettext("date {days} later").format(days=counted(days, "day")), percent(share)
    for more, share in drivers.spare:
        text = ngettext("{number} shop more planned by the date", "{number} shops more planned by the date", more)
        yield text.format(number=number_text(more)), percent(share)
    for shop in drivers.shops:
        text = gettext("{shop} finished {days} earlier")
        yield text.format(shop=shop.shop, days=counted(shop.days, "day")), f"+ {percent(shop.gain)}"


def _row(effect: Effect) -> tuple[str, str, str]:
    return clip(effect.name, 20), percent(effect.probability), signed_text(effect.more_done)


def _range(share: Share) -> str:
    return gettext("{first} to {last}").format(first=percent(share.low), last=percent(share.high))


def _rules(report: RiskReport) -> str:
    text = ngettext(
        "Of {number} fixed date, {missed} are missed on average; {shops} shops are still closed in a blackout.",
        "Of {number} fixed dates, {missed} are missed on average; {shops} shops are still closed in a blackout.",
        report.fixed,
    )
    return text.format(
        number=number_text(report.fixed),
        missed=number_text(report.fixed_missed, 2),
        shops=number_text(report.blacked_out, 2),
    )


def _dates(dates: Dates) -> str:
    return " | ".join(never_or(day) for day in (dates.early, dates.middle, dates.late))
