"""Finds literals in the code that read like a sentence, or a part of one, and do not go through the translation."""

import ast
import re
from collections.abc import Iterator

from tests.wording.catalogues import PACKAGE, SPOKEN

TWO_WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? +[A-Za-z]{2,}")
WORD = re.compile(r"[A-Za-z]{2,}")
INTERNAL = ("RuntimeError", "ValueError", "TypeVar", "cast")
"""What is called with words for programmers: errors that say that the program itself is wrong, and types."""


def untranslated(room: str) -> Iterator[tuple[str, str]]:
    """Each such literal of a room, with its file: texts of two words or more, and texts that values are put into."""
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for text in untranslated_in(path.read_text(encoding="utf-8")):
            yield path.relative_to(PACKAGE / room).as_posix(), text


def untranslated_in(code: str) -> Iterator[str]:
    """The same for the code of one file."""
    tree = ast.parse(code)
    passed_over = {id(part) for node in ast.walk(tree) for part in _passed_over(node)}
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        if isinstance(node, ast.JoinedStr):
            words = [part.value for part in node.values if isinstance(part, ast.Constant)]
            if any(isinstance(word, str) and WORD.search(word) for word in words):
                yield ast.unparse(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and TWO_WORDS.search(node.value):
            yield node.value


def _passed_over(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that are no text, or are translated: docstrings, types, the arguments of `gettext`."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in (*SPOKEN, *INTERNAL):
        yield from _within(node.args)
    if isinstance(node, ast.JoinedStr):
        # Its parts are looked at with it; values that are put in may have texts of their own.
        yield from (part for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
        yield from ast.walk(node.annotation)
    if isinstance(node, ast.FunctionDef) and node.returns is not None:
        yield from ast.walk(node.returns)


def _within(nodes: list[ast.expr]) -> Iterator[ast.AST]:
    for node in nodes:
        yield from ast.walk(node)
