"""How numbers, days, money, gaps and times read in the language in use."""

from datetime import date, datetime
from math import ceil

from planner.wording.language import Language
from planner.wording.translation import gettext, ngettext, spoken

DAY_PATTERNS = {Language.ENGLISH: "d MMM y", Language.GERMAN: "d. MMM y"}
SHORT_DAY_PATTERNS = {Language.ENGLISH: "EEE d MMM", Language.GERMAN: "EEE d. MMM"}
YEARLESS_DAY_PATTERNS = {Language.ENGLISH: "d MMM", Language.GERMAN: "d. MMM"}
MOMENT_PATTERNS = {Language.ENGLISH: "d MMM y, HH:mm", Language.GERMAN: "d. MMM y, HH:mm"}
DAY_OF_MONTH_PATTERNS = {Language.ENGLISH: "d", Language.GERMAN: "d."}
DAY_AND_MONTH_PATTERNS = {Language.ENGLISH: "d MMM", Language.GERMAN: "d. MMM"}
MONTH_PATTERN = "LLLL y"
SHORT_MONTH_PATTERN = "LLL"


def day_text(day: date) -> str:
    """A day as `31 Dec 2021`."""
    return _formatted(day, DAY_PATTERNS[spoken()])


def short_day_text(day: date) -> str:
    """A day as `Fri 31 Dec`, where the year is clear."""
    return _formatted(day, SHORT_DAY_PATTERNS[spoken()])


def day_in_year_text(day: date) -> str:
    """A day as `31 Dec`, where year and weekday are clear or do not matter."""
    return _formatted(day, YEARLESS_DAY_PATTERNS[spoken()])


def moment_text(moment: datetime) -> str:
    """A moment as `31 Dec 2021, 14:05`, in the time zone of this machine."""
    from babel.dates import format_datetime  # noqa: PLC0415 - not every command writes moments

    return format_datetime(moment.astimezone(), MOMENT_PATTERNS[spoken()], locale=spoken().value)


def span_text(first: date, last: date) -> str:
    """Days as `4 Oct 2021` or `4 to 22 Oct 2021`, with what both have in common said once."""
    if first == last:
        return day_text(first)
    begin = day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        begin = _formatted(first, DAY_OF_MONTH_PATTERNS[spoken()])
    elif first.year == last.year:
        begin = _formatted(first, DAY_AND_MONTH_PATTERNS[spoken()])
    return gettext("{first} to {last}").format(first=begin, last=day_text(last))


def month_text(day: date) -> str:
    """The month of a day as `December 2021`."""
    return _formatted(day, MONTH_PATTERN)


def short_month_text(day: date) -> str:
    """The month of a day as `Dec`."""
    return _formatted(day, SHORT_MONTH_PATTERN)


def weekday_text(day: date) -> str:
    """The weekday of a day in two letters or three: `Fri`."""
    return _formatted(day, "EEE")


def long_weekday_text(day: date) -> str:
    """The weekday of a day in full: `Friday`."""
    return _formatted(day, "EEEE")


def plain_day_text(day: date) -> str:
    """A day as messages have it: `2021-12-31`, in German `31.12.2021`."""
    return day.isoformat() if spoken() is Language.ENGLISH else f"{day:%d.%m.%Y}"


def plain_number_text(number: float, decimals: int | None = None) -> str:
    """A number as messages have it: `8117.50`, in German `8117,50`; without `decimals` with those that it needs."""
    text = f"{number:.15g}" if decimals is None else f"{number:.{decimals}f}"
    return text if spoken() is Language.ENGLISH else text.replace(".", ",")


def number_text(number: float, decimals: int = 0) -> str:
    """A number with its thousands set apart: `8,117`, `8,117.50`."""
    if spoken() is Language.ENGLISH:
        return f"{number:,.{decimals}f}"
    from babel.numbers import format_decimal  # noqa: PLC0415 - most commands write no other language

    return format_decimal(round(number, decimals), f"#,##0.{'0' * decimals}", locale=spoken().value)


def money_text(cents: int, currency: str = "", *, with_cents: bool = True) -> str:
    """An amount as `812,345.67 EUR`."""
    return f"{number_text(cents / 100, 2 if with_cents else 0)} {currency}".rstrip()


def money_change_text(cents: int, currency: str = "", *, with_cents: bool = True) -> str:
    """A difference of amounts with its sign: `+1,200.00 EUR`, `-300.00 EUR`, `0.00 EUR`."""
    return ("+" if cents > 0 else "") + money_text(cents, currency, with_cents=with_cents)


def percent_text(share: float, decimals: int = 0) -> str:
    """A share as `54 %`."""
    return f"{number_text(share * 100, decimals)} %"


def chance_text(chance: float) -> str:
    """A chance as `54 %`; what is nearly certain never looks certain, nor what hardly happens impossible."""
    if 0.995 <= chance < 1:
        return f"> {percent_text(0.99)}"
    return f"< {percent_text(0.01)}" if 0 < chance < 0.005 else percent_text(chance)


def gap_text(gap: float) -> str:
    """A gap as `0.42 %`, rounded up so that a plan never looks closer to the best than was proved."""
    return f"{number_text(ceil(round(gap * 10_000, 4)) / 100, 2)} %"


def time_text(seconds: float) -> str:
    """A time as `41 s`, `2 min 05 s` or `1 h 02 min`."""
    whole = ceil(seconds)
    if whole < 60:
        return gettext("{seconds} s").format(seconds=whole)
    if whole < 3600:
        return gettext("{minutes} min {seconds:02} s").format(minutes=whole // 60, seconds=whole % 60)
    return gettext("{hours} h {minutes:02} min").format(hours=whole // 3600, minutes=whole % 3600 // 60)


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 shop`, `2 shops`; the noun is an English literal that takes an `s`."""
    return f"{number_text(number)} {ngettext(noun, noun + 's', number)}"


def _formatted(day: date, pattern: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - not every command writes days

    return format_date(day, pattern, locale=spoken().value)
