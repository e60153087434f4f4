"""Documents of every kind are read with their pages."""

from datetime import date

import docx
import pytest
from tests.record.evidence.dataroom.made import pdf, png, ruled_pdf, workbook
from tests.record.evidence.folders import write_case

from guanzi.record.evidence.dataroom.extraction import extract
from guanzi.record.evidence.dataroom.searching import open_index
from guanzi.record.evidence.dataroom.store import add_documents, read_index

DAY = date(2020, 3, 18)


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


def test_a_table_of_a_pdf_is_found_with_its_place(tmp_path):
    rows = [["Item", "2019"], ["Revenue", "7,825"]]
    lines = [(50, 700, 250, 700), (50, 680, 250, 680), (50, 660, 250, 660)]
    lines += [(50, 660, 50, 700), (150, 660, 150, 700), (250, 660, 250, 700)]
    (page,) = extract(ruled_pdf(tmp_path / "a.pdf", rows, lines), "a.pdf").pages
    (table,) = page.tables
    assert table.rows == (("Item", "2019"), ("Revenue", "7,825"))
    assert table.box == (50.0, 142.0, 250.0, 182.0)
    case = write_case(tmp_path / "case")
    add_documents(case, [tmp_path / "a.pdf"], DAY)
    with open_index(case, read_index(case)) as index:
        (hit,) = index.search("7,825")
        assert index.excerpt(hit, "7,825").tables == (table,)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_it_comes_in(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes("第一页：现金\f第二页".encode(encoding))
    read = extract(tmp_path / "a.txt", "a.txt")
    assert [page.text for page in read.pages] == ["第一页：现金", "第二页"]


def test_a_picture_is_kept_and_said_to_have_no_text(tmp_path):
    read = extract(png(tmp_path / "a.png", 20, 10), "a.png")
    assert read.characters == 0
    assert {"image", "no_text"} <= set(read.remarks)
