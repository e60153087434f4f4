"""One document in every form: each says the same, in both languages, and what it rests on is data."""

import io
import json
import re
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.base.core import Bilingual, InvalidInput, Message, Period
from guanzi.render import (
    Bullets,
    Cell,
    Column,
    Document,
    Filter,
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
    blocks_html,
    document_data,
    document_docx,
    document_html,
    document_pdf,
    document_screen,
    write_document_book,
)

NOT_HELD = Message.of("reports.figure.none")
PLANT = Bilingual("plant in Riverton", "河城工厂")


def document_of(*blocks, first=True):
    section = Section("part", Message.of("reports.paper.votes"), blocks, first)
    return Document("sample", "Sample", "Riverton", ("2024",), date(2024, 3, 1), (section,), "made by hand")


def money_table(*values, unit="CNY m"):
    columns = (Column("name", "Name"), Column("amount", "Measurement"), Column("twice", "Twice", book_only=True))
    rows = tuple(
        Row(
            Cell(f"row {n}"),
            (Cell(value, rests=("fact:f1",)), Cell(None if value is None else 2 * value, formula="2*{amount}")),
        )
        for n, value in enumerate(values)
    )
    return Table("money", "Money", columns, rows, unit)


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


@pytest.mark.parametrize(
    ("lang", "words", "none"), [("en", "plant in Riverton", "no evidence"), ("zh", "河城工厂", "无证据")]
)
def test_every_form_says_the_words_in_its_language(lang, words, none):
    made = document_of(Bullets((Sentence(PLANT),)), money_table(7000.0, None))
    forms = [text_of(document_html(made, lang)), document_screen(made, lang)]
    forms.append(" ".join(p.text for p in docx.Document(io.BytesIO(document_docx(made, lang))).paragraphs))
    assert all(words in form for form in forms)
    assert all(none in form for form in forms[:2])


def test_a_pdf_says_what_the_page_says():
    made = document_of(Sentence(PLANT), money_table(7000.0, 3.5))
    try:
        pdf = document_pdf(made, "en")
    except InvalidInput as error:
        pytest.skip(f"no typesetter: {error}")
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "plant in Riverton" in page
    assert "7.0" in page


def test_numbers_of_a_table_stand_on_one_scale_and_a_column_with_a_unit_on_its_own():
    columns = (Column("a", "A"), Column("b", "B"), Column("c", "C", unit="ratio"))
    table = Table(
        "t",
        "T",
        columns,
        (Row(Cell("x"), (Cell(7000.0), Cell(0.25))), Row(Cell("y"), (Cell(250.0), Cell(0.5)))),
        "CNY m",
    )
    page = text_of(document_html(document_of(table)))
    assert "T (bn yuan)" in page
    assert re.search(r"x 7\.0\d* 25", page)
    assert re.search(r"y 0\.25 50", page)


def test_a_number_without_a_unit_is_shown_in_full():
    table = Table("t", "T", (Column("a", "A"), Column("b", "B")), (Row(Cell("x"), (Cell(12_345),)),))
    assert "12,345" in document_screen(document_of(table), "en")


def test_a_quantity_carries_its_interval_into_every_form_and_its_ends_into_data():
    gain = Measurement(7020.4, "CNY m", -2100.0, 14_300.0)
    table = Table("t", "T", (Column("a", "A"), Column("b", "B")), (Row(Cell("x"), (Cell(gain),)),))
    made = document_of(table, Sentence(Message.of("reports.paper.times", what=gain, n=1)))
    assert "7.0 bn yuan; 90\u00a0% between −2.1 and 14.3" in document_screen(made, "en")
    assert '"low": -2100.0' in json.dumps(document_data(made))


def test_a_cell_links_to_what_it_rests_on_where_that_stands_on_the_page():
    facts = Table("facts", "Facts", (Column("fact", "Fact"),), (Row(Cell("cash"), (), "fact:f1"),))
    linked = document_html(document_of(money_table(1.0), facts))
    assert 'href="#fact-f1"' in linked
    assert 'id="fact-f1"' in linked
    assert "href=" not in document_html(document_of(money_table(1.0)))


def test_what_was_entered_is_never_markup():
    nasty = "<script>alert(1)</script>"
    made = document_of(Sentence(nasty), Sources((SourceLine("s", "B", nasty, "t", None, "javascript:alert(1)"),)))
    page = document_html(made)
    assert "<script" not in page
    assert "javascript:" not in page


def test_a_workbook_counts_again_by_formulas_and_keeps_words_as_words(tmp_path):
    made = document_of(money_table(3.0, 4.0), Sentence("=1+1"))
    write_document_book(made, tmp_path / "b.xlsx")
    formulas, values = (openpyxl.load_workbook(tmp_path / "b.xlsx", data_only=only) for only in (False, True))
    sheet = formulas["Money"]
    assert [sheet["C2"].value, sheet["C3"].value] == ["=2*B2", "=2*B3"]
    assert [values["Money"]["C2"].value, values["Money"]["C3"].value] == [6, 8]
    assert [c.data_type for row in formulas.worksheets[0].iter_rows() for c in row if c.value == "=1+1"] == ["s"]


def test_a_workbook_shows_a_unit_in_a_head_only_where_all_numbers_below_have_it(tmp_path):
    columns = (Column("a", "A"), Column("money", "Money"), Column("count", "Count"), Column("part", "Part"))
    cells = (Cell(7000.0), Cell(3, "count"), Cell(0.25, "ratio"))
    write_document_book(document_of(Table("t", "T", columns, (Row(Cell("x"), cells),), "CNY m")), tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["T"]
    assert [cell.value for cell in sheet[1]] == ["A", "Money (CNY m)", "Count", "Part"]
    assert [cell.number_format for cell in sheet[2][1:]] == ["#,##0.00", "#,##0", "0.0%"]


def test_the_first_sheet_names_what_a_sentence_is_about(tmp_path):
    write_document_book(document_of(Bullets((Sentence("late", name=PLANT),))), tmp_path / "b.xlsx")
    said = [row[0] for row in openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0].values]
    assert "plant in Riverton: late" in said


def test_a_formula_names_columns_of_other_tables(tmp_path):
    total = Cell(7.0, formula="SUM({money.amount})-{money.amount:1}+{money.amount:1}")
    columns = (Column("what", "What"), Column("value", "Value"))
    sums = Table("sums", "Sums", columns, (Row(Cell("all"), (total,)),), book_only=True)
    write_document_book(document_of(money_table(3.0, 4.0), sums), tmp_path / "b.xlsx")
    found = openpyxl.load_workbook(tmp_path / "b.xlsx")["Sums"]["B2"].value
    assert found == "=SUM('Money'!$B$2:$B$3)-'Money'!$B$2+'Money'!$B$2"


def test_what_stands_in_workbooks_alone_is_on_no_page():
    table = Table("t", "Only in the book", (Column("a", "A"),), (Row(Cell("x"), ()),), book_only=True)
    made = document_of(table)
    assert "Only in the book" not in document_html(made) + document_screen(made, "en")
    assert document_data(made)["sections"][0]["blocks"][0]["id"] == "t"


def test_a_screen_shows_the_parts_that_come_first_and_no_folds():
    made = document_of(Fold("more", (Sentence("hidden"),)), Sentence("shown"))
    assert "shown" in document_screen(made, "en")
    assert "hidden" not in document_screen(made, "en")
    assert "shown" not in document_screen(document_of(Sentence("shown"), first=False), "en")


def test_a_notice_stands_first_in_every_form_and_on_every_sheet():
    total = Cell(7.0, formula="SUM({money.amount})-{money.amount:1}")
    sums = Table("sums", "Sums", (Column("what", "What"), Column("value", "Value")), (Row(Cell("all"), (total,)),))
    made = replace(document_of(money_table(3.0, 4.0), sums), notice="Nothing here was measured.")
    page = document_html(made)
    assert page.index("Nothing here was measured.") < page.index("<main>")
    assert document_screen(made, "en").startswith("Nothing here was measured.")
    assert document_data(made)["notice"] == "Nothing here was measured."
    paragraphs = [p.text for p in docx.Document(io.BytesIO(document_docx(made, "en"))).paragraphs]
    assert "Nothing here was measured." in paragraphs
    kept = io.BytesIO()
    write_document_book(made, kept)
    formulas, held = (openpyxl.load_workbook(kept, data_only=only) for only in (False, True))
    assert {sheet["A1"].value for sheet in formulas} == {"Nothing here was measured."}
    assert [formulas["Money"][cell].value for cell in ("A2", "B3", "C3")] == ["Name", 3, "=2*B3"]
    assert formulas["Sums"]["B3"].value == "=SUM('Money'!$B$3:$B$4)-'Money'!$B$3"
    assert [held["Money"]["C3"].value, held["Sums"]["B3"].value] == [6, 7]


def test_pairs_are_names_with_what_is_said_of_them():
    made = document_of(Bullets((Sentence("because", name="Why?"),), "pairs"))
    assert "<dt>Why?</dt><dd>because</dd>" in document_html(made)
    assert "Why?: because" in document_screen(made, "en")


def test_a_sentence_can_lead_to_a_file_beside_the_page():
    assert '<a href="whole.html">shown</a>' in document_html(document_of(Sentence("shown", link="whole.html")))


def test_a_column_of_plain_numbers_has_one_form_and_no_unit_in_its_head():
    rows = tuple(Row(Cell(f"r{n}"), (Cell(v),)) for n, v in enumerate((-0.1253, 2.4711)))
    made = document_of(Table("t", "T", (Column("a", "A"), Column("b", "Gain", "count")), rows))
    assert re.search(r"Gain r0 −0\.13 r1 2\.47", text_of(document_html(made)))
    kept = io.BytesIO()
    write_document_book(made, kept)
    assert openpyxl.load_workbook(kept)["T"]["B1"].value == "Gain"


def test_a_screen_does_not_break_the_short_name_of_a_row():
    columns = (Column("a", "A"), *(Column(f"c{n}", f"a rather long head {n}") for n in range(12)))
    table = Table("t", "T", columns, (Row(Cell("Air conditioners"), tuple(Cell("word " * 4) for _ in range(12))),))
    assert "Air conditioners" in document_screen(document_of(table), "en")


def test_a_key_figure_names_its_deal_its_sample_and_its_interval_in_every_form():
    share = Measurement(0.25, "ratio", sample=Message.of("reports.figure.sample_paths", k=1, n=4))
    gain = Measurement(7020.4, "CNY m", -2100.0, 14_300.0)
    figures = KeyFigures("Key", (KeyFigure("Loss", share, "as signed"), KeyFigure("Gain", gain, "as proposed")))
    made = document_of(figures)
    page = text_of(document_html(made))
    for form in (page, document_screen(made, "en"), _words(document_docx(made, "en"))):
        assert all(words in form for words in ("as signed", "as proposed", "1 of 4 paths", "between −2.1 and 14.3"))
    assert document_data(made)["sections"][0]["blocks"][0]["items"][1]["value"]["low"] == -2100.0


def _words(paper):
    return " ".join(p.text for p in docx.Document(io.BytesIO(paper)).paragraphs)


def test_what_a_sentence_rests_on_is_listed_by_name_and_leads_there():
    facts = Table("facts", "Facts", (Column("fact", "Fact"),), (Row(Cell("cash"), (), "fact:f1"),))
    rests = ("fact:f1", "fact:f2", "prior.x")
    made = document_of(Sentence("It ends.", rests, cited="Rests on:"), facts)
    same = NamedPlace("Cash & more", "fact:f1")
    made = replace(made, places={"fact:f1": same, "fact:f2": same, "prior.x": NamedPlace("A rate")})
    page = document_html(made)
    numbered = '<a href="#fact-f1">Cash &amp; more, no. 2</a>'
    assert f'<a href="#fact-f1">Cash &amp; more</a>, {numbered}, <span>A rate</span>.' in page


def test_a_filter_hides_the_rows_that_no_chosen_option_shows_and_asks_for_no_script():
    rows = (Row(Cell("a"), (), codes=(("grade", ("A",)),)), Row(Cell("b"), (), codes=(("grade", ("B", "C")),)))
    choice = Filter("grade", "Grade", (("A", "good"), ("B", "fair")))
    page = document_html(document_of(Table("t", "T", (Column("h", "H"),), rows, filters=(choice,))))
    assert '#t-table:has(#t-grade-2:checked) tr[data-grade]:not([data-grade~="B"]) { display: none; }' in page
    assert 'data-grade="B C"' in page
    assert "<script" not in page


def test_a_folded_part_is_closed_with_its_parts_and_stands_in_the_contents():
    sections = (
        Section("first", "First", (Sentence("news"),), first=True),
        Section("annex", "Annex", (Sentence("all"),), folded=True),
        Section("more", "More", (Sentence("within"),), level=3),
    )
    page = document_html(replace(document_of(), sections=sections, contents=True))
    annex = page.split('<section id="annex"')[1].split("</section>")[0]
    assert re.search(r'<details class="annex">.*within.*</details>', annex, re.DOTALL)
    assert '<a href="#annex">Annex</a>' in page
    assert '<a href="#first">' not in page


def test_a_number_in_full_is_shown_as_it_was_stated_and_ranges_of_a_column_on_one_scale():
    columns = (Column("h", "H"), Column("v", "V", unit="CNY m"))
    stated = Cell(1234.5678, "CNY m", full=True)
    ranges = (Measurement(0.0, "CNY m", -2.5, 1000.0, bounds=True), Measurement(0.0, "CNY m", 0.0, 250.0, bounds=True))
    table = Table("t", "T", columns, (Row(Cell("s"), (stated,)), *(Row(Cell("r"), (Cell(r),)) for r in ranges)))
    page = text_of(document_html(document_of(table)))
    assert "1,234.5678 m yuan" in page
    assert "−0.003 to 1.000" in page
    assert "0.000 to 0.250" in page


def noted_table(words):
    cells = (Cell("as it was"), Cell(words, notes=(Sentence("share: 10 % → 20 %"),)))
    return Table(
        "t", "T", (Column("c", "clause"), Column("b", "before"), Column("a", "after")), (Row(Cell("x"), cells),)
    )


def test_what_stands_below_a_cell_is_said_in_every_form():
    made = document_of(noted_table("as it is"))
    kept = io.BytesIO()
    write_document_book(made, kept)
    paper = docx.Document(io.BytesIO(document_docx(made, "en")))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    cells += [cell.value for cell in openpyxl.load_workbook(kept)["T"][2]]
    assert cells.count("as it is\nshare: 10 % → 20 %") == 2
    assert "share: 10 % → 20 %" in document_screen(made, "en")
    assert "share: 10 % → 20 %" in document_html(made)


def test_a_screen_sets_long_words_below_one_another_after_the_heads_of_their_columns():
    told = document_screen(document_of(noted_table("word " * 60)), "en").splitlines()
    assert "    before: as it was" in told
    assert any(line.startswith("    after: word word") for line in told)
    assert "      share: 10 % → 20 %" in told


def test_a_screen_breaks_no_code_of_a_row():
    columns = (Column("a", "A"), *(Column(f"c{n}", f"head {n}") for n in range(5)))
    row = Row(Cell("nio-hefei-2020@2020-04-29-definitive"), tuple(Cell("word " * 5) for _ in range(5)))
    assert row.head.value in document_screen(document_of(Table("t", "T", columns, (row,))), "en")


def test_blocks_can_stand_within_another_page():
    part = blocks_html((noted_table("<b>"),), "en")
    assert part.strip().startswith("<table")
    assert "&lt;b&gt;" in part


def test_differences_of_shares_are_percentages_in_a_workbook(tmp_path):
    cells = (Cell(-0.022, "ratio points"), Cell(7.0, "CNY m"))
    columns = (Column("h", "H"), Column("a", "A"), Column("b", "B"))
    write_document_book(document_of(Table("t", "T", columns, (Row(Cell("x"), cells),))), tmp_path / "b.xlsx")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["T"]["B2"].number_format == "0.0%"


values = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.builds(Period.of, st.just("quarter"), st.dates(date(1990, 1, 1), date(2090, 1, 1))),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20),
    st.just(NOT_HELD),
)


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.tuples(values, values), max_size=5), st.sampled_from(["", "CNY m", "ratio", "vehicles"]))
def test_any_table_can_be_drawn_in_every_form_and_its_data_are_json(cells, unit):
    rows = tuple(Row(Cell(f"r{n}"), (Cell(a), Cell(b))) for n, (a, b) in enumerate(cells))
    table = Table("t", "T", (Column("h", "H"), Column("a", "A"), Column("b", "B")), rows, unit)
    made = document_of(table)
    for lang in ("en", "zh"):
        assert document_html(made, lang).count('<th scope="row">') == len(rows)
        assert document_screen(made, lang)
    write_document_book(made, io.BytesIO())
    held = document_data(made)["sections"][0]["blocks"][0].get("rows", [])
    assert len(json.loads(json.dumps(held, allow_nan=False))) == len(rows)


def test_parts_are_indented_below_their_wholes_in_every_form(tmp_path):
    columns = (Column("link", "Link"), Column("share", "Share"))
    wrapping = "a cell with a name that is longer than its column can be, and goes on " * 2
    rows = (Row(Cell("battery"), (Cell(""),)), Row(Cell(wrapping), (Cell(wrapping),), depth=2))
    made = document_of(Table("links", "Links", columns, rows))
    lines = [line for line in document_screen(made, "en").splitlines() if line.strip()]
    battery = next(n for n, line in enumerate(lines) if line.startswith("  battery"))
    assert len(lines) > battery + 2
    assert all(line.startswith("      ") for line in lines[battery + 1 :])  # lines that go on, too
    assert 'style="padding-left:2rem"' in document_html(made)
    write_document_book(made, tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["Links"]
    assert [sheet[f"A{n}"].alignment.indent for n in (2, 3)] == [0, 2]


def test_an_empty_cell_does_not_turn_a_column_of_numbers_into_words():
    columns = (Column("link", "Link"), Column("cut", "Groups that must fail"))
    rows = (Row(Cell("a"), (Cell(""),)), Row(Cell("b"), (Cell(3),)))
    table = Table("t", "T", columns, rows)
    screen = document_screen(document_of(table), "en")
    assert re.search(r"  b {22,}3\n?", screen)  # to the right, below the end of its head
    assert '<th scope="col" class="words">' not in document_html(document_of(table))


def test_a_table_that_is_called_as_its_section_is_named_once():
    made = document_of(Table("votes", Message.of("reports.paper.votes"), (Column("a", "A"),), (Row(Cell("x"), ()),)))
    heading = document_html(made).count("</h2>")
    assert heading == 1
    assert "<caption>" not in document_html(made)
    assert 'aria-labelledby="part-heading"' in document_html(made).split("<table", 1)[1]


def test_ends_between_which_nothing_is_likelier_have_the_digits_that_they_need():
    table = Table("t", "T", (Column("a", "A"), Column("b", "B")), (Row(Cell("x"), (Cell(_between(0.25, 0.5)),)),))
    assert "25\u00a0% to 50\u00a0%" in document_screen(document_of(table), "en")


def _between(low, high):
    return Measurement((low + high) / 2, "ratio", low, high, bounds=True)
