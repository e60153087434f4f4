"""Hostile and broken documents are refused with a sentence, and nothing of them stays."""

import zipfile
import zlib
from datetime import date

import pytest
from tests.record.evidence.dataroom.made import pdf, png, with_part, workbook
from tests.record.evidence.folders import write_case

from guanzi.base.core import InvalidInput, format_problem
from guanzi.record.evidence.dataroom import limits, readers
from guanzi.record.evidence.dataroom.extraction import extract
from guanzi.record.evidence.dataroom.limits import check_archive
from guanzi.record.evidence.dataroom.store import add_documents

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


def test_a_web_page_that_the_parser_cannot_hold_is_refused(tmp_path):
    (tmp_path / "deep.html").write_text("<html><body>" + "<div>" * 300_000 + "x</body></html>")
    assert refused(tmp_path / "deep.html", tmp_path) == "damaged"


def test_a_content_stream_that_unpacks_without_end_harms_nobody(tmp_path):
    drawing = zlib.compress(zlib.compress(b"BT /L 10 Tf 50 700 Td (end) Tj ET " + b" " * 50_000_000))
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(drawing) + drawing + b"\nendstream"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R/Resources << /Font << /L 5 0 R >> >> >>",
        body,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n" + made + b"trailer << /Root 1 0 R >>\n")
    assert extract(tmp_path / "a.pdf", "a.pdf").pages[0].text == "end"


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
    (tmp_path / "a.txt").write_text("\f".join("a" * (readers.MOST_PAGES + 2)))
    assert refused(tmp_path / "a.txt", tmp_path) == "too_long"


def test_a_reader_that_hangs_is_given_up(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        extract(pdf(tmp_path / "a.pdf", [["x"]]), "a.pdf", patience=0.0)
    assert caught.value.problems[0].cause.id == "room.refused.exhausting"


def test_an_honest_workbook_passes_the_limits(tmp_path):
    rows = [["项目", 1, 2.5] for _ in range(5_000)]
    with check_archive(workbook(tmp_path / "a.xlsx", {"S": rows}), "a.xlsx") as archive:
        assert "xl/workbook.xml" in archive.namelist()
