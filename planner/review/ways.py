"""The ways in which the remodels of a conflict can stand: one, or several where frozen ones can wait."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

from planner.domain.plan import Conflict
from planner.review.entries import Context, Entry
from planner.review.given import given_choices, is_frozen

COMBINATIONS_TRIED = 200


def standing_shops(context: Context, conflict: Conflict) -> tuple[str, ...]:
    """The named shops that stand; predecessors that are done or have no date take part by name only."""
    by_id = context.rollout.shop_by_id
    undated = context.undated if conflict.rule == "after" else frozenset()
    return tuple(
        shop
        for shop in conflict.shops
        if shop not in undated and (by_id[shop].is_standing or is_frozen(context, by_id[shop]))
    )


def ways_to_stand(context: Context, shops: Sequence[str]) -> tuple[list[tuple[Entry, ...]], bool]:
    """The ways in which given remodels can stand together, and whether these are all of them."""
    choices = [given_choices(context, context.rollout.shop_by_id[shop]) for shop in shops]
    found = list(islice(product(*(entries for entries, _ in choices)), COMBINATIONS_TRIED + 1))
    complete = len(found) <= COMBINATIONS_TRIED and all(whole for _, whole in choices)
    return found[:COMBINATIONS_TRIED], complete


def one_less(shops: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The sets that lack one shop; none for a single one, since no shops break nothing."""
    if len(shops) > 1:
        yield from (shops[:index] + shops[index + 1 :] for index in range(len(shops)))
