"""What is drawn of a document is read back whole: no line can be left out, added or told otherwise unseen."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.truth.reading import Reading
from tests.truth.rendered import Drawn, draw_all, lost
from tests.truth.scripts import Few, Grid

from guanzi.base.core import LANGUAGES, Bilingual
from guanzi.render import (
    Bullets,
    Cell,
    Column,
    Document,
    Fold,
    KeyFigure,
    KeyFigures,
    Measurement,
    NamedPlace,
    Row,
    Section,
    Sentence,
    SourceLine,
    Sources,
    Table,
)


def words(en, zh):
    """Words of a case in both languages."""
    return Bilingual(en, zh)


TWICE = Sentence(words("The plant is not built, and 12 of 40 permits are there.", "工厂尚未建成，40项许可已获12项。"))
CITED = Sentence(words("So it was told", "据报道"), ("source:a",), cited=words("by", "出处"))
COLUMNS = (
    Column("year", words("Year", "年度")),
    Column("out", words("Paid", "已付"), "CNY m"),
    Column("planned", words("Planned", "计划"), "CNY m"),
)
ROWS = tuple(Row(Cell(str(year)), (Cell(year / 7.0), Cell(year / 3.0))) for year in (2019, 2020, 2021))
TABLE = Table("sums", words("Sums by year", "分年度金额"), COLUMNS, ROWS)
DOCUMENT = Document(
    id="fund",
    kicker=words("A small paper", "小文件"),
    title=words("A plant and its town", "工厂与城市"),
    under=(words("as of that day", "截至当日"), words("second version", "第二版")),
    dated=date(2020, 4, 29),
    sections=(
        Section(
            "first",
            words("What is read first", "首先阅读"),
            (
                TWICE,
                KeyFigures("", (KeyFigure(words("Money", "资金"), Measurement(1234.5, "CNY m", 1000.0, 2000.0)),)),
                Bullets((Sentence(words("one", "一"), tone="risk"), Sentence(words("two", "二"))), "steps"),
                TABLE,
            ),
            first=True,
        ),
        Section("second", words("What is said again", "再次说明"), (Bullets((TWICE, TWICE)),), first=True),
        Section(
            "third",
            words("Sources of the paper", "资料来源"),
            (
                CITED,
                Fold(words("more", "更多"), (TWICE,)),
                Sources((SourceLine("a", "A", "Daily", "Plant"),)),
            ),
        ),
    ),
    places={"source:a": NamedPlace("The Daily Inc.", "source:a")},
    footer=words("made by hand", "人工编制"),
    notice=words("All of it is invented.", "全部为虚构。"),
)


@pytest.fixture(scope="module")
def reading():
    """A small document, drawn in every form that a fund has, and as a paper, in both languages."""
    nothing: Any = None
    drawn = Reading(nothing, nothing, nothing, nothing, nothing, {"fund": DOCUMENT, "memorandum": DOCUMENT})
    draw_all(drawn)
    return drawn


def faults(reading, **changed):
    """What is found where something else was drawn."""
    return list(lost(replace(reading, shown={**reading.shown, **changed}, kept={})))


def test_a_document_is_found_in_every_form(reading):
    forms = {"page:fund", "terminal:fund", "book:fund", "word:memorandum"}
    assert reading.shown.keys() == {f"{form}:{lang}" for form in forms for lang in LANGUAGES}
    assert faults(reading) == []


def test_every_line_is_missed_where_it_is_left_out_or_told_twice(reading):
    for key, text in reading.shown.items():
        lines = text.split("\n")
        for n, line in enumerate(lines):
            if line.strip():
                left_out, again = [*lines[:n], *lines[n + 1 :]], [*lines[: n + 1], *lines[n:]]
                assert faults(reading, **{key: "\n".join(left_out)}), (key, line)
                assert key.startswith("book") or faults(reading, **{key: "\n".join(again)}), (key, line)


def test_figures_that_change_places_are_missed(reading):
    for key, text in reading.shown.items():
        first, second = ("288", "673") if key.endswith(":en") else ("2.88", "6.73")
        if not key.startswith("book"):
            assert first in text, key
            swapped = text.replace(first, "§").replace(second, first).replace("§", second)
            assert faults(reading, **{key: swapped}), key


def test_a_table_is_read_by_its_columns():
    grid = Grid(("deal a b", "paid 1 2"), "a paid: 1 b paid: 2")
    assert Drawn("deal  paid\na        1\nb        2").taken(0, grid) == len("dealabpaid12")
    assert Drawn("a\n  paid: 1\nb\n  paid: 2").taken(0, grid) is not None
    assert Drawn("deal  paid\na        2\nb        1").taken(0, grid) is None


def test_a_screen_shows_as_many_reasons_as_it_has_room_for():
    few = Few("Why", ("first", "second"))
    assert Drawn("Why · first\n    · second").taken(0, few) is not None
    assert Drawn("Why · first").taken(0, few) is None
    assert Drawn("Why · first" + "\n" * 23).taken(0, few) is not None
