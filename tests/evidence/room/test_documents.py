"""Documents of every kind are read with their pages; hostile ones are refused with a sentence, and nothing stays."""

import zipfile
from datetime import date

import docx
import pytest
from tests.evidence.folders import write_case
from tests.evidence.room.made import pdf, png, with_part, workbook

from guanzi.core import InvalidInput, format_problem
from guanzi.evidence.room import add_documents, extract, limits, readers
from guanzi.evidence.room.limits import check_archive

DAY = date(2020, 3, 18)


def refused(path, tmp_path):
    """Why a file is not taken in; a room that refuses keeps nothing of it."""
    case = tmp_path / "a-case"
    if not case.is_dir():
        write_case(case)
    before = sorted(p.name for p in case.rglob("*"))
    with pytest.raises(InvalidInput) as caught:
        add_documents(case, [path], DAY)
    (problem,) = caught.value.problems
    for lang in ("en", "zh"):
        format_problem(problem, lang)
    assert sorted(p.name for p in case.rglob("*")) == before
    return problem.cause.id.removeprefix("room.refused.")


def test_a_pdf_is_read_by_pages_with_the_places_of_its_lines(tmp_path):
    read = extract(pdf(tmp_path / "a.pdf", [["Cover"], ["Total revenues rose.", "营业收入增长"]]), "a.pdf")
    assert [page.number for page in read.pages] == [1, 2]
    assert read.pages[1].text == "Total revenues rose.\n营业收入增长"
    first, second = (line.box or (0, 0, 0, 0) for line in read.pages[1].lines)
    assert 45 < first[0] < 55
    assert first[3] < second[3] < 110


def test_a_line_end_cuts_no_word_of_the_running_text(tmp_path):
    lines = ["Revenue was high in the inter-", "national market", "营业收入为七十八亿元同比增长百分之", "五十八"]
    page = extract(pdf(tmp_path / "a.pdf", [lines]), "a.pdf").pages[0]
    assert "international market" in page.flow
    assert "百分之五十八" in page.flow


def test_a_pdf_of_five_hundred_pages_is_read_to_its_end(tmp_path):
    told = []
    made = pdf(tmp_path / "long.pdf", [[f"This is page {n}", "and its text"] for n in range(1, 501)])
    read = extract(made, "long.pdf", told.append)
    assert len(read.pages) == len(told) == 500
    assert read.pages[499].text.startswith("This is page 500\n")


def test_a_word_document_is_read_with_its_pages_and_tables(tmp_path):
    made = docx.Document()
    made.add_paragraph("第一页")
    made.add_page_break()
    made.add_paragraph("Second page")
    table = made.add_table(2, 2)
    table.cell(1, 1).text = "4,950"
    made.save(tmp_path / "a.docx")
    read = extract(tmp_path / "a.docx", "a.docx")
    assert [page.text.split("\n")[0] for page in read.pages] == ["第一页", "Second page"]
    assert read.pages[1].tables[0].rows[1][1] == "4,950"
    assert "unpaged" in read.remarks


def test_a_workbook_is_read_sheet_by_sheet_and_nothing_of_it_is_calculated(tmp_path):
    sheets: dict[str, list[list[object]]] = {
        "封面": [["甲"]],
        "资产": [["货币资金", 100.5], ["合计", "=B1*2"], ["=HYPERLINK(A1)", '=cmd|"/c calc"!A1']],
    }
    read = extract(workbook(tmp_path / "a.xlsx", sheets), "a.xlsx")
    assert [page.label for page in read.pages] == ["封面", "资产"]
    assert read.pages[1].text.split("\n") == ["货币资金\t100.5", "合计"]
    assert read.pages[1].lines[1].cell == "A2"
    assert "formulas_unvalued" in read.remarks


def test_a_web_page_is_read_without_its_programs(tmp_path):
    body = "<p>营业\n收入 rose</p><script>evil()</script><!-- no --><table><tr><td>a</td><td>1</td></tr></table>"
    (tmp_path / "a.html").write_text(f"<html><head><title>t</title></head><body>{body}</body></html>", "utf-8")
    (page,) = extract(tmp_path / "a.html", "a.html").pages
    assert page.text == "营业收入 rose\na\t1"
    assert page.tables[0].rows == (("a", "1"),)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_it_comes_in(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes("第一页：现金\f第二页".encode(encoding))
    read = extract(tmp_path / "a.txt", "a.txt")
    assert [page.text for page in read.pages] == ["第一页：现金", "第二页"]


def test_a_picture_is_kept_and_said_to_have_no_text(tmp_path):
    read = extract(png(tmp_path / "a.png", 20, 10), "a.png")
    assert read.characters == 0
    assert {"image", "no_text"} <= set(read.remarks)


def test_a_picture_of_too_many_pixels_is_not_opened(tmp_path):
    assert refused(png(tmp_path / "big.png", 60_000, 60_000, honest=False), tmp_path) == "pixels"


@pytest.mark.parametrize("cut", [9, 40, 300])
def test_a_pdf_that_is_cut_off_is_refused_or_read_and_never_a_traceback(tmp_path, cut):
    whole = pdf(tmp_path / "a.pdf", [["Some text"]]).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[:cut])
    assert refused(tmp_path / "cut.pdf", tmp_path) == "damaged"


def test_a_pdf_whose_pages_contain_themselves_ends(tmp_path):
    body = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    body += b"2 0 obj\n<< /Type /Pages /Count 1 /Kids [2 0 R] >>\nendobj\ntrailer << /Root 1 0 R >>\n"
    (tmp_path / "loop.pdf").write_bytes(body)
    assert refused(tmp_path / "loop.pdf", tmp_path) == "damaged"


def test_a_pdf_that_calls_for_programs_is_kept_with_a_remark(tmp_path):
    made = pdf(tmp_path / "a.pdf", [["Text"]], trailer="/OpenAction << /S /JavaScript /JS (app.alert(1)) >> ")
    assert "active" in extract(made, "a.pdf").remarks


def test_a_workbook_with_macros_is_refused_under_any_name(tmp_path):
    made = with_part(workbook(tmp_path / "a.xlsx", {"S": [["x"]]}), "xl/vbaProject.bin", b"macro")
    assert refused(made, tmp_path) == "macros"
    renamed = workbook(tmp_path / "b.xlsm", {"S": [["x"]]})
    assert refused(renamed, tmp_path) == "macros"


def test_an_archive_that_unpacks_too_far_is_not_opened(tmp_path):
    made = with_part(workbook(tmp_path / "a.xlsx", {"S": [["x"]]}), "xl/worksheets/bomb.xml", b" " * 30_000_000)
    assert made.stat().st_size < 100_000
    assert refused(made, tmp_path) == "ratio"


def test_an_archive_is_measured_by_the_sum_and_the_number_of_its_parts(tmp_path, monkeypatch):
    made = workbook(tmp_path / "a.xlsx", {"S": [["x"]]})
    monkeypatch.setattr(limits, "MOST_UNPACKED", 1_000)
    assert refused(made, tmp_path) == "unpacked"
    monkeypatch.setattr(limits, "MOST_PARTS", 3)
    assert refused(made, tmp_path) == "parts"


def test_an_archive_in_an_archive_is_not_opened(tmp_path):
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("a", "b")
    content = (tmp_path / "inner.zip").read_bytes()
    for name in ("xl/media/more.zip", "xl/media/innocent.png"):
        made = with_part(workbook(tmp_path / "a.xlsx", {"S": [["x"]]}), name, content)
        assert refused(made, tmp_path) == "nested"


def test_parts_that_share_their_bytes_are_refused(tmp_path):
    made = workbook(tmp_path / "a.xlsx", {"S": [["x" * 5_000]]})
    content = bytearray(made.read_bytes())
    with zipfile.ZipFile(made) as archive:
        sizes = {part.filename: part.compress_size for part in archive.infolist()}
    entry = content.rindex(b"xl/workbook.xml") - 46  # its entry in the central directory
    content[entry + 20 : entry + 24] = (len(content)).to_bytes(4, "little")
    made.write_bytes(bytes(content))
    assert sum(sizes.values()) < made.stat().st_size
    assert refused(made, tmp_path) in {"overlapping", "damaged"}


def test_entities_that_multiply_are_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    made = with_part(workbook(tmp_path / "a.xlsx", {"S": [["x"]]}), "docProps/custom.xml", bomb)
    assert refused(made, tmp_path) == "entities"


def test_a_file_is_what_it_holds_and_not_what_it_is_called(tmp_path):
    (tmp_path / "a.pdf").write_text("This is no PDF.")
    assert refused(tmp_path / "a.pdf", tmp_path) == "other_kind"
    (tmp_path / "b.exe").write_bytes(b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)))
    assert refused(tmp_path / "b.exe", tmp_path) == "unknown_kind"
    (tmp_path / "c.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))
    assert refused(tmp_path / "c.xls", tmp_path) == "old_office"
    (tmp_path / "d.txt").write_bytes(b"")
    assert refused(tmp_path / "d.txt", tmp_path) == "empty"
    assert refused(tmp_path / "no-such-file.pdf", tmp_path) == "no_file"


def test_a_document_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MOST_PAGES", 3)
    (tmp_path / "a.txt").write_text("\f".join("abcd"))
    assert refused(tmp_path / "a.txt", tmp_path) == "too_long"


def test_a_reader_that_hangs_is_given_up(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        extract(pdf(tmp_path / "a.pdf", [["x"]]), "a.pdf", patience=0.01)
    assert caught.value.problems[0].cause.id == "room.refused.exhausting"


def test_an_honest_workbook_passes_the_limits(tmp_path):
    rows = [["项目", 1, 2.5] for _ in range(5_000)]
    with check_archive(workbook(tmp_path / "a.xlsx", {"S": rows}), "a.xlsx") as archive:
        assert "xl/workbook.xml" in archive.namelist()
