"""What the checker, the planner and the studies say to people is said in the language in use, all of it."""

import pytest

from tests.wording.untranslated import untranslated, untranslated_in

NOT_SAID = {
    "review": {
        # An amount: the currency has no language.
        ("findings.py", "f'{plain_number_text(cents / 100, 2)} EUR'"),
    },
    "scheduling": {
        # Names that things are told apart by, within the program and in the output that scripts read.
        ("alone.py", "f'{thing.subject} that comes anywhere'"),
        ("couplings.py", "f'{options.shop.id} after {name}'"),
        ("places.py", "f'{options.shop.id} after {name}'"),
        ("shadow_prices.py", "f'{start} for '"),
        ("things.py", "f'{quoted(limit.name)} for {names}'"),
        ("limits.py", "first plan"),
        ("neighbourhood.py", "left out"),
        # Caught where it is raised from.
        ("mandatory.py", "f\"the published starts of {', '.join(shops)} clash\""),
    },
    "studies": {
        # Names that scripts read: values in JSON, columns of tables, a crew of a made-up rollout, an option.
        ("confidence.py", "not reached"),
        ("confidence.py", "fixed dates conflict"),
        ("significance.py", "not significant"),
        ("significance.py", "not comparable"),
        ("significance.py", "in these plans"),
        ("sweep_results.py", "f'done by {name}'"),
        ("sweep_results.py", "f'cheapest for {name}'"),
        ("lifts.py", "f'one more {lift.subject}'"),
        ("grid.py", "f'--vary {self.name_of(point)}'"),
        ("cluster_workers.py", "f'sweep-{uuid4().hex[:12]}'"),
    },
}


@pytest.mark.parametrize("room", NOT_SAID)
def test_nothing_is_said_past_the_translation(room: str) -> None:
    assert set(untranslated(room)) == NOT_SAID[room]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('reason = "there is no room"', ["there is no room"]),
        ('reason = f"shop {shop} has no room"', ["f'shop {shop} has no room'"]),
        ('say(gettext("no {what}").format(what="free day"))', ["free day"]),
        ("text = f\"{gettext('no room')}: {shop}\"", []),
        ('reason = gettext("there is no room")', []),
        ('text = ngettext("{number} shop more", "{number} shops more", number)', []),
        ('raise ValueError(f"{shop} is nowhere")', []),
        ('"""There is no room."""', []),
        ('rule = "ready_from"', []),
        ('item: "set of int" = there', []),
    ],
)
def test_what_is_past_the_translation_is_found(code: str, found: list[str]) -> None:
    assert list(untranslated_in(code)) == found
