"""Further forms of pages: on a sheet, in cells, and as the recognition of pictures gives them."""

import pytest
from tests.intake.reading.fourth import FOURTH_DAYS, FOURTH_PROSE, FOURTH_TABLES
from tests.intake.reading.further import (
    DAYS,
    PROSE,
    SECOND_DAYS,
    SECOND_PROSE,
    SECOND_TABLES,
    TABLES,
    THIRD_PROSE,
    THIRD_TABLES,
    TRAP_PROSE,
    TRAP_TABLES,
    parsed,
)
from tests.intake.reading.gridded import LEFT, cells, prose, recognised, sheet, words_at

from guanzi.intake.reading import read_document
from guanzi.record.evidence import PlacedPage
from guanzi.record.evidence.dataroom.placed import PlacedLine

SHORT = {
    "rounds of financing",
    "cash flow in Chinese",
    "a balance sheet with two sides",
    "terms in two columns",
    "a founder",
    "a bulletin by product",
    "a loss in Chinese",
    "debt",
    "loss and comprehensive loss in one row",
    "names in two languages",
    "revenue in hundreds of millions",
}
"""Forms that are not read, or not wholly: nothing may be said of them that is false."""
ALL_TABLES, ALL_PROSE, ALL_DAYS = (
    {**TABLES, **SECOND_TABLES, **THIRD_TABLES, **FOURTH_TABLES},
    {**PROSE, **SECOND_PROSE, **THIRD_PROSE, **FOURTH_PROSE},
    {**DAYS, **SECOND_DAYS, **FOURTH_DAYS},
)
RENDERED = {"sheet": sheet, "cells": cells, "recognised": lambda *given: recognised(sheet(*given))}


def stated(pages):
    return {(f.fact, f.value, f.unit, str(f.period)) for f in read_document(pages).found}


@pytest.mark.parametrize("rendered", RENDERED)
@pytest.mark.parametrize("form", ALL_TABLES)
def test_a_further_form_of_table_gives_its_facts_and_no_other(form, rendered):
    pages, facts = parsed(ALL_TABLES[form])
    found = stated([RENDERED[rendered](above, rows, n) for n, (above, rows, _) in enumerate(pages, start=1)])
    assert found <= facts
    if form not in SHORT and rendered != "recognised":
        assert found == facts


@pytest.mark.parametrize("form", ALL_PROSE)
def test_a_further_form_of_text_gives_its_facts_and_no_other(form):
    (page,), facts = parsed(ALL_PROSE[form])
    assert stated([prose(page[2])]) <= facts
    assert form in SHORT or stated([prose(page[2])]) == facts
    assert stated([recognised(prose(page[2]))]) <= facts


@pytest.mark.parametrize("way", ALL_DAYS)
def test_the_day_of_a_scanned_document_is_the_one_that_it_says(way):
    day, lines = ALL_DAYS[way]
    placed = tuple(PlacedLine(tuple(words_at(line, LEFT, 50 + 30 * at))) for at, line in enumerate(lines))
    assert str(read_document([PlacedPage(1, placed, width=595.0, recognised=True)]).known_on.day) == day


@pytest.mark.parametrize("rendered", RENDERED)
@pytest.mark.parametrize("form", TRAP_TABLES)
def test_nothing_is_taken_from_a_table_of_somebody_else(form, rendered):
    ((above, rows, _),), _ = parsed(TRAP_TABLES[form])
    assert stated([RENDERED[rendered](above, rows, 1)]) == set()


@pytest.mark.parametrize("form", TRAP_PROSE)
def test_nothing_is_taken_from_a_sentence_about_somebody_else(form):
    (page,), _ = parsed(TRAP_PROSE[form])
    assert stated([prose(page[2])]) == stated([recognised(prose(page[2]))]) == set()
