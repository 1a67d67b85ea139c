"""Mistakes and oddities in crews.csv and absences.csv, and where crews and shops do not meet: the exact sentences."""

from pathlib import Path

from tests.exchange.rollout_folders import CREWS, errors_with, warnings_in, warnings_with, write_folder


def test_crews(tmp_path: Path) -> None:
    crews = (
        "id,trade,regions,units,lat,lon,max_km,first,last\n"
        "V1,surveyor,,0,48.1,,-5,2021-02-01,2021-01-01\n"
        "V1,,,1000000,,,99999,1.2.2021,\n"
        "B|1,builder,,,,,,,\n"
    )
    assert errors_with(tmp_path, "crews.csv", crews) == [
        "crews.csv, row 2, column lon: is missing although 'lat' is given; give both or neither",
        "crews.csv, row 2, column last: 2021-01-01 is before 'first' (2021-02-01); put the dates in order",
        "crews.csv, row 2, column units: must be 1 or more, but is 0",
        "crews.csv, row 2, column max_km: must be 0 or more, but is -5",
        "crews.csv, row 3, column first: '1.2.2021' is not an ISO date; write 2021-02-01",
        "crews.csv, row 3, column trade: is empty, but required; fill it in",
        "crews.csv, row 3, column units: must be 100000 or less, but is 1000000",
        "crews.csv, row 3, column max_km: must be 20040 or less, but is 99999",
        "crews.csv, row 3, column id: 'V1' is already the id of row 2; give each row its own",
        "crews.csv, row 4, column id: 'B|1' must not contain '|', which separates the items of a list",
    ]


def test_absences(tmp_path: Path) -> None:
    absences = "crew,first,last,units\nB11,2021-08-02,2021-08-01,0\n,,2021-08-01,\n"
    assert errors_with(tmp_path, "absences.csv", absences) == [
        "absences.csv, row 2, column crew: unknown crew 'B11'; did you mean 'B1'? Allowed: V1, B1.",
        "absences.csv, row 2, column last: 2021-08-01 is before 'first' (2021-08-02); put the dates in order",
        "absences.csv, row 2, column units: must be 1 or more, but is 0",
        "absences.csv, row 3, column crew: is empty, but required; fill it in",
        "absences.csv, row 3, column first: is empty, but required; fill it in",
    ]
    assert errors_with(tmp_path, "absences.csv", "crew,from,last\nB1,2021-08-02,2021-08-03\n") == [
        "absences.csv, row 1, column first: the required column is missing; add it"
    ]


def test_regions_that_do_not_meet(tmp_path: Path) -> None:
    shops = "id,format,state,region,status\nS1,M,BY,Suoth,\nS2,M,BY,Suoth,\nS3,L,NW,,\nS4,L,,,\nS5,L,,Ost,deferred\n"
    assert warnings_with(tmp_path, "shops.csv", shops) == [
        "shops.csv, row 2, column region: no builder crew serves the region 'Suoth', so 2 shops cannot be remodelled; "
        "did you mean 'South'?",
        "shops.csv, row 4, column region: no builder crew serves the region 'NW', so 1 shop cannot be remodelled",
        "shops.csv, row 5, column region: no builder crew serves shops without a region, "
        "so 1 shop cannot be remodelled",
        "crews.csv, row 3, column regions: no shop is in the region 'South'; did you mean 'Suoth'?",
        "crews.csv, row 3, column regions: no shop is in the region 'West'",
    ]


def test_trades_nobody_has(tmp_path: Path) -> None:
    assert warnings_with(tmp_path, "crews.csv", CREWS.replace("builder", "bulider")) == [
        "crews.csv, trade: no crew has the trade 'builder', so 2 shops cannot be remodelled; did you mean 'bulider'?"
    ]
    assert warnings_with(tmp_path, "crews.csv", "id,trade\n") == [
        "crews.csv, trade: no crew has the trade 'builder', so 2 shops cannot be remodelled",
        "crews.csv, trade: no crew has the trade 'surveyor', so 1 shop cannot be remodelled",
    ]


def test_named_crews_of_a_trade_that_is_not_needed(tmp_path: Path) -> None:
    shops = "id,format,state,region,status,start,crews\nS1,L,BY,South,fixed,2021-08-02,B1|V1\nS2,M,NW,West,,,\n"
    assert warnings_in(write_folder(tmp_path, {"shops.csv": shops})) == [
        "shops.csv, row 2, column crews: 'V1' is a surveyor crew, which format 'L' does not need"
    ]
