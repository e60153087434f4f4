"""The tables of the finance bureau: what is not known is no evidence, and a range is one cell."""

import re

from tests.jobs.looks import APPRAISAL
from tests.jobs.sample import words

from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.jobs.appraisal.documents.fiscal_tables import fiscal_table
from guanzi.render.localised import localise_table


def column(name, unit):
    return Column(label=Text(id=f"appraisal.column.{name}"), unit=unit)


def table(columns, *rows):
    return TableData(id="t", label=words("A table"), columns=columns, rows=rows, sentence=words("Said."), parents=())


CALLS = table(
    (column("year", ""), column("planned", "CNY m"), column("share_of_budget", "ratio"), column("low", "vehicles")),
    ("2020", 4285.7, 0.0574, None), ("2021", 714.3, None, None),
)  # fmt: skip
TAXES = table(
    (column("tax", ""), column("national_low", "ratio"), column("national_high", "ratio"), column("city_low", "ratio"),
     column("city_high", "ratio")),
    (words("A tax"), 0.5, 0.5, 0.0, 0.5),
)  # fmt: skip


def told(table):
    """Heads, and the cells of each row by its heading."""
    shown = localise_table(table, "en")
    return shown.heads, {head.text: [cell.text.replace("\xa0", " ") for cell in cells] for _, head, cells in shown.rows}


def test_numbers_stand_in_the_unit_of_their_column():
    heads, rows = told(fiscal_table(CALLS))
    assert heads[:3] == ("Year", "Planned (bn yuan)", "Share of a year's budget revenue (percent)")
    assert [cells[0] for cells in rows.values()] == ["4.29", "0.71"]
    assert rows["2020"][1] == "5.7"


def test_what_is_not_known_is_marked_and_never_a_nought():
    _, rows = told(fiscal_table(CALLS))
    assert {rows["2021"][1], rows["2020"][2]} == {"no evidence"}
    page = dossier_html(APPRAISAL.model_copy(update={"fiscal": (CALLS,)}))
    part = page.split('<section id="fiscal"')[1].split('<section id="fans"')[0]
    assert len(re.findall(r'class="none">no evidence', part)) == 3


def test_both_ends_of_a_range_are_one_cell_and_a_known_value_one_number():
    heads, rows = told(fiscal_table(TAXES))
    assert heads == ("Tax", "Nation (percent)", "Region's part (percent)")
    assert list(rows.values()) == [["50", "0 to 50"]]


def test_a_table_without_rows_says_its_sentence_as_a_stated_absence():
    empty = table((column("incentive", ""),))
    page = dossier_html(APPRAISAL.model_copy(update={"fiscal": (empty, CALLS)}))
    part = page.split('<section id="fiscal"')[1].split('<section id="fans"')[0]
    assert part.count('<p class="unknown">Said.</p>') == 1
    assert part.count("<table") == 1


def test_both_ends_of_a_range_are_written_with_the_same_decimals_in_every_row():
    ends = (column("local_low", "ratio"), column("local_high", "ratio"))
    _, rows = told(fiscal_table(table((column("year", ""), *ends), ("2026", -0.027, 0.11), ("2027", 0.0, 0.5))))
    assert [cells[0] for cells in rows.values()] == ["−2.7 to 11.0", "0.0 to 50.0"]
