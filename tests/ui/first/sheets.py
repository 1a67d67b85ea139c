"""Spreadsheets as people have them, right and wrong."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

TITLE = "Umbauliste Süd 2026"
HEADINGS = ("Filialnummer", "Filiale", "PLZ", "Ort", "Bundesland", "Konzept", "Umsatz p. Woche", "Fixtermin", "Notiz")
SHOPS = (
    ("F1", "[/foo] & Söhne", 1067, "Dresden", "Sachsen", "M", 12000, None, "x"),
    ("F2", "[@click=app.quit]Quit", 50667, "Köln", "NRW", "L", 9500, "06.09.2027", ""),
    ("F3", "書店 Kiel", 24103, "Kiel", "SH", "M", None, None, ""),
)
WRONG = (
    ("F1", "Alexa", 10178, "Berlin", "BE", "M", "viel", None, ""),
    ("F4", "Isar", 80331, "München", "Bayeren", "M", 7000, "31.02.2027", ""),
)


def workbook(path: Path, shops: Sequence[Sequence[object]] = SHOPS, others: Mapping[str, str] | None = None) -> Path:
    """A workbook: a sheet `Info`, and a sheet `Filialen` with a title merged above its headings."""
    book = openpyxl.Workbook()
    book.active.title = "Info"
    book.active.append(["Stand: gestern"])
    sheet = book.create_sheet("Filialen")
    sheet.append([TITLE])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append([(others or {}).get(heading, heading) for heading in HEADINGS])
    for shop in shops:
        sheet.append(list(shop))
    book.save(path)
    return path
