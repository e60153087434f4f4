"""The way of a finance officer: a form, filled in, becomes a case; nothing half-made stays behind."""

import openpyxl
import pytest
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.evidence import find_case, load_case

CASE = "nio-hefei-2020"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*words):
        return CliRunner().invoke(app, ["case", *words])

    return call


def test_a_form_becomes_a_case_that_has_no_errors(run, tmp_path):
    assert run("new", "our-case", "--xlsx").exit_code == 0
    assert run("import", "our-case.xlsx").exit_code == 0
    assert run("check", "our-case").exit_code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["our-case", "our-case.xlsx"]


def test_another_case_can_be_the_form(run, tmp_path):
    assert run("new", "what-if", "--xlsx", "--from", CASE).exit_code == 0
    assert run("import", "what-if.xlsx", "--out", "folder/what-if").exit_code == 0
    case = load_case(tmp_path / "folder" / "what-if")
    assert case.id == "what-if"
    assert len(case.facts) == len(load_case(find_case(CASE)).facts)


def test_export_and_import_give_the_same_view(run, tmp_path):
    shipped = find_case(CASE)
    assert run("export", CASE, "--xlsx", "--out", "b.xlsx").exit_code == 0
    done = run("import", "b.xlsx")
    assert done.exit_code == 0
    assert f"guanzi appraise ./{CASE}" in done.output  # its name alone would also be that of the shipped case
    before, after = load_case(shipped), load_case(tmp_path / CASE)
    assert after.view(before.decision_date).sha256 == before.view(before.decision_date).sha256


def test_a_wrong_workbook_is_refused_with_every_cell_and_makes_nothing(run, tmp_path):
    run("new", "our-case", "--xlsx")
    book = openpyxl.load_workbook("our-case.xlsx")
    book["Facts"]["D2"] = "=1+1"
    book["Facts"]["K3"] = "nobody"
    book["Instalments"]["F2"] = "a lot"
    book["Terms"]["L2"] = "also nobody"
    book["Events"]["J2"] = "nobody else"
    book.save("our-case.xlsx")
    done = run("import", "our-case.xlsx")
    assert done.exit_code == 2
    for cell in ("Facts!D2", "Facts!K3", "Instalments!F2", "Events!J2"):
        assert f"our-case.xlsx:{cell}" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["our-case.xlsx"]


@pytest.mark.parametrize(
    "words",
    [
        ("import", "none.xlsx"),
        ("export", CASE),
        ("export", CASE, "--xlsx", "--out", "b.xls"),
        ("new", "Two Words", "--xlsx"),
        ("new", "a", "--xlsx", "--from", "nowhere"),
    ],
)
def test_wrong_usage_is_refused_and_leaves_nothing(run, tmp_path, words):
    assert run(*words).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(run, tmp_path):
    run("new", "a", "--xlsx")
    before = (tmp_path / "a.xlsx").read_bytes()
    assert run("new", "a", "--xlsx").exit_code == 2
    assert run("export", CASE, "--xlsx", "--out", "a.xlsx").exit_code == 2
    assert (tmp_path / "a.xlsx").read_bytes() == before
    run("import", "a.xlsx")
    assert run("import", "a.xlsx").exit_code == 2


def test_a_workbook_says_that_ties_are_not_in_it(run):
    shown = run("export", "qoros-changshu-2017", "--xlsx", "--out", "q.xlsx")
    assert shown.exit_code == 0
    assert "24 companies, people and ties. Copy entities.ftm.json" in " ".join(shown.output.split())


def test_a_check_counts_ties_and_says_what_is_wrong_with_them(run, tmp_path):
    assert "24, of them ties: 14" in run("check", "qoros-changshu-2017").output
    assert run("new", "mine", "--from", "qoros-changshu-2017").exit_code == 0
    with (tmp_path / "mine" / "entities.ftm.json").open("a", encoding="utf-8") as file:
        file.write(
            '{"id": "x", "schema": "Company", "properties": {}, "known_on": "2017-02-30", "source": "reuters-2018"}\n'
        )
    refused = run("check", "mine")
    assert refused.exit_code == 1
    assert "entities.ftm.json:25:" in refused.output


def test_the_linter_points_to_the_cells_from_which_a_deal_came(run, tmp_path):
    run("new", "our-case", "--xlsx")
    run("import", "our-case.xlsx")
    lint = CliRunner().invoke(app, ["lint", "our-case"])
    assert "our-case.xlsx:Rights!G2: error[GZ201]" in lint.output
    assert ".yaml" not in lint.output
    assert "our-case.xlsx:Rights!G2" in CliRunner().invoke(app, ["lint", "our-case.xlsx"]).output
    assert ".xlsx" not in CliRunner().invoke(app, ["lint", "our-case", "--sarif"]).output


def test_the_linter_points_to_lines_once_the_file_was_changed(run, tmp_path):
    run("new", "our-case", "--xlsx")
    run("import", "our-case.xlsx")
    (sheet,) = (tmp_path / "our-case" / "terms").iterdir()
    sheet.write_text(sheet.read_text("utf-8").replace("600", "650"), "utf-8")
    lint = CliRunner().invoke(app, ["lint", "our-case"])
    assert f"our-case/terms/{sheet.name}:" in lint.output
    assert ".xlsx" not in lint.output


def test_a_workbook_without_a_deal_has_nothing_to_lint(run, tmp_path):
    run("new", "our-case", "--xlsx")
    book = openpyxl.load_workbook("our-case.xlsx")
    for title in book.sheetnames:
        if title not in ("Notes", "Names", "Case", "Sources", "Facts"):
            book[title].delete_rows(2, 50)
    book.save("our-case.xlsx")
    lint = CliRunner().invoke(app, ["lint", "our-case.xlsx"])
    assert lint.exit_code == 2
    assert "holds no term sheet" in lint.output + lint.stderr
