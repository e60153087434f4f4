"""The bad documents are as bad as they say, before any reader is held to them."""

import io
import re
import zipfile

import openpyxl
import pypdfium2
import pytest
from tests.golden.bad import BAD

OF = {bad.name: bad for bad in BAD}


def container(name):
    return zipfile.ZipFile(io.BytesIO(OF[name].make()))


def test_there_are_at_least_25_each_with_a_place_and_what_to_say():
    assert len(OF) == len(BAD) >= 25
    assert not [bad.name for bad in BAD if not (bad.outcomes and bad.where and bad.says)]
    assert not [bad.name for bad in BAD if "refused" in bad.outcomes and not bad.fix], (
        "who is refused is told what fixes it"
    )
    assert not [bad.name for bad in BAD if bad.outcomes == ("refused",) and bad.figures], (
        "nothing is proposed of what is refused"
    )


@pytest.mark.parametrize("name", [bad.name for bad in BAD])
def test_a_bad_document_is_the_same_every_time_and_small(name):
    first = OF[name].make()
    assert first == OF[name].make()
    assert len(first) < 4_000_000


@pytest.mark.parametrize("name", ["encrypted.pdf", "truncated.pdf", "self-holding.pdf"])
def test_these_files_do_not_open(name):
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(OF[name].make())[0]


def test_pdf_files_are_what_their_names_say():
    assert len(pypdfium2.PdfDocument(OF["ten-thousand-pages.pdf"].make())) == 10_000
    assert pypdfium2.PdfDocument(OF["rotated.pdf"].make())[0].get_rotation() == 90
    assert min(pypdfium2.PdfDocument(OF["huge-page.pdf"].make())[0].get_size()) > 100_000
    picture = next(pypdfium2.PdfDocument(OF["image-bomb.pdf"].make())[0].get_objects())
    assert picture.get_px_size() == (40_000, 40_000)
    assert b"/OpenAction 7 0 R" in OF["acting.pdf"].make()
    broken = OF["broken-table.pdf"].make()
    assert int(re.findall(rb"startxref\n(\d+)", broken)[-1]) > len(broken)


def test_containers_are_what_their_names_say():
    assert container("bomb.docx").getinfo("word/document.xml").file_size > 500 * len(OF["bomb.docx"].make())
    assert len(container("many-entries.xlsx").namelist()) > 12_000
    assert "xl/vbaProject.bin" in container("macros.xlsm").namelist()
    assert b'TargetMode="External"' in container("remote-template.docx").read("word/_rels/document.xml.rels")
    assert any(name.startswith("..") for name in container("climbing.docx").namelist())
    assert b"<!ENTITY k" in container("entities.docx").read("word/document.xml")
    with pytest.raises(zipfile.BadZipFile):
        container("truncated.docx")


@pytest.mark.parametrize(
    "name",
    ["macros.xlsm", "linked-workbook.xlsx", "web-service.xlsx", "command-cell.xlsx", "no-cells.xlsx", "far-cell.xlsx"],
)
def test_workbooks_open_where_the_trouble_is_in_a_cell(name):
    book = openpyxl.load_workbook(io.BytesIO(OF[name].make()))
    if "!" in OF[name].where:
        sheet, _, cell = OF[name].where.rpartition("!")
        assert book[sheet][cell].value is not None


def test_the_ending_lies_where_it_should():
    assert OF["pdf-named.docx"].make().startswith(b"%PDF")
    assert OF["html-named.pdf"].make().startswith(b"<!DOCTYPE html")
    assert OF["program.pdf"].make().startswith(b"\x7fELF")
    assert OF["empty.pdf"].make() == b""
