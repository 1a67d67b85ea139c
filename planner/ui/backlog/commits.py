"""Changes on their way into the store: one after the other, each with the version that it was decided on."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual.dom import DOMNode

from planner.exchange.problems import InputError, Problem
from planner.store.backlog import Backlog
from planner.store.errors import EditConflictError
from planner.store.records import Edit, StoredShop
from planner.ui.background import in_background
from planner.ui.backlog.cells import problem_text
from planner.ui.backlog.conflicts import ConflictDialog, Place, decided
from planner.ui.messages import Edited
from planner.wording.translation import gettext

FEW = 200


@dataclass(frozen=True, slots=True)
class Commit:
    """Edits for one step of undo; `what` is the line of the journal, `why` the reason that it keeps.

    `done` is called with the shops as they then are (where they are few), `given_up` with sentences, none where the
    user decided so.
    """

    edits: Sequence[Edit]
    what: str
    done: Callable[[list[StoredShop]], object] = lambda _: None
    given_up: Callable[[list[str]], object] = lambda _: None
    told: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Outcome:
    shops: list[StoredShop]
    revision: int | None
    warnings: tuple[Problem, ...]


class Commits:
    """Makes changes in the background, in the order in which they were asked for; `node` is where dialogs come up."""

    def __init__(self, node: DOMNode, backlog: Backlog) -> None:
        self._node = node
        self._backlog = backlog
        self._waiting: deque[Commit] = deque()
        self._under_way: Commit | None = None
        self._own: dict[str, int] = {}

    @property
    def is_busy(self) -> bool:
        """Whether a change is under way."""
        return self._under_way is not None

    def add(self, commit: Commit) -> None:
        """Makes a change as soon as those before it are made."""
        self._waiting.append(commit)
        self._next()

    def _next(self) -> None:
        if self._under_way is None and self._waiting:
            self._begin(self._waiting.popleft())

    def _begin(self, commit: Commit) -> None:
        # What one has just changed oneself is known, even where the table has not been read anew yet.
        edits = [replace(edit, expected=self._expected(edit)) for edit in commit.edits]
        self._under_way = commit = replace(commit, edits=edits)
        in_background(self._node, lambda: self._make(commit), self._end, group="commit", on_error=self._fail)

    def _expected(self, edit: Edit) -> int | None:
        return None if edit.expected is None else max(edit.expected, self._own.get(edit.key, 0))

    def _make(self, commit: Commit) -> _Outcome | EditConflictError | InputError:
        try:
            edited = self._backlog.edit(commit.edits, commit.what, commit.why)
        except (EditConflictError, InputError) as error:
            return error
        keys = list(dict.fromkeys(edit.key for edit in commit.edits))
        shops = self._backlog.shops(keys) if len(keys) <= FEW else []
        return _Outcome(shops, edited.entry.revision if edited.entry else None, edited.warnings)

    def _end(self, outcome: _Outcome | EditConflictError | InputError) -> None:
        if isinstance(outcome, InputError):
            self._fail([problem_text(problem) for problem in outcome.problems])
            return
        commit, self._under_way = self._under_way, None
        if commit is None:
            return
        if isinstance(outcome, EditConflictError):
            self._ask(commit, outcome)
            return
        if outcome.revision is not None:
            self._own |= {item.shop.id: item.version for item in outcome.shops}
            warnings = [problem_text(problem) for problem in outcome.warnings[:3]]
            self._node.post_message(Edited("\n".join([commit.told, *warnings]).strip()))
        elif commit.told:
            self._node.post_message(Edited(gettext("Nothing had to change.")))
        commit.done(outcome.shops)
        self._next()

    def _ask(self, commit: Commit, error: EditConflictError) -> None:
        def go_on(theirs: frozenset[Place] | None) -> None:
            edits = [] if theirs is None else decided(commit.edits, error.conflicts, theirs)
            if edits:
                self._waiting.appendleft(replace(commit, edits=edits))
            else:
                commit.given_up([])
                self._node.post_message(Edited())
            self._next()

        self._node.app.push_screen(ConflictDialog(error.conflicts), go_on)

    def _fail(self, lines: list[str]) -> None:
        commit, self._under_way = self._under_way, None
        if commit is not None:
            commit.given_up(lines)
        self._next()
