"""Schedules placed many at once: the same as one after another, sound whatever is open, never worse than the first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest

from planner.domain.rollout import Rollout
from planner.domain.rules import Milestone
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.scheduling.finish.bodies import Bodies, stiff
from planner.scheduling.finish.breeding import Breeding
from planner.scheduling.finish.generation import Schedule, by_tail, generate
from planner.scheduling.finish.placer import Placer
from planner.scheduling.finish.project import Placement, Project
from planner.scheduling.finish.ranks import Ranks
from tests.scheduling.finish_problems import TODAY, project_rollout, ready

TASKS = 25


def never() -> bool:
    return False


def with_weekends(rollout: Rollout) -> Rollout:
    return replace(rollout, workdays=frozenset(range(5)))


def with_a_fixed_one(rollout: Rollout) -> Rollout:
    """The room is not the same on all days."""
    fixed = Shop(id="X", format="Fixed", status=Status.FIXED, start=TODAY + timedelta(days=8))
    its_format = ShopFormat(name="Fixed", phases=(Phase(name="Work", days=6, crews={"r1": 3, "r2": 2}),))
    return replace(rollout, shops=(*rollout.shops, fixed), formats=(*rollout.formats, its_format))


def with_permits(rollout: Rollout) -> Rollout:
    late = [replace(shop, ready_from=TODAY + timedelta(days=11)) for shop in rollout.shops[::3]]
    return replace(
        rollout, shops=tuple(sorted([*late, *rollout.shops[1::3], *rollout.shops[2::3]], key=lambda s: s.id))
    )


def with_more_phases(rollout: Rollout) -> Rollout:
    """Crews that come one after another: each body holds several lines, at other ranks."""
    more = (Phase(name="Survey", days=1, crews={"r2": 1}), Phase(name="Fit", days=2, crews={"r1": 2}))
    formats = [replace(item, phases=(*item.phases, *more)) for item in rollout.formats]
    return replace(rollout, formats=tuple(formats))


KINDS = (lambda rollout: rollout, with_weekends, with_a_fixed_one, with_permits, with_more_phases)


Given = Mapping[int, Placement]


def project_of(rollout: Rollout) -> tuple[Project, Ranks, Given]:
    problem, choices = ready(rollout)
    project = Project(problem)
    return project, Ranks(project), {number: project.placement(number, item) for number, item in choices.items()}


def first_of(project: Project, given: Given) -> Schedule:
    return generate(project, by_tail(project, None), given, never)


def bodies_of(project: Project, ranks: Ranks, given: Given) -> Bodies:
    bodies = stiff(project, ranks, given)
    assert bodies is not None
    return bodies


def bred(rollout: Rollout) -> Breeding:
    project, ranks, given = project_of(rollout)
    return Breeding(bodies_of(project, ranks, given), first_of(project, given), 1, never)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stands", [0, 4])
def test_placed_together_as_one_by_one(kind, stands: int) -> None:
    project, ranks, given = project_of(kind(project_rollout(7, TASKS)))
    first = first_of(project, given)
    placed = {number: item for number, item in enumerate(first.placements) if item is not None}
    begun = sorted(placed, key=lambda number: placed[number].start)[:stands]
    given = {**given, **{number: placed[number] for number in begun}}
    bodies = bodies_of(project, ranks, given)
    finishes = {number: last for number, (_, last) in bodies.standing.items()}
    placer = Placer(bodies.open, bodies.room, [task.after for task in project.tasks], finishes)
    orders = [[number for number in by_tail(project, Random(seed)) if number not in given] for seed in range(12)]
    starts, is_whole = placer.place(np.array(orders), np.zeros(len(orders), np.int64), never)
    assert is_whole.all()
    for order, row in zip(orders, starts, strict=True):
        alone = generate(project, order, given, never)
        together = bodies.schedule_of(row)
        assert together.is_sound
        assert together.key[1] == alone.key[1] == 0
        assert bodies.starts_of(together).tolist() == bodies.starts_of(alone).tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_a_herd_is_sound_and_gets_better(kind) -> None:
    project, ranks, given = project_of(kind(project_rollout(11, TASKS)))
    first = first_of(project, given)
    bodies = bodies_of(project, ranks, given)
    breeding = Breeding(bodies, first, 1, never)
    for number in range(6):
        if number == 4:
            breeding.renew()
        breeding.step()
        for starts in breeding._herd.starts[::20]:
            assert bodies.schedule_of(starts).is_sound
    assert breeding.best.is_sound
    assert breeding.best.key <= first.key


def test_justifying_never_lengthens_where_crews_are_held() -> None:
    breeding = bred(with_a_fixed_one(project_rollout(5, TASKS)))
    is_open = breeding._open
    keys = np.random.default_rng(1).uniform(size=(50, TASKS + 1))
    before, is_before = breeding._early(keys)
    after, is_after = breeding._justified(keys)
    both = is_before & is_after
    assert both.sum() > 25
    last_before, last_after = ((starts + breeding._length)[:, is_open] for starts in (before[both], after[both]))
    assert (last_after.max(axis=1) <= last_before.max(axis=1)).all()
    assert (last_after.max(axis=1) < last_before.max(axis=1)).any()


def test_milestones_come_before_the_last_finish() -> None:
    """The herd's order is that of the schedules' keys."""
    rollout = project_rollout(3, TASKS)
    day = TODAY + timedelta(days=12)
    project, ranks, given = project_of(
        replace(rollout, milestones=(Milestone(name="Soon", by=day, target=TASKS // 2),))
    )
    bodies = bodies_of(project, ranks, given)
    breeding = Breeding(bodies, first_of(project, given), 1, never)
    breeding.step()
    keys = [bodies.schedule_of(starts).key for starts in breeding._herd.starts]
    assert len({key[0] for key in keys}) > 1
    assert keys == sorted(keys)


def test_what_waits_is_no_stiff_body() -> None:
    rollout = project_rollout(2, 6)
    waits = Phase(name="Fit", days=2, crews={"r1": 1}, wait_min=1, wait_max=5)
    formats = (replace(rollout.formats[0], phases=(*rollout.formats[0].phases, waits)), *rollout.formats[1:])
    project, ranks, given = project_of(replace(rollout, formats=formats))
    assert stiff(project, ranks, given) is None


def test_a_stop_leaves_no_half_placed_schedules() -> None:
    project, ranks, given = project_of(project_rollout(7, TASKS))
    first = first_of(project, given)
    breeding = Breeding(bodies_of(project, ranks, given), first, 1, lambda: True)
    breeding.step()
    assert len(breeding._herd) == 1
    assert breeding.best is first
