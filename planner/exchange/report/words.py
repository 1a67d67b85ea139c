"""The words of the page."""

import json
from importlib.resources import files

from planner.wording.language import Language


def words() -> dict[str, dict[str, str]]:
    """The page's words by key, for each language."""
    text = (files(__package__) / "assets" / "words.json").read_text(encoding="utf-8")
    entries: dict[str, dict[str, str]] = json.loads(text)
    return {language: {key: entry[language] for key, entry in entries.items()} for language in Language}
