"""What is said about inputs, queries, files, servers and the database is said in the language in use, all of it."""

import pytest

from tests.wording.untranslated import untranslated

NOT_SAID: dict[str, dict[str, set[str]]] = {
    "domain": {
        # What each kind of field means, to whoever reads the code.
        "query_fields.py": {
            "a list of names: `:` means one of them, the whole of it",
            "a name: `:` means the whole of it",
            "one of a few words",
            "text: `:` finds how it begins",
            "text: `:` finds it anywhere inside",
            "yes or no",
        },
    },
    "exchange": {
        # Addresses, names of files and parts of files that programs read.
        "caldav_publish.py": {"f'{self._url}{uid}.ics'"},
        "caldav_server.py": {"text/calendar; charset=utf-8"},
        "ical.py": {"f'-//remodel-planner//plan//{language.upper()}'"},
        "ical_selection.py": {"f'{audience.value}-{safe}.ics'"},
        "mspdi/elements.py": {"f'PT{days * HOURS_A_DAY}H0M0S'"},
        "report/page.py": {
            '"use strict";\n(() => {\n',
            "f\"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'\"",
            "f\"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; "
            "form-action 'none'\"",
        },
        "spreadsheet/workbook.py": {"f'A1:XFD{last + 1}'"},
        "spreadsheet/workbook_process.py": {"f'xl/{target}'", "f'{OFFICE}id'"},
        "sweep_folder.py": {"f'{self._count:05}.json'"},
        "whole_files.py": {"f'.{target.name}.{secrets.token_hex(4)}.tmp'"},
        # The headings of a plan's columns in a spreadsheet, which are not read back; keys like those of shops.csv.
        "spreadsheet/columns.py": {
            f"f'{{PLAN_PREFIX}}{name}'"
            for name in (
                "closed from",
                "closed to",
                "cost",
                "crews",
                "finish",
                "moved days",
                "reason",
                "start",
                "status",
            )
        },
        # Answers of the feed server to calendar programs, whose language nobody knows.
        "feeds.py": {
            "Not available now.\n",
            "Not found.\n",
            "f'private, max-age={MAX_AGE_SECONDS}'",
            'inline; filename="calendar.ics"',
        },
        # Calendars have the language that `--lang` gives them.
        "ical_texts.py": {"Closed for remodel", "Geschlossen wegen Umbau", "Öffnet wieder"},
        "xlsx_gantt.py": {"mmm yy"},
        # Tables and keys of TOML, as places in it are called.
        "scenarios.py": {
            "f'add, {what}'",
            "f'drop, {path_text(path)}'",
            "f'set, {path_text(path)}'",
            "f'set.{column}: {error}'",
        },
        # What libraries say, to be recognised.
        "csv_table.py": {"field limit", "unexpected end"},
        "toml_reader.py": {
            r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$",
            "integer string conversion",
        },
        # What each way of writing is, to whoever reads the code.
        "spreadsheet/numbers.py": {
            "decimal comma",
            "decimal point",
            "thousands or three decimals",
            "without either, or no number",
        },
    },
    "store": {
        # SQL, and names of columns and files.
        "database.py": {
            "BEGIN IMMEDIATE",
            "PRAGMA cache_size = -32000",
            "PRAGMA foreign_keys = ON",
            "PRAGMA synchronous = FULL",
            "REPEATABLE READ",
            "f'-c lock_timeout={milliseconds} -c jit=off -c work_mem={SORT_MEMORY}'",
            "f'ANALYZE (SKIP_LOCKED) {names}'",
        },
        "order.py": {"f'{item.column}_folded'"},
        "location.py": {"f'{DRIVER}://user@host/name'"},
        "migrating.py": {
            "PRAGMA journal_mode = WAL",
            "SELECT pg_advisory_xact_lock(:lock)",
            "SELECT version_num FROM alembic_version",
            "f'{path.name}-wal'",
            "f'{path.stem}.before-{LATEST}-from-{version}.{moment}{path.suffix}'",
        },
        "migrations/versions/0003_scenarios_calendars.py": {"DELETE FROM entry_record WHERE kind = 'scenario'"},
        "migrations/versions/0004_room_for_edits.py": {
            "ALTER TABLE shop RESET (fillfactor)",
            "ALTER TABLE shop SET (fillfactor = 50)",
            "ALTER TABLE shop SET WITHOUT CLUSTER",
            "f'CLUSTER shop USING {POSITION}'",
            "f'ix_shop_rollout_{column}_position'",
        },
        "rows.py": {"f'{column}_folded'"},
        "spreadsheets.py": {"headings of spreadsheets"},
        "state.py": {"past jobs", "unknown columns"},
        "many_rows.py": {"f'new_{name}'"},
        "writing.py": {"f'{column}_folded'"},
        "query_sql.py": {
            "f'{field.column}_folded'",
            # Errors of the program itself.
            "f'{value!r} is no period'",
            "free text is looked for in another table",
            "on the way",
        },
        # What drivers say, to be recognised.
        "failures.py": {
            "Expression tree is too large",
            "connection failed",
            "could not",
            "does not exist",
            "no password supplied",
            "password authentication failed",
            "timeout expired",
            "too many SQL variables",
        },
        # What tables hold, to whoever reads the code.
        "tables.py": {
            "only on",
            "CSV: the file of past jobs that rollout.toml names",
            "JSON: choices kept for the next command, such as column names",
            "JSON: file to its columns the planner does not know",
            "JSON: names of the scenarios it is made under, if any",
            "JSON: the event, its sequence and when it changed",
            "JSON: unknown column to text",
        },
    },
}
IN_BOTH_LANGUAGES = {"spreadsheet/synonyms.py"}
"""Words that are read, in German and English alike."""


@pytest.mark.parametrize("room", NOT_SAID)
def test_nothing_is_said_past_the_translation(room: str) -> None:
    found = {(file, text) for file, text in untranslated(room) if file not in IN_BOTH_LANGUAGES}
    assert found == {(file, text) for file, texts in NOT_SAID[room].items() for text in texts}
