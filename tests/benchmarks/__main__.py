"""Benchmarks anyone can run: `python -m tests.benchmarks --help`."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from planner.domain.rollout import Rollout
from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError
from tests.benchmarks.contest import Task
from tests.benchmarks.engine import Race, Rules, engine_table, races, ratios
from tests.benchmarks.folders import write_folder
from tests.benchmarks.projects import make_project
from tests.benchmarks.psplib import Instance, instances, makespan_of, psplib_table
from tests.benchmarks.robust import Trial, shapes_table, trials
from tests.benchmarks.rollouts import make_rollout
from tests.benchmarks.shapes import SHAPES
from tests.benchmarks.text import narrate, show

ENGINE_SHOPS, ENGINE_SECONDS = [240, 500], [10.0, 60.0, 300.0]
SHAPE_SHOPS, SHAPE_SECONDS = [60, 500], 20.0
PSPLIB_SECONDS = 20.0
PEERS = ("pyjobshop", "cpsat")
PSPLIB_PEERS = PEERS[:1]

Result = TypeVar("Result")


def main() -> int:
    """Run what the command line asks for; 0 where all plans of the planner pass, 1 where not."""
    parser = _parser()
    options = parser.parse_args()
    if options.command == "short":
        return _short()
    if options.command == "psplib":
        return _psplib(parser, options)
    if options.command == "make":
        write_folder(make_rollout(options.shops, options.seed, SHAPES[options.shape]), options.folder)
        return 0
    task = Task(marks=tuple(sorted(options.seconds)), workers=options.workers, seed=options.seed)
    if options.command == "shapes":
        return _shapes(_gathered(trials(options.shape or list(SHAPES), options.shops, task)))
    rules = [Rules(name) for name in options.rules]
    return _engine(_gathered(races(_rollouts(parser, options), rules, options.peers, task)), task)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    engine = commands.add_parser("engine", help="generated rollouts: this planner, PyJobShop and plain CP-SAT")
    engine.add_argument("--shops", type=_count, nargs="+", default=ENGINE_SHOPS, help="sizes (%(default)s)")
    engine.add_argument("--shape", choices=SHAPES, default="plain", help="shape of the rollouts (%(default)s)")
    engine.add_argument("--folder", type=Path, nargs="+", help="rollout folders instead of generated rollouts")
    engine.add_argument("--seconds", type=_seconds, nargs="+", default=ENGINE_SECONDS, help="marks (%(default)s)")
    engine.add_argument(
        "--rules",
        choices=[rules.value for rules in Rules],
        nargs="+",
        default=[Rules.FULL.value, Rules.COMMON.value],
        help="all rules (this planner only), those that peers can express, or those and nothing but lateness as cost",
    )
    engine.add_argument("--peers", choices=PEERS, nargs="*", default=list(PEERS))
    _add_means(engine)

    shapes = commands.add_parser("shapes", help="rollouts of odd shapes: time, memory and the checker's word")
    shapes.add_argument("--shops", type=_count, nargs="+", default=SHAPE_SHOPS, help="sizes (%(default)s)")
    shapes.add_argument("--shape", choices=SHAPES, nargs="+", help="shapes (all)")
    shapes.add_argument("--seconds", type=_seconds, nargs=1, default=[SHAPE_SECONDS], help="limit (%(default)s)")
    _add_means(shapes)

    psplib = commands.add_parser("psplib", help="PSPLIB instances as rollout folders, against best known makespans")
    psplib.add_argument("folder", type=Path, help="rollout folders and best-known.csv (instance,best_known_makespan)")
    psplib.add_argument("--set", nargs="+", default=[], dest="sets", help="such as j30 (all)")
    psplib.add_argument("--seconds", type=_seconds, default=PSPLIB_SECONDS, help="limit each (%(default)s)")
    psplib.add_argument("--peers", choices=PSPLIB_PEERS, nargs="*", default=list(PSPLIB_PEERS))
    _add_means(psplib)

    make = commands.add_parser("make", help="write a generated rollout as a rollout folder")
    make.add_argument("folder", type=Path, help="where to")
    make.add_argument("--shops", type=_count, default=ENGINE_SHOPS[0], help="size (%(default)s)")
    make.add_argument("--shape", choices=SHAPES, default="plain", help="shape (%(default)s)")
    make.add_argument("--seed", type=_count, default=1, help="(%(default)s)")

    commands.add_parser("short", help="all of it on tiny rollouts, under a minute: does it work?")
    return parser


def _add_means(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=_positive, default=2, help="threads (%(default)s)")
    parser.add_argument("--seed", type=_count, default=1, help="of the rollouts and of the search (%(default)s)")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is less than 0")
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds above 0")
    return seconds


def _rollouts(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Iterator[tuple[str, Rollout]]:
    """The rollouts to run on, with a name for each; made when their turn comes."""
    if not options.folder:
        for shops in options.shops:
            yield f"{shops} shops", make_rollout(shops, options.seed, SHAPES[options.shape])
        return
    for folder in options.folder:
        try:
            yield folder.resolve().name, read_folder(folder)[0]
        except InputError as error:
            parser.error(str(error))


def _gathered(results: Iterator[Result]) -> list[Result]:
    """All results; those there are when Ctrl-C ends the waiting."""
    gathered: list[Result] = []
    try:
        for result in results:
            gathered.append(result)  # noqa: PERF402 - an interrupt must not lose what is there
    except KeyboardInterrupt:
        narrate("Interrupted: this was measured until then.")
    return gathered


def _engine(found: list[Race], task: Task) -> int:
    show(engine_table(found, task.marks))
    for sentence in ratios(found, task.marks):
        print(sentence)
    return 0 if all(race.is_sound for race in found) else 1


def _shapes(found: list[Trial]) -> int:
    show(shapes_table(found))
    return 0 if all(trial.is_sound for trial in found) else 1


def _psplib(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    task = Task(marks=(options.seconds,), workers=options.workers, seed=options.seed)
    try:
        found = _gathered(instances(options.folder, options.sets, options.peers, task))
    except InputError as error:
        parser.error(str(error))
    if not found:
        parser.error(f"no rollout folder of such a set in {options.folder}")
    return _show_instances(found)


def _show_instances(found: list[Instance]) -> int:
    show(psplib_table(found))
    ours = [instance.outcomes[0] for instance in found]
    return 0 if all(makespan_of(outcome) is not None and not outcome.violations for outcome in ours) else 1


def _short() -> int:
    """Each benchmark on something tiny."""
    peers = [peer for peer in PEERS if find_spec(peer) or peer == "cpsat"]
    if len(peers) < len(PEERS):
        narrate("PyJobShop is not installed, so it is left out")
    engine = Task(marks=(1.5, 3.0))
    codes = [
        _engine(
            _gathered(races([("30 shops", make_rollout(30, 1))], [Rules.FULL, Rules.COMMON], peers, engine)), engine
        )
    ]
    codes.append(_shapes(_gathered(trials(["half-a-city", "one-crew"], [25], Task(marks=(2.0,))))))
    with tempfile.TemporaryDirectory() as folder:
        write_folder(make_project(12, seed=1), Path(folder) / "made_1")
        project_peers = [peer for peer in peers if peer in PSPLIB_PEERS]
        codes.append(_show_instances(_gathered(instances(Path(folder), [], project_peers, Task(marks=(2.0,))))))
    from tests.benchmarks import panes  # noqa: PLC0415 - loads the terminal UI, which the others do without

    panes.measure([25])
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
