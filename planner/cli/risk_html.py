"""A risk report as a page that needs nothing but itself."""

from collections.abc import Iterator

from planner.cli.html_page import heading, page, paragraph, table
from planner.cli.risk_charts import band_chart, tornado
from planner.cli.risk_text import NOTHING_VARIES, effect_name, never_or, percent
from planner.domain.rollout import Rollout
from planner.review.risk.drivers import Drivers, Effect
from planner.review.risk.figures import Dates
from planner.review.risk.report import RiskReport
from planner.wording.amounts import counted, day_text


def report_page(rollout: Rollout, report: RiskReport) -> bytes:
    """The page."""
    return page(f"How sure is the plan? {rollout.name}", _parts(report))


def _parts(report: RiskReport) -> Iterator[str]:
    how = f"{report.samples:,} samples, seed {report.seed}."
    if report.early_days:
        how += f" Phases may begin up to {counted(report.early_days, 'day')} before their dates."
    yield paragraph(how)
    if not report.varies:
        yield paragraph(f"{NOTHING_VARIES}.")
    yield heading("Milestones")
    yield table(
        ("Milestone", "Date", "Asked for", "Planned", "Met in", "Done by then, 10 | 50 | 90 %", "Last one done"),
        [
            (
                item.name,
                day_text(item.by),
                str(item.target),
                str(item.planned),
                (percent(item.met.probability), f"{percent(item.met.low)} to {percent(item.met.high)}"),
                f"{item.done.low} | {item.done.middle} | {item.done.high}",
                "reached already" if item.reached is None else _dates(item.reached),
            )
            for item in report.milestones
        ],
    )
    yield heading("Forecast")
    yield paragraph("Shops finished: planned (dashed), the middle sample, and the band from 10 to 90 %.", "legend")
    yield band_chart(report.band, report.milestones)
    if report.drivers is not None:
        yield from _drivers(report.drivers)
    yield heading("Dates")
    yield paragraph(
        f"Of {counted(report.fixed, 'fixed date')}, {report.fixed_missed:.2f} are missed on average;"
        f" {report.blacked_out:.2f} shops are still closed in a blackout."
    )
    yield table(
        (
            "Shop",
            "Start",
            "On time",
            "Finish",
            "In time",
            "By due date",
            "Finished, 10 | 50 | 90 %",
            "Days late",
            "Never",
        ),
        [
            (
                (shop.shop, "fixed" if shop.is_fixed else ""),
                day_text(shop.start),
                percent(shop.starts_on_time),
                day_text(shop.finish),
                percent(shop.on_time),
                "" if shop.due is None else percent(shop.due),
                _dates(shop.finishes),
                f"{shop.mean_days_late:.1f}",
                percent(shop.never) if shop.never else "",
            )
            for shop in sorted(report.shops, key=lambda item: (item.on_time, item.shop))
        ],
    )


def _drivers(drivers: Drivers) -> Iterator[str]:
    yield heading(f"What drives {drivers.milestone}")
    yield paragraph(
        "The probability if there were no surprises from one source, the same luck in all others.", "legend"
    )
    yield tornado(drivers)
    if drivers.crews:
        yield heading("Which crew helps")
        yield table(("A unit more of", "Met in", "Shops more by the date"), [_row(effect) for effect in drivers.crews])
    yield heading("Which buffer helps")
    rows = [(f"date {counted(days, 'day')} later", percent(share)) for days, share in drivers.earlier]
    rows += [(f"{counted(more, 'shop')} more planned by the date", percent(share)) for more, share in drivers.spare]
    rows += [
        (f"{shop.shop} finished {counted(shop.days, 'day')} earlier", f"+ {percent(shop.gain)}")
        for shop in drivers.shops
    ]
    yield table(("Buffer", "Met in"), rows)


def _row(effect: Effect) -> tuple[str, str, str]:
    return effect_name(effect).removeprefix("crew "), percent(effect.probability), f"{effect.more_done:+.2f}"


def _dates(dates: Dates) -> str:
    return " | ".join(never_or(day) for day in (dates.early, dates.middle, dates.late))
