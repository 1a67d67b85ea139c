"""What records, and those whom calendars are for, are called in the user's language."""

from planner.store.record_words import noun as record_noun
from planner.store.records import RecordKind
from planner.wording.amounts import counted
from planner.wording.translation import pgettext


def noun(kind: str) -> str:
    """The word for one of a kind of things, such as `crew`; `kind` itself where it is no such word."""
    nouns = {
        "partner": pgettext("noun", "partner"),
        "region": pgettext("noun", "region"),
        "trade": pgettext("noun", "trade"),
    }
    return nouns.get(kind) or record_noun(kind)


def counted_records(number: int, kind: RecordKind) -> str:
    """So many records of a kind: `2 shops`."""
    match kind:
        case RecordKind.SHOP:
            return counted(number, "shop")
        case RecordKind.CREW:
            return counted(number, "crew")
        case RecordKind.ABSENCE:
            return counted(number, "absence")
        case RecordKind.SCENARIO:
            return counted(number, "scenario")
        case RecordKind.PLAN:
            return counted(number, "plan")
        case RecordKind.SETTINGS:
            return counted(number, "record")
