"""`guanzi rules` and what `guanzi lint` says of public rules."""

import json
import re
import shutil

import pytest
from tests.cli.small_case import Change, write_case
from tests.deal.compliance.deals import text_of
from tests.deal.compliance.test_reading import OWN
from typer.testing import CliRunner

from guanzi.cli import app

REBATE = "  back: {type: rebate, from: city, amount: 60 per year, years: 5, start: 2030-06-30}\n"


def run(*words):
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a term sheet, some answers and a pack of one's own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deal.yaml").write_text(text_of("", REBATE, signed="2025-01-15"), "utf-8")
    (tmp_path / "answers.yaml").write_text("national_tax_law: false\n", "utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "riverton.yaml").write_text(OWN, "utf-8")
    return tmp_path


def test_the_packs_can_be_listed():
    done = run("rules", "list")
    assert done.exit_code == 0
    assert all(f"{pack}: " in done.stdout for pack in ("cn", "eu", "uk", "us", "wto", "good-practice"))
    assert "CN-FCR-10-2: No selective or unequal fiscal rewards (error)" in done.stdout


def test_one_pack_as_data():
    rows = json.loads(run("rules", "list", "--pack", "wto", "--json").stdout)
    assert [row["id"] for row in rows] == ["WTO-ASCM-1-2-SUBSIDY", "WTO-ASCM-3-1A", "WTO-ASCM-3-1B"]
    assert all(row["source"]["publisher"]["zh"] for row in rows)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["article or point 10(2)", "in force since 1 August 2024", "primary evidence", "Broken if"]),
        ("zh", ["公平竞争审查条例", "2024年8月1日起施行", "一手依据", "违反条件"]),
    ],
)
def test_a_rule_is_shown_with_law_evidence_and_test(lang, words):
    done = run("rules", "show", "cn-fcr-10-2", "--lang", lang)
    assert done.exit_code == 0
    flat = (" " if lang == "en" else "").join(done.stdout.split())
    assert [word for word in words if word not in flat] == []


def test_a_rule_that_is_not_there_is_refused_with_its_neighbour():
    done = run("rules", "show", "CN-FCR-10-22")
    assert done.exit_code == 2
    assert "CN-FCR-10-2" in done.stderr


def test_a_pack_that_is_not_there_is_refused():
    done = run("rules", "list", "--pack", "eus")
    assert done.exit_code == 2
    assert "eu" in done.stderr


def test_a_good_pack_of_ones_own_passes(desk):
    done = run("rules", "check", "own")
    assert done.exit_code == 0
    assert "Packs: 1; rules: 1" in done.stdout


def test_a_bad_pack_is_printed_like_a_compiler_does_and_ends_with_exit_code_1(desk):
    file = desk / "own" / "riverton.yaml"
    file.write_text(OWN.replace("not mayor_asked", "not mayor_askd"), "utf-8")
    done = run("rules", "check", "own/riverton.yaml")
    assert done.exit_code == 1
    assert "own/riverton.yaml:22:19: error" in done.stdout
    assert "mayor_asked" in done.stdout


def test_a_deal_is_judged_with_answers(desk):
    done = run("rules", "judge", "deal.yaml", "--pack", "cn", "--answers", "answers.yaml")
    assert done.exit_code == 0
    assert "CN-TAX-REFUND-2000 (error)" in done.stdout
    assert "Broken: " in done.stdout


def test_a_judgement_as_data_is_the_same_every_time(desk):
    first = run("rules", "judge", "nio-hefei-2020", "--json")
    assert first.stdout == run("rules", "judge", "nio-hefei-2020", "--json").stdout
    data = json.loads(first.stdout)
    assert (data["signed"], data["today"]) == ("2020-04-29", "2026-11-24")
    states = {v["state"] for v in data["verdicts"]}
    assert states <= {"violated", "open", "satisfied", "watch"}
    assert [v for v in data["verdicts"] if v["state"] != "violated" and v["level"] != "info"] == []
    assert {q["name"] for q in data["questions"]} == {n for v in data["verdicts"] for n in v["questions"]}


def test_the_day_of_the_notes_can_be_chosen(desk):
    data = json.loads(run("rules", "judge", "nio-hefei-2020", "--today", "2022-01-01", "--json").stdout)
    later = {note["rule"] for note in data["notes"] if note["time"] == "later"}
    assert "CN-FCR21-15" in later
    assert "CN-FCR-10-1" not in later


def test_a_replay_speaks_of_the_law_of_its_day(desk):
    data = json.loads(run("rules", "judge", "nio-hefei-2020", "--as-of", "2020-04-29", "--json").stdout)
    assert (data["today"], data["notes"]) == ("2020-04-29", [])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("national_tax_laws: false\n", "national_tax_law"),
        ("national_tax_law: 3\n", "true or false"),
        ("eligible_cost: much\n", "number"),
        ("- a list\n", "must map names"),
    ],
)
def test_answers_that_answer_nothing_are_refused(desk, text, word):
    (desk / "answers.yaml").write_text(text, "utf-8")
    done = run("rules", "judge", "deal.yaml", "--pack", "cn", "--answers", "answers.yaml")
    assert done.exit_code == 2
    assert word in done.stderr


def test_a_day_that_is_none_is_refused_at_its_option():
    done = run("rules", "judge", "nio-hefei-2020", "--today", "tomorrow")
    assert done.exit_code == 2
    assert "--today" in done.stderr


def test_answers_can_be_facts_of_the_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    form = "  - {{id: {0}, subject: compliance, name: {0}, period: {2}, value: {1}, unit: flag, known_on: {2}, "
    form += "source: report}}\n"
    answer = "facts:\n" + form.format("review_done", "false", "2024-03-01")
    answer += form.format("policy_measure", "true", "2024-04-01")
    write_case(tmp_path / "case", [Change("facts/company.yaml", "facts:\n", answer)])
    assert run("case", "check", "case").stdout.count("warning") <= 1
    states = {}
    for day in ("2024-03-15", "2024-04-02"):
        data = json.loads(run("rules", "judge", "case", "--as-of", day, "--json").stdout)
        states[day] = {v["rule"]: v["state"] for v in data["verdicts"]}["CN-FCR16-REVIEW"]
    assert states == {"2024-03-15": "open", "2024-04-02": "violated"}  # what was not known yet answers nothing


# -- the linter --------------------------------------------------------------------------------------------------


def test_lint_reports_a_breach_beside_its_own_findings(desk):
    done = run("lint", "deal.yaml", "--pack", "cn", "--answers", "answers.yaml")
    assert done.exit_code == 1
    assert "error[CN-TAX-REFUND-2000]" in done.stdout
    assert "public rules cannot be tested" in done.stdout


def test_lint_without_a_pack_says_nothing_of_rules_of_a_bare_sheet(desk):
    done = run("lint", "deal.yaml")
    assert "CN-" not in done.stdout
    assert "public rules" not in done.stdout


def test_lint_takes_a_folder_of_rules(desk):
    (desk / "deal.yaml").write_text(text_of("", REBATE.replace("rebate", "grant"), signed="2025-01-15"), "utf-8")
    (desk / "answers.yaml").write_text("legal_basis: true\nmayor_asked: false\n", "utf-8")
    done = run("lint", "deal.yaml", "--rules", "own", "--pack", "riverton", "--answers", "answers.yaml")
    assert done.exit_code == 1
    assert "error[RV-1]" in done.stdout


def test_sarif_names_the_rules_of_packs(desk):
    done = run("lint", "deal.yaml", "--pack", "cn", "--answers", "answers.yaml", "--sarif")
    results = json.loads(done.stdout)["runs"][0]["results"]
    assert "CN-TAX-REFUND-2000" in {result["ruleId"] for result in results}


def test_lint_explains_a_rule_of_a_pack():
    done = run("lint", "--explain", "cn-tax-refund-2000")
    assert done.exit_code == 0
    assert "Guo Fa [2000] 2" in " ".join(done.stdout.split())


def test_a_deal_after_the_day_of_the_packs_is_told_so(desk):
    (desk / "deal.yaml").write_text(text_of("", REBATE, signed="2027-01-15"), "utf-8")
    assert "later laws are not included" in " ".join(run("rules", "judge", "deal.yaml").stdout.split())
    assert "later laws" not in run("rules", "judge", "nio-hefei-2020").stdout


def test_a_rule_says_what_its_words_measure_and_ask():
    flat = " ".join(run("rules", "show", "EU-GBER-SME-PUBLIC-25").stdout.split())
    assert "`public_share`: the share of the company that the public side holds" in flat
    assert "`sme_bonus_claimed`: Does the aid use the bonus" in flat
    assert "Based on: legislation.gov.uk" in flat


def test_a_shipped_pack_can_be_checked_while_it_is_edited(repository):
    for file in sorted((repository / "src" / "guanzi" / "library" / "rules").glob("*.yaml")):
        assert run("rules", "check", str(file)).exit_code == 0, file.name


def test_few_questions_are_asked_and_the_rest_on_request(desk):
    def asked(*more):
        out = run("rules", "judge", "intel-magdeburg-2023", *more).stdout
        return [line for line in out.splitlines() if re.match(r"  [a-z0-9_]+: ", line)]

    few, every = asked(), asked("--questions")
    assert len(few) == 5
    assert few[0].startswith("  gber: "), "whether the exemption is used decides nine rules"
    assert every[:5] == few
    data = json.loads(run("rules", "judge", "intel-magdeburg-2023", "--json").stdout)
    assert len(every) == len(data["questions"]) > 30
    assert all(question["matters"] for question in data["questions"][:5])


@pytest.mark.parametrize(("where", "packs"), [("terms", "eu, wto"), ("elsewhere", "wto")])
def test_a_file_within_a_case_is_judged_by_the_law_of_its_country(desk, where, packs):
    run("case", "new", "mine", "--from", "intel-magdeburg-2023")
    (sheet,) = (desk / "mine" / "terms").iterdir()
    (desk / "elsewhere").mkdir()
    shutil.copy(sheet, desk / "elsewhere")
    file = f"mine/terms/{sheet.name}" if where == "terms" else f"elsewhere/{sheet.name}"
    out = " ".join(run("rules", "judge", file).stdout.split())
    assert f"packs: {packs} and good- practice" in out or f"packs: {packs} and good-practice" in out
    assert ("--country" in out) is (where == "elsewhere")


def test_the_country_of_a_bare_sheet_can_be_named(desk):
    out = " ".join(run("rules", "judge", "deal.yaml", "--country", "cn").stdout.split())
    assert "packs: cn" in out
    assert "--country" not in out
