"""Evidence on the command line: documents in, words out, quotes verified."""

import csv
import json
import shutil

import pytest
from tests.record.evidence.folders import SOURCES, facts_yaml, write_case
from typer.testing import CliRunner

from guanzi.cli import app


def run(*arguments, code=0):
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def case(tmp_path):
    folder = write_case(tmp_path / "case", {"facts/f.yaml": SOURCES})
    (tmp_path / "Report.txt").write_text("Cover\fTotal revenues were RMB7,824.9 million.\n营业收入增长", "utf-8")
    return folder


def add(case, *options, code=0):
    return run("evidence", "add", case, case.parent / "Report.txt", "--known-on", "2020-03-18", *options, code=code)


def test_documents_are_added_found_and_verified(case):
    (row,) = json.loads(add(case, "--source", "filing", "--title", "Annual report", "--json"))
    assert (row["id"], row["title"], row["source"], row["pages"]) == ("report", "Annual report", "filing", 2)
    found = json.loads(run("evidence", "search", case, "收入增", "--json"))
    assert found["hits"] == 1
    assert found["pages"][0]["page"] == 2
    assert "收入增" in found["pages"][0]["text"]
    assert json.loads(run("evidence", "verify", case, "--json"))["unchanged"] == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_they_are_told_in_both_languages(case, lang):
    assert "report" in add(case, "--lang", lang)
    assert "report" in add(case, "--lang", lang)  # once more: it is there already
    assert "RMB7,824.9" in run("evidence", "search", case, "revenues", "--lang", lang)
    assert run("evidence", "search", case, "nothing", "--lang", lang).strip()
    assert "1" in run("evidence", "verify", case, "--lang", lang)


def test_a_quote_that_does_not_stand_there_fails_verify_and_check(case):
    add(case)
    fact = (
        "id: revenue, name: revenue, period: 2019, value: 7825, unit: CNY m, known_on: 2020-03-18, source: filing, "
        'document: report, page: 2, quote: "{}"'
    )
    (case / "facts" / "f.yaml").write_text(facts_yaml(fact.format("revenues were RMB7,825 million")), "utf-8")
    assert json.loads(run("evidence", "verify", case, "--json", code=1))["standing"] == 0
    assert "is not on page" in run("case", "check", case, code=1)
    (case / "facts" / "f.yaml").write_text(facts_yaml(fact.format("revenues were RMB7,824.9 million")), "utf-8")
    assert json.loads(run("evidence", "verify", case, "--json"))["standing"] == 1
    run("case", "check", case)


def test_a_changed_byte_fails_verify(case):
    add(case)
    stored = next((case / "documents").glob("*.txt"))
    stored.write_bytes(stored.read_bytes().replace(b"C", b"c"))
    assert "changed" in run("evidence", "verify", case, code=1)
    assert "changed" in run("case", "check", case, code=1)


def test_what_cannot_be_is_refused_with_a_sentence(case, tmp_path):
    assert "copy" in run("evidence", "add", "nio-hefei-2020", case.parent / "Report.txt", code=2)
    assert "empty" in run("evidence", "search", case, "x", code=2)
    assert "no-such" in add(case, "--source", "no-such", code=2)
    both = [case.parent / "Report.txt", case / "case.yaml"]
    assert "title" in run("evidence", "add", case, *both, "--title", "T", code=2)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert "damaged" in run("evidence", "add", case, tmp_path / "bad.pdf", code=2)


def test_a_room_goes_through_a_workbook_and_back(case, tmp_path):
    add(case)
    fact = (
        "id: revenue, name: revenue, period: 2019, value: 7824.9, unit: CNY m, known_on: 2020-03-18, source: filing, "
        'document: report, page: 2, quote: "RMB7,824.9 million"'
    )
    (case / "facts" / "f.yaml").write_text(facts_yaml(fact), "utf-8")
    run("case", "export", case, "--xlsx", "--out", tmp_path / "book" / "b.xlsx")
    shutil.copytree(case / "documents", tmp_path / "book" / "documents")
    run("case", "import", tmp_path / "book" / "b.xlsx", "--out", tmp_path / "back")
    assert json.loads(run("evidence", "verify", tmp_path / "back", "--json"))["standing"] == 1


FIGURES = (
    "company,fiscal_year,metric,value,unit,source_url,note\n"
    "Muster AG,2019,revenue,944.1,USD million,one.example,\n"
    "Muster AG,2019,revenue,-944.1,USD million,two.example,=cmd\n"
    "Muster AG,2020,revenue,1177.8,USD million,one.example,unaudited\n"
)


def test_conflicts_of_a_table_are_printed_and_written(tmp_path):
    (tmp_path / "f.csv").write_text(FIGURES, "utf-8")
    found = json.loads(run("evidence", "conflicts", tmp_path / "f.csv", "--json", code=1))
    assert found["counts"] == {"preliminary": 1, "sign": 2}
    assert {r["line"] for c in found["conflicts"] for r in c["readings"]} == {2, 3, 4}
    for lang in ("en", "zh"):
        assert "944.1" in run("evidence", "conflicts", tmp_path / "f.csv", "--lang", lang, code=1)
    (tmp_path / "fine.csv").write_text("\n".join(FIGURES.splitlines()[:2]) + "\n", "utf-8")
    run("evidence", "conflicts", tmp_path / "fine.csv")
    assert "no such file" in run("evidence", "conflicts", tmp_path / "none.csv", code=2)


def test_a_written_table_holds_no_formula(tmp_path):
    text = FIGURES.replace("Muster AG", '"=HYPERLINK(""x"")"').replace("two.example", "@two")
    (tmp_path / "f.csv").write_text(text, "utf-8")
    out = tmp_path / "out" / "table.csv"
    run("evidence", "conflicts", tmp_path / "f.csv", "--out", out, code=1)
    rows = list(csv.reader(out.read_text("utf-8").splitlines()))
    assert {row[3] for row in rows[1:]} == {'\'=HYPERLINK("x")'}
    assert "-944.1" in {row[6] for row in rows}  # a number stays one
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)


STATEMENT = "合并利润表,\n单位：万元,\n项目,2019年度\n营业收入,1200\n其他,3\n"
ORIGIN = ("--known-on", "2020-03-18", "--source", "filing")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_statement_is_imported_with_its_rows_as_quotes(case, tmp_path, lang):
    (tmp_path / "s.csv").write_text(STATEMENT, "utf-8")
    told = run("evidence", "import", case, tmp_path / "s.csv", "--format", "cn", *ORIGIN, "--lang", lang)
    assert "其他" in told
    assert json.loads(run("evidence", "verify", case, "--json"))["standing"] == 1
    assert "exists" in run("evidence", "import", case, tmp_path / "s.csv", "--format", "cn", *ORIGIN, code=2) or lang


def test_company_facts_are_imported_with_a_source_of_their_own(case, tmp_path):
    row = {"start": "2019-01-01", "end": "2019-12-31", "val": 5e6, "accn": "0000000001-20-000001"}
    row |= {"form": "10-K", "filed": "2020-03-18"}
    data = {"cik": 1, "entityName": "X", "facts": {"us-gaap": {"Revenues": {"units": {"CNY": [row]}}}}}
    (tmp_path / "c.json").write_text(json.dumps(data), "utf-8")
    found = json.loads(run("evidence", "import", case, tmp_path / "c.json", "--format", "edgar", "--json"))
    assert [(f["name"], f["known_on"]) for f in found["facts"]] == [("revenue", "2020-03-18")]
    run("case", "check", case)


def test_an_import_without_what_it_needs_is_refused_and_leaves_nothing(case, tmp_path):
    (tmp_path / "s.csv").write_text(STATEMENT, "utf-8")
    arguments = ("evidence", "import", case, tmp_path / "s.csv", "--format")
    assert "known-on" in run(*arguments, "cn", code=2)
    assert "publisher" in run(*arguments, "cn", "--known-on", "2020-03-18", code=2)
    assert "edgar" in run(*arguments, "pdf", *ORIGIN, code=2)
    assert "JSON" in run(*arguments, "edgar", code=2)
    own = ("--publisher", "A", "--statement", "B")
    assert "grade" in run(*arguments, "cn", "--known-on", "2020-03-18", *own, "--grade", "Z", code=2)
    assert "no such file" in run("evidence", "import", case, tmp_path / "n.csv", "--format", "cn", *ORIGIN, code=2)
    assert not (case / "documents").exists()
    assert [p.name for p in (case / "facts").iterdir()] == ["f.yaml"]
    run(*arguments, "cn", "--known-on", "2020-03-18", *own)
    run("case", "check", case)


def test_a_folder_that_is_no_case_has_nothing_to_verify_and_one_without_files_nothing_to_add(case, tmp_path):
    (tmp_path / "other").mkdir()
    assert "case.yaml" in run("evidence", "verify", tmp_path / "other", code=2)
    assert "case.yaml" in run("evidence", "search", tmp_path / "other", "cash", code=2)
    assert "other" in run("evidence", "add", case, tmp_path / "other", code=2)
