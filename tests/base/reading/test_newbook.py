"""Workbooks are opened in one place, and the same content gives the same bytes on any day."""

import ast
import zipfile
from datetime import date
from io import BytesIO

import pytest
from tests.sources import SRC, called, nodes

from guanzi.base.reading import new_workbook


def fill(target, *day):
    with new_workbook(target, *day) as book:
        book.add_worksheet("one").write(0, 0, "=1+1")


def test_a_workbook_is_dated_by_its_day_and_never_by_the_clock():
    undated, dated = BytesIO(), BytesIO()
    fill(undated)
    fill(dated, date(2020, 4, 29))
    said = [zipfile.ZipFile(book).read("docProps/core.xml").decode() for book in (undated, dated)]
    assert ["2000-01-01T" in said[0], "2020-04-29T" in said[1]] == [True, True]


def test_words_that_begin_like_a_formula_stay_words():
    book = BytesIO()
    fill(book)
    assert b"<f>" not in zipfile.ZipFile(book).read("xl/worksheets/sheet1.xml")


def break_off(target):
    with new_workbook(target) as book:
        book.add_worksheet("one")
        raise KeyError


def test_a_file_that_could_not_be_filled_leaves_nothing(tmp_path):
    with pytest.raises(KeyError):
        break_off(tmp_path / "b.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_nobody_else_opens_a_workbook_to_write():
    made = {module for module, call in nodes(ast.Call) if called(call) == "xlsxwriter.Workbook"}
    assert made == {SRC / "base" / "reading" / "newbook.py"}
