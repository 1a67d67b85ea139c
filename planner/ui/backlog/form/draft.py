"""A shop as it is written in a form: what was changed, and what the rules say of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.exchange.problems import Problem
from planner.exchange.text import Names, clean, quoted
from planner.store.backlog import Backlog
from planner.store.records import Edit, RecordKind, StoredShop
from planner.ui.backlog.bulk import kept_change
from planner.ui.backlog.cells import as_typed, meant
from planner.ui.backlog.columns import ShopColumn
from planner.ui.backlog.form.fields import REQUIRED, WHY
from planner.ui.backlog.plan_figures import PlanFigures
from planner.wording.kept import Kept, kept, kept_several
from planner.wording.translation import gettext

MOST_NAMED = 3
USUAL = ("partner", "region")
"""Columns of free text in which shops mostly have what others have too."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of a form by column; `item` is the shop that is edited, None for a new one.

    `country` is the rollout's. `before` are the texts that the form began with.
    """

    columns: tuple[ShopColumn, ...]
    item: StoredShop | None
    country: str
    before: Mapping[str, str]
    texts: Mapping[str, str]

    @property
    def shop_id(self) -> str:
        """The shop's number; of a new one, as it is written so far."""
        return self.item.shop.id if self.item else clean(self.texts["id"]).strip()

    @property
    def changed(self) -> list[str]:
        """The columns whose text is another one now."""
        keys = (column.key for column in self.columns if column is not WHY)
        return [key for key in keys if self.texts[key].strip() != self.before[key].strip()]

    @property
    def why(self) -> str:
        """The reason for the change; empty for none."""
        return self.texts[WHY.key].strip()

    def with_text(self, key: str, text: str) -> "Draft":
        """The same with another text."""
        return replace(self, texts={**self.texts, key: text})

    def written(self) -> tuple[Edit, tuple[Problem, ...]]:
        """The edit that the changed texts come to, and what no cell can be made of."""
        changed = set(self.changed)
        texts = [(column, self.texts[column.key].strip()) for column in self.columns if column.key in changed]
        typed = meant(self.shop_id, self.country, [(column, text) for column, text in texts if column.key != "id"])
        cells = typed.cells if self.item else {"id": self.shop_id, **typed.cells}
        version = self.item.version if self.item else None
        edit = Edit(RecordKind.SHOP, self.shop_id, cells, version, is_new=self.item is None)
        return edit, typed.problems

    def summary(self) -> Kept:
        """The line for the journal."""
        if self.item is None:
            return kept("{shop} added", shop=self.shop_id)
        by_key, changed = {column.key: column for column in self.columns}, self.changed
        parts = [kept_change(by_key[key], self.texts[key]) for key in changed[:MOST_NAMED]]
        if len(changed) > MOST_NAMED:
            parts.append(kept_several("{number} more column", "{number} more columns", len(changed) - MOST_NAMED))
        return kept("{shops}: {what}", shops=self.shop_id, what=parts)


def begun(columns: Sequence[ShopColumn], item: StoredShop | None, country: str, only_format: str = "") -> Draft:
    """A form that nothing was written into yet; a new shop has the `only_format` there is."""
    figures = PlanFigures()
    before = {
        column.key: as_typed(item.shop, column, figures) if item and column is not WHY else "" for column in columns
    }
    draft = Draft(tuple(columns), item, country, before, before)
    return draft if item else draft.with_text("format", only_format)


@dataclass(frozen=True, slots=True)
class Judged:
    """Sentences by column: what cannot be stored as it is, and what may be meant otherwise; `others` have no column."""

    errors: Mapping[str, list[str]] = field(default_factory=dict)
    remarks: Mapping[str, list[str]] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def told(self, touched: Iterable[str]) -> Mapping[str, list[str]]:
        """The errors to tell already: that something required is empty, only once it was `touched`."""
        seen = set(touched)
        return {key: texts for key, texts in self.errors.items() if key not in REQUIRED or key in seen}


def judged(backlog: Backlog, draft: Draft, known: Mapping[str, Sequence[str]]) -> Judged:
    """What the rules of the rollout's files say of a draft; `known` are texts that shops have, by column. For a thread.

    Raises NotFoundError where the shop is no longer there.
    """
    edit, unreadable = draft.written()
    judgement = backlog.judge(edit)
    spoilt = {problem.column for problem in unreadable}
    errors = _by_column([*unreadable, *(item for item in judgement.errors if item.column not in spoilt)])
    remarks = _by_column(judgement.warnings)
    for key in USUAL:
        text = draft.texts[key].strip()
        if key in draft.changed and key not in errors and (remark := _new_name(text, known.get(key, ()))):
            remarks.setdefault(key, []).append(remark)
    columns = {column.key for column in draft.columns}
    others = [text for key, texts in errors.items() if key not in columns for text in texts]
    return Judged({key: texts for key, texts in errors.items() if key in columns}, remarks, tuple(others))


def _by_column(problems: Iterable[Problem]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for problem in problems:
        texts.setdefault(problem.column or "", []).append(problem.text)
    return texts


def _new_name(text: str, known: Sequence[str]) -> str:
    """That no other shop has this name, and which near one may be meant; empty where one has it."""
    if not text or not known or text in known:
        return ""
    near = Names("", known).near(text)
    if near is None:
        return gettext("No other shop has this.")
    return gettext("No other shop has this; did you mean {name}?").format(name=quoted(near))
