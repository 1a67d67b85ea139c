"""No text that a person reads is left out of the translations: sentences, and single words where they are shown."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wording.untranslated import untranslated

CLI = Path(__file__).parents[2] / "planner" / "cli"
MARKUP = re.compile(r"</?[a-z!]|class=\{|:root")
COMMAND = re.compile(r"`planner \w+`")
NOT_SAID = {
    # Names of a program, of commands, of a style, and of places.
    ("app.py", "f'planner {number}'"),
    ("store_records.py", "f'planner {kind}s add'"),
    ("compare.py", "f'{item.file}.json'"),
    ("feed_commands.py", "f'http://127.0.0.1:{FEED_PORT}'"),
    ("serve_calendars.py", "f'{root}/{feed.token}.ics'"),
    ("sweep_report.py", "f'black on {shade(figure, span)}'"),
    # Data: the same in every language; people read another name in its place.
    ("compare_data.py", "f'milestone {result.name}'"),
    ("compare_data.py", "f'peak_load {peak.trade}'"),
    ("store_compare.py", "f'plan {number}{under}'"),
    ("store_import.py", "f'status:{Status.FIXED} start<{today:%Y-%m-%d}'"),
    ("store_plans.py", "changes since"),
    ("store_plans.py", "no date"),
    ("sweep.py", "f'scenario {item.source}'"),
    # The name of a setting in the environment, before what is wrong with it.
    ("store_session.py", "f'PLANNER_{name.upper()}: {what}.'"),
    # Said to programmers.
    ("risk_data.py", "a report is a record of several things"),
}
SHOWN_BY = ("say", "show", "wrapped", "heading", "paragraph", "page", "is_agreed", "Names", "show_hanging")
SHOWN_AS = ("help", "short_help", "label")
WORD = re.compile(r"[A-Za-z]{2}")
NOT_SHOWN = {"legend"}
"""A style of a paragraph."""


def words_shown(source: str) -> Iterator[str]:
    """The literals that are handed to where people read them, in a call or by keyword, past the translation."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        arguments = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_AS]
        if isinstance(node.func, ast.Name) and node.func.id in SHOWN_BY:
            arguments += node.args
        for argument in arguments:
            yield from _words(argument)


def _words(node: ast.AST) -> Iterator[str]:
    """The words in an expression, but for those in calls: `gettext(…)`, and others that make texts of their own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORD.search(node.value):
        yield node.value
    if isinstance(node, ast.Call):
        # `"Plan".ljust(12)` shows a word, `gettext("Plan").ljust(12)` does not.
        if isinstance(node.func, ast.Attribute):
            yield from _words(node.func)
        return
    # What is looked up by a word is not the word.
    for child in [node.value] if isinstance(node, ast.Subscript) else ast.iter_child_nodes(node):
        yield from _words(child)


def test_no_sentence_is_said_past_the_translation() -> None:
    found = {(file, text) for file, text in untranslated("cli") if not MARKUP.search(text)}
    assert {(file, text) for file, text in found if not COMMAND.fullmatch(text)} == NOT_SAID


@pytest.mark.parametrize("path", sorted(CLI.glob("*.py")), ids=lambda path: path.name)
def test_no_word_is_shown_past_the_translation(path: Path) -> None:
    assert set(words_shown(path.read_text(encoding="utf-8"))) <= NOT_SHOWN


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('say("Ended.")', ["Ended."]),
        ('show(text, label="Plan".ljust(12))', ["Plan"]),
        ('show(text, label=gettext("Plan").ljust(12))', []),
        ('wrapped("" if number else "Plans", text)', ["Plans"]),
        ('typer.Option("--all", help="Everything.")', ["Everything."]),
        ('typer.Option("--all", help=gettext("Everything."))', []),
        ("say(f\"{gettext('Ended.')} {name} done\")", [" done"]),
    ],
)
def test_words_past_the_translation_are_found(code: str, found: list[str]) -> None:
    assert list(words_shown(code)) == found
