"""How numbers, days, money, gaps and times read."""

from datetime import date
from math import ceil


def day_text(day: date) -> str:
    """A day as `31 Dec 2021`."""
    return f"{day.day} {day:%b} {day.year}"


def money_text(cents: int, currency: str = "", *, with_cents: bool = True) -> str:
    """An amount as `812,345.67 EUR`."""
    figure = f"{cents / 100:,.2f}" if with_cents else f"{cents / 100:,.0f}"
    return f"{figure} {currency}".rstrip()


def gap_text(gap: float) -> str:
    """A gap as `0.42 %`, rounded up so that a plan never looks closer to the best than was proved."""
    return f"{ceil(round(gap * 10_000, 4)) / 100:.2f} %"


def time_text(seconds: float) -> str:
    """A time as `41 s`, `2 min 05 s` or `1 h 02 min`."""
    whole = ceil(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 shop`, `2 shops`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
