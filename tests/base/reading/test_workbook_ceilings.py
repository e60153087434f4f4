"""A small file can be a large workbook: cells are counted as they come, whatever it says of its size."""

import re
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from guanzi.base.core import InvalidInput
from guanzi.base.reading import filled_cells, open_workbook, rows_of, workbook

SHEET = "xl/worksheets/sheet1.xml"
READ = """
import sys
from pathlib import Path
from guanzi.base.core import InvalidInput
from guanzi.record.evidence.dataroom.worker import pages
try:
    list(pages({"path": sys.argv[1], "kind": "xlsx", "name": "a"}))
except InvalidInput as error:
    most = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(error.problems[0].cause.id, int(most.split()[1]) // 1024)
"""


def book(path, rows):
    """A workbook of one sheet with these rows as XML, which says of itself that it holds one cell."""
    openpyxl.Workbook().save(path.with_suffix(".plain"))
    text = f"<sheetData>{rows}</sheetData>"
    with zipfile.ZipFile(path.with_suffix(".plain")) as plain, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for part in plain.namelist():
            held = plain.read(part).decode()
            made.writestr(part, re.sub(r"<sheetData ?/>|<sheetData></sheetData>", text, held))
    assert text in zipfile.ZipFile(path).read(SHEET).decode()
    return path


def wide(path, rows=3_000):
    return book(path, "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, rows + 1)))


def test_a_wide_workbook_is_refused_by_its_first_row_and_takes_no_memory(tmp_path):
    path = wide(tmp_path / "wide.xlsx")
    assert path.stat().st_size < 200_000
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    what, megabytes = done.stdout.split()
    assert what == "reading.workbook.too_wide"
    assert int(megabytes) < 300


def test_cells_are_counted_over_all_sheets_and_rows_that_are_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_CELLS", 1_000)
    path = book(
        tmp_path / "deep.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="5000"><c r="A5000"><v>1</v></c></row>'
    )
    with pytest.raises(InvalidInput, match="too_many_cells"), open_workbook(path, "a") as found:
        list(rows_of(found.worksheets[0]))
    with pytest.raises(InvalidInput, match="too_many_cells"), open_workbook(path, "a") as found:
        list(filled_cells(found.worksheets[0], columns=10))


def test_a_reader_that_says_how_many_columns_it_wants_is_given_those(tmp_path):
    with open_workbook(wide(tmp_path / "wide.xlsx", rows=3), "a") as found:
        assert [len(row) for _, row in rows_of(found.worksheets[0], columns=5)] == [5, 5, 5]
