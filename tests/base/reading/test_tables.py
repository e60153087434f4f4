"""CSV tables know where each cell stands."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput, format_problem
from guanzi.base.reading.tables import read_table


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("tables") / "a.csv"


def read(path, text):
    path.write_text(text, encoding="utf-8", newline="")
    return read_table(path, "a.csv")


cells = st.text(alphabet=st.sampled_from('ab ,"\n蔚'), max_size=8).map(str.strip)


@given(st.lists(st.tuples(cells, cells, cells), max_size=5))
def test_what_a_csv_writer_writes_is_read(path, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["one", "two", "three"])
    writer.writerows(rows)
    table = read(path, out.getvalue())
    expected = [{n: c for n, c in zip(("one", "two", "three"), row, strict=True) if c} for row in rows]
    assert [{name: cell.text for name, cell in row.items()} for row in table.rows] == expected


def test_cells_know_their_line_and_column(path):
    table = read(path, 'id,note,value\r\n\r\nx,"a, ""b""\nc",5\r\ny,,6\r\n')
    (first, second) = table.rows
    assert first["note"].text == 'a, "b"\nc'
    assert (first["note"].place.line, first["note"].place.column) == (3, 3)
    assert (first["value"].place.line, first["value"].place.column) == (4, 4)
    assert (second["value"].place.line, second["value"].place.column) == (5, 4)
    assert "note" not in second


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "no_header"),
        ("a,a\n1,2\n", "column_name"),
        ("a,\n1,2\n", "column_name"),
        ("a,b\n1\n", "row_length"),
        ("a,b\n1,2,3\n", "row_length"),
        ('a,b\n1,"2\n', "open_quote"),
        ('a,b\n"1"x,2\n', "after_quote"),
    ],
)
def test_a_broken_table_is_refused(path, text, cause):
    with pytest.raises(InvalidInput) as caught:
        read(path, text)
    assert all(format_problem(problem) for problem in caught.value.problems)
    assert f"reading.csv.{cause}" in [problem.cause.id for problem in caught.value.problems]
