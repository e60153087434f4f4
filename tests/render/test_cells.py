"""Cells of a table on a terminal break where a line of Chinese may end, and never within a number or a word."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.base.core import wrap
from guanzi.render import Cell, Column, Document, Row, Section, Table, document_screen

CLOSING, OPENING = tuple("，。；：、？！）］】」”》〉"), tuple("（［【「“《〈")
PARTS = ["奇瑞", "，", "1041 公里", "（", "2012年", "）", "［CnEVPost］", "3,686,500辆", "。", "18.17%", "：", "有分歧"]
TABLES = st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=12).map("".join), min_size=3, max_size=3)


def screen(texts, width):
    columns = tuple(Column(f"c{n}", text) for n, text in enumerate(texts))
    table = Table("t", "T", columns, (Row(Cell(texts[0]), tuple(map(Cell, texts[1:]))),))
    sections = (Section("s", "", (table,), first=True),)
    return document_screen(Document("t", "", "T", (), date(2026, 1, 1), sections, ""), "zh", width)


@settings(max_examples=examples(100), deadline=None)
@given(TABLES, st.integers(60, 110))
def test_no_cell_cuts_a_number_or_begins_a_line_with_a_closing_mark(texts, width):
    words = {word for text in texts for word in re.findall(r"[A-Za-z]+|\d[\d,.]*%?", text)}
    for line in screen(texts, width).splitlines():
        for cell in re.split(r" {2,}", line.strip()):
            assert set(re.findall(r"[A-Za-z]+|\d[\d,.]*%?", cell)) <= words | {"T"}, line


@pytest.mark.parametrize(
    "text", ["奇瑞，（合肥）［蔚来］：“开放”、《办法》", "约定70亿元［蔚来］。国资实付50亿元（2020年）。"]
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text):
    for columns in range(8, 40):
        lines = wrap(text, columns)
        assert "".join(lines) == text
        assert not any(line.startswith(CLOSING) or line.endswith(OPENING) for line in lines), (columns, lines)
