"""What scenarios change, and that what they leave is judged like any folder."""

from datetime import date
from pathlib import Path

import pytest

from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError
from planner.exchange.scenario_file import find_scenarios, read_scenarios
from planner.exchange.scenarios import apply_scenarios, read_rollout

from .scenario_folders import applied, changed, folder_with, mistakes

SHIPPED = Path(__file__).parents[2] / "schedules" / "rollout-2021"


def test_without_scenarios_the_rollout_is_the_folders(tmp_path: Path) -> None:
    folder_with(tmp_path)
    read = read_rollout(tmp_path)
    assert (read.rollout, read.warnings) == read_folder(tmp_path)
    assert read.scenarios == ()


def test_rows_survive_a_scenario_that_does_not_touch_them() -> None:
    plain = read_rollout(SHIPPED)
    (target,) = read_scenarios([SHIPPED / "scenarios" / "target-100.toml"])
    read = apply_scenarios(plain, [target])
    assert (read.rollout.shops, read.rollout.crews, read.rollout.absences) == (
        plain.rollout.shops,
        plain.rollout.crews,
        plain.rollout.absences,
    )
    assert [milestone.target for milestone in read.rollout.milestones] == [100]
    assert plain.rollout.milestones[0].target == 90


def test_every_shipped_scenario_stands_and_says_why() -> None:
    base = read_rollout(SHIPPED)
    paths = find_scenarios(SHIPPED)
    assert len(paths) == 6
    for path in paths:
        chain = read_scenarios([path])
        read = apply_scenarios(base, chain)
        assert read.rollout != base.rollout, path
        assert chain[-1].why.endswith("?"), path
        assert read.effects, path


def test_values_are_set_by_path_and_the_rest_of_a_table_stays(tmp_path: Path) -> None:
    read = changed(
        tmp_path,
        '[set]\ncosts.footfall = 1\ncosts.season = { nov = 1.2 }\nmilestone."Year end".target = 3\n'
        'format.M.phase.Build.crews.builder = 2\nlimit.1.max_starts_per_week = "+1"\n',
    )
    rollout = read.rollout
    assert (rollout.costs.footfall, dict(rollout.costs.season)) == (1.0, {11: 1.2, 12: 1.45})
    assert rollout.milestones[0].target == 3
    assert rollout.format_by_name["M"].phases[1].crews == {"builder": 2}
    assert rollout.limits[0].max_starts_per_week == 3
    assert "costs, footfall: 1 instead of 0.8" in read.effects
    assert "limit '1', max_starts_per_week: 3 instead of 2" in read.effects


def test_days_and_numbers_move_by_so_much(tmp_path: Path) -> None:
    rollout = changed(
        tmp_path,
        '[set]\nblackout."Christmas trading".first = "-1 week"\nhorizon.last = "+1 day"\ncosts.footfall = "+25 %"\n',
    ).rollout
    assert rollout.blackouts[0].first == date(2021, 11, 19)
    assert rollout.last == date(2022, 7, 1)
    assert rollout.costs.footfall == 1.0


def test_shops_are_found_by_query_and_an_empty_cell_has_nothing_to_move(tmp_path: Path) -> None:
    read = changed(
        tmp_path,
        "[[shops]]\nwhere = 'region:South status:backlog'\nset.ready_from = '+14 days'\nset.tags = ['a', 'b']\n",
    )
    shops = read.rollout.shop_by_id
    assert (shops["S1"].ready_from, shops["S4"].ready_from) == (date(2021, 8, 15), None)
    assert shops["S1"].tags == shops["S4"].tags == ("a", "b")
    assert shops["S3"].tags == ("pilot",)
    assert "1 shop (S1), ready_from: 14 days later; 1 more have none and stay as they are" in read.effects


def test_an_empty_priority_moves_from_its_default(tmp_path: Path) -> None:
    shops = changed(tmp_path, "[[shops]]\nwhere = 'id:S1|S2'\nset.priority = '+1'\n").rollout.shop_by_id
    assert (shops["S1"].priority, shops["S2"].priority) == (6, 8)


def test_a_column_the_file_lacks_can_be_set(tmp_path: Path) -> None:
    shops = changed(tmp_path, "[[shops]]\nwhere = 'id:S1'\nset.due_by = 2021-11-30\n").rollout.shop_by_id
    assert (shops["S1"].due_by, shops["S2"].due_by) == (date(2021, 11, 30), None)


def test_rows_are_added_changed_and_dropped(tmp_path: Path) -> None:
    rollout = changed(
        tmp_path,
        'drop = ["crews.W1", \'limit."Two starts"\']\n'
        '[[absences]]\nwhere = { crew = "B1", first = 2021-08-02 }\nset.last = "+7 days"\n'
        '[[absences]]\nwhere = { crew = "B2" }\ndrop = true\n'
        '[[crews]]\nwhere = { trade = "builder", regions = "West" }\nset.units = 4\n'
        '[[add.crews]]\nid = "N1"\ntrade = "builder"\nregions = ["South", "West"]\n'
        '[[add.absences]]\ncrew = "N1"\nfirst = 2021-09-06\nlast = 2021-09-10\n'
        '[[add.milestone]]\nname = "Autumn"\nby = 2021-10-31\ntarget = 1\n',
    ).rollout
    assert [(crew.id, crew.units, crew.regions) for crew in rollout.crews] == [
        ("V1", 1, ()),
        ("B1", 4, ("South", "West")),
        ("B2", 3, ("South",)),
        ("N1", 1, ("South", "West")),
    ]
    assert [(item.crew, item.last) for item in rollout.absences] == [
        ("B1", date(2021, 8, 27)),
        ("N1", date(2021, 9, 10)),
    ]
    assert rollout.limits == ()
    assert [item.name for item in rollout.milestones] == ["Year end", "Autumn"]


@pytest.mark.parametrize(
    ("units", "crews", "absences"),
    [
        ('"+2"', {"B1": 4, "B2": 3}, 2),
        ("6", {"B1": 3, "B2": 3}, 2),
        ("4", {"B1": 2, "B2": 2}, 2),
        ("1", {"B1": 1}, 1),
        ("0", {}, 0),
    ],
)
def test_a_regions_crews_of_a_trade_are_one_pool(
    tmp_path: Path, units: str, crews: dict[str, int], absences: int
) -> None:
    rollout = changed(tmp_path, f"[set]\ncrews.South.builder = {units}\n").rollout
    assert {crew.id: crew.units for crew in rollout.crews if crew.regions[:1] == ("South",)} == crews
    assert len(rollout.absences) == absences


def test_shops_may_have_others_where_a_crew_of_a_pool_is_gone(tmp_path: Path) -> None:
    names = '[set]\nshops.S3.crews = "B1|B2"\nshops.S4.crews = "B2"\nshops.S1.crews = "B1"\n'
    read = changed(tmp_path, f"{names}crews.South.builder = 1\n")
    assert [shop.crews for shop in read.rollout.shops] == [("B1",), (), ("B1",), ()]
    assert "2 shops (S3, S4), crews: no longer B2" in read.effects


def test_a_crew_is_reached_by_its_id_too(tmp_path: Path) -> None:
    assert changed(tmp_path, '[set]\ncrews.B2.units = "-1"\n').rollout.crew_by_id["B2"].units == 2


def test_a_scenario_builds_on_others_once_each_and_first(tmp_path: Path) -> None:
    read = applied(
        tmp_path,
        'name = "One"\n[set]\ncosts.footfall = "+0.1"\n',
        'name = "Two"\nbuilds_on = ["scenario1.toml"]\n[set]\ncosts.footfall = "+0.1"\n',
        'name = "Three"\nbuilds_on = ["scenario1.toml", "scenario2.toml"]\n',
    )
    assert read.scenarios == ("One", "Two", "Three")
    assert read.rollout.costs.footfall == 1.0


def test_a_circle_of_scenarios_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'scenario2\.toml' builds on this one in turn"):
        applied(tmp_path, 'name = "1"\nbuilds_on = ["scenario2.toml"]', 'name = "2"\nbuilds_on = ["scenario1.toml"]')


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ('[set]\nmilestone."Year ed".target = 3', "unknown milestone 'Year ed'; did you mean 'Year end'?"),
        ("[set]\ncosts.footfal = 1", "unknown key 'footfal'; did you mean 'footfall'?"),
        ("[set]\ncost.footfall = 1", "unknown key 'cost'; did you mean 'costs'?"),
        ("[set]\nname.first = 1", "name is 'Test', so it has no 'first'"),
        ("[set]\ncrews.Sout.builder = 1", "unknown crew or region 'Sout'; did you mean 'South'?"),
        ("[set]\ncrews.South.bilder = 1", "unknown trade 'bilder'; did you mean 'builder'?"),
        ("[set]\ncrews.South.builder = 1.5", "must be a whole number of units, but is the number 1.5"),
        ("[set]\ncrews.South.builder = -1", "must be from 0 to 100000 units, but is -1"),
        ("[set]\ncrews.B1.unit = 1", "unknown column 'unit'; did you mean 'units'?"),
        ("[set]\nshops.S11.priority = 1", "unknown shop 'S11'; did you mean 'S1'?"),
        ("[set]\ncosts.km = '+10 %'", "costs, km is not given in rollout.toml, so it cannot change by so much"),
        ("[set]\nhorizon.last = '+1'", "2022-06-30 is a date, which moves by days or weeks"),
        ("[set]\ncosts.footfall = '+1 day'", "0.8 is a number, which changes by a number or a part"),
        ("[set]\nhorizon.last = '+999999999 days'", "there is no such day"),
        ("drop = ['blackout.Christmas']", "unknown blackout 'Christmas'; did you mean 'Christmas trading'?"),
        ("drop = ['blackot.1']", "unknown key 'blackot'; did you mean 'blackout'?"),
        ("drop = ['crews.B3']", "no crew matches: unknown id 'B3'. Allowed: B1, B2"),
        ("drop = ['absences.1']", "absences are dropped by [[absences]]"),
        ("drop = ['']", "has no name at character 1"),
        ("drop = ['a=b']", "is not a path"),
        ("[[add.blackot]]\nname = 'x'", "unknown list 'blackot'; did you mean 'blackout'?"),
        ("[[add.blackout]]\nname = 'x'", "blackout 'x', first: is required, but missing"),
        ("[[add.crews]]\nid = 'B1'\ntrade = 'builder'", "'B1' is already the id of row 3"),
        ("[[add.crews]]\nid = 'X'\ntrad = 'builder'", "unknown column 'trad'; did you mean 'trade'?"),
        ("[[shops]]\nwhere = 'region:Sout'\nset.priority = 1", "no shop matches; unknown region 'sout'; did you mean"),
        ("[[shops]]\nwhere = 'regio:South'\nset.priority = 1", "unknown field 'regio'; did you mean 'region'?"),
        ("[[shops]]\nwhere = 'id:S2 region:South'\nset.priority = 1", "all of them of none: leave one out"),
        ("[[shops]]\nwhere = 'nowhere'\nset.priority = 1", "no shop has a text that is looked for"),
        (
            "[[shops]]\nwhere = 'id:S1'\nset.priorit = 1",
            "set.priorit: unknown column 'priorit'; did you mean 'priority'?",
        ),
        ("[[shops]]\nwhere = 'id:S2'\nset.ready_from = '+1 day'", "none of 1 shop has a ready_from that could move"),
        ("[[shops]]\nwhere = 'id:S2'\nset.priority = 12", "must be 9 or less, but is 12"),
        ("[[shops]]\nwhere = 'id:S2'", "say what changes, such as set.units = 2, or write drop = true"),
        ("[[shops]]\nset.priority = 1", "where: is required, but missing"),
        ("[[shops]]\nwhere = 'id:S1'\nset.tags = ['a|b']", "'a|b' must not contain '|'"),
        ("[[shops]]\nwhere = 'id:S1'\nset.due_by = 10:00:00", "is the time 10:00:00"),
        ("[[crews]]\nwhere = { trad = 'builder' }\nset.units = 1", "unknown column 'trad'; did you mean 'trade'?"),
        ("[[crews]]\nwhere = { trade = 'bilder' }\nset.units = 1", "no crew matches: unknown trade 'bilder'; did you"),
        ("[[crews]]\nwhere = 'B1'\nset.units = 1", "where: must be a table, but is the text 'B1'"),
        ("whi = 'x'\n[set]\ncosts.km = 1", "unknown key 'whi'; did you mean 'why'?"),
        ("[set]\ncosts.km = 1\nbuilds_on = ['x.toml']", "write it above the first [table] of the file"),
        ("builds_on = ['scenari1.toml']", "scenari1.toml: there is no such file"),
        ("why = 'Only so'", "nothing is said to change"),
    ],
)
def test_what_cannot_be_changed_is_said(tmp_path: Path, changes: str, mistake: str) -> None:
    found = mistakes(tmp_path, changes)
    assert any(mistake in text for text in found), found
    assert all(text.startswith("scenari") for text in found), found


def test_a_fixed_date_on_a_holiday_is_wrong_input_with_the_scenario_named(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, "[[shops]]\nwhere = 'id:S1'\nset.status = 'fixed'\nset.start = 2021-11-01\n")
    assert found.startswith("scenario1.toml, shops.csv, row 2, column start: nobody can work on 2021-11-01")
    assert "Allerheiligen" in found


def test_a_dropped_crew_that_a_shop_names_is_wrong_input(tmp_path: Path) -> None:
    folder_with(tmp_path, 'name = "x"\ndrop = ["crews.B2"]')
    shops = tmp_path / "shops.csv"
    shops.write_text("id,format,status,start,crews\nS1,M,fixed,2021-10-04,B2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"row 2, column crews: unknown crew 'B2'\. Allowed: V1, B1, W1"):
        apply_scenarios(read_rollout(tmp_path), read_scenarios([tmp_path / "scenario1.toml"]))


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        "drop = ['blackot.1']\n[set]\ncosts.footfal = 1\n[[shops]]\nwhere = 'id:S9'\nset.priority = 1\n"
        "[[shops]]\nwhere = 'id:S1'\nset.priority = 12\n",
    )
    assert len(found) == 4


def test_only_new_oddities_are_told_and_with_the_scenarios_name(tmp_path: Path) -> None:
    read = changed(tmp_path, 'drop = ["crews.V1"]\n')
    assert [str(problem) for problem in read.warnings] == [
        "scenario1.toml, crews.csv, trade: no crew has the trade 'surveyor', so 3 shops cannot be remodelled"
    ]
