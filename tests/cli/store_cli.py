"""The command line on a store of its own, in this process, with a solver that returns what a test says."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from planner.cli.app import main
from planner.domain.plan import Plan
from planner.scheduling.limits import NoPlanError
from tests.cli.tiny import PLAN


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What --json wrote."""
        return json.loads(self.out)


class StoreCli:
    """Runs commands as `user` on the database `db`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], db: Path) -> None:
        self.db = db
        self.plan: Plan = PLAN
        self.fails = False
        self._monkeypatch = monkeypatch
        self._capfd = capfd
        for name in ("PLANNER_ROLLOUT", "PLANNER_DEBUG"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("PLANNER_DB", str(db))
        solver = ModuleType("planner.scheduling.solve")
        solver.__dict__["solve"] = self._solve
        monkeypatch.setitem(sys.modules, solver.__name__, solver)

    def _solve(self, *_: object, **__: object) -> Plan:
        if self.fails:
            raise NoPlanError("the first plan was not finished")
        return self.plan

    def __call__(self, *arguments: str | Path, user: str = "ana") -> Ended:
        self._monkeypatch.setenv("PLANNER_USER", user)
        self._monkeypatch.setattr(sys, "argv", ["planner", *map(str, arguments)])
        self._monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(SystemExit) as ending:
            main()
        out, err = self._capfd.readouterr()
        return Ended(int(ending.value.code or 0), out, err)

    def ok(self, *arguments: str | Path, user: str = "ana") -> Ended:
        """Runs a command that must end well."""
        ended = self(*arguments, user=user)
        assert ended.code == 0, ended.err
        return ended
