"""Mistakes in rollout.toml: the exact sentences."""

from pathlib import Path

import pytest

from tests.exchange.rollout_folders import ROLLOUT, errors_with, warnings_with

TOP_KEYS = (
    "horizon, calendar, shutdown, format, blackout, milestone, limit, neighbours, supply, campaign, "
    "partner_target, name, timezone, currency, objective, costs, replan, risk"
)
BUILD = "format 'M', phase 2"


@pytest.mark.parametrize(
    ("right", "wrong", "sentences"),
    [
        ('"Test"', "Test", ["line 1, column 8: is not valid TOML: Invalid value"]),
        ("2022-06-30", "2022-06-31", ["line 5, column 8: is not valid TOML: Invalid date or datetime"]),
        ('name = "Test"\n', "", ["name: is required, but missing; add it"]),
        ('"Test"', '" "', ["name: is empty, but required; fill it in"]),
        ('"Test"', "5", ["name: must be text in quotes, but is the number 5"]),
        ('"Test"', "[]", ["name: must be text in quotes, but is a list"]),
        ("today = 2021-07-13\n", "", ["horizon, today: is required, but missing; add it"]),
        (
            "2021-07-13",
            '"2021-07-13"',
            ["horizon, today: must be a date, but is the text '2021-07-13'; write 2021-07-13 without quotes"],
        ),
        (
            "2021-07-13",
            '"13.7.2021"',
            ["horizon, today: must be a date, but is the text '13.7.2021'; write 2021-07-13 without quotes"],
        ),
        (
            "2021-07-13",
            "20210713",
            [
                "horizon, today: must be a date, but is the number 20210713; "
                "write year-month-day, such as 2021-07-13, without quotes"
            ],
        ),
        (
            "2021-07-13",
            "2021-07-13T10:00:00",
            [
                "horizon, today: must be a date without a time, but is the date and time 2021-07-13 10:00:00; "
                "write 2021-07-13"
            ],
        ),
        (
            "2021-07-13",
            "2022-07-01",
            ["horizon, last: 2022-06-30 is before 'today' (2022-07-01); put the dates in order"],
        ),
        (
            "2022-06-30",
            "2032-06-30",
            ["horizon, last: 2032-06-30 is more than ten years after 'today' (2021-07-13); plan a shorter horizon"],
        ),
        ("2022-06-30", "3022-06-30", ["horizon, last: the year of 3022-06-30 must be from 1970 to 2200"]),
        (
            "[horizon]",
            "[horizont]",
            [
                "horizon: is required, but missing; add it",
                f"horizont: unknown key 'horizont'; did you mean 'horizon'? Allowed: {TOP_KEYS}.",
            ],
        ),
        ("days = 8\n", "", [f"{BUILD}, days: is required, but missing; add it"]),
        ("days = 8", "days = 0", [f"{BUILD}, days: must be 1 or more, but is 0"]),
        ("days = 8", "days = 5000", [f"{BUILD}, days: must be 1000 or less, but is 5000"]),
        ("days = 8", "days = 8.0", [f"{BUILD}, days: must be a whole number, but is the number 8"]),
        ("days = 8", "days = true", [f"{BUILD}, days: must be a whole number, but is true"]),
        (
            "days = 8",
            'days = "8"',
            [f"{BUILD}, days: must be a whole number, but is the text '8'; write 8 without quotes"],
        ),
        (
            "days = 8",
            "days = 8\nwait_min = 5\nwait_max = 3",
            [f"{BUILD}, wait_max: 3 is less than 'wait_min' (5); raise it, or leave it out"],
        ),
        ("{ builder = 1 }", "{ builder = 0 }", [f"{BUILD}, crews, builder: must be 1 or more, but is 0"]),
        ("{ builder = 1 }", '"builder"', [f"{BUILD}, crews: must be a table, but is the text 'builder'"]),
        (
            "{ builder = 1 }",
            '{ "\\u001b" = 1 }',
            [f"{BUILD}, crews, \\x1b: a name must not be empty or hold control characters"],
        ),
        (
            "closed = false",
            'closed = "no"',
            ["format 'M', phase 1, closed: must be true or false, but is the text 'no'"],
        ),
        (
            "closed = false",
            "close = false",
            [
                "format 'M', phase 1, close: unknown key 'close'; did you mean 'closed'? "
                "Allowed: name, days, crews, closed, wait_min, wait_max."
            ],
        ),
        (
            'name = "Build"',
            'name = "Survey"',
            [f"{BUILD}, name: 'Survey' is already the name of number 1; give each its own name"],
        ),
        (
            'name = "L"',
            'name = "M"',
            ["format 2, name: 'M' is already the name of number 1; give each its own name"],
        ),
        (
            '[[format.phase]]\nname = "Build"\ndays = 12\ncrews = { builder = 1 }\n',
            "",
            ["format 'L', phase: the format has no phase; add a [[format.phase]] for each step"],
        ),
    ],
)
def test_mistakes_in_horizon_and_formats(tmp_path: Path, right: str, wrong: str, sentences: list[str]) -> None:
    assert right in ROLLOUT
    found = errors_with(tmp_path, "rollout.toml", ROLLOUT.replace(right, wrong, 1))
    assert found == [f"rollout.toml, {sentence}" for sentence in sentences]


@pytest.mark.parametrize(
    ("added", "sentences"),
    [
        ("x = [1,", ["line 25: is not valid TOML: Invalid value at the end of the file"]),
        (
            '[calendar]\ncountry = "de"\nworkdays = []',
            [
                "calendar, country: unknown country 'de'; did you mean 'DE'?",
                "calendar, workdays: is an empty list, so nobody ever works; name the days, such as 'mon'",
            ],
        ),
        (
            '[calendar]\nworkdays = ["mon", "thurs", 3]',
            [
                "calendar, workdays: must be a list of text, but holds the number 3",
                "calendar, workdays: unknown day 'thurs'; did you mean 'thu'? "
                "Allowed: mon, tue, wed, thu, fri, sat, sun.",
            ],
        ),
        (
            '[calendar]\nworkdays = "mon"',
            ["calendar, workdays: must be a list of text, but is the text 'mon'; put it in brackets"],
        ),
        (
            "[[shutdown]]\nfirst = 2022-01-02",
            [
                "shutdown 1, name: is required, but missing; add it",
                "shutdown 1, last: is required, but missing; add it",
            ],
        ),
        (
            '[[shutdown]]\nname = "X"\nfirst = 2022-01-02\nlast = 2021-12-24',
            ["shutdown 'X', last: 2021-12-24 is before 'first' (2022-01-02); put the dates in order"],
        ),
        (
            '[[blackout]]\nname = "X"\nfirst = 2021-01-02\nlast = 2021-12-24\n'
            'scope = { kinds = ["own"], kind = "own", state = ["Bayern"], format = ["Ms"], shop = ["S3"], tag = [1] }',
            [
                "blackout 'X', scope, kind: must be a list of text, but is the text 'own'; put it in brackets",
                "blackout 'X', scope, tag: must be a list of text, but holds the number 1",
                "blackout 'X', scope, kinds: unknown key 'kinds'; did you mean 'kind'? "
                "Allowed: shop, partner, kind, state, region, city, format, tag.",
                "blackout 'X', scope, shop: unknown shop 'S3'. Allowed: S1, S2.",
                "blackout 'X', scope, state: unknown state 'Bayern'; did you mean 'BY'? "
                "Allowed: BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH.",
                "blackout 'X', scope, format: unknown format 'Ms'; did you mean 'M'? Allowed: M, L.",
            ],
        ),
        (
            '[[milestone]]\nname = "X"\nby = 2021-12-31\ntarget = -1',
            ["milestone 'X', target: must be 0 or more, but is -1"],
        ),
        (
            '[[limit]]\nname = "X"',
            ["limit 'X', max_closed: is missing; give max_closed or max_starts_per_week, or both"],
        ),
        (
            '[[limit]]\nname = "X"\nmax_closed = -1\nper = "regions"\nfirst = 2022-01-01\nlast = 2021-01-01',
            [
                "limit 'X', last: 2021-01-01 is before 'first' (2022-01-01); put the dates in order",
                "limit 'X', per: unknown grouping 'regions'; did you mean 'region'? "
                "Allowed: all, region, state, city, partner.",
                "limit 'X', max_closed: must be 0 or more, but is -1",
            ],
        ),
        (
            "[neighbours]\nwithin_km = 12",
            ["neighbours: must be a list of tables, but is a table; write [[neighbours]]"],
        ),
        ("[[neighbours]]\nwithin_km = nan", ["neighbours 1, within_km: must be a finite number, but is nan"]),
        (
            '[[supply]]\nname = "X"\nphase = "Biuld"\nneeds = { Ms = 1, L = -1 }\ninitial = -1\n'
            "deliveries = [{ first = 2021-07-19, every_days = 0, quantity = -4 }, { last = 2021-01-01 }]",
            [
                "supply 'X', needs, L: must be 0 or more, but is -1",
                "supply 'X', initial: must be 0 or more, but is -1",
                "supply 'X', deliveries 1, quantity: must be 0 or more, but is -4",
                "supply 'X', deliveries 1, every_days: must be 1 or more, but is 0",
                "supply 'X', deliveries 2, first: is required, but missing; add it",
                "supply 'X', deliveries 2, quantity: is required, but missing; add it",
                "supply 'X', needs: unknown format 'Ms'; did you mean 'M'? Allowed: M, L.",
                "supply 'X', phase: unknown phase 'Biuld'; did you mean 'Build'? Allowed: Survey, Build.",
            ],
        ),
        (
            '[[campaign]]\nname = "X"\nfirst = 2021-07-01\nlast = 2021-08-01\ncustomers_per_week = -1\n'
            'appointment_rate = 1.5\npurchase_rate = "0,5"',
            [
                "campaign 'X', customers_per_week: must be 0 or more, but is -1",
                "campaign 'X', appointment_rate: must be 1 or less, but is 1.5",
                "campaign 'X', purchase_rate: must be a number, but is the text '0,5'; write 0.5 without quotes",
                "campaign 'X', value: is required, but missing; add it",
            ],
        ),
        (
            "[partner_target]\nfirst = 2021-07-01\nlast = 2021-08-01\nshare = 50\nmax_loss = inf",
            [
                "partner_target, share: must be 1 or less, but is 50",
                "partner_target, max_loss: must be a finite number, but is inf",
            ],
        ),
        (
            '[costs]\nmargin = -1\nseason = { nov = 1.2, okt = 2, dec = "x" }\nrecapture = 30\nkilometers = 1\n'
            f"late_day = 1e300\nchange = 0x{'f' * 5000}",
            [
                "costs, margin: must be 0 or more, but is -1",
                "costs, season, okt: unknown month 'okt'; did you mean 'oct'? "
                "Allowed: jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec.",
                "costs, season, dec: must be a number, but is the text 'x'",
                "costs, recapture: must be 1 or less, but is 30",
                "costs, late_day: must be 1000000000000 or less, but is far beyond that",
                "costs, change: must be 1000000000000 or less, but is far beyond that",
                "costs, kilometers: unknown key 'kilometers'. "
                "Allowed: margin, footfall, season, recapture, uplift, km, road_factor, late_day, change.",
            ],
        ),
        ("[replan]\nfreeze_days = -1", ["replan, freeze_days: must be 0 or more, but is -1"]),
        (
            "[risk]\nduration = { sigma = -0.5 }\npermit_slip = { probability = 2, days = 1.5, day = 1 }\nfoo = 1",
            [
                "risk, duration, sigma: must be 0 or more, but is -0.5",
                "risk, permit_slip, probability: must be 1 or less, but is 2",
                "risk, permit_slip, days: must be a whole number, but is the number 1.5",
                "risk, permit_slip, day: unknown key 'day'; did you mean 'days'? Allowed: probability, days.",
                "risk, foo: unknown key 'foo'. "
                "Allowed: actuals, duration, permit_slip, late_kits, illness, phase, trade.",
            ],
        ),
    ],
)
def test_mistakes_in_other_tables(tmp_path: Path, added: str, sentences: list[str]) -> None:
    found = errors_with(tmp_path, "rollout.toml", f"{ROLLOUT}{added}\n")
    assert found == [f"rollout.toml, {sentence}" for sentence in sentences]


def test_mistakes_at_the_top(tmp_path: Path) -> None:
    top = 'objective = "costs"\ntimezone = "Europe/Berln"\ncurrency = "eur"\ncalender = 3\n'
    assert errors_with(tmp_path, "rollout.toml", top + ROLLOUT) == [
        "rollout.toml, timezone: unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?",
        "rollout.toml, currency: must be three capital letters, such as EUR, but is 'eur'",
        "rollout.toml, objective: unknown objective 'costs'; did you mean 'cost'? Allowed: cost, earliest-finish.",
        f"rollout.toml, calender: unknown key 'calender'; did you mean 'calendar'? Allowed: {TOP_KEYS}.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty; it must name the rollout, its horizon and its formats"),
        ("x = " + "9" * 5000, "is not valid TOML: a number has too many digits"),
        ("x = " + "[" * 20_000, "is not valid TOML: lists or tables are nested too deeply"),
    ],
)
def test_files_that_are_no_toml(tmp_path: Path, content: str, sentence: str) -> None:
    assert errors_with(tmp_path, "rollout.toml", content) == [f"rollout.toml: {sentence}"]


def test_a_rollout_without_formats(tmp_path: Path) -> None:
    rollout = ROLLOUT[: ROLLOUT.index("[[format]]")]
    assert errors_with(tmp_path, "rollout.toml", rollout) == [
        "rollout.toml, format: there is no format; add a [[format]] with its phases"
    ]


def test_oddities(tmp_path: Path) -> None:
    rollout = ROLLOUT.replace('"Test"', '"Te\\u001b\\u202est"').replace("days = 1\n", "days = 1\nwait_min = 2\n", 1)
    scopes = 'scope = { region = ["Sout"], city = ["Ulm"], partner = ["P"], tag = ["x"] }'
    rollout += (
        f'[[limit]]\nname = "X"\nmax_closed = 1\n{scopes}\n'
        '[[supply]]\nname = "Y"\nphase = "Survey"\nneeds = { M = 1, L = 1 }\n'
    )
    assert warnings_with(tmp_path, "rollout.toml", rollout) == [
        "rollout.toml, format 'M', phase 1, wait_min: is not used: no phase comes before the first one",
        "rollout.toml, supply 'Y', needs: format 'L' has no phase 'Survey', so it draws nothing",
        "rollout.toml, name: control characters were taken out of 'Te\\x1b\\u202est'",
        "rollout.toml, limit 'X', scope, partner: no shop has the partner 'P'",
        "rollout.toml, limit 'X', scope, region: no shop has the region 'Sout'; did you mean 'South'?",
        "rollout.toml, limit 'X', scope, city: no shop has the city 'Ulm'",
        "rollout.toml, limit 'X', scope, tag: no shop has the tag 'x'",
    ]
