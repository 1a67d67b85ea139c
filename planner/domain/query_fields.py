"""What a query can ask of a shop: fields, the names they go by, and the kind of value each has."""

from dataclasses import dataclass
from enum import Enum
from unicodedata import normalize

from planner.domain.shop import Kind, Status
from planner.wording.translation import later

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

    `help`, and the words on the allowed values of a CHOICE (`choices`), go through `gettext` where they are shown.
    """

    name: str
    column: str
    kind: FieldKind
    help: str
    synonyms: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    may_be_missing: bool = True


STATUSES = (
    (Status.BACKLOG, later("waiting to be planned")),
    (Status.FIXED, later("has a fixed start")),
    (Status.IN_PROGRESS, later("work has begun")),
    (Status.DONE, later("remodelled")),
    (Status.DEFERRED, later("put off, left out of plans")),
    (Status.CANCELLED, later("called off, left out of plans")),
)
KINDS = (
    (Kind.PARTNER, later("a partner's shop")),
    (Kind.AGENCY, later("an agency")),
    (Kind.OWN, later("the company's own shop")),
)
STATES = tuple(GERMAN_STATES.items())

FIELDS = (
    Field(
        "id",
        "id",
        FieldKind.NAME,
        later("the shop's number"),
        ("shop", "filiale", "filialnummer"),
        may_be_missing=False,
    ),
    Field("name", "name", FieldKind.TEXT, later("the shop's name"), ("bezeichnung",)),
    Field("street", "street", FieldKind.TEXT, later("street and number"), ("straße",)),
    Field("postcode", "postcode", FieldKind.BEGINNING, later("the postcode, or how it begins"), ("plz",)),
    Field("city", "city", FieldKind.TEXT, later("the town"), ("ort", "stadt")),
    Field("partner", "partner", FieldKind.TEXT, later("who runs the shop"), ()),
    Field("kind", "kind", FieldKind.CHOICE, later("partner, agency or own"), ("art",), KINDS),
    Field("state", "state", FieldKind.CHOICE, later("the Bundesland, such as BY"), ("bundesland", "land"), STATES),
    Field(
        "catholic",
        "catholic",
        FieldKind.YES_NO,
        later("Catholic holidays are kept"),
        ("katholisch",),
        may_be_missing=False,
    ),
    Field("region", "region", FieldKind.NAME, later("the planning region"), ("gebiet",)),
    Field("lat", "lat", FieldKind.NUMBER, later("latitude in degrees"), ("breite",)),
    Field("lon", "lon", FieldKind.NUMBER, later("longitude in degrees"), ("länge",)),
    Field("format", "format", FieldKind.NAME, later("the format it is remodelled to"), (), may_be_missing=False),
    Field("revenue", "weekly_revenue", FieldKind.NUMBER, later("sales a week"), ("umsatz",)),
    Field("target", "annual_target", FieldKind.NUMBER, later("the partner's target for the year"), ("jahresziel",)),
    Field(
        "priority", "priority", FieldKind.NUMBER, later("1 to 9, 9 first"), ("prio", "priorität"), may_be_missing=False
    ),
    Field("tag", "tags", FieldKind.LIST, later("one of its tags"), ("schlagwort",)),
    Field("ready", "ready_from", FieldKind.DAY, later("the day from which it may be closed"), ("ab",)),
    Field("due", "due_by", FieldKind.DAY, later("the wished last day"), ("bis", "fällig")),
    Field("after", "after", FieldKind.LIST, later("a shop it comes after"), ("nach",)),
    Field("status", "status", FieldKind.CHOICE, later("where it stands"), (), STATUSES, may_be_missing=False),
    Field("start", "start", FieldKind.DAY, later("the given first day of work"), ("beginn",)),
    Field("finish", "finish", FieldKind.DAY, later("the given last day of work"), ("ende",)),
    Field("crew", "crews", FieldKind.LIST, later("a crew that is given"), ("trupp",)),
    Field("published", "published_start", FieldKind.DAY, later("the start the partner was told"), ("veröffentlicht",)),
)

FIELD_BY_NAME = {
    fold(name): field for field in reversed(FIELDS) for name in (*field.synonyms, field.column, field.name)
}
