"""Names of sheets hold what a workbook allows: a colon becomes a dash, and no name has two spaces."""

from datetime import date

import openpyxl
import pytest

from guanzi.render import Cell, Column, Document, Row, Section, Table, write_document_book


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Relief: data centre", "Relief – data centre"),
        ("Cash: by year / quarter", "Cash – by year quarter"),
        ("补助：按年", "补助：按年"),
        ("Plain", "Plain"),
    ],
)
def test_a_colon_of_a_title_is_kept_as_a_dash(tmp_path, title, name):
    table = Table("t", title, (Column("a", "A"), Column("b", "B")), (Row(Cell("x"), (Cell(1.0),)),))
    section = Section("s", "Part", (table,))
    write_document_book(Document("d", "First", "Title", (), date(2026, 1, 1), (section,), ""), tmp_path / "b.xlsx")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["First", name]
