"""What a form is filled in with the help of: values that the rollout knows, each with a word on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.query import QueryError, parse
from planner.domain.query_fields import FIELDS, GERMAN_STATES
from planner.domain.query_words import written
from planner.domain.rollout import Rollout
from planner.exchange.settings import states_of
from planner.store.backlog import Backlog
from planner.store.records import RecordKind
from planner.ui.backlog.cells import WORDS, word
from planner.ui.backlog.columns import LABELS
from planner.wording.translation import gettext

MOST_KNOWN = 2000
MOST_FOUND = 20
FREE = ("partner", "region", "city", "tags")
CHOICES = {field.column: dict(field.choices) for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Offer:
    """A value to choose, as one would type it, and what it is."""

    text: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class FormGround:
    """The columns that the planner does not know, the offers by column, and the texts that shops have, by column."""

    extra: tuple[str, ...]
    offers: Mapping[str, Sequence[Offer]]
    known: Mapping[str, Sequence[str]]
    country: str

    @property
    def only_format(self) -> str:
        """The format, where there is but one."""
        formats = self.offers.get("format", ())
        return formats[0].text if len(formats) == 1 else ""


def read_ground(backlog: Backlog, rollout: Rollout) -> FormGround:
    """Reads what can be offered; for a thread. The rollout's shops may be older than the database."""
    columns = tuple(column for column in backlog.columns(RecordKind.SHOP) if column not in LABELS)
    known = {key: backlog.values(key, MOST_KNOWN) for key in FREE}
    offers: dict[str, list[Offer]] = {key: [Offer(text) for text in texts] for key, texts in known.items()}
    regions = {region for crew in rollout.crews for region in crew.regions}
    offers["region"] += [Offer(text) for text in sorted(regions.difference(known["region"]))]
    for key in WORDS:
        offers[key] = [Offer(word(key, code), gettext(CHOICES[key].get(code, ""))) for code in WORDS[key]]
    offers["state"] = [Offer(code, GERMAN_STATES.get(code, "")) for code in states_of(rollout.country).names]
    offers["format"] = [Offer(item.name, ", ".join(phase.name for phase in item.phases)) for item in rollout.formats]
    offers["crews"] = [Offer(crew.id, f"{crew.trade} {crew.name}".strip()) for crew in rollout.crews]
    known["region"] = [*known["region"], *sorted(regions)]
    # Where some were left out, nobody can say that a name is new.
    known = {key: texts for key, texts in known.items() if len(texts) < MOST_KNOWN}
    return FormGround(columns, offers, known, rollout.country)


def found_shops(backlog: Backlog, text: str) -> list[Offer]:
    """Shops that have a text in number, name or town, to be chosen from; for a thread."""
    try:
        query = parse(written(text))
    except QueryError:
        return []
    page = backlog.page(query, limit=MOST_FOUND)
    return [Offer(item.shop.id, f"{item.shop.name} {item.shop.city}".strip()) for item in page.shops]
