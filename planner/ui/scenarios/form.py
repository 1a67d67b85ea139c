"""A scenario made or changed: by a form of what is there now, or as text, with what it changes in plain words below."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import ContentSwitcher, DataTable, Input, Label, Static, TextArea

from planner.exchange.scenario_choices import Choice, Figure, choices, value_of
from planner.exchange.scenarios import ReadRollout
from planner.exchange.values import BadValue
from planner.store.records import StoredScenario
from planner.store.scenario_texts import name_for
from planner.ui.background import in_background
from planner.ui.dialogs import QuestionDialog, TextDialog
from planner.ui.key_line import KeyLine
from planner.ui.keys import PlannerScreen, key
from planner.ui.scenarios.choice_table import ChoiceTable
from planner.ui.scenarios.draft import (
    GROUPS,
    Draft,
    figure_text,
    form_lines,
    key_of,
    stepped,
    subject_of,
)
from planner.ui.widgets.labelled import labelled
from planner.ui.workspace import Workspace
from planner.wording.translation import gettext, later

CHECK_SECONDS = 0.5
NEW_NAME = "new-scenario"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a scenario is written on: the rollout as it is, what can be changed in it, and the other scenarios."""

    base: ReadRollout
    texts: Mapping[str, str]
    choices: list[Choice]


class ScenarioForm(PlannerScreen[str]):
    """The form. It leaves with the name that the scenario was saved under, or with none."""

    HELP = later(
        "Each row is a value of the rollout; Enter changes it, + and - move it by a step, Delete leaves it as it is. F2"
        " shows the scenario as text, which can say more, such as other dates for all shops of a query."
    )
    BINDINGS = [
        key("ctrl+s", "save", later("Save"), later("Keep the scenario."), "scenarios.save"),
        key("f2", "turn", later("Form/text"), later("Turn from the form to the text, or back."), "scenarios.text"),
        key("escape", "leave", later("Back"), later("Leave without saving."), "scenarios.leave"),
    ]

    def __init__(self, workspace: Workspace, item: StoredScenario | None = None) -> None:
        super().__init__()
        self._workspace = workspace
        self._item = item
        self._saved = item.toml if item else ""
        self.draft = Draft(item.name, item.toml) if item else Draft(NEW_NAME, "")
        self._ground: Ground | None = None
        self._clock: Timer | None = None

    def compose(self) -> ComposeResult:
        """Name and reason, the form or the text, and what it comes to."""
        title = gettext("Scenario {name}").format(name=self._item.name) if self._item else gettext("New scenario")
        yield Static(title, id="form-title", markup=False)
        with Horizontal(classes="form-line"):
            yield Label(gettext("Name"))
            yield Input(self.draft.head("name"), id="form-name", compact=True)
        with Horizontal(classes="form-line"):
            yield Label(gettext("Why"))
            yield Input(self.draft.head("why"), id="form-why", compact=True)
        with ContentSwitcher(initial="form-table", id="form-parts"):
            yield ChoiceTable()
            yield TextArea(self.draft.toml, id="form-text", show_line_numbers=True, tab_behavior="focus")
        with VerticalScroll(id="form-outcome", can_focus=False), Vertical():
            yield Static("", id="form-words")
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads what can be changed."""
        self.query_one("#form-name").focus()
        in_background(self, self._read_ground, self._take_ground, group="ground")

    def _read_ground(self) -> Ground:
        base, texts = self._workspace.backlog.read()
        return Ground(base, texts, choices(base.files.settings or {}, base.rollout))

    def _take_ground(self, ground: Ground) -> None:
        self._ground = ground
        self._draw()
        self._check_soon()

    @property
    def is_text(self) -> bool:
        """Whether the text is in sight."""
        return self.query_one("#form-parts", ContentSwitcher).current == "form-text"

    def _draw(self) -> None:
        """Fills the form from the text."""
        if self._ground is None:
            return
        values = self.draft.values
        table = self.query_one(ChoiceTable)
        table.marked = [key_of(choice) for choice in self._ground.choices if choice.path in values]
        table.fill(form_lines(self._ground.choices, values))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another name or reason."""
        event.stop()
        part = (event.input.id or "").removeprefix("form-")
        if not self.is_text and self.draft.head(part) != event.value.strip():
            self.draft = self.draft.with_head(part, event.value.strip())
            self._check_soon()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Another text."""
        event.stop()
        if self.is_text:
            self.draft = replace(self.draft, toml=event.text_area.text)
            self._check_soon()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next part."""
        event.stop()
        self.focus_next()

    @property
    def _choice(self) -> Choice | None:
        """The place of the cursor."""
        here = self.query_one(ChoiceTable).here
        return next((item for item in self._ground.choices if key_of(item) == here), None) if self._ground else None

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter: asks what the value becomes."""
        event.stop()
        choice = self._choice
        if choice is None:
            return
        value = self.draft.values.get(choice.path)
        if isinstance(choice.present, date):
            label = gettext("Now {figure}. Then: a date, or a change such as -7 days.")
        else:
            label = gettext("Now {figure}. Then: a number, or a change such as +1 or -10 %.")
        dialog = TextDialog(
            f"{gettext(GROUPS[choice.group])}: {subject_of(choice)}",
            label.format(figure=figure_text(choice.present)),
            "" if value is None else str(value),
            lambda text: _mistake(choice, text),
        )
        self.app.push_screen(dialog, lambda text: None if text is None else self._set(choice, value_of(choice, text)))

    def on_choice_table_stepped(self, event: ChoiceTable.Stepped) -> None:
        """Moves the value by a step, or leaves it as it is."""
        choice = self._choice
        if choice is not None:
            now = self.draft.values.get(choice.path)
            self._set(choice, stepped(choice, now, event.direction) if event.direction else None)

    def _set(self, choice: Choice, value: str | Figure | None) -> None:
        self.draft = self.draft.with_choice(choice, value)
        self._draw()
        self._check_soon()

    def action_turn(self) -> None:
        """Turns from the form to the text, or back."""
        parts = self.query_one("#form-parts", ContentSwitcher)
        if not self.draft.is_toml:
            self._check()
            return
        for field in self.query(".form-line Input"):
            field.disabled = not self.is_text
        if self.is_text:
            parts.current = "form-table"
            for part in ("name", "why"):
                self.query_one(f"#form-{part}", Input).value = self.draft.head(part)
            self._draw()
            self.query_one(ChoiceTable).focus()
        else:
            area = self.query_one(TextArea)
            area.load_text(self.draft.toml)
            parts.current = "form-text"
            area.focus()

    def _check_soon(self) -> None:
        """Says what the scenario changes once nothing was typed for a moment."""
        if self._clock is not None:
            self._clock.stop()
        self._clock = self.set_timer(CHECK_SECONDS, self._check)

    def _check(self) -> None:
        ground, draft = self._ground, self.draft
        if ground is None:
            return
        if not draft.toml.strip():
            self._tell([("", gettext("Nothing is changed yet. Give it a name, then choose what is different."))])
            return
        if not draft.head("name") and not self.is_text:
            self._tell([("", gettext("It needs a name."))])
            return
        in_background(
            self,
            lambda: draft.effects(ground.base, ground.texts),
            self._tell_effects,
            group="check",
            on_error=self._tell_mistakes,
        )

    def _tell_effects(self, effects: list[str]) -> None:
        self._tell([(gettext("Changes") if number == 0 else "", effect) for number, effect in enumerate(effects)])

    def _tell_mistakes(self, mistakes: list[str]) -> None:
        self._tell([(gettext("Mistakes") if number == 0 else "", text) for number, text in enumerate(mistakes)])

    def _tell(self, lines: list[tuple[str, str]]) -> None:
        self.query_one("#form-words", Static).update(labelled(lines))

    def action_save(self) -> None:
        """Keeps the scenario, or says what is wrong with it."""
        if self._ground is None:
            return
        if not self.draft.head("name") and not self.is_text:
            self._tell([("", gettext("It needs a name."))])
            self.query_one("#form-name").focus()
            return
        ground, item = self._ground, self._item
        name = item.name if item else name_for(self.draft.head("name"), ground.texts)
        self.draft = replace(self.draft, name=name)
        draft = self.draft

        def save() -> str:
            draft.effects(ground.base, ground.texts)
            self._workspace.backlog.save_scenario(name, draft.toml, expected=item.version if item else None)
            return name

        in_background(self, save, self.dismiss, group="save", on_error=self._tell_mistakes)

    def action_leave(self) -> None:
        """Goes back; asks first where what was written would be lost."""
        if self.draft.toml == self._saved:
            self.dismiss(None)
            return
        question = QuestionDialog(
            gettext("Leave without saving?"), [gettext("What was changed here is then lost.")], gettext("Leave")
        )
        self.app.push_screen(question, self._leave_if)

    def _leave_if(self, agreed: bool | None) -> None:
        if agreed:
            self.dismiss(None)


def _mistake(choice: Choice, text: str) -> str | None:
    try:
        value_of(choice, text)
    except BadValue as error:
        return str(error)
    return None
