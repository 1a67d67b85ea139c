"""What a sweep varies, and what that costs, as the command line writes it."""

from collections.abc import Mapping, Sequence

from planner.exchange.problems import InputError, Problem
from planner.exchange.scenario_paths import path_text
from planner.exchange.text import Names, quoted
from planner.exchange.values import BadValue
from planner.exchange.vary import parse_vary
from planner.studies.grid import Axis, Grid, Point
from planner.wording.amounts import number_text
from planner.wording.translation import gettext

MOST_POINTS = 10_000

Prices = Mapping[int, float]
"""What a unit of an axis's values costs, in EUR, by the number of the axis."""


def read_grid(texts: Sequence[str]) -> Grid:
    """The grid of all `--vary`. Raises InputError with all mistakes."""
    axes: list[Axis] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            varied = parse_vary(text)
        except BadValue as error:
            problems.append(Problem("--vary", None, None, str(error)))
            continue
        if any(axis.path == varied.path for axis in axes):
            problems.append(
                Problem("--vary", None, varied.label, gettext("is varied twice; put all its values into one"))
            )
        axes.append(Axis(varied.label, varied.path, varied.values))
    grid = Grid(tuple(axes))
    if len(grid) > MOST_POINTS:
        text = gettext("these are {number} points, more than {most}; vary less, or in larger steps")
        text = text.format(number=number_text(len(grid)), most=number_text(MOST_POINTS))
        problems.append(Problem("--vary", None, None, text))
    if problems:
        raise InputError(problems)
    return grid


def read_prices(texts: Sequence[str], grid: Grid) -> Prices:
    """The prices of all `--price`. Raises InputError with all mistakes."""
    prices: dict[int, float] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            number, price = _price(text, grid)
            prices[number] = price
        except BadValue as error:
            problems.append(Problem("--price", None, None, str(error)))
    if problems:
        raise InputError(problems)
    return prices


def price_at(point: Point, grid: Grid, prices: Prices) -> int:
    """What the values at a point cost, in cents."""
    values = grid.values_at(point)
    return round(sum(100 * price * float(str(values[number])) for number, price in prices.items()))


def _price(text: str, grid: Grid) -> tuple[int, float]:
    varied = parse_vary(text)
    (price, *more) = varied.values
    if more or isinstance(price, bool) or not isinstance(price, int | float):
        sentence = gettext("{text} is no price: write PATH=EUR, such as crews.South.builder=30000")
        raise BadValue(sentence.format(text=quoted(text)))
    names = Names(gettext("varied path"), [axis.label for axis in grid.axes])
    if varied.label not in names:
        raise BadValue(names.unknown(path_text(varied.path)))
    number = list(names.names).index(varied.label)
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in grid.axes[number].values):
        sentence = gettext("the values of {path} are no numbers of units, so they have no price")
        raise BadValue(sentence.format(path=varied.label))
    return number, float(price)
