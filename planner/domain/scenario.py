"""A scenario: what is different from the rollout, and nothing else.

Where a place in a rollout is named, it is by a path: `("costs", "footfall")` in rollout.toml, in a list the name or the
number of the item, `("milestone", "Year end", "target")`; `("crews", "B-S1", "units")` and
`("shops", "S001", "due_by")` in a row; `("crews", "South", "builder")` for the units of all builder crews whose first
region is South.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Path = tuple[str, ...]
Value = str | int | float | bool | date | Sequence["Value"] | Mapping[str, "Value"]
"""A new value. Text such as `+14 days`, `-1`, `+10 %` changes a present day or number by that much."""


class RowKind(StrEnum):
    """The parts of a rollout that come in rows, by the names of their files."""

    SHOPS = "shops"
    CREWS = "crews"
    ABSENCES = "absences"


@dataclass(frozen=True, slots=True)
class SetValue:
    """The value at `path` becomes `value`."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Drop:
    """What is at `path` is not there."""

    path: Path


@dataclass(frozen=True, slots=True)
class Add:
    """One more item in the list `what` of rollout.toml (`blackout`), or one more row (`crews`)."""

    what: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ChangeRows:
    """The rows that match get `values` by column, or are not there.

    Shops are matched by a query (see `domain.query`), crews and absences by the values of columns, all of which must be
    equal; of a list, one item is enough.
    """

    kind: RowKind
    where: str | Mapping[str, Value]
    values: Mapping[str, Value]
    is_drop: bool = False


Change = SetValue | Drop | Add | ChangeRows


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes to a rollout, made in order; `why` is a sentence for people, `source` what messages call it."""

    name: str
    changes: tuple[Change, ...]
    why: str = ""
    source: str = ""
