"""Tables in the encodings that spreadsheets save are read without garbling; what is neither is refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput, format_problem
from guanzi.base.reading.text import read_text
from guanzi.record.evidence.factfiles import read_fact_file

TEXT = "id,名称\n蔚来,合肥市 “建投”\n"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("text") / "a.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb2312", "gb18030"])
def test_a_table_is_read_in_the_encodings_of_spreadsheets(path, encoding):
    path.write_bytes(TEXT.encode(encoding))
    file = read_text(path, "a.csv", legacy=True)
    assert file.text == TEXT
    assert [w.severity for w in file.warnings] == (["warning"] if encoding.startswith("gb") else [])


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_both_orders_of_utf_16_are_read(path, mark):
    order = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    path.write_bytes(mark + TEXT.encode(order))
    assert read_text(path, "a.csv", legacy=True).lines[1] == "蔚来,合肥市 “建投”"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff")))
def test_utf_8_is_never_taken_for_anything_else(path, text):
    path.write_bytes(text.encode("utf-8"))
    file = read_text(path, "a.csv", legacy=True)
    assert (file.text, file.warnings) == (text, ())


@pytest.mark.parametrize("content", [b"a,\xff\n", b"id\nCaf\xe9,1\n", codecs.BOM_UTF16_LE + b"a"])
def test_other_encodings_are_refused_with_the_place(path, content):
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        read_text(path, "a.csv", legacy=True)
    (problem,) = caught.value.problems
    assert problem.place.line > 0
    assert format_problem(problem)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_the_first_garbled_byte_is_found_with_a_mark_and_without(path, mark):
    path.write_bytes(mark + b"ab\ncdef\xff\xfe")
    with pytest.raises(InvalidInput) as caught:
        read_text(path, "a.csv")
    (problem,) = caught.value.problems
    assert (problem.place.line, problem.place.column) == (2, 5)
    assert dict(problem.cause.params) == {"byte": "0xFF"}


def test_yaml_stays_utf_8(path):
    path.write_bytes(TEXT.encode("gbk"))
    with pytest.raises(InvalidInput):
        read_text(path, "a.yaml")


def test_facts_in_gbk_are_read_with_a_warning(path):
    text = "id,name,value,unit,period,known_on,source,note\na,gdp,1,CNY m,2019,2020-01-01,s,合肥统计局\n"
    path.write_bytes(text.encode("gbk"))
    file = read_fact_file(path, "a.csv")
    assert [row.entry.note for row in file.facts] == ["合肥统计局"]
    assert [(p.cause.id, p.severity) for p in file.problems] == [("reading.file.gb18030", "warning")]
