"""Bad documents are refused, or read in part, with where, what and how to fix it."""

import zipfile

import pytest
from tests.record.evidence.dataroom.made import pdf, png, with_part, workbook

from guanzi.base.core import InvalidInput, Message, Place, Unfinished, format_problem, render
from guanzi.record.evidence import read_placed
from guanzi.record.evidence.dataroom import placing, reading_once


def refused(path):
    with pytest.raises(InvalidInput) as caught:
        list(read_placed(path, path.name))
    (problem,) = caught.value.problems
    for lang in ("en", "zh"):
        assert path.name in format_problem(problem, lang)
    assert problem.fix is not None
    return problem.cause.id.removeprefix("room.refused.")


def test_an_empty_file_a_missing_one_and_one_of_another_kind(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "b.xlsx").write_bytes(pdf(tmp_path / "x.pdf", [["a"]]).read_bytes())
    assert [refused(tmp_path / name) for name in ("a.pdf", "b.xlsx", "c.pdf")] == ["empty", "other_kind", "no_file"]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_pdf_that_is_cut_off_is_refused_or_read_in_part(tmp_path, share):
    whole = pdf(tmp_path / "whole.pdf", [["Deliveries reached 18,200 vehicles."]] * 4).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: int(share * len(whole))])
    told: list[str] = []
    try:
        told += [page.unread or "read" for page in read_placed(tmp_path / "cut.pdf", "cut.pdf")]
    except InvalidInput as error:
        told += [problem.cause.id for problem in error.problems]
    assert set(told) <= {"read", "damaged", "room.refused.damaged"}
    assert told


def test_a_document_under_a_password(tmp_path):
    path = pdf(tmp_path / "a.pdf", [["secret"]])
    content = path.read_bytes().replace(
        b"trailer <<", b"trailer << /Encrypt << /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32
        + b"> /P -4 >> /ID [<00> <00>]",
    )  # fmt: skip
    path.write_bytes(content)
    assert refused(path) == "encrypted"


def test_ten_thousand_pages_are_read_as_far_as_a_limit_that_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(placing, "MOST_PLACED_PAGES", 3)
    content = pdf(tmp_path / "a.pdf", [[f"page {n}"] for n in range(1, 9)]).read_bytes()
    pages = list(placing.place_pdf(content, "a.pdf"))
    assert [(page.number, page.unread) for page in pages] == [(1, ""), (2, ""), (3, ""), (4, "too_many")]
    assert [page.number for page in placing.place_pdf(content, "a.pdf", 7)] == [7, 8]
    assert "--first" in render(Message.of("reading.unread.too_many"), "en")


def test_a_bomb_a_nested_archive_and_macros(tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 40_000_000)
    nested = with_part(workbook(tmp_path / "n.xlsx", {"a": [["a"]]}), "inner.zip", b"PK\x03\x04")
    macros = with_part(workbook(tmp_path / "m.xlsx", {"a": [["a"]]}), "xl/vbaProject.bin", b"x")
    assert [refused(path) for path in (bomb, nested, macros)] == ["ratio", "nested", "macros"]


def test_links_outside_are_not_followed(tmp_path):
    (tmp_path / "a.html").write_text(
        '<html><body><img src="http://nowhere.invalid/x.png"><iframe src="file:///etc/passwd"></iframe>'
        "<p>In 2019, we delivered 20,565 vehicles.</p></body></html>"
    )
    (page,) = read_placed(tmp_path / "a.html", "a.html")
    assert [word.text for line in page.lines for word in line.words] == ["In 2019, we delivered 20,565 vehicles."]


def test_an_instance_with_entities_outside_is_refused(tmp_path):
    (tmp_path / "a.xml").write_text(
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><xbrl xmlns="http://www.xbrl.org/2003/instance">&e;</xbrl>'
    )
    with pytest.raises(InvalidInput):
        list(read_placed(tmp_path / "a.xml", "a.xml"))


def test_a_picture_alone_is_listed_as_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(placing, "recogniser", lambda: None)
    (page,) = placing.place_image(png(tmp_path / "a.png", 40, 40), "a.png")
    assert page.unread == "scanned"


def test_formulas_that_were_never_computed_are_shown_as_such(tmp_path):
    (page,) = read_placed(workbook(tmp_path / "a.xlsx", {"a": [["Revenue", "=1+1"]]}), "a.xlsx")
    assert [word.text for line in page.lines for word in line.words] == ["Revenue", "=1+1"]


def test_pages_are_read_once(tmp_path, monkeypatch):
    path, cache = pdf(tmp_path / "a.pdf", [["first"], ["second"]]), tmp_path / "cache"
    pages = list(read_placed(path, "a.pdf", cache=cache))
    monkeypatch.setattr(reading_once, "confined", None)  # nobody reads any more
    assert list(read_placed(path, "a.pdf", cache=cache)) == pages
    next(cache.iterdir()).write_bytes(b"no cache")
    with pytest.raises(TypeError):
        list(read_placed(path, "a.pdf", cache=cache))


def test_what_was_not_read_to_its_end_is_read_again(tmp_path, monkeypatch):
    path, cache = pdf(tmp_path / "a.pdf", [["first"], ["second"]]), tmp_path / "cache"
    pages = list(read_placed(path, "a.pdf"))

    def ended(*_):
        yield pages[0].content()
        raise Unfinished("late", Place("a.pdf"))

    with monkeypatch.context() as patched:
        patched.setattr(reading_once, "confined", ended)
        assert [page.unread for page in read_placed(path, "a.pdf", cache=cache)] == ["", "exhausting"]
    assert list(read_placed(path, "a.pdf", cache=cache)) == pages
