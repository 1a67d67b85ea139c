"""The folder of a sweep: each finished point is kept there as it comes, and found again by the next run.

sweep.json      what the sweep is of: digests of its inputs, and its limits
points.jsonl    a line for each finished point: its values, its plan's file and digest, and facts about it
plans/*.json    the plans, each a plan.json
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from planner.domain.plan import Plan
from planner.exchange.plan_json import plan_to_json, read_plan
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import shortened
from planner.exchange.whole_files import write_whole
from planner.wording.translation import gettext

SCHEMA = "remodel-sweep/1"
MANIFEST = "sweep.json"
POINTS = "points.jsonl"
PLANS = "plans"


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """A finished point: its plan, and what else was noted of it."""

    plan: Plan
    facts: Mapping[str, Any]


class SweepFolder:
    """What a sweep has finished so far. A point is known by the text of its values."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[str, KeptPoint] = {}
        self._count = 0

    def begin(self, inputs: Mapping[str, str], limits: Mapping[str, object], *, restart: bool) -> None:
        """Take up the sweep in the folder, or begin one: `inputs` are digests by name, `limits` what plans may spend.

        Raises InputError where the sweep in the folder is of other inputs or limits, CannotWriteError.
        """
        manifest = {"schema": SCHEMA, "inputs": dict(inputs), "limits": dict(limits)}
        present = None if restart else self._manifest()
        if present is None:
            content = json.dumps(manifest, indent=2, ensure_ascii=True) + "\n"
            write_whole(self.folder, {POINTS: b"", MANIFEST: content.encode()})
            return
        changed = [*_changed(present.get("inputs"), inputs), *_changed(present.get("limits"), limits)]
        if present.get("schema") != SCHEMA or changed:
            what = ", ".join(shortened(name) for name in changed) or gettext("the form of its files")
            text = gettext("the sweep that is kept here began otherwise ({what}); give --restart, or another --out")
            raise InputError([Problem(str(self.folder / MANIFEST), None, None, text.format(what=what))])
        self._read_points()

    def keep(self, point: str, plan: Plan, facts: Mapping[str, object]) -> None:
        """Note a finished point, down to the disk: the plan first, so that a line always has one. Raises OSError."""
        self._count += 1
        name = f"{self._count:05}.json"
        content = plan_to_json(plan)
        write_whole(self.folder / PLANS, {name: content})
        line = {"point": point, "plan": name, "sha256": sha256(content).hexdigest(), "facts": dict(facts)}
        with (self.folder / POINTS).open("ab") as file:
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self.kept[point] = KeptPoint(plan, facts)

    def _manifest(self) -> dict[str, Any] | None:
        try:
            content = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _read_points(self) -> None:
        """Take up the points; one whose line or plan is damaged is planned again."""
        path = self.folder / POINTS
        data = path.read_bytes() if path.exists() else b""
        lines = data.split(b"\n")
        if lines[-1]:
            # The line that was being written when the sweep was killed.
            write_whole(self.folder, {POINTS: data[: len(data) - len(lines[-1])]})
        for line in lines[:-1]:
            self._count += 1
            try:
                entry = json.loads(line)
                plan = self._plan(str(entry["plan"]), str(entry["sha256"]))
                self.kept[str(entry["point"])] = KeptPoint(plan, dict(entry["facts"]))
            except (ValueError, KeyError, TypeError, OSError, InputError):
                continue

    def _plan(self, name: str, digest: str) -> Plan:
        path = self.folder / PLANS / Path(name).name
        if sha256(path.read_bytes()).hexdigest() != digest:
            raise ValueError(f"{name} is not the plan that was kept")
        return read_plan(path)


def digest_of(content: bytes) -> str:
    """What tells one content from another."""
    return sha256(content).hexdigest()


def _changed(before: object, now: Mapping[str, object]) -> list[str]:
    old = before if isinstance(before, dict) else {}
    return [name for name in dict.fromkeys([*old, *now]) if old.get(name) != now.get(name)]
