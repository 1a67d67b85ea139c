"""The charts of a risk page: the forecast band, the tornado of drivers, money against confidence."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from planner.cli import svg
from planner.cli.risk_text import effect_name, percent
from planner.review.risk.drivers import Drivers
from planner.review.risk.figures import BandDay, MilestoneOutlook
from planner.wording.amounts import day_text, money_text
from planner.wording.translation import gettext

WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 20, 40
ROW = 24
NAMES_WIDTH = 200
TICKS = 5
INK, SOFT = "#2b6cb0", "#2b6cb055"


def band_chart(band: Sequence[BandDay], milestones: Sequence[MilestoneOutlook]) -> str:
    """Shops done over time: as planned, the middle of the samples, and the band from 10 to 90 %."""
    chart = svg.drawing(WIDTH, HEIGHT, gettext("Shops finished over time: planned, and the band of the samples"))
    if len(band) < 2:
        return svg.written(chart)
    first, last = band[0].day.toordinal(), band[-1].day.toordinal()
    most = max(1, *(item.done.high for item in band), *(item.planned for item in band))

    def x(day: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first) / (last - first)

    def y(count: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count / most

    days = [x(item.day.toordinal()) for item in band]
    upper = [(day, y(item.done.high)) for day, item in zip(days, band, strict=True)]
    lower = [(day, y(item.done.low)) for day, item in zip(days, band, strict=True)]
    svg.area(chart, [*upper, *reversed(lower)], fill=SOFT)
    middle = [(day, y(item.done.middle)) for day, item in zip(days, band, strict=True)]
    svg.line(chart, middle, stroke=INK, stroke_width="2")
    planned = [(day, y(item.planned)) for day, item in zip(days, band, strict=True)]
    svg.line(chart, planned, stroke="currentColor", stroke_dasharray="5 4")
    for tick in range(TICKS + 1):
        count = round(most * tick / TICKS)
        svg.words(chart, LEFT - 8, y(count) + 4, str(count), "end")
    for item, anchor in ((band[0], "start"), (band[len(band) // 2], "middle"), (band[-1], "end")):
        svg.words(chart, x(item.day.toordinal()), HEIGHT - 12, day_text(item.day), anchor)
    for milestone in milestones:
        if first <= milestone.by.toordinal() <= last:
            at = x(milestone.by.toordinal())
            svg.line(chart, [(at, y(0)), (at, y(most))], stroke="currentColor", stroke_width="1")
            svg.dot(chart, at, y(min(milestone.target, most)), fill="currentColor")
    return svg.written(chart)


def tornado(drivers: Drivers) -> str:
    """A bar for each source of chance, from the probability as it is to the one without that source."""
    height = TOP + ROW * max(1, len(drivers.sources)) + BOTTOM
    chart = svg.drawing(WIDTH, height, gettext("What drives {milestone}").format(milestone=drivers.milestone))
    shares = [drivers.probability, *(effect.probability for effect in drivers.sources)]
    low, high = min(shares), max(shares)
    span = (high - low) or 1.0

    def x(share: float) -> float:
        return LEFT + NAMES_WIDTH + (WIDTH - LEFT - NAMES_WIDTH - RIGHT - 80) * (share - low) / span

    for number, effect in enumerate(drivers.sources):
        top = TOP + ROW * number
        svg.words(chart, LEFT + NAMES_WIDTH - 12, top + 15, effect_name(effect), "end")
        begin, end = sorted((x(drivers.probability), x(effect.probability)))
        svg.bar(chart, begin, top + 4, max(1.0, end - begin), ROW - 8, fill=INK)
        svg.words(chart, end + 6, top + 15, percent(effect.probability))
    at = x(drivers.probability)
    svg.line(chart, [(at, TOP), (at, height - BOTTOM)], stroke="currentColor")
    svg.words(chart, at, height - 14, percent(drivers.probability), "middle")
    return svg.written(chart)


def money_chart(points: Sequence[tuple[float, int]], currency: str) -> str:
    """Money (cents, upwards) against confidence (to the right), a dot for each plan."""
    chart = svg.drawing(WIDTH, HEIGHT, gettext("Money against confidence"))
    low, high = min(value for _, value in points), max(value for _, value in points)
    span = (high - low) or 1
    places = [
        (
            LEFT + 60 + (WIDTH - LEFT - 60 - RIGHT - 40) * share,
            HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / span,
        )
        for share, value in points
    ]
    svg.line(chart, places, stroke=INK, stroke_width="2")
    for (left, top), (share, _) in zip(places, points, strict=True):
        svg.dot(chart, left, top, fill=INK)
        svg.words(chart, left, min(HEIGHT - BOTTOM + 18, top + 18), percent(share), "middle")
    _money_axis(chart, low, high, currency)
    return svg.written(chart)


def _money_axis(chart: ET.Element, low: int, high: int, currency: str) -> None:
    svg.words(chart, 4, HEIGHT - BOTTOM, money_text(low, currency, with_cents=False))
    if high > low:
        svg.words(chart, 4, TOP + 4, money_text(high, currency, with_cents=False))
