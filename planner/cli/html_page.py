"""A page of HTML that needs nothing but itself: no network, no script, light and dark, fit to print."""

from collections.abc import Iterable, Sequence
from html import escape

from planner.wording.translation import spoken

STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); min-width: 5rem; }
th, td { text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; } thead th { vertical-align: bottom; }
small { display: block; opacity: .75; } .legend { opacity: .8; }
caption { text-align: left; padding: 1rem 0 .3rem; }
.heat td { border: 1px solid var(--line); color: #111; } .best { outline: 3px solid #111; outline-offset: -3px; }
svg { max-width: 100%; height: auto; } svg text { fill: currentColor; font: 12px system-ui, sans-serif; }
@media print { body { margin: 0; max-width: none; } }
""".strip()


def page(title: str, parts: Iterable[str]) -> bytes:
    """A whole page; `title` is text, `parts` are HTML."""
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken().value}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"{body}\n</body>\n</html>\n"
    ).encode()


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of text."""
    return f"<p{f' class={kind}' if kind else ''}>{escape(text)}</p>"


def heading(text: str) -> str:
    """A heading below the title."""
    return f"<h2>{escape(text)}</h2>"


def table(header: Sequence[str], rows: Iterable[Sequence[str | tuple[str, str]]]) -> str:
    """A table of text; a cell of two texts has the second one below the first, smaller."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in header)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def _cell(cell: str | tuple[str, str]) -> str:
    text, below = cell if isinstance(cell, tuple) else (cell, "")
    return f"<td>{escape(text)}{f'<small>{escape(below)}</small>' if below else ''}</td>"
