"""A case as a workbook: nothing is lost on the way, and what is wrong is named by its cell."""

import math
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.workbook.workbooks import change, errors_of, make_book, problems_of, refusal
from tests.sampling import examples

from guanzi.base.core import UNITS, InvalidInput, UnitKind
from guanzi.base.reading import workbook as opening
from guanzi.intake.workbook import SheetRows, case_draft, case_rows, layouts, read_book, write_book, write_case
from guanzi.intake.workbook.cells import percent_number, percent_text
from guanzi.record.evidence import load_case
from guanzi.record.evidence.formats import FactEntry, SourceEntry

LAYOUTS = {layout.key: layout for layout in layouts("case")}


@pytest.fixture
def book(tmp_path):
    return make_book(tmp_path)


def back(path, folder):
    read = read_book(path, layouts("case"))
    draft = case_draft(read, path.parent)
    assert read.in_order(draft.problems) == []
    return load_case(write_case(folder, draft, {}))


# -- nothing is lost -------------------------------------------------------------------------------------------


def test_a_case_comes_back_whole(tmp_path, book):
    before, after = load_case(tmp_path / "case"), back(book, tmp_path / "again")
    day = before.decision_date
    assert after.view(day).sha256 == before.view(day).sha256
    assert after.sources == before.sources
    assert len(after.facts) == 3


def test_text_that_looks_like_a_formula_stays_text(tmp_path, book):
    assert {f.note for f in back(book, tmp_path / "again").facts} == {"", "=not a formula"}


def test_the_same_case_gives_the_same_bytes(tmp_path, book):
    again = tmp_path / "again.xlsx"
    write_book(again, case_rows(load_case(tmp_path / "case")))
    assert again.read_bytes() == book.read_bytes()


def test_nothing_is_overwritten(tmp_path, book):
    before = book.read_bytes()
    with pytest.raises(InvalidInput):
        write_book(book, case_rows(load_case(tmp_path / "case")))
    assert book.read_bytes() == before


words = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=("Cs", "Cc")) | st.sampled_from("=\n _x0"),
    min_size=1,
    max_size=12,
).filter(str.strip)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**9), 10**9).map(float)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(numbers, words, st.dates(date(1890, 1, 1))), min_size=1, max_size=6))
def test_numbers_words_and_days_keep_every_digit_and_character(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("book") / "b.xlsx"
    rows = tuple({"id": f"f{n}", "value": v, "note": w, "known_on": d} for n, (v, w, d) in enumerate(values))
    case = load_case_of_rows(path, rows)
    assert [(r.get("value"), r.get("note"), r.get("known_on")) for r in case] == values
    assert all(
        math.copysign(1, r.get("value")) == math.copysign(1, v) for r, (v, _, _) in zip(case, values, strict=True)
    )


def load_case_of_rows(path, rows):
    write_book(path, [SheetRows(LAYOUTS["facts"], rows)])
    read = read_book(path, layouts("case"))
    assert [p.cause.id for p in read.problems] == ["evidence.workbook.sheet_missing"] * 2
    return read.sheet("facts")


@given(st.floats(-10, 10).filter(lambda x: x != 0) | st.integers(-1000, 1000).map(lambda n: n / 1000))
def test_a_percentage_is_the_same_as_text_and_as_number(ratio):
    assert percent_number(percent_text(ratio)) == ratio


def test_what_a_cell_cannot_hold_is_refused_and_leaves_nothing(tmp_path):
    rows = ({"id": "a", "note": "x" * 32_768}, {"id": "b", "note": "<r>x</r>"})
    with pytest.raises(InvalidInput) as caught:
        write_book(tmp_path / "b.xlsx", [SheetRows(LAYOUTS["facts"], rows)])
    assert [p.cause.id for p in caught.value.problems] == ["evidence.workbook.cannot_hold"] * 2
    assert list(tmp_path.iterdir()) == []


# -- the form --------------------------------------------------------------------------------------------------


def test_closed_lists_are_those_of_the_format():
    facts, sources = LAYOUTS["facts"], LAYOUTS["sources"]
    assert set(facts.column("unit").choices) == set(UNITS)
    for name in ("known_to", "confidence"):
        assert set(facts.column(name).choices) == set(FactEntry.model_fields[name].annotation.__args__)
    assert "".join(sources.column("grade").choices) == "ABCD"
    assert UNITS["text"] == UnitKind.TEXT


def test_an_amount_in_a_currency_that_is_not_listed_goes_through_a_workbook(tmp_path):
    row = {
        "id": "a",
        "name": "revenue",
        "value": 5.0,
        "unit": "KRW m",
        "period": "2019H1",
        "known_on": date(2020, 1, 1),
    }
    write_book(tmp_path / "b.xlsx", [SheetRows(LAYOUTS["facts"], ({**row, "source": "s"},))])
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["Facts"]
    assert "KRW m" in {cell.value for cell in sheet[2]}
    (rule,) = [r for r in sheet.data_validations.dataValidation if "$H$" in r.formula1]
    assert rule.errorStyle == "warning"


def test_every_field_of_the_format_has_its_column():
    assert {c.key for c in LAYOUTS["facts"].columns if not c.of} - {"low", "high"} == set(FactEntry.model_fields)
    assert {c.key for c in LAYOUTS["sources"].columns if not c.of} - {"id"} == set(SourceEntry.model_fields)


def test_every_column_explains_itself_in_two_languages():
    for layout in (*layouts("case"), *layouts("terms")):
        for column in layout.columns:
            assert all(column.title), column.key
            assert all(column.comment), column.key


def test_a_sheet_has_a_frozen_header_with_comments_and_lists(book):
    sheet = openpyxl.load_workbook(book)["Facts"]
    assert sheet.freeze_panes == "C2"
    assert all(cell.comment is not None for cell in sheet[1])
    rules = {str(r.sqref).split("2:")[0]: r.formula1 for r in sheet.data_validations.dataValidation}
    assert set(rules) == {"C", "G", "J", "L", "N"}
    assert '"public,parties"' in rules.values()
    assert isinstance(sheet["I2"].value, datetime)


@pytest.mark.parametrize("language", [0, 1])
def test_headers_and_sheets_are_known_in_either_language(tmp_path, book, language):
    workbook = openpyxl.load_workbook(book)
    for layout in layouts("case"):
        sheet = workbook[layout.title[0]]
        sheet.title = layout.title[language]
        for cell in sheet["A"] if layout.vertical else sheet[1]:
            parts = str(cell.value).split(" / ")
            cell.value = parts[language] if len(parts) == 2 else cell.value
    workbook.save(book)
    assert len(back(book, tmp_path / "again").facts) == 3


def test_values_of_closed_lists_may_be_written_in_chinese(tmp_path, book):
    change(book, {"Facts!G2": "辆", "Facts!L2": "中", "Sources!E2": "甲", "Facts!D3": "是"})
    facts = {fact.id: fact for fact in back(book, tmp_path / "again").facts}
    assert (facts["deliveries-2019"].confidence, facts["doubt"].value) == ("medium", True)


def test_a_percent_cell_is_a_ratio(tmp_path, book):
    change(book, {"Facts!C3": "gross_margin", "Facts!D3": 0.12, "Facts!G3": "ratio", "Facts!H3": 2019})
    workbook = openpyxl.load_workbook(book)
    workbook["Facts"]["D3"].number_format = "0%"
    workbook.save(book)
    assert 0.12 in {f.value for f in back(book, tmp_path / "again").facts}


def test_a_month_that_the_spreadsheet_made_a_day_is_a_month(tmp_path, book):
    change(book, {"Facts!H2": datetime(2019, 6, 1)})
    workbook = openpyxl.load_workbook(book)
    workbook["Facts"]["H2"].number_format = "mmm\\-yy"
    workbook.save(book)
    assert "2019-06" in {str(f.period) for f in back(book, tmp_path / "again").facts}


# -- wrong cells -----------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "formula": ({"Facts!D2": "=1+1"}, "Facts!D2", "evidence.workbook.formula"),
    "formula in words": ({"Facts!M2": '=HYPERLINK("http://x")'}, "Facts!M2", "evidence.workbook.formula"),
    "text for a number": ({"Facts!D2": "20,565 vehicles"}, "Facts!D2", "evidence.fact.value_of"),
    "text for a bound": ({"Facts!E4": "many"}, "Facts!E4", "evidence.workbook.not_number"),
    "unknown unit": ({"Facts!G2": "vehicels"}, "Facts!G2", "evidence.workbook.not_choice"),
    "percent as unit": ({"Facts!G2": "%"}, "Facts!G2", "reading.format.percent"),
    "no unit": ({"Facts!G2": None}, "Facts!G2", "reading.format.missing_field"),
    "bad date": ({"Facts!I2": "18.3.2020"}, "Facts!I2", "evidence.workbook.not_date"),
    "no such day": ({"Facts!I2": "2020-02-30"}, "Facts!I2", "reading.yaml.no_such_day"),
    "a time": ({"Facts!I2": datetime(2020, 3, 18, 12)}, "Facts!I2", "evidence.workbook.not_date"),
    "bad period": ({"Facts!H2": "spring"}, "Facts!H2", None),
    "duplicate fact": ({"Facts!A3": "deliveries-2019"}, "Facts!A3", "evidence.fact.duplicate"),
    "duplicate source": ({"Sources!A3": "filing"}, "Sources!A3", "evidence.source.duplicate"),
    "unknown source": ({"Facts!K2": "nobody"}, "Facts!K2", "evidence.fact.unknown_source"),
    "no source": ({"Facts!K2": None}, "Facts!K2", "reading.format.missing_field"),
    "value and bound": ({"Facts!E2": 1}, "Facts!D2", "evidence.workbook.value_or_interval"),
    "error value": ({"Facts!D2": "#N/A"}, "Facts!D2", "evidence.workbook.error"),
    "bad id": ({"Facts!A2": "Two Words"}, "Facts!A2", None),
    "unknown header": ({"Facts!A1": "Numero"}, "Facts!A1", "evidence.workbook.unknown_column"),
    "header twice": ({"Facts!M1": "Unit"}, "Facts!M1", "evidence.workbook.column_twice"),
    "no header": ({"Facts!Z2": "stray"}, "Facts!Z2", "evidence.workbook.no_header_above"),
    "bad grade": ({"Sources!E2": "E"}, "Sources!E2", "evidence.workbook.not_choice"),
    "bad flag": ({"Sources!G2": "perhaps"}, "Sources!G2", "evidence.workbook.not_flag"),
    "no title": ({"Case!B3": None}, "Case!B3", "reading.format.missing_field"),
    "bad case date": ({"Case!B16": "soon"}, "Case!B16", "evidence.workbook.not_date"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_cell_is_named(book, name):
    cells, place, cause = WRONG[name]
    found = errors_of(change(book, cells))
    assert any(p == f"book.xlsx:{place}" and cause in (c, None) for p, c in found), found


def test_all_wrong_cells_are_named_at_once_in_the_order_of_the_sheets(book):
    cells = {"Facts!D2": "=1", "Facts!G3": "cars", "Facts!I4": "soon", "Sources!E2": "Z", "Case!B16": "never"}
    places = [p.place.file.partition(":")[2] for p in problems_of(change(book, cells)) if p.severity == "error"]
    assert places == ["Case!B16", "Sources!E2", "Facts!D2", "Facts!G3", "Facts!I4"]


def test_a_cached_result_of_a_formula_is_not_taken(book):
    change(book, {"Facts!D2": "=20000+565"})
    row = read_book(book, layouts("case")).sheet("facts")[0]
    assert row.get("value") == "=20000+565"


def test_a_missing_column_is_named(book):
    workbook = openpyxl.load_workbook(book)
    workbook["Facts"].delete_cols(7)
    workbook.save(book)
    found = [p for p in problems_of(book) if p.cause.id.endswith("column_missing")]
    assert [dict(p.cause.params)["column"] for p in found] == ["Unit / 单位"]


def test_a_missing_sheet_is_named(book):
    workbook = openpyxl.load_workbook(book)
    del workbook["Sources"]
    workbook["Names"].title = "Sheet of my own"
    workbook.save(book)
    causes = {p.cause.id.rpartition(".")[2]: p.severity for p in problems_of(book)}
    assert causes["sheet_missing"] == "error"
    assert causes["sheet_not_read"] == "warning"


# -- wrong files -----------------------------------------------------------------------------------------------


def test_another_workbook_is_refused(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.save(tmp_path / "b.xlsx")
    assert refusal(tmp_path / "b.xlsx") == "no_sheets"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "not_xlsx"),
        (b"id,name\n1,2\n", "not_xlsx"),
        (b"PK\x03\x04" + b"\0" * 100, "not_xlsx"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 100, "encrypted"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path, content, cause):
    (tmp_path / "b.xlsx").write_bytes(content)
    assert refusal(tmp_path / "b.xlsx") == cause


def test_an_absent_file_is_a_sentence(tmp_path):
    assert refusal(tmp_path / "none.xlsx") == "core.file.unreadable"


def rewrite(path, change_part):
    """The workbook with some of its parts changed; a part that becomes None is left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in change_part(parts).items():
            archive.writestr(name, content)
    return path


def test_macros_are_refused(book):
    assert refusal(rewrite(book, lambda parts: {**parts, "xl/vbaProject.bin": b"x"})) == "macros"
    renamed = book.rename(book.with_suffix(".xlsm"))
    assert refusal(renamed) == "macros"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book, monkeypatch):
    monkeypatch.setattr(opening, "MOST_UNPACKED_BYTES", 2_000_000)
    bomb = rewrite(book, lambda parts: {**parts, "xl/media/a.bin": b"\0" * 3_000_000})
    assert bomb.stat().st_size < 200_000
    assert refusal(bomb) == "unpacked_too_large"


def test_a_file_beyond_the_limit_is_refused(book, monkeypatch):
    monkeypatch.setattr(opening, "MOST_FILE_BYTES", 1_000)
    assert refusal(book) == "too_large"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet3.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_damaged_workbook_is_refused(book, part):
    assert refusal(rewrite(book, lambda parts: {**parts, part: parts[part][: len(parts[part]) // 2]})) == "damaged"


def test_entities_are_not_expanded(book):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9)
    )
    bomb += b']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&a8;</t></si></sst>'
    assert refusal(rewrite(book, lambda parts: {**parts, "xl/sharedStrings.xml": bomb})) == "damaged"


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 60_000), st.binary(min_size=1, max_size=4))
def test_a_file_with_wrong_bytes_never_ends_in_a_traceback(book, where, content):
    broken = bytearray(book.read_bytes())
    where %= len(broken)
    broken[where : where + len(content)] = content
    path = book.with_name("broken.xlsx")
    path.write_bytes(broken)
    assert refusal(path)


def test_a_sheet_that_is_too_long_is_refused(book, monkeypatch):
    monkeypatch.setattr("guanzi.intake.workbook.book.MOST_ROWS", 3)
    assert ("book.xlsx:Facts!A4", "evidence.workbook.too_many_rows") in errors_of(book)


def test_a_document_lies_beside_the_workbook(tmp_path, book):
    cells = {
        "Documents!A2": "a.pdf",
        "Documents!B2": "Title",
        "Documents!C2": date(2020, 1, 1),
        "Documents!D2": "press",
    }
    change(book, cells)
    assert errors_of(book) == [("book.xlsx:Documents!A2", "evidence.workbook.document_missing")]
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.pdf").write_bytes(b"x")
    draft = case_draft(read_book(book, layouts("case")), tmp_path)
    case = load_case(write_case(tmp_path / "again", draft, {}, tmp_path / "documents"))
    assert [d.file for d in case.documents] == ["a.pdf"]


def test_a_document_does_not_lead_out_of_its_folder(book):
    cells = {"Documents!A2": "../book.xlsx", "Documents!B2": "Title", "Documents!C2": date(2020, 1, 1)}
    assert ("book.xlsx:Documents!A2", "evidence.workbook.document_missing") in errors_of(change(book, cells))


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path, book):
    draft = case_draft(read_book(book, layouts("case")), tmp_path)
    draft.header["documents"] = [{"file": "gone.pdf"}]
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InvalidInput):
        write_case(tmp_path / "again", draft, {}, tmp_path / "documents")
    assert sorted(tmp_path.iterdir()) == before
