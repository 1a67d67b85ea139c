"""Small charts as SVG: elements are built as a tree, so that no text can become markup."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

Points = Sequence[tuple[float, float]]


def drawing(width: int, height: int, label: str) -> ET.Element:
    """An empty drawing; `label` says what it shows to those who do not see it."""
    return ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "role": "img",
            "aria-label": label,
        },
    )


def line(parent: ET.Element, points: Points, **style: str) -> None:
    """A line through points."""
    ET.SubElement(parent, "polyline", {"points": _points(points), "fill": "none", **_style(style)})


def area(parent: ET.Element, points: Points, **style: str) -> None:
    """A filled area with these corners."""
    ET.SubElement(parent, "polygon", {"points": _points(points), **_style(style)})


def bar(parent: ET.Element, x: float, y: float, width: float, height: float, **style: str) -> None:
    """A rectangle."""
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    ET.SubElement(parent, "rect", {**place, **_style(style)})


def dot(parent: ET.Element, x: float, y: float, **style: str) -> None:
    """A point."""
    ET.SubElement(parent, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4", **_style(style)})


def words(parent: ET.Element, x: float, y: float, text: str, anchor: str = "start") -> None:
    """Text that begins, is centred (middle) or ends at a point."""
    element = ET.SubElement(parent, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor})
    element.text = text


def written(element: ET.Element) -> str:
    """The drawing as part of a page."""
    return ET.tostring(element, encoding="unicode")


def _points(points: Points) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _style(style: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in style.items()}
