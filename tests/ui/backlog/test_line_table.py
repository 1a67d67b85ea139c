"""The table of lines by itself: only what is in sight is made, and every line fills the widget to the cell."""

import pytest
from textual.app import App, ComposeResult

from planner.ui.widgets.line_cells import LineColumn
from planner.ui.widgets.line_table import Line, LineTable

pytestmark = pytest.mark.anyio

ROWS = 100_000
TEXTS = ("[/foo]", "漢字かな店舗", "e\u0301e\u0301", "plain", "[@click=app.quit]x")


class Source:
    """Rows of text that note which of them were made; every tenth is still on its way."""

    def __init__(self) -> None:
        self.made: set[int] = set()

    def count(self) -> int:
        return ROWS

    def line(self, row: int) -> Line | None:
        self.made.add(row)
        if row % 10 == 9:
            return None
        return Line([f"{row}", *(TEXTS[(row + place) % len(TEXTS)] for place in range(6))], is_selected=row == 2)


class TableApp(App[None]):
    """A table and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.source = Source()

    def compose(self) -> ComposeResult:
        yield LineTable(self.source)

    def on_mount(self) -> None:
        columns = [LineColumn("row", "Row", 6, is_right=True)]
        columns += [LineColumn(f"c{place}", f"Column {place}", 9 + place) for place in range(6)]
        self.query_one(LineTable).show_columns(columns)


async def test_only_lines_in_sight_are_made_and_each_fills_its_width() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 12)) as pilot:
        table = app.query_one(LineTable)
        table.focus()
        await pilot.press("pagedown", "ctrl+end", "pageup")
        assert len(app.source.made) <= 6 * table.page_rows
        assert table.cursor_row == ROWS - 1 - table.page_rows
        for x in range(40):
            table.scroll_to(x, 3, animate=False, force=True)
            lines = [table.render_line(y) for y in range(table.page_rows + 1)]
            assert {line.cell_length for line in lines} == {table.room}
            assert {sum(segment.cell_length for segment in line) for line in lines} == {table.room}
            assert lines[0].text.startswith("     Row")
            assert lines[1].text.startswith("       3")
        placeholder = next(y for y in range(1, 11) if (y + 2) % 10 == 9)
        assert f"… {placeholder + 3}" in table.render_line(placeholder).text


async def test_columns_are_scrolled_to_whole_and_clicks_find_their_cell() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 12)) as pilot:
        table = app.query_one(LineTable)
        table.focus()
        for column in range(1, 7):
            await pilot.press("right")
            region = table.cell_region(0, column)
            assert table.cell_region(0, 0).right <= region.x
            assert region.right <= table.room
            assert region.width == table.columns[column].width
        assert "│" in table.render_line(0).text
        cell = table.cell_region(4, 5)
        await pilot.click(table, offset=(cell.x + 1, cell.y))
        assert (table.cursor_row, table.cursor_column) == (4, 5)
        assert table.render_line(3).text.startswith("● ")
        await pilot.press("home")
        assert table.scroll_offset.x == 0


async def test_a_cursor_in_sight_stays_there_when_the_screen_gets_smaller() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 30)) as pilot:
        table = app.query_one(LineTable)
        table.focus()
        await pilot.press("ctrl+end")
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert table.scroll_offset.y + table.page_rows == ROWS
        # Out of sight, as after the wheel, it is not run after.
        table.scroll_to(0, 0, animate=False, force=True)
        await pilot.resize_terminal(40, 9)
        await pilot.pause()
        assert table.scroll_offset.y == 0
