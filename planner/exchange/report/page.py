"""The page itself: data, style and scripts in one file that asks nothing of the network.

Charts are small SVG drawn by the page's own script. Plotly's is 4.8 MB before the first figure, more than twenty
times what a whole page of 240 shops takes, and would still leave the Gantt of thousands of rows and its printed
form to be written.
"""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.report.contents import page_contents
from planner.exchange.report.words import words
from planner.exchange.text import clean
from planner.wording.language import Language

SCRIPTS = (
    "words.js",
    "elements.js",
    "model.js",
    "symbols.js",
    "filters.js",
    "details.js",
    "headline.js",
    "burnup.js",
    "gantt.js",
    "gantt_paper.js",
    "load.js",
    "map.js",
    "money.js",
    "moved.js",
    "undated.js",
    "list.js",
    "start.js",
)
"""In the order in which the page runs them, in one scope."""
STYLES = (
    "colours.css",
    "base.css",
    "headline.css",
    "charts.css",
    "tables.css",
    "map.css",
    "shops.css",
    "narrow.css",
    "print.css",
)
"""In the order in which they apply: later ones win."""

# Each of these could end the script element that holds the data, or a line of it for old readers.
MARKUP = re.compile("[<>&\u2028\u2029]")


def report_to_html(rollout: Rollout, plan: Plan, language: Language) -> bytes:
    """`report.html` for a plan of `rollout`, in both languages; `language` is the one it opens in.

    Nothing of the data is markup: it travels as JSON without `<`, `>` and `&`, and the script writes it as text.
    The page's policy lets only its own script and style run, by their hashes. The same plan gives the same bytes.
    """
    data = page_contents(rollout, plan) | {"language": language.value, "words": words()}
    style = "".join(map(_asset, STYLES))
    script = "".join(('"use strict";\n(() => {\n', *map(_asset, SCRIPTS), "})();\n"))
    page = Template(_asset("page.html")).substitute(
        language=language.value,
        policy=_policy(script, style),
        title=escape(clean(rollout.name)),
        style=style,
        data=as_script_data(data),
        script=script,
    )
    # A lone surrogate, which a JSON escape can smuggle in, has no UTF-8.
    return page.encode("utf-8", "replace")


def as_script_data(data: object) -> str:
    """`data` as JSON that cannot leave the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return MARKUP.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _asset(name: str) -> str:
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
