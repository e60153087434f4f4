"""The way of a finance officer: a form, filled in, becomes a case; nothing half-made stays behind."""

import openpyxl
import pytest
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case, unit_fits

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


@pytest.mark.parametrize(("option", "value"), [("--currency", "EUR"), ("--country", "DE"), ("--company", "Ours")])
def test_what_a_workbook_would_drop_without_a_word_is_refused(run, tmp_path, option, value):
    assert run("new", "our-case", "--xlsx", option, value).exit_code != 0
    assert not any(tmp_path.iterdir())


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
    assert "24, including 14 ties" in run("check", "qoros-changshu-2017").output
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
    assert "has no term sheet" in lint.output + lint.stderr


def newcomer(cells):
    """The form with a grant for jobs, and with cells as a newcomer types them."""
    book = openpyxl.load_workbook("our-case.xlsx")
    grant = {"B": "jobs", "C": "grant", "E": "city", "F": 6, "N": "after('2031-12-31') and jobs_local < 300", "O": 1}
    for column, value in {**grant, "W": "term-sheet"}.items():
        book["Grants and rebates"][f"{column}2"].value = value
    for (sheet, cell), value in cells.items():
        book[sheet][cell].value = value
    book.save("our-case.xlsx")


def test_what_a_newcomer_types_is_answered_at_its_cell_with_what_would_be_right(run):
    run("new", "our-case", "--xlsx")
    newcomer({("Case", "B15"): "€", ("Facts", "H3"): "31.12.2025", ("Grants and rebates", "M2"): "jobs >= 200"})
    told = run("import", "our-case.xlsx").stderr
    assert "Case!B15" in told
    assert "Terms!E2" not in told, "that the deal is in another currency than “€” is no fault of the deal"
    assert "did you mean 2025-12-31" in told
    assert "did you mean jobs_local" in told or "“jobs_local”" in told


def test_thousands_and_millions_as_people_write_them_are_read_and_only_a_factor_is_told(run, tmp_path):
    run("new", "our-case", "--xlsx")
    newcomer({("Facts", "D3"): 700_000, ("Facts", "G3"): "TCNY", ("Facts", "G4"): "Mio CNY"})
    done = run("import", "our-case.xlsx")
    assert done.exit_code == 0, done.stderr
    assert "Facts!G3" in done.output
    assert "Facts!G4" not in done.output, "a unit in other letters multiplies nothing"
    held = {fact.id: fact.value for fact in load_case(tmp_path / "our-case").facts}
    assert (held["capex-2025"], held["cash-2025"]) == (700.0, 1800.0)


def test_a_chance_that_is_missing_is_pointed_to_in_the_row_of_its_grant(run):
    run("new", "our-case", "--xlsx")
    newcomer({})
    told = run("import", "our-case.xlsx").output
    assert "Grants and rebates!N2: warning: the probability that the clawback" in told
    assert "in the next columns" in " ".join(told.split())


def retyped(unit):
    book = openpyxl.load_workbook("mine.xlsx")
    book["Terms"]["F2"] = unit
    book.save("mine.xlsx")


@pytest.mark.parametrize("written", ["million", "CNY m", "million CNY", "百万"])
def test_the_unit_of_a_term_sheet_may_be_told_in_words(run, tmp_path, written):
    run("new", "mine", "--xlsx")
    retyped(written)
    assert run("import", "mine.xlsx").exit_code == 0
    (sheet,) = load_case(tmp_path / "mine").sheets
    assert parse_sheet(sheet.document).unit == 1e6


def test_a_unit_of_a_term_sheet_that_nobody_knows_is_refused_with_words_that_would_do(run):
    run("new", "mine", "--xlsx")
    retyped("quux")
    refused = run("import", "mine.xlsx")
    assert refused.exit_code == 2
    assert "“million”" in refused.output


def test_rules_judge_a_workbook_as_the_linter_does(run):
    run("new", "mine", "--xlsx")
    assert CliRunner().invoke(app, ["rules", "judge", "mine.xlsx"]).exit_code in (0, 1)


@pytest.mark.parametrize("unit", ["people", "persons", "jobs"])
def test_people_are_counted_in_persons_and_in_jobs_alike(unit):
    assert all(unit_fits(name, unit) for name in ("headcount", "jobs_local", "plan_jobs"))


def changed_book(run, values):
    """A new workbook in which cells of the sheets are overwritten: sheet, header, row of an id (or field) to value."""
    run("new", "our-case", "--xlsx")
    book = openpyxl.load_workbook("our-case.xlsx")
    for sheet, row, header, value in values:
        cells = {str(c.value).split(" / ")[0]: at for at, c in enumerate(book[sheet][1], start=1)}
        at = next(r for r in range(2, 200) if str(book[sheet].cell(r, 1).value).split(" / ")[0] == row)
        book[sheet].cell(at, cells[header]).value = value
    book.save("our-case.xlsx")
    return at


def test_an_amount_without_a_rate_is_refused_at_its_cell_and_nothing_is_made(run, tmp_path):
    row = changed_book(run, [("Facts", "revenue-2025", "Unit", "EUR m")])
    for _ in range(2):
        done = run("import", "our-case.xlsx", "--out", "ours")
        assert done.exit_code == 2
        assert f"our-case.xlsx:Facts!G{row}" in done.output
        assert "eur_cny" in done.output
        assert not (tmp_path / "ours").exists()


def test_an_industry_that_no_case_has_is_told_with_those_that_there_are(run, tmp_path):
    unlisted = ("Case", "Industry", "Value", "batteries")
    changed_book(run, [unlisted])
    assert run("import", "our-case.xlsx", "--out", "ours").exit_code == 2, "nobody says what it is called"
    named = [
        ("Case", "Industry in words", "Value", "batteries"),
        ("Case", "Industry in words in Chinese", "Value", "电池"),
    ]
    changed_book(run, [unlisted, *named])
    done = run("import", "our-case.xlsx", "--out", "ours")
    assert done.exit_code == 0
    assert "did you mean battery-" in done.output
    assert "thin-film-solar" in done.output
    assert "batteries" in run("check", "ours").output


def test_energy_is_no_unit_of_sales_and_no_capacity_is_offered_for_it(run):
    changed_book(run, [("Facts", "revenue-2025", "Unit", "GWh")])
    said = " ".join(run("import", "our-case.xlsx").output.split())
    assert "GWh" in said
    assert "GWh/year" not in said


def test_lists_offer_rates_of_euros_industries_and_models(run):
    run("new", "our-case", "--xlsx")
    book = openpyxl.load_workbook("our-case.xlsx")
    assert {"CNY per EUR", "USD per EUR"} <= {cell.value for cell in book["Names"]["H"]}
    offered = {str(r.sqref): r.formula1 for r in book["Case"].data_validations.dataValidation}
    assert any("battery-cells" in str(f) for f in offered.values())
    assert any("scale-up-manufacturer" in str(f) for f in offered.values())


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("electric cars", "battery-electric-vehicles"),
        ("Battery cells", "battery-cells"),
        ("纯电动汽车", "battery-electric-vehicles"),
    ],
)
def test_an_industry_in_words_is_answered_with_those_that_there_are(run, words, meant):
    changed_book(run, [("Case", "Industry", "Value", words)])
    said = " ".join(run("import", "our-case.xlsx").output.split())
    assert meant in said
    assert "thin-film-solar" in said
    assert "electric-cars" not in said


def test_an_industry_that_is_like_none_is_answered_with_the_list(run):
    changed_book(run, [("Case", "Industry", "Value", "Käse & Wein")])
    said = " ".join(run("import", "our-case.xlsx").output.split())
    assert "display-panels" in said
    assert "did you mean" not in said


def test_cells_are_delivered_in_gigawatt_hours(run):
    changed_book(run, [("Facts", "deliveries-2025", "Unit", "GWh")])
    assert "GWh" not in run("import", "our-case.xlsx", "--out", "ours").output
