"""The catalogues of translated texts, brought up to date with the code: `python -m tests.wording.catalogues`.

For each room it finds the texts in the code, keeps the translations there are, adds what is new, drops what is gone,
and compiles. Translations are then filled in by hand in `planner/wording/locale/de/LC_MESSAGES/*.po`, and the command
is run once more.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from planner.wording.language import Language
from planner.wording.translation import FOLDER, ROOMS

PACKAGE = Path(__file__).parents[2] / "planner"
SPOKEN = ("gettext", "later", "ngettext", "pgettext", "counted", "kept", "kept_several")

ANY_DAY = datetime(2021, 7, 1, tzinfo=UTC)

Text = tuple[str | tuple[str, str], str | None]


def texts(room: str) -> dict[Text, list[str]]:
    """The texts that a room's code has, each with its context and with the files it is in."""
    found: dict[Text, list[str]] = {}
    for text, place in _found(PACKAGE / room):
        places = found.setdefault(text, [])
        if place not in places:
            places.append(place)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _found(folder: Path) -> Iterator[tuple[Text, str]]:
    """Each text with the file it is in. An AST finds calls within calls, which babel's own extractor passes over."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPOKEN:
                text = _text(node.func.id, node.args)
                if text is not None:
                    yield text, path.relative_to(folder).as_posix()


def _text(name: str, args: list[ast.expr]) -> Text | None:
    """What a call asks a translation of; None where it hands on a variable, as `gettext(binding.description)`."""
    literals = [arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None for arg in args]
    match name, literals:
        case "gettext" | "later" | "kept", [str(text)]:
            return text, None
        case "ngettext" | "kept_several", [str(one), str(several), _]:
            return (one, several), None
        case "pgettext", [str(context), str(text)]:
            return text, context
        case "counted", [_, str(noun)]:
            return (noun, f"{noun}s"), None
    if any(isinstance(arg, ast.JoinedStr) for arg in args):
        raise ValueError(f"{name} takes literals, which are found; here it was given {ast.unparse(args[0])}")
    return None


def catalogue_path(language: Language, room: str) -> Path:
    """Where a room's translations are."""
    return FOLDER / language.value / "LC_MESSAGES" / f"{room}.po"


def read_catalogue(language: Language, room: str) -> Catalog:
    """A room's translations; none where there is no file yet."""
    path = catalogue_path(language, room)
    if not path.exists():
        return Catalog(locale=language.value)
    with path.open("rb") as file:
        return read_po(file, locale=language.value)


def up_to_date(language: Language, room: str) -> Catalog:
    """A room's translations for exactly the texts that its code has."""
    present = read_catalogue(language, room)
    fresh = Catalog(locale=language.value, project="planner", charset="utf-8", fuzzy=False)
    for (text, context), places in texts(room).items():
        known: Message | None = present.get(text if isinstance(text, str) else text[0], context)
        # A text that became a plural, or no longer is one, is translated anew.
        is_same = known is not None and known.id == text
        fresh.add(
            text,
            known.string if known is not None and is_same else None,
            locations=[(place, None) for place in places],
            context=context,
        )
    return fresh


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a file, the same for the same texts."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, width=120, include_lineno=False)
    header = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'.encode()
    return header + plural + buffer.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue compiled, without dates so that it is the same for the same texts."""
    plain = Catalog(
        locale=catalogue.locale,
        charset="utf-8",
        fuzzy=False,
        header_comment="",
        creation_date=ANY_DAY,
        revision_date=ANY_DAY,
    )
    for message in catalogue:
        if message.id and all(message.string if isinstance(message.string, tuple | list) else [message.string]):
            plain.add(message.id, message.string, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def main(rooms: list[str]) -> None:
    """Brings catalogues up to date and says how many texts wait for a translation."""
    for room in rooms or ROOMS:
        catalogue = up_to_date(Language.GERMAN, room)
        path = catalogue_path(Language.GERMAN, room)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
        missing = sum(1 for message in catalogue if message.id and not is_translated(message))
        print(f"{room}: {len(catalogue)} texts, {missing} without a translation")


def is_translated(message: Message) -> bool:
    """Whether a text has a translation, in each number."""
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(strings) and not message.fuzzy


if __name__ == "__main__":
    main(sys.argv[1:])
