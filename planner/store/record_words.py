"""What the kinds of records are called, in the language in use. Light: imports no database library."""

from planner.store.records import RecordKind
from planner.wording.translation import pgettext


def noun(kind: str) -> str:
    """What a record of a kind is; `kind` itself where it is no kind of record."""
    nouns: dict[str, str] = {
        RecordKind.SHOP: pgettext("noun", "shop"),
        RecordKind.CREW: pgettext("noun", "crew"),
        RecordKind.ABSENCE: pgettext("noun", "absence"),
        RecordKind.SETTINGS: pgettext("noun", "settings"),
        RecordKind.PLAN: pgettext("noun", "plan"),
        RecordKind.SCENARIO: pgettext("noun", "scenario"),
    }
    return nouns.get(kind, kind)


def record_name(kind: str, key: str) -> str:
    """A record as messages name it: `shop S001`."""
    return f"{noun(kind)} {key}"
