"""Blocks of phases, and the days of their positions against the domain's."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from planner.domain.calendar import Calendars
from planner.domain.rollout import Rollout
from planner.domain.rules import Shutdown
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.domain.standing import RemodelDays, days_from
from planner.scheduling.days import DayAxis
from planner.scheduling.options import ShopOptions, days_at
from planner.scheduling.positions import PositionMaker, block_ranges

# Shortly before All Saints', with a shutdown right behind it.
TODAY = date(2021, 10, 25)
SHOP = Shop(id="S1", format="M", state="BY")


def phase(name: str, days: int = 1, wait: tuple[int, int] = (0, 0), **changes: Any) -> Phase:
    return Phase(name=name, days=days, wait_min=wait[0], wait_max=wait[1], **changes)


def format_of(*phases: Phase) -> ShopFormat:
    return ShopFormat(name="M", phases=phases)


SURVEY = phase("Survey", crews={"surveyor": 1}, closed=False)
FORMATS = {
    "one phase": format_of(phase("Build", 3)),
    "linked by a range": format_of(SURVEY, phase("Build", 2, (1, 4))),
    "a range inside the closed period": format_of(SURVEY, phase("Build", 2), phase("Fit", 1, (0, 3))),
    "two ranges": format_of(SURVEY, phase("Build", 2, (1, 3)), phase("Photos", 1, (2, 5), closed=False)),
    "ranges between and inside blocks": format_of(SURVEY, phase("Build", 2, (1, 3)), phase("Fit", 1, (0, 2))),
}


@pytest.mark.parametrize(
    ("shop_format", "ranges"),
    [
        (FORMATS["one phase"], [range(1)]),
        (FORMATS["linked by a range"], [range(1), range(1, 2)]),
        (FORMATS["a range inside the closed period"], [range(3)]),
        (FORMATS["two ranges"], [range(1), range(1, 2), range(2, 3)]),
        (FORMATS["ranges between and inside blocks"], [range(1), range(1, 3)]),
        # A wait of one length leaves nothing to choose.
        (format_of(SURVEY, phase("Build", 2, (4, 4))), [range(2)]),
        # The surveyor stays for the second phase, so that the visit spans the wait.
        (format_of(SURVEY, phase("Build", 2, (1, 4), crews={"surveyor": 1})), [range(2)]),
        # Another number of surveyors is another visit.
        (format_of(SURVEY, phase("Build", 2, (1, 4), crews={"surveyor": 2})), [range(1), range(1, 2)]),
        # A closed phase before and one behind: the shop stays closed while it waits for the open one between.
        (format_of(phase("Strip"), phase("Measure", 1, (0, 2), closed=False), phase("Fit", 1, (0, 2))), [range(3)]),
        # The first phase waits for nothing.
        (format_of(phase("Build", 2, (0, 5))), [range(1)]),
    ],
)
def test_blocks_are_cut_at_ranges_that_nothing_spans(shop_format: ShopFormat, ranges: list[range]) -> None:
    assert block_ranges(shop_format) == ranges


def rollout_of(shop_format: ShopFormat) -> Rollout:
    return Rollout(
        name="Small",
        today=TODAY,
        last=date(2021, 11, 19),
        formats=(shop_format,),
        shops=(SHOP,),
        crews=(),
        shutdowns=(Shutdown(name="Break", first=date(2021, 11, 3), last=date(2021, 11, 4)),),
    )


def by_the_domain(rollout: Rollout, shop_format: ShopFormat) -> set[RemodelDays]:
    """All remodels within the horizon, from every working day with all waits."""
    calendar = Calendars(rollout).of(SHOP)
    starts = [TODAY + timedelta(days=number) for number in range((rollout.last - TODAY).days + 1)]
    waits = [range(item.wait_min, item.wait_max + 1) for item in shop_format.phases[1:]]
    found = {
        days_from(shop_format, calendar, start, (0, *chosen))
        for start in starts
        if calendar.is_working(start)
        for chosen in product(*waits)
    }
    return {days for days in found if days is not None and days.finish <= rollout.last}


def linked_positions(options: ShopOptions) -> list[tuple[int, ...]]:
    """A position of each block, for all that the waits between the blocks allow."""
    result = []
    for positions in product(*(range(block.positions) for block in options.blocks)):
        gaps = [
            int(after.begin[there] - before.end[here])
            for before, after, here, there in zip(
                options.blocks, options.blocks[1:], positions, positions[1:], strict=False
            )
        ]
        if all(least <= gap <= most for gap, (least, most) in zip(gaps, options.waits, strict=True)):
            result.append(positions)
    return result


@pytest.mark.parametrize("name", FORMATS)
def test_positions_are_all_remodels_that_the_domain_allows(name: str) -> None:
    shop_format = FORMATS[name]
    rollout = rollout_of(shop_format)
    axis = DayAxis(rollout, Calendars(rollout), rollout.last)
    options = PositionMaker(rollout, axis).free(SHOP)
    days = [days_at(axis, options, positions) for positions in linked_positions(options)]
    expected = by_the_domain(rollout, shop_format)
    assert len(days) == len(expected) > 5
    assert set(days) == expected
