"""Germany in a few strokes, drawn by hand for this page: enough to see where a shop lies, no more."""

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""

WEST, EAST, SOUTH, NORTH = 5.6, 15.3, 47.1, 55.2

GERMANY: tuple[Point, ...] = (
    (8.65, 54.90),  # the Danish border, from the North Sea eastwards
    (9.45, 54.82),
    (9.95, 54.78),
    (10.05, 54.45),  # the Baltic coast
    (10.75, 54.32),
    (11.10, 54.40),
    (10.85, 54.00),
    (11.45, 53.95),
    (12.10, 54.18),
    (12.55, 54.45),
    (13.10, 54.35),
    (13.30, 54.65),
    (13.70, 54.40),
    (13.50, 54.15),
    (13.85, 54.02),
    (14.22, 53.92),
    (14.28, 53.65),  # the Oder and the Neiße
    (14.42, 53.25),
    (14.15, 52.88),
    (14.62, 52.58),
    (14.55, 52.38),
    (14.72, 52.07),
    (14.60, 51.78),
    (14.75, 51.52),
    (15.02, 51.25),
    (14.82, 50.87),
    (14.30, 51.03),  # the Ore Mountains and the Bohemian Forest
    (14.35, 50.90),
    (13.55, 50.71),
    (13.02, 50.45),
    (12.50, 50.36),
    (12.20, 50.27),
    (12.10, 50.30),
    (12.45, 49.92),
    (12.52, 49.62),
    (12.78, 49.34),
    (13.40, 48.98),
    (13.82, 48.77),
    (13.50, 48.56),
    (13.42, 48.38),  # Inn and Salzach
    (12.85, 48.18),
    (13.00, 47.85),
    (13.05, 47.50),
    (12.75, 47.65),  # the Alps
    (12.20, 47.62),
    (11.60, 47.58),
    (11.10, 47.40),
    (10.45, 47.55),
    (10.20, 47.28),
    (9.95, 47.54),
    (9.55, 47.54),  # Lake Constance and the High Rhine
    (8.90, 47.66),
    (8.55, 47.80),
    (8.42, 47.58),
    (7.65, 47.58),
    (7.55, 48.05),  # the Upper Rhine
    (7.80, 48.52),
    (8.20, 48.97),
    (7.45, 49.17),  # the Palatinate, the Saar and the Mosel
    (7.03, 49.12),
    (6.55, 49.42),
    (6.37, 49.48),
    (6.50, 49.80),
    (6.13, 50.15),
    (6.35, 50.35),
    (6.02, 50.75),
    (6.05, 51.08),  # the Lower Rhine
    (6.22, 51.40),
    (5.98, 51.82),
    (6.72, 51.90),
    (6.70, 52.10),
    (7.05, 52.25),
    (6.70, 52.55),  # the Ems
    (7.05, 52.63),
    (7.20, 53.22),
    (6.95, 53.37),  # the North Sea coast
    (7.15, 53.65),
    (8.00, 53.72),
    (8.15, 53.45),
    (8.50, 53.58),
    (8.62, 53.88),
    (9.25, 53.88),
    (8.90, 54.05),
    (8.85, 54.28),
    (8.62, 54.35),
    (9.00, 54.50),
    (8.70, 54.72),
)

PLACES: tuple[tuple[str, float, float], ...] = (
    ("Berlin", 13.40, 52.52),
    ("Hamburg", 9.99, 53.55),
    ("München", 11.58, 48.14),
    ("Köln", 6.96, 50.94),
    ("Frankfurt", 8.68, 50.11),
    ("Stuttgart", 9.18, 48.78),
    ("Leipzig", 12.37, 51.34),
    ("Hannover", 9.73, 52.37),
    ("Nürnberg", 11.08, 49.45),
)


def is_in_germany(rollout: Rollout) -> bool:
    """Whether all shops with a position lie where the outline helps to find them."""
    return rollout.country == "DE" and all(_is_near(shop) for shop in rollout.shops)


def _is_near(shop: Shop) -> bool:
    if shop.lat is None or shop.lon is None:
        return True
    return WEST <= shop.lon <= EAST and SOUTH <= shop.lat <= NORTH
