"""Shops found by what their id, name or town has in it."""

from planner.ui.schedule.chart import Chart


def found_shops(chart: Chart, text: str) -> list[str]:
    """The ids of the shops that have `text` in their id, name or town, whatever the case; the id itself first."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    found = [
        bar.shop.id
        for bar in chart.bars.values()
        if any(wanted in word.casefold() for word in (bar.shop.id, bar.shop.name, bar.shop.city))
    ]
    return sorted(found, key=lambda shop: shop.casefold() != wanted)
