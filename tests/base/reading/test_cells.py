"""What no cell can hold breaks no file, and no program takes words for a formula."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from guanzi.base.reading import CUT, LONGEST_CELL, new_workbook, plain_cell, safe_cell

UNKNOWN = (float("nan"), Decimal("NaN"), None)
LONG = "字" * (LONGEST_CELL + 1)


def written(value, how="write"):
    book = BytesIO()
    with new_workbook(book) as made:
        getattr(made.add_worksheet("one"), how)(0, 0, value)
    return openpyxl.load_workbook(book).worksheets[0]["A1"]


@pytest.mark.parametrize("value", UNKNOWN)
def test_what_is_no_number_is_an_empty_cell(value):
    assert written(value).value is None
    assert plain_cell(value) is None


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (float("inf"), "∞"), (float("-inf"), "−∞"), (["a", 2, None], "a; 2; –"), ({"b", "a"}, "a; b"), ((), ""),
        ({"a": [1, "字"]}, '{"a": [1, "字"]}'), (True, True), (7, 7), (2.5, 2.5), ("=1+1", "=1+1"), ("\ud800x", "?x"),
        (10**310, str(10**310)), ("https://a.example", "https://a.example"),
    ],
)  # fmt: skip
def test_whatever_is_written_is_a_word_or_a_number(value, told):
    cell = written(value)
    assert cell.value == told
    assert cell.data_type != "f"


@pytest.mark.parametrize("how", ["write", "write_string"])
@pytest.mark.parametrize("text", [LONG, "=" + LONG, "🙂" * LONGEST_CELL])
def test_words_that_are_too_long_for_a_cell_end_in_a_mark(how, text):
    held = written(text, how).value
    assert len(held.encode("utf-16-le")) // 2 in (LONGEST_CELL, LONGEST_CELL - 1)
    assert held.endswith(CUT)
    assert text.startswith(held.removesuffix(CUT))


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_sheet_of_numbers_takes_what_is_none(value):
    assert written(value, "write_number").value in (None, "∞")


@pytest.mark.parametrize("text", ["-12.5", "+1", "-1e9", "1", "x=1", ""])
def test_figures_and_plain_words_stay_as_they_are(text):
    assert safe_cell(text) == text


@pytest.mark.parametrize("text", ["=1", " =1", "-1+1", "+cmd", "@A1", "-inf", "-1_0", "-１", "\t=1", "－1", "-"])
def test_what_begins_like_a_formula_is_marked_as_words(text):
    assert safe_cell(text) == f"'{text}"
