"""Documents in, proposals out: as data, as a sheet to be confirmed, and what was not read."""

import json

import openpyxl
import pytest
from tests.intake.reading.printed import Cell, Sheet, to_pdf, to_xlsx
from typer.testing import CliRunner

from guanzi.base.core import InvalidInput
from guanzi.cli import app
from guanzi.jobs.evidence import proposals

SHEET = Sheet(
    ["CONSOLIDATED STATEMENTS OF OPERATIONS", "(RMB in millions)", "Date: March 18, 2020"],
    [
        [Cell(""), Cell("FY2019"), Cell("Pro forma 2019")],
        [Cell("Total revenues"), Cell("7,824.9"), Cell("9,000.0")],
        [Cell("Net loss"), Cell("(11,295.7)"), Cell("(12,000.0)")],
    ],
    ["For the first quarter of 2020, the Company expects deliveries to be between 3,400 and 3,600 vehicles."],
)
KEYS = {"document", "page", "fact", "value", "unit", "period", "box", "text", "known_on", "confidence", "reason"}


def read(path):
    return proposals.read(proposals.Request((path,), kept=False))


def test_proposals_have_the_published_form(tmp_path):
    path = to_pdf(tmp_path / "a.pdf", [SHEET])
    listed = proposals.data(read(path))
    assert all(entry.keys() == KEYS for entry in listed)
    assert [(entry["fact"], entry["value"], entry["unit"], entry["period"]) for entry in listed] == [
        ("revenue", 7_824_900_000.0, "CNY", "2019"),
        ("net_loss", 11_295_700_000.0, "CNY", "2019"),
        ("delivery_guidance", {"low": 3400.0, "high": 3600.0}, "vehicles", "2020Q1"),
    ]
    assert {(entry["document"], entry["page"], entry["known_on"]) for entry in listed} == {(str(path), 1, "2020-03-18")}
    assert all(len(entry["box"]) == 4 and 0 < entry["confidence"] < 1 and entry["reason"] for entry in listed)


def test_a_workbook_has_sheet_and_cell(tmp_path):
    (first, *_) = proposals.data(read(to_xlsx(tmp_path / "a.xlsx", [SHEET])))
    assert first.keys() == KEYS - {"page", "box"} | {"sheet", "cell"}
    assert (first["sheet"], first["cell"]) == ("S1", "B5")


def test_what_was_not_read_is_told_with_its_cause_in_both_languages(tmp_path):
    result = read(to_pdf(tmp_path / "a.pdf", [SHEET]))
    for lang in ("en", "zh"):
        listed = proposals.unread_data(result, lang)
        assert [(entry["figure"], entry["why"]) for entry in listed] == [
            ("9,000.0", "pro_forma"),
            ("(12,000.0)", "pro_forma"),
        ]
        assert all(entry["reason"] for entry in listed)


def test_the_sheet_to_be_confirmed_has_the_units_of_facts_and_nothing_confirmed(tmp_path):
    proposals.write_workbook(read(to_pdf(tmp_path / "a.pdf", [SHEET])), tmp_path / "out.xlsx")
    head, *rows = openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["Name"], row["Value"], row["Low"], row["High"], row["Unit"]) for row in told] == [
        ("revenue", 7824.9, None, None, "CNY m"),
        ("net_loss", 11295.7, None, None, "CNY m"),
        ("delivery_guidance", None, 3400, 3600, "vehicles"),
    ]
    assert {row["Confirm (yes or no)"] for row in told} == {None}


def test_one_bad_document_does_not_keep_the_others_from_being_read(tmp_path):
    good = to_pdf(tmp_path / "a.pdf", [SHEET])
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = CliRunner().invoke(app, ["evidence", "read", str(good), str(tmp_path / "b.pdf"), "--json", "--no-cache"])
    assert done.exit_code == 2
    assert [entry["fact"] for entry in json.loads(done.stdout)] == ["revenue", "net_loss", "delivery_guidance"]
    assert str(tmp_path / "b.pdf") in done.stderr


def test_the_screen_shows_proposals_and_what_was_left_in_both_languages(tmp_path):
    path = to_pdf(tmp_path / "a.pdf", [SHEET])
    for lang, word, name in (("en", "pro forma", "revenue"), ("zh", "备考", "营业收入")):
        done = CliRunner().invoke(app, ["evidence", "read", str(path), "--no-cache", "--lang", lang])
        assert done.exit_code == 0, done.stderr
        assert "7,824,900,000 CNY" in done.stdout
        assert word in done.stdout
        assert f"{name} (revenue)" in done.stdout


@pytest.mark.parametrize("option", ["--workbook", "--unread"])
@pytest.mark.parametrize("name", ["kept.pdf", "kept{}", "absent/new{}", "new.txt"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_output_overwrites_nothing_and_is_refused_before_anything_is_read(tmp_path, option, name, lang):
    ending = {"--workbook": ".xlsx", "--unread": ".json"}[option]
    out = tmp_path / name.format(ending)
    if name.startswith("kept"):
        out.write_bytes(b"of the data room")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = CliRunner().invoke(app, ["evidence", "read", str(tmp_path / "no.pdf"), option, str(out), "--lang", lang])
    assert isinstance(done.exception, SystemExit)
    assert out.name in done.stderr
    assert "no.pdf" not in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("write", [proposals.write_workbook, proposals.write_unread])
def test_a_folder_that_takes_no_file_is_told_in_words(tmp_path, write):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput) as refused:
        write(proposals.Result((), ()), tmp_path / "file" / "out.xlsx")
    assert [problem.cause.id for problem in refused.value.problems] == ["evidence.new.unwritten"]


HIDDEN = (
    *("hidden", 'style="display:none"', 'style="visibility: hidden"', 'style="font-size:0px"', 'style="opacity:0"'),
    *('style="color:#fff;background:#ffffff"', 'style="color: white"', 'bgcolor="#FFFFFF" style="color:white"'),
)
SEEN = ("", 'style="color:white;background:#003366"')


def test_what_nobody_sees_on_a_web_page_is_not_read(tmp_path):
    page = "<html><body><div {}><p>Total revenue was $1 billion in 202{}.</p></div><p>Seen</p></body></html>"
    pages = [tmp_path / f"{n}.html" for n in range(len(HIDDEN + SEEN))]
    for n, (path, style) in enumerate(zip(pages, HIDDEN + SEEN, strict=True)):
        path.write_text(page.format(style, n))
    found = proposals.data(proposals.read(proposals.Request(tuple(pages), kept=False)))
    assert {(entry["document"], entry["fact"]) for entry in found} == {
        (str(path), "revenue") for path in pages[len(HIDDEN) :]
    }


def test_a_first_page_behind_the_last_is_refused(tmp_path):
    path = to_pdf(tmp_path / "a.pdf", [SHEET])
    behind = proposals.read(proposals.Request((path,), first=9, kept=False))
    assert [problem.cause.id for problem in behind.problems] == ["desk.read.no_page"]


def test_the_box_of_a_figure_holds_its_scale(tmp_path):
    told = "截至2023年12月31日，公司年产能10万辆。"
    path = to_pdf(tmp_path / "a.pdf", [Sheet(["公告日期：2024年3月18日"], [], [told])])
    ((_, found),) = read(path).found
    assert found.figure == "10万辆"
