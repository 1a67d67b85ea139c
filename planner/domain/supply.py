"""Stock over time: what has come in by a day."""

from datetime import date

from planner.domain.rules import Delivery, Supply


def arrived(delivery: Delivery, today: date, day: date) -> int:
    """Units of `delivery` that come from `today` up to and including `day`."""
    last = min(day, delivery.last) if delivery.last else day
    if delivery.every_days is None:
        return delivery.quantity if today <= delivery.first <= last else 0

    def deliveries_to(end: date) -> int:
        return max(0, (end - delivery.first).days // (delivery.every_days or 1) + 1)

    before_today = deliveries_to(date.fromordinal(today.toordinal() - 1))
    return delivery.quantity * max(0, deliveries_to(last) - before_today)


def available(supply: Supply, today: date, day: date) -> int:
    """Units that may be drawn from `today` up to and including `day`."""
    return supply.initial + sum(arrived(delivery, today, day) for delivery in supply.deliveries)
