"""How words are quoted in the language in use."""

from planner.wording.language import Language
from planner.wording.translation import spoken

MARKS = {Language.ENGLISH: ("'", "'"), Language.GERMAN: ("„", "“")}


def in_quotes(text: str) -> str:
    """`text` between quotation marks: `'Year end'`, in German `„Year end“`."""
    before, after = MARKS[spoken()]
    return f"{before}{text}{after}"
