"""Panels: tables of many firms from Parquet and CSV, and the closed language that chooses rows."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput
from guanzi.intake.panel import Panel, parse_where, read_panel


def write(tmp_path, text):
    path = tmp_path / "firms.csv"
    path.write_text(text, "utf-8")
    return path


def panel(**columns):
    numbers = {k: np.array(v, dtype=float) for k, v in columns.items() if not isinstance(v[0], str)}
    texts = {k: np.array(v, dtype=object) for k, v in columns.items() if isinstance(v[0], str)}
    return Panel("firms", numbers, texts, len(next(iter(columns.values()))))


def test_what_statistics_packages_write_for_nothing_is_missing(tmp_path):
    read = read_panel(write(tmp_path, "a,b\n1,?\nNA,2.5\n,inf\n"))
    assert np.isnan(read.numbers["a"]).tolist() == [False, True, True]
    assert read.numbers["b"][1:].tolist() == [2.5, np.inf]


def test_semicolons_tabs_and_a_byte_order_mark_are_read(tmp_path):
    for mark in (";", "\t"):
        path = tmp_path / "m.csv"
        path.write_bytes(b"\xef\xbb\xbf" + f"year{mark}firm\n2015{mark}A\n".encode())
        read = read_panel(path)
        assert read.numbers["year"].tolist() == [2015]
        assert read.texts["firm"].tolist() == ["A"]


def test_parquet_and_csv_give_the_same_panel(tmp_path):
    columns = {"firm": ["A", None, "C"], "year": [2015, 2016, None], "failed": [True, False, None]}
    parquet.write_table(pa.table(columns), tmp_path / "p.parquet")
    by_parquet = read_panel(tmp_path / "p.parquet")
    by_csv = read_panel(write(tmp_path, "firm,year,failed\nA,2015,true\n,2016,false\nC,,\n"))
    assert by_parquet.columns == by_csv.columns
    for name, values in by_parquet.numbers.items():
        assert np.array_equal(values, by_csv.numbers[name], equal_nan=True)


def test_a_column_of_integers_read_as_texts_is_one_of_numbers(tmp_path):
    parquet.write_table(pa.table({"a": ["1", "2", "x"], "b": ["u", "v", "3"]}), tmp_path / "p.parquet")
    read = read_panel(tmp_path / "p.parquet")
    assert list(read.numbers) == ["a"]
    assert list(read.texts) == ["b"]


@pytest.mark.parametrize("content", [b"", b"PAR1 not really", b"\x00\x01\x02", b"a,a\n1,2\n", b"a,b\n1\n"])
def test_a_damaged_file_is_refused_with_its_name(tmp_path, content):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as refused:
        read_panel(path)
    assert refused.value.problems[0].place.file.endswith("bad.csv")
    assert refused.value.problems[0].fix is not None


@pytest.mark.parametrize(
    ("text", "place"), [("a,合\n1,2\n", (1, 3)), ("a,b\n1,2\nx,合\n", (3, 3))], ids=["in the head", "in a row"]
)
def test_a_file_of_another_encoding_is_refused_at_its_first_garbled_byte(tmp_path, text, place):
    (tmp_path / "old.csv").write_bytes(text.encode("gb18030"))
    with pytest.raises(InvalidInput) as refused:
        read_panel(tmp_path / "old.csv")
    (problem,) = refused.value.problems
    assert problem.cause.id == "reading.file.not_utf8"
    assert (problem.place.line, problem.place.column) == place
    assert problem.fix is not None


CHOICES = [
    ("year <= 2016", [0, 1]),
    ("not year <= 2016", [2, 3]),
    ("year > 2014 and size < 5", [0, 2]),
    ("year = 2015 or size is missing", [0, 3]),
    ("sector in ('cars', \"steel\") and (year == 2017 or size >= 9)", [1, 2]),
    ("sector not in ('cars')", [1, 3]),
    ("size is not missing", [0, 1, 2]),
    ("`size` != 4", [1]),
    ("size > -1e3", [0, 1, 2]),
]


@pytest.mark.parametrize(("text", "rows"), CHOICES)
def test_a_condition_chooses_rows(text, rows):
    firms = panel(year=[2015, 2016, 2017, 2018], size=[4, 9, 4, np.nan], sector=["cars", "steel", "cars", "glass"])
    assert np.flatnonzero(parse_where(text).test(firms)).tolist() == rows


WRONG = [
    ("year <=", 8, "needs_value"),
    ("<= 2016", 1, "needs_column"),
    ("year 2016", 6, "needs_comparison"),
    ("year <= 2016 size > 3", 14, "joined"),
    ("(year <= 2016", 14, "needs_mark"),
    ("year <= 2016; import os", 13, "character"),
    ("__import__('os').system('x')", 17, "character"),
    ("(" * 80 + "year > 1" + ")" * 80, 51, "too_deep"),
]


@pytest.mark.parametrize(("text", "column", "cause"), WRONG)
def test_what_is_not_of_the_grammar_is_refused_where_it_stands(text, column, cause):
    with pytest.raises(InvalidInput) as refused:
        parse_where(text)
    problem = refused.value.problems[0]
    assert problem.place.column == column
    assert problem.cause.id == f"evidence.where.{cause}"


def test_a_misspelt_column_is_refused_with_the_near_one():
    with pytest.raises(InvalidInput) as refused:
        parse_where("yaer <= 2016").rows(panel(year=[2015]))
    assert dict(refused.value.problems[0].fix.params)["near"] == "year"


def test_a_text_is_not_compared_with_a_number():
    for text in ("year == 'cars'", "sector == 3"):
        with pytest.raises(InvalidInput):
            parse_where(text).rows(panel(year=[2015], sector=["cars"]))


@given(st.lists(st.integers(-5, 5), min_size=1), st.integers(-5, 5), st.integers(-5, 5))
def test_conditions_agree_with_python(values, low, high):
    firms = panel(x=values)
    chosen = parse_where(f"x >= {low} and not x > {high} or x = 0").rows(firms)
    assert chosen.numbers["x"].tolist() == [x for x in values if (x >= low and not x > high) or x == 0]


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        places = [len(parse_where(text).columns)]
    except InvalidInput as refused:
        places = [problem.place.column for problem in refused.problems]
    assert min(places) >= 1
