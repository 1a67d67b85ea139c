"""What a query can ask of a shop: fields, the names they go by, and the kind of value each has."""

from dataclasses import dataclass
from enum import Enum
from unicodedata import normalize

from planner.domain.shop import Kind, Status

GERMAN_STATES = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}


def fold(text: str) -> str:
    """`text` as queries compare it: case and the way an umlaut is encoded make no difference."""
    return text.casefold() if text.isascii() else normalize("NFC", text.casefold())


class FieldKind(Enum):
    """What a field's values are, and so how `:` compares them."""

    TEXT = "text: `:` finds it anywhere inside"
    BEGINNING = "text: `:` finds how it begins"
    NAME = "a name: `:` means the whole of it"
    LIST = "a list of names: `:` means one of them, the whole of it"
    CHOICE = "one of a few words"
    YES_NO = "yes or no"
    DAY = "a day"
    NUMBER = "a number"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a query: its short `name`, the attribute of `Shop` it reads (`column`), and other names for it.

    `choices` are the allowed values of a CHOICE with a word on each.
    """

    name: str
    column: str
    kind: FieldKind
    help: str
    synonyms: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    may_be_missing: bool = True


STATUSES = (
    (Status.BACKLOG, "waiting to be planned"),
    (Status.FIXED, "has a fixed start"),
    (Status.IN_PROGRESS, "work has begun"),
    (Status.DONE, "remodelled"),
    (Status.DEFERRED, "put off, left out of plans"),
    (Status.CANCELLED, "called off, left out of plans"),
)
KINDS = ((Kind.PARTNER, "a partner's shop"), (Kind.AGENCY, "an agency"), (Kind.OWN, "the company's own shop"))
STATES = tuple(GERMAN_STATES.items())

FIELDS = (
    Field("id", "id", FieldKind.NAME, "the shop's number", ("shop", "filiale", "filialnummer"), may_be_missing=False),
    Field("name", "name", FieldKind.TEXT, "the shop's name", ("bezeichnung",)),
    Field("street", "street", FieldKind.TEXT, "street and number", ("straße",)),
    Field("postcode", "postcode", FieldKind.BEGINNING, "the postcode, or how it begins", ("plz",)),
    Field("city", "city", FieldKind.TEXT, "the town", ("ort", "stadt")),
    Field("partner", "partner", FieldKind.TEXT, "who runs the shop", ()),
    Field("kind", "kind", FieldKind.CHOICE, "partner, agency or own", ("art",), KINDS),
    Field("state", "state", FieldKind.CHOICE, "the Bundesland, such as BY", ("bundesland", "land"), STATES),
    Field(
        "catholic", "catholic", FieldKind.YES_NO, "Catholic holidays are kept", ("katholisch",), may_be_missing=False
    ),
    Field("region", "region", FieldKind.NAME, "the planning region", ("gebiet",)),
    Field("lat", "lat", FieldKind.NUMBER, "latitude in degrees", ("breite",)),
    Field("lon", "lon", FieldKind.NUMBER, "longitude in degrees", ("länge",)),
    Field("format", "format", FieldKind.NAME, "the format it is remodelled to", (), may_be_missing=False),
    Field("revenue", "weekly_revenue", FieldKind.NUMBER, "sales a week", ("umsatz",)),
    Field("target", "annual_target", FieldKind.NUMBER, "the partner's target for the year", ("jahresziel",)),
    Field("priority", "priority", FieldKind.NUMBER, "1 to 9, 9 first", ("prio", "priorität"), may_be_missing=False),
    Field("tag", "tags", FieldKind.LIST, "one of its tags", ("schlagwort",)),
    Field("ready", "ready_from", FieldKind.DAY, "the day from which it may be closed", ("ab",)),
    Field("due", "due_by", FieldKind.DAY, "the wished last day", ("bis", "fällig")),
    Field("after", "after", FieldKind.LIST, "a shop it comes after", ("nach",)),
    Field("status", "status", FieldKind.CHOICE, "where it stands", (), STATUSES, may_be_missing=False),
    Field("start", "start", FieldKind.DAY, "the given first day of work", ("beginn",)),
    Field("finish", "finish", FieldKind.DAY, "the given last day of work", ("ende",)),
    Field("crew", "crews", FieldKind.LIST, "a crew that is given", ("trupp",)),
    Field("published", "published_start", FieldKind.DAY, "the start the partner was told", ("veröffentlicht",)),
)

FIELD_BY_NAME = {
    fold(name): field for field in reversed(FIELDS) for name in (*field.synonyms, field.column, field.name)
}
