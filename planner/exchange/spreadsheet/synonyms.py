"""The headings that spreadsheets give the columns of shops.csv, in German and English.

Case, blanks, signs and the spelling of umlauts make no difference (see `normal`): `Straße` is `STRASSE`.
"""

import re
from unicodedata import normalize

from planner.domain.shop import Kind, Status
from planner.exchange.shops import NO, YES

FIXED_START = "fixed_start"
"""Stands for `start` in a column of fixed dates: a shop with a date there is `fixed` where its status is not given."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": (
        *("Filialnummer", "Filial-Nr.", "Filial-ID", "Shopnummer", "Shop-Nr.", "Shop-ID", "Shop", "Standortnummer"),
        *(
            "Fil.-Nr.",
            "Nummer",
            "Nr.",
            "Kennung",
            "Number",
            "No.",
            "Shop number",
            "Shop no.",
            "Store ID",
            "Store number",
            "Store no.",
        ),
    ),
    "name": ("Name", "Filiale", "Filialname", "Shopname", "Bezeichnung", "Shop name", "Store name", "Store"),
    "street": (
        "Straße",
        "Str.",
        "Straße und Hausnummer",
        "Straße Nr.",
        "Straße/Nr.",
        "Anschrift",
        "Adresse",
        "Address",
    ),
    "postcode": ("PLZ", "Postleitzahl", "Postal code", "Zip", "Zip code"),
    "city": ("Ort", "Stadt", "Gemeinde", "Town"),
    "partner": (
        "Partner",
        "Partnername",
        "Betreiber",
        "Händler",
        "Vertriebspartner",
        "Dealer",
        "Operator",
        "Franchisee",
    ),
    "kind": ("Art", "Shopart", "Betriebsart", "Betriebsform", "Vertriebsform", "Type", "Shop type", "Store type"),
    "state": ("Bundesland", "Land", "BL", "Federal state"),
    "catholic": ("katholisch", "katholische Feiertage", "kath.", "Catholic holidays"),
    "region": ("Gebiet", "Planungsregion", "Vertriebsgebiet", "Bezirk", "Area", "District"),
    "lat": ("Breite", "Breitengrad", "Latitude"),
    "lon": ("Länge", "Längengrad", "Longitude", "Long", "Lng"),
    "format": (
        "Shopformat",
        "Ladenformat",
        "Umbauformat",
        "Umbautyp",
        "Konzept",
        "Shop format",
        "Store format",
        "Concept",
    ),
    "weekly_revenue": (
        *("Umsatz/Woche", "Umsatz pro Woche", "Umsatz je Woche", "Wochenumsatz", "Revenue per week", "Weekly sales"),
        *("Sales per week", "Revenue/week", "Sales/week"),
    ),
    "annual_target": (
        *("Jahresziel", "Ziel/Jahr", "Ziel pro Jahr", "Zielumsatz", "Jahreszielumsatz", "Umsatzziel"),
        *("Yearly target", "Target per year", "Target"),
    ),
    "priority": ("Priorität", "Prio", "Prio."),
    "tags": ("Tag", "Schlagwort", "Schlagworte", "Schlagwörter", "Merkmal", "Merkmale", "Labels"),
    "ready_from": (
        *("Umbau ab", "Bereit ab", "Frei ab", "Verfügbar ab", "Frühestens", "Frühester Umbau", "Frühester Beginn"),
        *(
            "Baubeginn ab",
            "Genehmigung ab",
            "Genehmigt ab",
            "Freigabe ab",
            "Ready",
            "Available from",
            "Earliest start",
            "Not before",
        ),
    ),
    "due_by": (
        *("Umbau bis", "Fällig", "Fällig bis", "Fertig bis", "Spätestens", "Wunschtermin", "Frist", "Due", "Due date"),
        *("Deadline", "Latest finish"),
    ),
    "after": ("Nach", "Erst nach", "Nach Shop", "Nach Filiale", "Vorgänger", "Predecessor", "Predecessors"),
    "status": ("Umbaustatus", "Stand", "Progress"),
    "start": ("Beginn", "Umbaubeginn", "Umbaustart", "Baubeginn", "Startdatum", "Start date"),
    FIXED_START: ("Fixtermin", "Fixer Termin", "Fester Termin", "Festtermin", "Fixed date", "Fixed start"),
    "finish": (
        *("Ende", "Umbauende", "Bauende", "Enddatum", "Fertig am", "Fertigstellung", "Abgeschlossen am", "Finished"),
        *("End", "End date", "Finish date"),
    ),
    "crews": ("Crew", "Trupp", "Trupps", "Bautrupp", "Montageteam", "Team", "Teams", "Kolonne"),
    "published_start": (
        *("Veröffentlichter Beginn", "Veröffentlichter Start", "Veröffentlicht", "Mitgeteilter Beginn"),
        *("Mitgeteilter Termin", "Kommunizierter Termin", "Published", "Announced start"),
    ),
}

STATES = {
    "BW": ("Baden-Wurttemberg", "BaWü", "Ba-Wü"),
    "BY": ("Freistaat Bayern", "Bavaria"),
    "HE": ("Hesse",),
    "MV": ("Mecklenburg-Western Pomerania", "MeckPomm", "Meck-Pomm"),
    "NI": ("Lower Saxony",),
    "NW": ("NRW", "North Rhine-Westphalia"),
    "RP": ("RLP", "Rhineland-Palatinate"),
    "SN": ("Freistaat Sachsen", "Saxony"),
    "ST": ("Saxony-Anhalt",),
    "TH": ("Freistaat Thüringen", "Thuringia"),
}
"""What German states are called besides what the `holidays` package calls them."""

KINDS: dict[str, tuple[str, ...]] = {
    Kind.PARTNER: ("Partnershop", "Partnerfiliale", "Händler", "Franchise"),
    Kind.AGENCY: ("Agentur", "Agenturshop"),
    Kind.OWN: ("eigen", "eigene", "eigener", "Eigenbetrieb", "eigene Filiale", "Eigenshop", "own shop"),
}
STATUSES: dict[str, tuple[str, ...]] = {
    Status.BACKLOG: ("offen", "ausstehend", "Rückstand", "neu", "open", "to do"),
    Status.FIXED: ("fix", "fixiert", "fest", "Fixtermin", "bestätigt"),
    Status.IN_PROGRESS: ("in Arbeit", "in Umbau", "im Umbau", "im Bau", "läuft", "begonnen", "started", "running"),
    Status.DONE: ("fertig", "erledigt", "abgeschlossen", "umgebaut", "finished", "completed"),
    Status.DEFERRED: ("zurückgestellt", "aufgeschoben", "verschoben", "ruht", "on hold", "postponed"),
    Status.CANCELLED: ("abgesagt", "storniert", "entfällt", "gestrichen", "canceled", "dropped"),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    YES: ("y", "ja", "j", "true", "wahr", "x", "1"),
    NO: ("n", "nein", "false", "falsch", "0"),
}

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
NOT_LETTERS = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """`text` as headings and words are compared: letters and digits only, folded, umlauts written out."""
    return NOT_LETTERS.sub("", normalize("NFKC", text).casefold().translate(UMLAUTS))


def by_normal(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """What each word stands for, by its normal form; what it stands for is a word for itself."""
    return {normal(word): meant for meant, others in words.items() for word in (*others, meant)}
